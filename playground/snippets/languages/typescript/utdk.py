"""TypeScript with the generated `@utdk/<provider>` package: one call with the flat arguments (contract section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.request.model import FileValue
from playground.snippets.files import FileNames, map_files
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer


def render(given: SnippetRequest) -> Rendered:
    """Write the import, an empty line, the call."""
    names = FileNames()
    arguments = map_files(given.arguments, lambda file: _read(file, names))
    notes = (*given.notes, *js_json.number_notes(given.arguments), *names.notes)
    variable = js.identifier(given.entry.provider.name)
    call = f"await {variable}" + "".join(js.member(part) for part in given.entry.operation.name.split("."))

    code = Writer()
    code.comments(notes)
    if names.notes:
        code.line("import { readFile } from 'node:fs/promises';")
    code.line(f"import {variable} from {js.string('@utdk/' + given.entry.provider.name)};")
    code.line()
    code.line(f"{call}({_arguments(arguments, given.options, used=len(call) + 2)})")
    return Rendered(text=code.text, notes=notes)


def _read(file: FileValue, names: FileNames) -> Any:
    local = names.local(file.filename, file.content)
    return {
        "filename": file.filename,
        "content_type": file.content_type,
        "content": js.Code(f"await readFile({js.string(local.name)}, 'base64')"),
    }


def _arguments(arguments: Any, options: Mapping[str, Any], *, used: int) -> str:
    """Write the arguments, and after them the choices that the package would not make by itself."""
    if not options:
        return js.literal(arguments, used=used) if arguments else ""
    choices = {OPTIONS[name]: value for name, value in options.items()}
    first = js.literal(arguments, used=used) if arguments else "{}"
    return f"{first}, {js.literal(choices, used=used + len(first.rpartition(chr(10))[2]) + 2)}"


OPTIONS = {"server": "server", "server_variables": "serverVariables", "media_type": "mediaType", "raw": "raw"}
"""What the package's second argument calls the options of a gateway call."""

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
