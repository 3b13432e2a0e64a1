"""Python with Requests 2.x."""

from __future__ import annotations

from playground.messages import FormContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.address import has_dot_segments, has_odd_escapes, is_within
from playground.snippets.body import content_type
from playground.snippets.files import FileNames
from playground.snippets.headers import joined_headers, without_header
from playground.snippets.languages.python import content as python_content
from playground.snippets.languages.python import literals as py
from playground.snippets.message import Basic, Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_SHORTCUTS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


def render(given: SnippetRequest) -> Rendered:
    """Write one call, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    imports: set[str] = set()
    headers, header_notes = joined_headers(message, "requests")
    argument, own_type = _content(message, names, imports)
    if own_type:
        headers = without_header(headers, "content-type")
    notes = (
        *message.notes,
        *_address_notes(message),
        *header_notes,
        *python_content.number_notes(message),
        *names.notes,
    )

    code = Writer(unit="    ", comment="#")
    code.comments(("pip install requests", *notes))
    standard = python_content.import_lines(message, imports)
    for line in standard:
        code.line(line)
    if standard:
        code.line()
    code.line("import requests")
    code.line()
    shortcut = message.method in _SHORTCUTS
    with code.indented(f"response = requests.{message.method.lower() if shortcut else 'request'}(", ")"):
        if not shortcut:
            code.line(f"{py.string(message.method)},")
        query = readable_query(message, python_content.same_form)
        code.line(f"{py.template((query.address,) if query else message.url, encode=True)},")
        if query:
            code.line(f"params={python_content.pairs(query.form, indent=0, used=12)},")
        if message.basic is not None:
            code.line(f"auth={_basic(message.basic)},")
        if headers:
            fields = {name: py.Code(_header(value)) for name, value in headers}
            code.line(f"headers={py.literal(fields, used=12)},")
        if argument:
            code.verbatim(f"{argument},")
        code.line("timeout=30,")
    code.line("print(response.status_code, response.text)")
    return Rendered(text=code.text, notes=notes)


def _basic(basic: Basic) -> str:
    # requests would write a str as Latin-1.
    return f"({py.variable(basic.username)}.encode(), {py.variable(basic.password)}.encode())"


def _header(value: Text) -> str:
    text = plain(value)
    return py.bytes_of(text.encode()) if text is not None and not text.isascii() else py.template(value)


def _content(message: Message, names: FileNames, imports: set[str]) -> tuple[str, bool]:
    """Return the argument with the content, and whether requests writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        return f"json={py.literal(message.json, indent=4, used=10)}", True
    if isinstance(content, FormContent) and python_content.same_form(content):
        if content_type(message) == python_content.FORM:
            return f"data={python_content.pairs(content, indent=4)}", True
        if content_type(message):
            return f"data={python_content.pairs(content, indent=4)}", False
    if isinstance(content, MultipartContent) and python_content.plain_parts(content, message):
        return f"files={python_content.files_argument(content, names, indent=4)}", True
    written = python_content.expression(message, names, imports, indent=4)
    return (f"data={written}" if written else ""), False


def _address_notes(message: Message) -> tuple[str, ...]:
    if has_dot_segments(message) or has_odd_escapes(message) or not is_within(message):
        return ("requests rewrites parts of this address: dot segments and characters it wants percent-encoded.",)
    return ()


TARGET = Target(
    id="python_requests",
    language="Python",
    client="requests",
    title="Python",
    extension="py",
    lexer="python",
    vias=("direct", "gateway"),
    default=True,
    render=render,
)
