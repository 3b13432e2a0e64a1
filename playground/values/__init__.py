"""Believable values for schemas: what a real server of the described API might answer, or a client might send."""
