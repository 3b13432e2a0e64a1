"""Catalog values as JSON and back: what the store keeps. `decode(type(v), encode(v)) == v`; defaults are left out."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, partial
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SCALARS = frozenset((str, int, float, bool, type(None)))


def encode(value: Any) -> Any:
    """Turn a catalog value into plain JSON values."""
    return _encode(value, {})


def encode_all(values: Iterable[Any]) -> Iterator[Any]:
    """Turn catalog values into plain JSON values; a part that several of them share is turned once."""
    known: dict[int, tuple[Any, Any]] = {}
    for value in values:
        yield _encode(value, known)


def _encode(value: Any, known: dict[int, tuple[Any, Any]]) -> Any:
    kind: Any = value.__class__
    if kind in _SCALARS:
        return value
    if kind is tuple:
        return [_encode(member, known) for member in value]
    if hasattr(kind, "__dataclass_fields__"):
        entry = known.get(id(value))
        if entry is None:
            encoded = {}
            described, defaults, members_of = _fields(kind)
            members = members_of(value)
            # Most members are their default, and this is the quickest question.
            others = map(is_not, members, defaults)
            for (name, default, plain), member in compress(zip(described, members, strict=True), others):
                member_kind = member.__class__
                if member_kind is not default.__class__ or member != default:
                    is_json = member_kind in _SCALARS or (plain and member_kind is dict)
                    encoded[name] = member if is_json else _encode(member, known)
            # The value stays referenced: its id must not pass to another one.
            entry = known[id(value)] = value, encoded
        return entry[1]
    if isinstance(value, Mapping):
        return {key: _encode(member, known) for key, member in value.items()}
    return value


@cache
def _fields(kind: Any) -> tuple[tuple[tuple[str, Any, bool], ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return name and default of each field of a class, whether its values are JSON already, as schemas are.

    A field without a default has one that no value equals. With them come all the
    defaults, and a getter of the values of all fields.
    """
    hints = _hints(kind)
    described = tuple(
        (
            field.name,
            field.default_factory() if field.default_factory is not MISSING else field.default,
            not _holds_values(hints[field.name]),
        )
        for field in fields(kind)
    )
    names, defaults = [name for name, _, _ in described], tuple(default for _, default, _ in described)
    if len(names) == 1:
        return described, defaults, lambda value: (getattr(value, names[0]),)
    return described, defaults, attrgetter(*names)


def _holds_values(hint: Any) -> bool:
    return is_dataclass(hint) or any(map(_holds_values, get_args(hint)))


def decode(kind: type[T], value: Any) -> T:
    """Turn plain JSON values back into a catalog value of that class."""
    decoded: T = _decode(kind, value)
    return decoded


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    reader = _reader(kind)
    return value if reader is None else reader(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """Return what turns values of a type back; `None` where they are as they are."""
    if is_dataclass(kind) and isinstance(kind, type):
        return partial(_read_members, kind, {})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and (member := _reader(arguments[0])) is not None:
        return lambda values: tuple([member(value) for value in values])
    if origin is tuple:
        return tuple
    if origin in (Union, types.UnionType):
        concrete = [argument for argument in arguments if argument is not type(None)]
        only = _reader(concrete[0]) if len(concrete) == 1 else None
        return None if only is None else lambda value: None if value is None else only(value)
    if isinstance(origin, type) and issubclass(origin, Mapping) and is_dataclass(arguments[1]):
        each = partial(_decode, arguments[1])
        return lambda values: {name: each(value) for name, value in values.items()}
    return None


def _read_members(kind: Callable[..., Any], readers: dict[str, Callable[[Any], Any] | None], value: Any) -> Any:
    """Make a value of a class of its members; how each is read is found out with the first value."""
    if not readers:
        readers.update({name: _reader(hint) for name, hint in _hints(kind).items()})
    members = {}
    for name, member in value.items():
        reader = readers[name]
        members[name] = member if reader is None else reader(member)
    return kind(**members)
