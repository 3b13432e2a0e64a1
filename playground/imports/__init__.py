"""Descriptions on their way into the catalogue: where they are read, and what of them is compiled again."""
