"""Types of an answer as code: read from its schema, or from the answer itself, and written for a language."""
