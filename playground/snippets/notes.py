"""Sentences for the reader on what a client cannot send as it is described, shared by clients of several languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from playground import jsontext
from playground.request.model import ABSENT
from playground.snippets.address import PATH, QUERY, AddressRules, target_of
from playground.snippets.headers import has_header, repeated
from playground.snippets.message import Message
from playground.snippets.text import Variable, plain

URI_REWRITES: Final = "rewrites parts of this address: dot segments, escapes it finds needless or missing."
DOTNET: Final = AddressRules(
    sentence=f"System.Uri {URI_REWRITES}", path=PATH + "\\[\\]", query=QUERY + "\\[\\]", escapes=True
)
DOTNET_HEADERS: Final = frozenset({"connection", "content-length", "expect", "host", "transfer-encoding", "upgrade"})
"""Header fields that .NET's `HttpClient` sets itself, in C# and in PowerShell."""

# Beside escapes that are not ASCII, Mono resolves those of RFC 2396's marks and of the colon too; .NET drops bidi
# controls.
_DOTNET_CHANGES = re.compile(r"\A(?s:(?=.*%[89A-F]).*%(?:2[1789A]|3A))|%E2%80%(?:8[EF]|A[A-E])")


def dotnet_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence for each thing that .NET's `System.Uri` and `HttpClient` change."""
    changed = not DOTNET.keep(message) or _DOTNET_CHANGES.search(target_of(message))
    return (*((DOTNET.sentence,) if changed else ()), *joined_notes(message, "HttpClient"))


def joined_notes(message: Message, client: str) -> tuple[str, ...]:
    """Return a sentence where a client joins header fields that the message repeats."""
    return (f"{client} joins repeated header fields into one.",) if repeated(message) else ()


def content_notes(message: Message, client: str, *, sends: bool) -> tuple[str, ...]:
    """Return a sentence where a client cannot send the content that the message has."""
    if sends or not message.has_content:
        return ()
    return (f"{client} cannot send content with {message.method}; it is left out here.",)


def type_notes(message: Message, client: str, media_type: str, *, sends: bool) -> tuple[str, ...]:
    """Return a sentence where a client that sends content adds a Content-Type that the message does not set."""
    if not sends or has_header(message, "content-type"):
        return ()
    return (f"{client} adds a Content-Type of its own: {media_type}.",)


def changed_numbers(value: Any, write: Callable[[float], str]) -> tuple[str, ...]:
    """Return the numbers in a JSON value that `write` spells otherwise: `1.0`, `1E5`, integers beyond 2^53."""
    spelled = ((number, jsontext.dumps(number)) for number in _numbers(value))
    return tuple(dict.fromkeys(text for number, text in spelled if write(number) != text))


def number_notes(value: Any, language: str, write: Callable[[float], str]) -> tuple[str, ...]:
    """Return a sentence naming the numbers in a JSON value that a language writes otherwise, if there are any."""
    changed = changed_numbers(value, write)
    shown = ", ".join(text if len(text) <= 40 else f"{text[:37]}..." for text in changed[:5])
    return (f"{language} does not keep this spelling of a number: {shown}",) if changed else ()


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for member in value:
            yield from _numbers(member)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def secret_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence where a secret is inside JSON text, which nothing escapes it for."""
    if message.json is not ABSENT and plain(message.json_text) is None:
        return ("A secret with a quotation mark or backslash in it must be escaped as in JSON.",)
    return ()


def address_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence where a secret is inside an address in which nothing encodes it."""
    if any(isinstance(piece, Variable) for piece in message.url[1:]):
        return ("A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.",)
    return ()
