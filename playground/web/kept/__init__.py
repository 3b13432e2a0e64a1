"""Answers that outlive their Send: history, support bundles, comparisons, and what their values can be used for."""
