"""OAuth 2 on the server's side: where a flow is carried out, and its token requests."""
