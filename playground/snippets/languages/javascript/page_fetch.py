"""JavaScript with `fetch` in a browser's page: it asks its reader for secrets, and takes files from a file input."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.languages.javascript.fetch import Dialect, fetch_call
from playground.snippets.message import message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.writer import Writer


class _Page:
    """What the code of one page uses, in order."""

    def __init__(self) -> None:
        self.variables: dict[str, None] = {}
        self.files: dict[str, None] = {}

    def variable(self, name: Variable) -> str:
        self.variables[name.name] = None
        return name.name

    def read(self, name: str) -> str:
        self.files[name] = None
        return f"files[{list(self.files).index(name)}]"


def render(given: SnippetRequest) -> Rendered:
    """Write the fetch call, and one line that prints status and answer."""
    message = message_of(given)
    page = _Page()
    dialect = Dialect(
        variable=page.variable,
        bytes_of=js.page_bytes,
        latin1=lambda data: f"String.fromCharCode(...{js.page_bytes(data)})",
        base64=lambda text: f"btoa(String.fromCharCode(...new TextEncoder().encode({text})))",
        read=page.read,
        joined=lambda parts: "new Blob([\n  " + ",\n  ".join(parts) + ",\n])",
        refuses=fetch_rules.is_forbidden_in_pages,
    )
    call = fetch_call(message, dialect)
    numbers = js_json.number_notes(message.json) if message.json is not ABSENT else ()
    chosen = (f"Choose {', '.join(page.files)} in the page's file input, in this order.",) if page.files else ()
    notes = (*message.notes, *fetch_rules.fetch_notes(message, in_page=True), *numbers, *chosen)

    code = Writer()
    code.comments(notes)
    for name in page.variables:
        code.line(f"const {name} = prompt({js.string(name)});")
    if page.files:
        code.line("const { files } = document.querySelector('input[type=\"file\"]');")
    for line in call.prelude:
        code.line(line)
    if page.variables or page.files or call.prelude:
        code.line()
    for line in call.lines:
        code.line(line)
    code.line()
    code.line("console.log(response.status, await response.text());")
    return Rendered(text=code.text, notes=notes)


TARGET = Target(
    id="javascript_fetch",
    language="JavaScript",
    client="fetch",
    title="JavaScript",
    extension="js",
    lexer="javascript",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
