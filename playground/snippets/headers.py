"""Header fields for clients that take a table of them: one value a name, or a list of values."""

from __future__ import annotations

from playground.snippets.message import Message
from playground.snippets.text import Text, Variable


def has_header(message: Message, name: str) -> bool:
    """Tell whether the message sets a header field."""
    return any(key.lower() == name.lower() for key, _ in message.headers)


def without_header(headers: tuple[tuple[str, Text], ...], name: str) -> tuple[tuple[str, Text], ...]:
    """Return header fields without those of one name."""
    return tuple((key, value) for key, value in headers if key.lower() != name.lower())


def joined_headers(message: Message, client: str) -> tuple[tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """Return header fields with repeats joined by commas, and a note for each: for clients that cannot repeat one."""
    fields: dict[str, tuple[str, Text]] = {}
    notes: list[str] = []
    for name, value in message.headers:
        earlier = fields.get(name.lower())
        if earlier is None:
            fields[name.lower()] = (name, value)
        else:
            fields[name.lower()] = (earlier[0], (*earlier[1], ", ", *value))
            notes.append(f"{client} cannot repeat a header field: {name} is joined into one.")
    return tuple((name, _merged(value)) for name, value in fields.values()), tuple(dict.fromkeys(notes))


def grouped_headers(message: Message) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Return header fields with all values of each: for clients that take a list for a repeated field."""
    fields: dict[str, tuple[str, list[Text]]] = {}
    for name, value in message.headers:
        fields.setdefault(name.lower(), (name, []))[1].append(value)
    return tuple((name, tuple(values)) for name, values in fields.values())


def _merged(text: Text) -> Text:
    pieces: list[str | Variable] = []
    for piece in text:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] = f"{pieces[-1]}{piece}"
        else:
            pieces.append(piece)
    return tuple(pieces)
