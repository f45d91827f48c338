"""Read-only queries for the screens; every one takes a Scope."""
