"""Scenarios and workflows on the site: listed, edited, played."""
