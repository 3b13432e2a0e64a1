"""Arazzo (1.0 and 1.1): workflows over described APIs, read, planned step by step and judged. Nothing is sent here."""
