"""The store: the only home of SQL, for SQLite and PostgreSQL alike."""
