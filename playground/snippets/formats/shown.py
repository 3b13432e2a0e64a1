"""A message as a reader can see and copy it, for targets that are no program: its fields and content as text."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from playground.request.model import ABSENT
from playground.snippets.body import FileBody, PiecesBody, body_of
from playground.snippets.files import FileNames
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable, with_placeholders
from playground.text.visible import has_hidden, is_hidden

ESCAPED = "Characters that cannot be seen are written as \\u{...}."
CRLF = "The lines of the content end in CRLF."
BASE64 = "The content is not text that can be shown; it stands here as base64."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownContent:
    """Content as text: `files` stand in it by their place-holders, `notes` say what is not as it looks."""

    text: str
    notes: tuple[str, ...] = ()


def shown_text(text: Text, *, variable: str) -> str:
    """Return one line of text with variables spelled by a pattern, hidden characters escaped."""
    return visible(with_placeholders(text, lambda name: spelled(name, variable)))


def spelled(name: Variable, pattern: str) -> str:
    """Return a variable as a pattern with `{}` for its name says."""
    return pattern.replace("{}", name.name)


def visible(text: str) -> str:
    """Return text whose hidden characters, line ends among them, are escaped."""
    return "".join(f"\\u{{{ord(character):X}}}" if is_hidden(character) else character for character in text)


def shown_content(message: Message, names: FileNames, *, variable: str, file: str) -> ShownContent:
    """Return the content as text; a file in it is what `file`, a pattern with `{}` for its name, says."""
    if message.json is not ABSENT:
        text = with_placeholders(message.json_text, lambda name: spelled(name, variable))
        return _lines(text.encode("utf-8", "surrogatepass"))
    match body_of(message, FileNames()):
        case None:
            return ShownContent(text="")
        case FileBody(name):
            body_of(message, names)  # which names the file to the caller
            return ShownContent(text=file.replace("{}", name))
        case PiecesBody(pieces):
            parts = [piece if isinstance(piece, bytes) else file.replace("{}", piece.name).encode() for piece in pieces]
            shown = _lines(b"".join(parts))
            # A place-holder that nobody can see holds no place: then the files are in the base64 as well.
            if BASE64 in shown.notes:
                return _as_base64(message.content.body)
            body_of(message, names)
            return shown
        case _:
            return _lines(message.content.body)


def _lines(data: bytes) -> ShownContent:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _as_base64(data)
    if "\r\n" in text and "\n" not in text.replace("\r\n", "") and not has_hidden(text, allow="\r\n"):
        return ShownContent(text=text.replace("\r\n", "\n"), notes=(CRLF,))
    return _as_base64(data) if has_hidden(text, allow="\n") else ShownContent(text=text)


def _as_base64(data: bytes) -> ShownContent:
    return ShownContent(text=base64.b64encode(data).decode("ascii"), notes=(BASE64,))
