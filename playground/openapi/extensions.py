"""Extensions that say whether an operation is listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.openapi.reading import flag, text

_HIDDEN = ("x-internal", "x-hidden", "x-excluded", "x-scalar-ignore")


def is_hidden(*holders: Mapping[str, Any]) -> bool:
    """Tell whether an operation, its path item or a tag of it asks to be left out of lists."""
    return any(flag(holder.get(key)) for holder in holders for key in _HIDDEN)


def hidden_tags(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the tags whose operations are left out of lists."""
    tags = document.get("tags")
    listed = [tag for tag in tags if isinstance(tag, Mapping)] if isinstance(tags, list) else []
    return frozenset(text(tag.get("name")) for tag in listed if is_hidden(tag))
