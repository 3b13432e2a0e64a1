"""Everything that knows a secret: detect one, name its variable, mask it for display, redact it from streams."""
