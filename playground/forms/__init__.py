"""JSON Schema to fields, and submitted fields to a `RequestModel` and back. Pure."""
