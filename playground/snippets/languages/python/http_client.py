"""Python with `http.client` of the standard library."""

from __future__ import annotations

from playground.snippets.address import split_address
from playground.snippets.headers import repeated
from playground.snippets.languages.python.literals import Python, expression, number_notes
from playground.snippets.literals import Code
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer


def render(request: SnippetRequest) -> Rendered:
    """Write the connection, the request, and one line that prints status and answer."""
    message = message_of(request)
    py = Python()
    repeats = repeated(message)
    body, is_text = expression(message, py, indent=0 if repeats else 4)
    headers = [(name, py.header(value)) for name, value in message.headers]
    if message.basic is not None:
        pair = py.text((message.basic.username, ":", message.basic.password))
        encode = py.use("b64encode", "base64")
        headers.insert(0, ("Authorization", f'"Basic " + {encode}({pair}.encode()).decode()'))
    connection, target = _connection(message, py)
    notes = (*message.notes, *number_notes(message), *py.files.notes)

    code = Writer(unit="    ", comment="#")
    code.comments(notes)
    code.lines(*py.imports(), "", *connection)
    method = py.string(message.method)
    if repeats:
        _write_one_by_one(code, message, target, headers, body, is_text, py)
    elif not headers and not body:
        code.line(f"connection.request({method}, {target})")
    else:
        with code.indented("connection.request(", ")"):
            code.line(f"{method},")
            code.line(f"{target},")
            if body:
                code.verbatim(f"body={body},")
            if headers:
                code.line(f"headers={py.value({name: Code(value) for name, value in headers}, used=12)},")
    code.line("response = connection.getresponse()")
    code.line("print(response.status, response.read().decode())")
    return Rendered(text=code.text, notes=notes)


def _write_one_by_one(
    code: Writer, message: Message, target: str, headers: list[tuple[str, str]], body: str, is_text: bool, py: Python
) -> None:
    if body:
        code.verbatim(f"body = {body}")
    code.line(f"connection.putrequest({py.string(message.method)}, {target})")
    for name, value in headers:
        code.line(f"connection.putheader({py.string(name)}, {value})")
    if body or message.method in ("POST", "PUT", "PATCH"):
        code.line(f'connection.putheader("Content-Length", {"str(len(body))" if body else py.string("0")})')
    code.line(f"connection.endheaders({'body.encode()' if is_text else 'body' if body else ''})")


def _connection(message: Message, py: Python) -> tuple[list[str], str]:
    """Return the lines that open the connection, and the expression of the request's target."""
    client = py.module("http.client")
    scheme, authority, path = split_address(message)
    if authority:
        kind = "HTTPConnection" if scheme == "http" else "HTTPSConnection"
        target = py.text((path, *message.url[1:]), encode=True)
        return [f"connection = {client}.{kind}({py.string(authority)})"], target
    connect = f'connect = {client}.HTTPSConnection if gateway.scheme == "https" else {client}.HTTPConnection'
    known = "".join(piece for piece in message.url if isinstance(piece, str))
    return [
        f"gateway = {py.use('urlsplit', 'urllib.parse')}({py.text(message.url[:1])})",
        connect,
        "connection = connect(gateway.netloc)",
    ], f'gateway.path.rstrip("/") + {py.string(known)}'


TARGET = Target(
    id="python_http_client",
    language="Python",
    client="http.client",
    title="Python (http.client)",
    extension="py",
    lexer="python",
    render=render,
)
