"""JSON Schema as forms: fields to draw, submitted inputs to values and back (contract section 5); pure."""
