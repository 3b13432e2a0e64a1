"""Python with `http.client` of the standard library."""

from __future__ import annotations

from playground.snippets.address import split_address
from playground.snippets.body import repeated
from playground.snippets.files import FileNames
from playground.snippets.languages.python import content as python_content
from playground.snippets.languages.python import literals as py
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer


def render(given: SnippetRequest) -> Rendered:
    """Write the connection, the request, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    imports: set[str] = {"import http.client"}
    repeats = repeated(message)
    body = python_content.expression(message, names, imports, indent=0 if repeats else 4)
    headers = [(name, _header(value)) for name, value in message.headers]
    if message.basic is not None:
        imports.add("from base64 import b64encode")
        pair = py.template((message.basic.username, ":", message.basic.password))
        headers.insert(0, ("Authorization", f'"Basic " + b64encode({pair}.encode()).decode()'))
    notes = (*message.notes, *python_content.number_notes(message), *names.notes)

    code = Writer(unit="    ", comment="#")
    code.comments(notes)
    connection, target = _connection(message, imports)
    for line in python_content.import_lines(message, imports):
        code.line(line)
    code.line()
    for line in connection:
        code.line(line)
    if repeats:
        _write_one_by_one(code, message, target, headers, body)
    elif not headers and not body:
        code.line(f"connection.request({py.string(message.method)}, {target})")
    else:
        with code.indented("connection.request(", ")"):
            code.line(f"{py.string(message.method)},")
            code.line(f"{target},")
            if body:
                code.verbatim(f"body={body},")
            if headers:
                code.line(f"headers={py.literal({name: py.Code(value) for name, value in headers}, used=12)},")
    code.line("response = connection.getresponse()")
    code.line("print(response.status, response.read().decode())")
    return Rendered(text=code.text, notes=notes)


def _write_one_by_one(code: Writer, message: Message, target: str, headers: list[tuple[str, str]], body: str) -> None:
    if body:
        code.verbatim(f"body = {body}")
    code.line(f"connection.putrequest({py.string(message.method)}, {target})")
    for name, value in headers:
        code.line(f"connection.putheader({py.string(name)}, {value})")
    if body or message.method in ("POST", "PUT", "PATCH"):
        code.line(f'connection.putheader("Content-Length", {"str(len(body))" if body else py.string("0")})')
    wants_bytes = body and (body.startswith(("json", "urlencode", '"', "'")) and not body.endswith(".encode()"))
    code.line(f"connection.endheaders({'body.encode()' if wants_bytes else 'body' if body else ''})")


def _connection(message: Message, imports: set[str]) -> tuple[list[str], str]:
    """Return the lines that open the connection, and the expression of the request's target."""
    scheme, authority, path = split_address(message)
    if authority:
        kind = "HTTPConnection" if scheme == "http" else "HTTPSConnection"
        target = py.template((path, *message.url[1:]), encode=True)
        return [f"connection = http.client.{kind}({py.string(authority)})"], target
    imports.add("from urllib.parse import urlsplit")
    connect = 'connect = http.client.HTTPSConnection if gateway.scheme == "https" else http.client.HTTPConnection'
    known = "".join(piece for piece in message.url if isinstance(piece, str))
    return [
        f"gateway = urlsplit({py.template(message.url[:1])})",
        connect,
        "connection = connect(gateway.netloc)",
    ], f'gateway.path.rstrip("/") + {py.string(known)}'


def _header(value: Text) -> str:
    # A str is sent as Latin-1.
    text = plain(value)
    return py.bytes_of(text.encode()) if text is not None and not text.isascii() else py.template(value)


TARGET = Target(
    id="python_http_client",
    language="Python",
    client="http.client",
    title="Python (http.client)",
    extension="py",
    lexer="python",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
