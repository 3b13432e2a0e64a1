"""What an API offers, in OpenAPI's nouns: frozen values, no I/O."""
