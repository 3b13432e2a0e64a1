"""Cases of snippets, and what runs snippets and compares what arrives."""
