"""Playground: an interactive "Try it" site for HTTP APIs described by OpenAPI."""
