"""Pure: scopes, passwords, ciphers, tokens and the arithmetic of the audit chain."""
