"""A file as a JSON argument: `{"filename", "content_type", "content": base64}`, and back (contract section 2)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from playground.request.errors import UnknownArgument
from playground.request.model import FileValue, Value
from playground.request.text import is_list
from playground.wording import say

_KEYS = {"filename", "content_type", "content"}


def write_files(value: Value) -> Any:
    """Return the value with every file as its object of three texts."""
    if isinstance(value, FileValue):
        content = base64.b64encode(value.data).decode("ascii")
        return {"filename": value.filename, "content_type": value.content_type, "content": content}
    if isinstance(value, Mapping):
        return {name: write_files(member) for name, member in value.items()}
    return [write_files(member) for member in value] if is_list(value) else value


def read_files(value: Any, *, field: str) -> Value:
    """Return the value with a file object, or a list of them, as `FileValue`; anything else as it is.

    Raises `UnknownArgument` if a file's content is not base64.
    """
    if is_list(value):
        return [read_files(member, field=field) for member in value]
    if not isinstance(value, Mapping) or not {"filename", "content"} <= value.keys() <= _KEYS:
        return value
    if not all(isinstance(member, str) for member in value.values()):
        return value
    try:
        content = base64.b64decode(value["content"], validate=True)
    except (binascii.Error, ValueError):
        raise UnknownArgument(say("The file's “content” is not base64 text."), field=field) from None
    return FileValue(
        filename=value["filename"],
        content=content,
        content_type=value.get("content_type", "application/octet-stream"),
    )
