"""Descriptions as safe markup, and what templates may call."""
