"""The only package that knows SQL: one SQLite file holds the catalogue."""
