"""Names a provider may have: an address of its own on the site (contract section 4)."""

from __future__ import annotations

import re

from playground.cli.failures import Failure, one_line

_NAME = re.compile(r"[a-z0-9._-]+(?:/[a-z0-9._-]+)*")
_LONGEST = 200


def check_name(name: str) -> str:
    """Return the name if a provider may have it. Raises `Failure` with a name that would do."""
    if usable(name):
        return name
    raise Failure(
        f'The name "{one_line(name)[:80]}" cannot be used: write lower-case letters, digits, ".", "_" and "-", '
        f'with "/" between parts, for example "{usable_name(name)}".'
    )


def usable(name: str) -> bool:
    """Say whether a provider may have this name."""
    # "." and ".." are names by the rule, and no browser would keep them in an address.
    dots = any(not part.strip(".") for part in name.split("/"))
    return _NAME.fullmatch(name) is not None and not dots and len(name) <= _LONGEST


def usable_name(name: str) -> str:
    """Return the likest name that may be used: `Google/Books API` -> `google/books-api`."""
    parts = (re.sub(r"[^a-z0-9._-]+", "-", part).strip("-.") for part in name.casefold().split("/"))
    return "/".join(part for part in parts if part)[:_LONGEST].rstrip("/-.") or "my-api"
