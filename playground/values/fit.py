"""Whether a value fits a schema to the letter, as a request or as an answer."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.validate import violations


def fits(value: Any, schema: Schema, definitions: Definitions, *, writing: bool) -> bool:
    """Say whether a value fits a schema exactly; `writing` says that it is sent, so that `readOnly` may be missing."""
    return schema is True or next(violations(value, schema, definitions, writing=writing), None) is None
