"""Pure rendering: digests, tables and texts that leave the house."""
