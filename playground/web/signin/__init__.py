"""Readers who sign in at an OpenID Connect provider: the page, the way there and back, and the cookies."""
