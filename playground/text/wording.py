"""Sentences to be translated later: English text that remembers how it was made.

The code that finds a mistake does not know its reader. So every package writes its sentence in English, through
`say` or `say_many`, and gets text: the command line, the gateway's JSON and logs print it as it is. A page, which knows
its reader, looks up the message in a catalogue and says it again with the same values (`web/i18n/translate.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Value: TypeAlias = "str | int | float"


class Said(str):
    """An English sentence with the message, the values and the count it was made of.

    `many` is the message's plural and `number` what decides between them; without a plural both are `None`.
    Whatever is cut out of or added to such a text is plain text again, and stays English.
    """

    __slots__ = ("many", "message", "number", "values")
    message: str
    many: str | None
    number: int | None
    values: Mapping[str, Value]

    def __str__(self) -> str:
        """Return the sentence itself, so that `str(error)` still knows how it was made."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Let copies and processes keep what the sentence was made of."""
        return _made, (self.message, self.many, self.number, dict(self.values))


def say(message: str, /, **values: Value) -> Said:
    """Return a sentence: `say("%(name)s is required.", name="session")`. Numbers are grouped, as in `1,024`."""
    return _made(message, None, None, values)


def say_many(one: str, many: str, count: int, /, **values: Value) -> Said:
    """Return a sentence about a number of things; the number is the value `num`."""
    return _made(one, many, count, {**values, "num": count})


def _made(message: str, many: str | None, count: int | None, values: Mapping[str, Value]) -> Said:
    chosen = message if many is None or count == 1 else many
    written = {name: value if isinstance(value, str) else english(value) for name, value in values.items()}
    said = Said(chosen % written if values else chosen)
    said.message, said.many, said.number, said.values = message, many, count, values
    return said


def joined(separator: str, parts: Iterable[str]) -> str:
    """Return `separator.join(parts)` that still knows the sentences in it."""
    given = list(parts)
    if not any(isinstance(part, Said) for part in given):
        return separator.join(given)
    values = {f"part{at}": part for at, part in enumerate(given)}
    return _made(separator.replace("%", "%%").join(f"%({name})s" for name in values), None, None, values)


def parts_of(text: str) -> Any:
    """Return what a sentence is made of as JSON values, which `said_again` reads; a plain text is itself."""
    if not isinstance(text, Said):
        return text
    parts: dict[str, Any] = {"message": text.message}
    if text.values:
        parts["values"] = {
            name: parts_of(value) if isinstance(value, str) else value for name, value in text.values.items()
        }
    if text.many is not None:
        parts |= {"many": text.many, "number": text.number}
    return parts


def said_again(parts: Any) -> Said | None:
    """Return the sentence that `parts_of` took apart; `None` for anything else."""
    if not isinstance(parts, Mapping) or not isinstance(parts.get("message"), str):
        return None
    values = parts.get("values")
    given = {
        str(name): said_again(value) or "" if isinstance(value, Mapping) else value
        for name, value in (values.items() if isinstance(values, Mapping) else ())
    }
    many, number = parts.get("many"), parts.get("number")
    if not all(isinstance(value, str | int | float) for value in given.values()):
        return None
    is_counted = isinstance(many, str) and isinstance(number, int)
    try:
        return _made(parts["message"], many if is_counted else None, number if is_counted else None, given)
    except (KeyError, ValueError, TypeError):
        return None


def english(number: float) -> str:
    """Return a number as English text: `1,024`, `0.5`."""
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"
