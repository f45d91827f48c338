"""Loopback servers that speak each platform's protocol; they share no code with collectors."""
