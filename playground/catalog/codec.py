"""Catalog values as JSON and back: what the store keeps. `decode(type(v), encode(v)) == v`; defaults are left out."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """Turn a catalog value into plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        encoded = {}
        for field in fields(value):
            member = getattr(value, field.name)
            default = field.default_factory() if field.default_factory is not MISSING else field.default
            if default is MISSING or member != default or type(member) is not type(default):
                encoded[field.name] = encode(member)
        return encoded
    if isinstance(value, tuple):
        return [encode(member) for member in value]
    if isinstance(value, Mapping):
        return {key: encode(member) for key, member in value.items()}
    return value


def decode(kind: type[T], value: Any) -> T:
    """Turn plain JSON values back into a catalog value of that class."""
    decoded: T = _decode(kind, value)
    return decoded


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _decode(hints[name], member) for name, member in value.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_decode(arguments[0], member) for member in value)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        concrete = [argument for argument in arguments if argument is not type(None)]
        return _decode(concrete[0], value) if len(concrete) == 1 else value
    if isinstance(origin, type) and issubclass(origin, Mapping) and is_dataclass(arguments[1]):
        return {key: _decode(arguments[1], member) for key, member in value.items()}
    return value
