"""A `.http` file, as the HTTP clients of VS Code (REST Client), Visual Studio and JetBrains read it."""

from __future__ import annotations

import re

from playground.snippets.files import FileNames
from playground.snippets.formats.shown import CRLF, hidden_notes, shown_content, shown_fields, shown_text
from playground.snippets.message import message_of
from playground.snippets.notes import address_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.text.visible import one_line

VARIABLE = "{{$processEnv {}}}"
FILE = "< ./{}"


def render(request: SnippetRequest) -> Rendered:
    """Write one request under its name; notes are comments before it."""
    message = message_of(request)
    files = FileNames()
    content = shown_content(message, files, variable=VARIABLE, file=FILE)
    fields: list[tuple[str, Text]] = list(message.headers)
    if message.basic is not None:  # which editors encode
        pair = (message.basic.username, ":", message.basic.password)
        fields.insert(0, ("Authorization", ("Basic ", *pair)))
    odd: tuple[str, ...] = ()
    if _is_syntax(plain(message.url) or "") or any(_is_syntax(plain(value) or "") for _, value in fields):
        odd = ("Editors read {{...}} as a variable.",)
    elif _is_syntax(content.text.replace("< ./", "").replace("{{$processEnv ", "")):
        odd = ("Editors read {{...}} as a variable, and a line that begins with ###, < or > as theirs.",)
    # Editors end the lines of a multipart message as it asks.
    shown = tuple(note for note in content.notes if note != CRLF or not _is_multipart(fields))
    notes = (*message.notes, *hidden_notes(fields), *shown, *odd, *address_notes(message), *files.notes)

    lines = [f"### {one_line(request.entry.operation.name)}"]
    lines += [f"# {one_line(note)}" for note in notes]
    lines.append(f"{message.method} {shown_text(message.url, variable=VARIABLE)}")
    lines += shown_fields(fields, variable=VARIABLE)
    text = "\n".join(lines)
    return Rendered(text=f"{text}\n\n{content.text}" if content.text else text, notes=notes)


def _is_multipart(fields: list[tuple[str, Text]]) -> bool:
    return any(
        name.lower() == "content-type" and (plain(value) or "").startswith("multipart/") for name, value in fields
    )


def _is_syntax(text: str) -> bool:
    return "{{" in text or re.search(r"^(?:###|[<>])", text, re.MULTILINE) is not None


TARGET = Target(
    id="http_file",
    language="File",
    client=".http",
    title=".http file",
    extension="http",
    lexer="http",
    render=render,
)
