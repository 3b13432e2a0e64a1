"""Scenarios: an ordered list of prefilled requests with notes, values carried from one answer into the next."""
