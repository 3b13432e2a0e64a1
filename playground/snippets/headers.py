"""Header fields as clients take them: without those they set themselves, one value a name, or a list of values."""

from __future__ import annotations

from typing import TypeAlias

from playground.snippets.message import Message
from playground.snippets.text import Text, merged, plain

Fields: TypeAlias = tuple[tuple[str, Text], ...]


def has_header(message: Message, name: str) -> bool:
    """Tell whether the message sets a header field."""
    return any(key.lower() == name.lower() for key, _ in message.headers)


def content_type(message: Message) -> str:
    """Return the Content-Type the message sets, empty when it sets none."""
    return next((plain(value) or "" for name, value in message.headers if name.lower() == "content-type"), "")


def repeated(message: Message) -> bool:
    """Tell whether the message sets a header field twice."""
    names = [name.lower() for name, _ in message.headers]
    return len(set(names)) < len(names)


def is_bearer(name: str, value: Text) -> bool:
    """Tell whether a header field is a bearer token, its value after the word."""
    return name.lower() == "authorization" and len(value) == 2 and value[0] == "Bearer "


def after_name(name: str, value: Text, joint: str = ": ") -> Text:
    """Return a whole header field as text with variables."""
    first, *rest = value or ("",)
    return (f"{name}{joint}{first}", *rest) if isinstance(first, str) else (f"{name}{joint}", *value)


def without_header(headers: Fields, name: str) -> Fields:
    """Return header fields without those of one name."""
    return tuple((key, value) for key, value in headers if key.lower() != name.lower())


def usable_headers(headers: Fields, refused: frozenset[str], client: str) -> tuple[Fields, tuple[str, ...]]:
    """Return the header fields a client lets a program set, and a sentence for each other one."""
    usable = tuple(field for field in headers if field[0].lower() not in refused)
    lost = dict.fromkeys(name for name, _ in headers if name.lower() in refused)
    return usable, tuple(f"{client} sets {name} itself; it is left out here." for name in lost)


def is_ascii(value: Text) -> bool:
    """Tell whether what is known of a header value is ASCII."""
    return all(piece.isascii() for piece in value if isinstance(piece, str))


def ascii_headers(headers: Fields, client: str) -> tuple[Fields, tuple[str, ...]]:
    """Return the header fields whose values are ASCII, and a sentence for each other one."""
    sendable = tuple((name, value) for name, value in headers if is_ascii(value))
    lost = dict.fromkeys(name for name, value in headers if not is_ascii(value))
    return sendable, tuple(f"{client} sends header fields in ASCII; {name} is left out here." for name in lost)


def joined_headers(message: Message, client: str) -> tuple[Fields, tuple[str, ...]]:
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
    return tuple((name, merged(value)) for name, value in fields.values()), tuple(dict.fromkeys(notes))


def grouped_headers(message: Message) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Return header fields with all values of each: for clients that take a list for a repeated field."""
    fields: dict[str, tuple[str, list[Text]]] = {}
    for name, value in message.headers:
        fields.setdefault(name.lower(), (name, []))[1].append(value)
    return tuple((name, tuple(values)) for name, values in fields.values())
