"""The connection of a ledger in PostgreSQL, and the limits of its answers."""
