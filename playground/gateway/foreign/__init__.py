"""Gateways of others: the dialects they speak, calls to them, and their answers as ours."""
