"""Qualification as a service over a real database, for applications to embed."""
