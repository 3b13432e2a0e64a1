"""A message as a reader can see and copy it, for targets that are no program: its fields and content as text."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.request.model import ABSENT
from playground.snippets.body import FileBody, PiecesBody, decoded, exact_body
from playground.snippets.files import FileNames
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable, plain, with_placeholders
from playground.text.visible import has_hidden, is_hidden

ESCAPED = "Characters that cannot be seen are written as \\u{...}."
CRLF = "The lines of the content end in CRLF."
BASE64 = "The content is not text that can be shown; it stands here as base64."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContent:
    """Content as text: `files` are in it by their placeholders, `notes` say what is not as it looks."""

    text: str
    notes: tuple[str, ...] = ()


def shown_text(text: Text, *, variable: str) -> str:
    """Return one line of text with variables spelled by a pattern, hidden characters and line ends escaped."""
    known = with_placeholders(text, lambda name: spelled(name, variable))
    return "".join(f"\\u{{{ord(character):X}}}" if is_hidden(character) else character for character in known)


def shown_fields(fields: list[tuple[str, Text]], *, variable: str) -> list[str]:
    """Return header fields, one a line."""
    return [f"{name}: {shown_text(value, variable=variable)}".rstrip() for name, value in fields]


def hidden_notes(fields: list[tuple[str, Text]]) -> tuple[str, ...]:
    """Return the sentence on escapes where a header field has one."""
    return (ESCAPED,) if any(has_hidden(plain(value) or "") for _, value in fields) else ()


def spelled(name: Variable, pattern: str) -> str:
    """Return a variable as a pattern with `{}` for its name says."""
    return pattern.replace("{}", name.name)


def in_braces(text: Text) -> str:
    """Return text with `{{NAME}}` for each variable, as HAR and Postman collections are written."""
    return with_placeholders(text, lambda variable: f"{{{{{variable.name}}}}}")


def visible_json(value: Any) -> str:
    """Write indented JSON whose hidden characters are escaped."""
    return "".join(
        _escaped(character) if character != "\n" and is_hidden(character) else character
        for character in jsontext.dumps(value, indent=2)
    )


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def shown_content(message: Message, files: FileNames, *, variable: str, file: str) -> ShownContent:
    """Return the content as text; a file in it is what `file`, a pattern with `{}` for its name, says."""
    if message.json is not ABSENT:
        text = with_placeholders(message.json_text, lambda name: spelled(name, variable))
        return _lines(text.encode("utf-8", "surrogatepass"))
    match exact_body(message, FileNames()):
        case None:
            return ShownContent(text="")
        case FileBody(name):
            exact_body(message, files)  # which names the file to the caller
            return ShownContent(text=file.replace("{}", name))
        case PiecesBody(pieces):
            parts = [piece if isinstance(piece, bytes) else file.replace("{}", piece.name).encode() for piece in pieces]
            shown = _lines(b"".join(parts))
            # A placeholder inside base64 cannot be seen: then the files are in the base64 as well.
            if BASE64 in shown.notes:
                return _as_base64(message.content.body)
            exact_body(message, files)
            return shown
        case _:
            return _lines(message.content.body)


def _lines(data: bytes) -> ShownContent:
    text = decoded(data)
    if text is None:
        return _as_base64(data)
    if "\r\n" in text and "\n" not in text.replace("\r\n", "") and not has_hidden(text, allow="\r\n"):
        return ShownContent(text=text.replace("\r\n", "\n"), notes=(CRLF,))
    return _as_base64(data) if has_hidden(text, allow="\n") else ShownContent(text=text)


def _as_base64(data: bytes) -> ShownContent:
    return ShownContent(text=base64.b64encode(data).decode("ascii"), notes=(BASE64,))
