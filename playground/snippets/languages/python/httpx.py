"""Python with HTTPX 0.28."""

from __future__ import annotations

from typing import Any

from playground.messages import FormContent
from playground.request.model import ABSENT
from playground.snippets.address import PATH, QUERY, AddressRules, rewrites
from playground.snippets.body import FORM
from playground.snippets.headers import content_type, repeated, without_header
from playground.snippets.languages.python.literals import (
    Python,
    expression,
    files_argument,
    number_notes,
    pairs,
    same_form,
)
from playground.snippets.literals import Code
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.urlencoded import is_plain, is_unique, readable_query
from playground.snippets.writer import Writer

_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
_WITHOUT_CONTENT = frozenset({"GET", "DELETE", "HEAD", "OPTIONS"})
_ADDRESS = AddressRules(sentence=rewrites("httpx"), path=PATH + r"|\[\]\\^", query=QUERY + r"|\[\]\\^`{}", dots="plain")


def render(request: SnippetRequest) -> Rendered:
    """Write one call, and one line that prints status and answer."""
    message = message_of(request)
    py = Python()
    argument, own_type = _content(message, py)
    headers = without_header(message.headers, "content-type") if own_type else message.headers
    query = readable_query(message, is_plain)
    shortcut = message.method in (_WITH_CONTENT if argument else _WITHOUT_CONTENT | _WITH_CONTENT)
    notes = (*message.notes, *_ADDRESS.notes(message), *number_notes(message), *py.files.notes)

    call = Writer(unit="    ")
    with call.indented(f"response = httpx.{message.method.lower() if shortcut else 'request'}(", ")"):
        if not shortcut:
            call.line(f"{py.string(message.method)},")
        call.line(f"{py.text((query.address,) if query else message.url, encode=True)},")
        if query:
            call.line(f"params={pairs(query.form, py, indent=0, used=12)},")
        if message.basic is not None:
            call.line(f"auth=({py.variable(message.basic.username)}, {py.variable(message.basic.password)}),")
        if headers:
            fields: Any = [(name, Code(py.header(value))) for name, value in headers]
            call.line(f"headers={py.value(fields if repeated(message) else dict(fields), used=12)},")
        if argument:
            call.verbatim(f"{argument},")
    call.line("print(response.status_code, response.text)")

    code = Writer(comment="#")
    code.comments(("pip install httpx", *notes))
    standard = py.imports()
    code.lines(*standard, *([""] if standard else []), "import httpx", "")
    return Rendered(text=f"{code.text}\n\n{call.text}", notes=notes)


def _content(message: Message, py: Python) -> tuple[str, bool]:
    """Return the argument with the content, and whether httpx writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        return f"json={py.value(message.json, indent=4, used=10)}", True
    if isinstance(content, FormContent) and same_form(content) and is_unique(content) and content_type(message) == FORM:
        return f"data={pairs(content, py, indent=4)}", True
    if files := files_argument(message, py, indent=4):
        return f"files={files}", True
    written, _ = expression(message, py, indent=4)
    return (f"content={written}" if written else ""), False


TARGET = Target(
    id="python_httpx",
    language="Python",
    client="httpx",
    title="Python (httpx)",
    extension="py",
    lexer="python",
    render=render,
)
