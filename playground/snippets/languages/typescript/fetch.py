"""TypeScript with `fetch`, for Node.js (which runs it as it is since 22.18), Deno and bundlers."""

from __future__ import annotations

from dataclasses import replace

from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.languages.javascript.fetch import NODE, fetch_call
from playground.snippets.message import message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.writer import Writer


def _variable(name: Variable) -> str:
    # To the compiler a variable may be missing, which a header's value must not.
    return f"{js.variable(name)}!"


_TYPESCRIPT = replace(NODE, variable=_variable)


def render(given: SnippetRequest) -> Rendered:
    """Write the fetch call, and one line that prints status and answer."""
    message = message_of(given)
    call = fetch_call(message, _TYPESCRIPT)
    numbers = js_json.number_notes(message.json) if message.json is not ABSENT else ()
    notes = (*message.notes, *fetch_rules.fetch_notes(message), *numbers, *call.names.notes)

    code = Writer()
    code.comments(notes)
    if call.names.notes:
        code.line("import { readFile } from 'node:fs/promises';")
        code.line()
    for line in call.prelude:
        code.line(line)
    if call.prelude:
        code.line()
    for line in call.lines:
        code.line(line)
    code.line()
    code.line("const answer: string = await response.text();")
    code.line("console.log(response.status, answer);")
    return Rendered(text=code.text, notes=notes)


TARGET = Target(
    id="typescript_fetch",
    language="TypeScript",
    client="fetch",
    title="TypeScript (fetch)",
    extension="mts",
    lexer="typescript",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
