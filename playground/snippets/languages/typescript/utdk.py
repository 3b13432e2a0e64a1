"""TypeScript with the generated `@utdk/<provider>` package: one call with the flat arguments (docs/protocol.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.request.model import FileValue, map_files
from playground.snippets.languages.javascript.content import number_notes
from playground.snippets.languages.javascript.literals import JavaScript, identifier, member, string
from playground.snippets.literals import Code
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer

OPTIONS = {
    "server": "server", "server_variables": "serverVariables", "media_type": "mediaType", "raw": "raw",
    "brackets": "brackets", "form_objects": "formObjects",
}  # fmt: skip
"""What the package's second argument calls the options of a gateway call."""


def render(request: SnippetRequest) -> Rendered:
    """Write the import, an empty line, the call."""
    js = JavaScript()
    arguments = map_files(request.arguments, lambda file: _read(file, js))
    notes = (*request.notes, *number_notes(request.arguments), *js.files.notes)
    variable = identifier(request.entry.provider.name)
    call = f"await {variable}" + "".join(member(part) for part in request.entry.operation.name.split("."))

    code = Writer()
    code.comments(notes)
    code.lines(*js.imports(), f"import {variable} from {string(request.entry.provider.module)};", "")
    code.line(f"{call}({_arguments(arguments, request.options, js, used=len(call) + 2)})")
    return Rendered(text=code.text, notes=notes)


def _read(file: FileValue, js: JavaScript) -> Any:
    content = Code(js.read(js.files.local(file.filename, file.content).name, encoding="base64"))
    return {"filename": file.filename, "content_type": file.content_type, "content": content}


def _arguments(arguments: Any, options: Mapping[str, Any], js: JavaScript, *, used: int) -> str:
    """Write the arguments, and after them the choices that the package would not make by itself."""
    if not options:
        return js.value(arguments, used=used) if arguments else ""
    choices = {OPTIONS[name]: value for name, value in options.items()}
    first = js.value(arguments, used=used) if arguments else "{}"
    return f"{first}, {js.value(choices, used=used + len(first.rpartition(chr(10))[2]) + 2)}"


TARGET = Target(
    id="typescript_utdk",
    language="TypeScript",
    client="@utdk",
    title="TypeScript",
    extension="ts",
    lexer="typescript",
    vias=("sdk",),
    default=True,
    render=render,
)
