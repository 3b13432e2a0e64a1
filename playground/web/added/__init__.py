"""Descriptions that visitors add in the browser: each visitor's own site below `/added/`, and the page that adds."""
