"""Swift with Foundation's `URLSession` (Swift 5.7 and newer, in `main.swift`)."""

from __future__ import annotations

from playground.snippets.address import encoded_address, has_dot_segments, is_within
from playground.snippets.body import BytesBody, ExactBody, FileBody, TextBody, exact_body
from playground.snippets.headers import content_type, is_ascii, repeated, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, comment, reads_better_raw
from playground.snippets.message import Message, message_of
from playground.snippets.notes import content_notes, joined_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable
from playground.snippets.writer import Writer


class Swift(Literals):
    """Writes Swift; `used` is the dictionary `environment`, which the program defines."""

    grammar = Grammar(quoting=Quoting(), interpolation="\\(%s)", bare=False)

    def readable(self, text: Text) -> str:
        """Return the literal that reads best: raw where there is much to escape, over lines where it has lines."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        if not reads_better_raw(known) or not known.strip():
            return self.text(text)
        hashes = "#"
        while f'"{hashes}' in known or f"\\{hashes}" in known:
            hashes += "#"
        shown = "".join(
            f"\\{hashes}({self.variable(piece)})" if isinstance(piece, Variable) else piece for piece in text
        )
        return f'{hashes}"""\n{shown}\n"""{hashes}' if "\n" in known else f'{hashes}"{shown}"{hashes}'

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f'{self.use("environment")}["{variable.name}"]!'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{expression}.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"Data({self.string(text)}.utf8)"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"Data(base64Encoded: {self.string(text)})!"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"try Data(contentsOf: URL(fileURLWithPath: {self.string(name)}))"


_REFUSED = frozenset({"connection", "content-length", "host", "transfer-encoding"})


def render(request: SnippetRequest) -> Rendered:
    """Write top-level code that sends the request and prints status and answer."""
    message = message_of(request)
    swift = Swift()
    body = exact_body(message, swift.files) if message.method not in ("GET", "HEAD") else None
    headers, lost = usable_headers(message.headers, _REFUSED, "URLSession")
    notes = (*message.notes, *lost, *_own_notes(message, body), *secret_notes(message), *swift.files.notes)

    code = Writer(unit="    ")
    if body is not None:
        _write_body(body, code, swift)
    address = swift.text(encoded_address(message), encode=True)
    code.line(f"var request = URLRequest(url: URL(string: {address})!)")
    code.line(f"request.httpMethod = {swift.string(message.method)}")
    if message.basic is not None:
        pair = swift.text((message.basic.username, ":", message.basic.password))
        code.line(f"let credentials = Data({pair}.utf8).base64EncodedString()")
        code.line('request.setValue("Basic \\(credentials)", forHTTPHeaderField: "Authorization")')
    add = "addValue" if repeated(message) else "setValue"
    for name, value in headers:
        code.line(f"request.{add}({swift.text(value)}, forHTTPHeaderField: {swift.string(name)})")
    if body is not None:
        code.line("request.httpBody = body")
    code.line()
    code.line("let (data, response) = try await URLSession.shared.data(for: request)")
    code.line("print((response as! HTTPURLResponse).statusCode)")
    code.line("print(String(decoding: data, as: UTF8.self))")

    head = Writer(note=comment)
    head.comments(notes)
    head.lines("import Foundation", "#if canImport(FoundationNetworking)", "import FoundationNetworking", "#endif")
    if swift.uses("environment"):
        head.lines("", "let environment = ProcessInfo.processInfo.environment")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _write_body(body: ExactBody, code: Writer, swift: Swift) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("let fields = [", "]"):
            code.lines(*(f"{swift.string(field)}," for field in body.fields))
        code.line('let body = Data(fields.joined(separator: "&").utf8)')
    elif isinstance(body, TextBody):
        code.verbatim(f"let body = Data({swift.readable(body.text)}.utf8)")
    elif isinstance(body, BytesBody):
        code.line(f"let body = {swift.bytes_of(body.data)}")
    elif isinstance(body, FileBody):
        code.line(f"let body = {swift.read(body.name)}")
    else:
        code.line("var body = Data()")
        code.lines(*(f"body.append({swift.piece(piece)})" for piece in body.pieces))
    code.line()


def _own_notes(message: Message, body: ExactBody | None) -> tuple[str, ...]:
    notes = list(content_notes(message, "URLSession", sends=body is not None))
    if body is not None and not content_type(message):
        notes.append("URLSession adds a Content-Type of its own, since none is set.")
    if not is_within(message):
        notes.append("URL refuses some characters of this address; they are percent-encoded here.")
    elif has_dot_segments(message):
        notes.append("URLSession may resolve the dot segments of this address.")
    notes += joined_notes(message, "URLSession")
    odd = [name for name, value in message.headers if not is_ascii(value)]
    if odd:
        notes.append(f"URLSession may change header fields that are not ASCII: {', '.join(odd)}.")
    return tuple(notes)


TARGET = Target(
    id="swift_urlsession",
    language="Swift",
    client="URLSession",
    title="Swift",
    extension="swift",
    lexer="swift",
    render=render,
)
