"""Moves a shop's data from SQLite files to PostgreSQL."""
