"""Ways of showing a response's content to a person."""
