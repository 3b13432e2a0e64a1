"""Names of providers: which may be used, and which fits a description that nobody named."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_NAME = re.compile(r"[a-z0-9._-]+(?:/[a-z0-9._-]+)*")
_LONGEST = 200
_NOT_NAME = re.compile(r"[^a-z0-9._-]+")
_SUFFIX = re.compile(r"(?:\.(?:json|ya?ml|zip|gz))+$", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    ("openapi", "swagger", "api-docs", "apidocs", "schema", "api", "spec", "docs", "doc", "index", "main", "v1", "v2",
     "v3")
)  # fmt: skip
"""Names of files that many descriptions have."""


def usable(name: str) -> bool:
    """Return whether a provider may have this name."""
    # "." and ".." are names by the rule, and no browser would keep them in an address.
    dots = any(not part.strip(".") for part in name.split("/"))
    return _NAME.fullmatch(name) is not None and not dots and len(name) <= _LONGEST


def usable_name(name: str) -> str:
    """Return the most similar name that may be used: `Google/Books API` -> `google/books-api`."""
    parts = (_NOT_NAME.sub("-", part).strip("-.") for part in name.casefold().split("/"))
    return "/".join(part for part in parts if part)[:_LONGEST].rstrip("/-.") or "my-api"


def name_of_source(source: str, title: str, taken: Container[str] = ()) -> str:
    """Return a name for a description that nobody named: by its file, or by its title where the file says nothing.

    `openapi.yaml` of the "Shop API" is `shop-api`; a name that is taken gets a number.
    """
    file = PurePosixPath(unquote(urlsplit(source).path) if "://" in source else source.replace("\\", "/")).name
    stem = usable_name(_SUFFIX.sub("", file)) if file else ""
    plain = usable_name(title.replace("/", " ")) if not stem or stem in _SAYS_NOTHING or stem == "my-api" else stem
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}-{number}", number + 1
    return name
