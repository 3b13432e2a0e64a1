"""gunicorn and waitress kept from slow and malformed requests; only the command line and `deploy` import it.

Both servers leave that to a proxy in front. Their private members that are used here are listed, each with its reason,
in tests/server/test_private_members.py, and their versions are pinned in pyproject.toml.
"""
