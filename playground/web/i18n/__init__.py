"""The interface in the reader's language."""
