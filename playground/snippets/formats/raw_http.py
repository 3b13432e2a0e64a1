"""The message itself, as HTTP/1.1 writes it (RFC 9112)."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets.address import split_address
from playground.snippets.files import FileNames
from playground.snippets.formats.shown import hidden_notes, shown_content, shown_fields, shown_text
from playground.snippets.headers import has_header
from playground.snippets.message import Message, message_of
from playground.snippets.notes import address_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text
from playground.text.visible import one_line

VARIABLE = "${}"
FILE = "<contents of {}>"


def render(request: SnippetRequest) -> Rendered:
    """Write start line, header fields and content; notes are before it as lines that begin with `#`."""
    message = message_of(request)
    files = FileNames()
    content = shown_content(message, files, variable=VARIABLE, file=FILE)
    fields = shown_fields(_fields(message), variable=VARIABLE)
    notes = (
        *message.notes,
        *hidden_notes(list(message.headers)),
        *content.notes,
        *address_notes(message),
        *files.notes,
    )
    scheme, authority, path = split_address(message)
    if scheme:
        target: Text = (path, *message.url[1:])
    else:
        authority, target = "$GATEWAY_HOST", message.url[1:]
    lines = [f"# {one_line(note)}" for note in notes]
    lines += [f"{message.method} {shown_text(target, variable=VARIABLE)} HTTP/1.1", f"Host: {authority}", *fields, ""]
    return Rendered(text="\n".join(lines) + "\n" + content.text, notes=notes)


def _fields(message: Message) -> list[tuple[str, Text]]:
    fields = list(message.headers)
    if message.basic is not None:
        pair = f"${message.basic.username.name}:${message.basic.password.name}"
        fields.insert(0, ("Authorization", (f"Basic <base64 of {pair}>",)))
    known = message.json is ABSENT and (message.has_content or message.method in ("POST", "PUT", "PATCH"))
    if known and not has_header(message, "content-length"):
        fields.append(("Content-Length", (str(len(message.content.body)),)))
    return fields


TARGET = Target(
    id="raw_http",
    language="HTTP",
    client="HTTP/1.1 message",
    title="HTTP",
    extension="txt",
    lexer="http",
    render=render,
)
