"""Text that is partly known and partly read from the reader's environment: a header with a secret, a URL with a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground import jsontext

_NOT_NAME = re.compile(r"[^A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable; its name is made of `A-Z`, `0-9` and `_`, whatever was asked for."""

    name: str

    @classmethod
    def named(cls, name: str) -> Variable:
        """Make a variable whose name every shell accepts."""
        safe = _NOT_NAME.sub("_", name.upper()).strip("_") or "API_KEY"
        return cls(f"_{safe}" if safe[0].isdigit() else safe)


Text: TypeAlias = tuple[str | Variable, ...]


def plain(text: Text) -> str | None:
    """Return the text when it holds no variable, else `None`."""
    return None if any(isinstance(piece, Variable) for piece in text) else "".join(map(str, text))


def with_variables(text: str, names: Mapping[str, str]) -> Text:
    """Return text with a variable for each marker in it; `names` are the variables' names by marker."""
    if not names:
        return (text,)
    pieces = re.split("(" + "|".join(map(re.escape, names)) + ")", text)
    return tuple(Variable.named(names[piece]) if piece in names else piece for piece in pieces if piece) or ("",)


def value_with_variables(value: Any, names: Mapping[str, str]) -> Any:
    """Return a JSON value with a variable for each text that is a marker."""
    if not names:
        return value
    if isinstance(value, str):
        return Variable.named(names[value]) if value in names else value
    if isinstance(value, Mapping):
        return {key: value_with_variables(member, names) for key, member in value.items()}
    return [value_with_variables(member, names) for member in value] if isinstance(value, list | tuple) else value


def named_inside(value: Any, names: Mapping[str, str], *, whole: bool) -> Any:
    """Return a JSON value with `<VARIABLE>` for each marker inside a text; texts that are a marker too if `whole`."""
    if not names:
        return value
    if isinstance(value, str):
        for marker, name in names.items() if whole or value not in names else ():
            value = value.replace(marker, f"<{Variable.named(name).name}>")
        return value
    if isinstance(value, Mapping):
        return {key: named_inside(member, names, whole=whole) for key, member in value.items()}
    return [named_inside(member, names, whole=whole) for member in value] if isinstance(value, list) else value


def merged(text: Text) -> Text:
    """Return text with neighbouring known pieces made one, and empty ones left out."""
    pieces: list[str | Variable] = []
    for piece in text:
        last = pieces[-1] if pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            pieces[-1] = last + piece
        elif piece != "":
            pieces.append(piece)
    return tuple(pieces) or ("",)


def in_path(text: Text, at: int) -> bool:
    """Tell whether a piece of an address is before its query, where `+` is no blank."""
    return not any(isinstance(piece, str) and "?" in piece for piece in text[:at])


def with_placeholders(text: Text, spell: Callable[[Variable], str]) -> str:
    """Return one string, each variable spelled by `spell`."""
    return "".join(spell(piece) if isinstance(piece, Variable) else piece for piece in text)


def json_text(value: Any, *, indent: int | None = None) -> Text:
    """Write JSON whose strings may be variables, as text around those variables (a secret must not need escaping)."""
    variables: dict[str, Variable] = {}
    stem = _unused_stem(value)

    def marked(part: Any) -> Any:
        if isinstance(part, Variable):
            variables[f"{stem}{len(variables)}@"] = part
            return next(reversed(variables))
        if isinstance(part, Mapping):
            return {key: marked(member) for key, member in part.items()}
        if isinstance(part, list | tuple):
            return [marked(member) for member in part]
        return part

    written = jsontext.dumps(marked(value), indent=indent)
    pieces = re.split(f"({re.escape(stem)}\\d+@)", written) if variables else [written]
    return tuple(variables.get(piece, piece) for piece in pieces if piece)


def _unused_stem(value: Any) -> str:
    # A visitor's own text must not be taken for a mark: lengthen the mark until it occurs nowhere.
    shown = repr(value)
    stem = "@variable"
    while stem in shown:
        stem += "-"
    return stem
