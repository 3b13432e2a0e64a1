"""Node.js with its own `fetch` (Node 18 and newer, an ECMAScript module)."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.languages.javascript.fetch import NODE, fetch_call
from playground.snippets.message import message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer


def render(given: SnippetRequest) -> Rendered:
    """Write the fetch call, and one line that prints status and answer."""
    message = message_of(given)
    call = fetch_call(message, NODE)
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
    code.line("console.log(response.status, await response.text());")
    return Rendered(text=code.text, notes=notes)


TARGET = Target(
    id="node_fetch",
    language="Node.js",
    client="fetch",
    title="Node.js",
    extension="mjs",
    lexer="javascript",
    vias=("direct", "gateway"),
    default=True,
    render=render,
)
