"""One module a kind of body: its values become the bytes that are sent."""
