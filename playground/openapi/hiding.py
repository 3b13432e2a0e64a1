"""What a description keeps to itself: `x-internal` and what others call the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HIDDEN = ("x-internal", "x-hidden", "x-excluded", "x-scalar-ignore")


def is_hidden(*holders: Mapping[str, Any]) -> bool:
    """Tell whether an operation, its path item, a tag, a schema or a scheme asks to be left out of what is shown."""
    return any(_says_so(holder) for holder in holders)


def _says_so(holder: Mapping[str, Any]) -> bool:
    readme = holder.get("x-readme")
    marks = [holder.get(key) for key in HIDDEN]
    marks.append(readme.get("internal") if isinstance(readme, Mapping) else None)
    return any(mark is True or mark == "true" for mark in marks)
