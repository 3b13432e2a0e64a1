"""Answers that are kept for some minutes: slices of large ones, find, filter, and what differs between two."""
