"""Python with HTTPX 0.28."""

from __future__ import annotations

from typing import Any

from playground.messages import FormContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.address import PATH, QUERY, has_dot_segments, is_within
from playground.snippets.body import content_type, repeated
from playground.snippets.files import FileNames
from playground.snippets.headers import without_header
from playground.snippets.languages.python import content as python_content
from playground.snippets.languages.python import literals as py
from playground.snippets.message import Message, message_of
from playground.snippets.query import is_plain, readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
_WITHOUT_CONTENT = frozenset({"GET", "DELETE", "HEAD", "OPTIONS"})
_IN_PATH = PATH + r"|\[\]\\^"
_IN_QUERY = QUERY + r"|\[\]\\^`{}"


def render(given: SnippetRequest) -> Rendered:
    """Write one call, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    imports: set[str] = set()
    argument, own_type = _content(message, names, imports)
    headers = without_header(message.headers, "content-type") if own_type else message.headers
    notes = (*message.notes, *_address_notes(message), *python_content.number_notes(message), *names.notes)

    code = Writer(unit="    ", comment="#")
    code.comments(("pip install httpx", *notes))
    standard = python_content.import_lines(message, imports)
    for line in standard:
        code.line(line)
    if standard:
        code.line()
    code.line("import httpx")
    code.line()
    shortcut = message.method in (_WITH_CONTENT if argument else _WITHOUT_CONTENT | _WITH_CONTENT)
    with code.indented(f"response = httpx.{message.method.lower() if shortcut else 'request'}(", ")"):
        if not shortcut:
            code.line(f"{py.string(message.method)},")
        query = readable_query(message, is_plain)
        code.line(f"{py.template((query.address,) if query else message.url, encode=True)},")
        if query:
            code.line(f"params={python_content.pairs(query.form, indent=0, used=12)},")
        if message.basic is not None:
            code.line(f"auth=({py.variable(message.basic.username)}, {py.variable(message.basic.password)}),")
        if headers:
            code.line(f"headers={_headers(message, headers)},")
        if argument:
            code.verbatim(f"{argument},")
    code.line("print(response.status_code, response.text)")
    return Rendered(text=code.text, notes=notes)


def _headers(message: Message, headers: tuple[tuple[str, Text], ...]) -> str:
    fields = [(name, py.Code(_header(value))) for name, value in headers]
    value: Any = fields if repeated(message) else dict(fields)
    return py.literal(value, used=12)


def _header(value: Text) -> str:
    text = plain(value)
    return py.bytes_of(text.encode()) if text is not None and not text.isascii() else py.template(value)


def _content(message: Message, names: FileNames, imports: set[str]) -> tuple[str, bool]:
    """Return the argument with the content, and whether httpx writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        return f"json={py.literal(message.json, indent=4, used=10)}", True
    if (
        isinstance(content, FormContent)
        and python_content.same_form(content)
        and len(dict(content.pairs)) == len(content.pairs)
        and content_type(message) == python_content.FORM
    ):
        return f"data={python_content.pairs(content, indent=4)}", True
    if isinstance(content, MultipartContent) and python_content.plain_parts(content, message):
        return f"files={python_content.files_argument(content, names, indent=4)}", True
    written = python_content.expression(message, names, imports, indent=4)
    return (f"content={written}" if written else ""), False


def _address_notes(message: Message) -> tuple[str, ...]:
    if has_dot_segments(message, encoded=False) or not is_within(message, path=_IN_PATH, query=_IN_QUERY):
        return ("httpx rewrites parts of this address: dot segments and characters it wants percent-encoded.",)
    return ()


TARGET = Target(
    id="python_httpx",
    language="Python",
    client="httpx",
    title="Python (httpx)",
    extension="py",
    lexer="python",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
