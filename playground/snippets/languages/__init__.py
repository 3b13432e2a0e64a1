"""One folder a language: its literals, its content, its clients, and `TARGETS` in the order pages show them."""
