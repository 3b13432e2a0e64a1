"""Python with Requests 2.x."""

from __future__ import annotations

from playground.messages import FormContent
from playground.request.model import ABSENT
from playground.snippets.address import AddressRules, rewrites
from playground.snippets.body import FORM
from playground.snippets.headers import content_type, joined_headers, without_header
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
from playground.snippets.urlencoded import readable_query
from playground.snippets.writer import Writer

_SHORTCUTS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_ADDRESS = AddressRules(sentence=rewrites("requests"), escapes=True)


def render(request: SnippetRequest) -> Rendered:
    """Write one call, and one line that prints status and answer."""
    message = message_of(request)
    py = Python()
    headers, header_notes = joined_headers(message, "requests")
    argument, own_type = _content(message, py)
    if own_type:
        headers = without_header(headers, "content-type")
    query = readable_query(message, same_form)
    notes = (*message.notes, *_ADDRESS.notes(message), *header_notes, *number_notes(message), *py.files.notes)

    call = Writer(unit="    ")
    shortcut = message.method in _SHORTCUTS
    with call.indented(f"response = requests.{message.method.lower() if shortcut else 'request'}(", ")"):
        if not shortcut:
            call.line(f"{py.string(message.method)},")
        call.line(f"{py.text((query.address,) if query else message.url, encode=True)},")
        if query:
            call.line(f"params={pairs(query.form, py, indent=0, used=12)},")
        if message.basic is not None:  # of which requests would write a str as Latin-1
            username, password = py.variable(message.basic.username), py.variable(message.basic.password)
            call.line(f"auth=({username}.encode(), {password}.encode()),")
        if headers:
            call.line(f"headers={py.value({name: Code(py.header(value)) for name, value in headers}, used=12)},")
        if argument:
            call.verbatim(f"{argument},")
        call.line("timeout=30,")
    call.line("print(response.status_code, response.text)")

    code = Writer(comment="#")
    code.comments(("pip install requests", *notes))
    standard = py.imports()
    code.lines(*standard, *([""] if standard else []), "import requests", "")
    return Rendered(text=f"{code.text}\n\n{call.text}", notes=notes)


def _content(message: Message, py: Python) -> tuple[str, bool]:
    """Return the argument with the content, and whether requests writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        return f"json={py.value(message.json, indent=4, used=10)}", True
    if isinstance(content, FormContent) and same_form(content) and (media_type := content_type(message)):
        return f"data={pairs(content, py, indent=4)}", media_type == FORM
    if files := files_argument(message, py, indent=4):
        return f"files={files}", True
    written, _ = expression(message, py, indent=4)
    return (f"data={written}" if written else ""), False


TARGET = Target(
    id="python_requests",
    language="Python",
    client="requests",
    title="Python",
    extension="py",
    lexer="python",
    default=True,
    render=render,
)
