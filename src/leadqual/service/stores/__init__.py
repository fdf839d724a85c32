"""Stores: in memory, in a file of SQLite, on Postgres."""
