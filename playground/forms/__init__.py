"""JSON Schema as forms: fields to draw, submitted inputs to values and back; pure."""
