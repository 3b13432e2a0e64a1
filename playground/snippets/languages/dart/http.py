"""Dart with the `http` package (1.0 and newer)."""

from __future__ import annotations

from playground.snippets.address import AddressRules
from playground.snippets.body import BytesBody, ExactBody, FileBody, TextBody, exact_body
from playground.snippets.headers import ascii_headers, joined_headers, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, comment
from playground.snippets.message import message_of
from playground.snippets.notes import URI_REWRITES, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.writer import Writer


class Dart(Literals):
    """Writes Dart."""

    grammar = Grammar(quoting=Quoting(quote="'", escapes=backslashed("'$")), interpolation="${%s}", bare=False)

    def raw(self, text: str) -> str | None:
        """Return a raw string, over several lines where the text has them."""
        if not any(mark in text for mark in "\\$'\n"):
            return None
        if "'" not in text and "\n" not in text:
            return f"r'{text}'"
        # A line end right after the opening quotes, after spaces even, would not count: the one written here does not.
        return f"r'''\n{text}'''" if "'''" not in text and not text.endswith("'") else None

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f"{self.use('Platform', 'dart:io')}.environment['{variable.name}']!"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"Uri.encode{'' if in_path else 'Query'}Component({expression})"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return self.encode_utf8(self.string(text))

    def encode_utf8(self, expression: str) -> str:
        """Return an expression of the bytes of a string's expression."""
        return f"{self.use('utf8', 'dart:convert')}.encode({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"{self.use('base64', 'dart:convert')}.decode({self.string(text)})"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"await {self.use('File', 'dart:io')}({self.string(name)}).readAsBytes()"


_REFUSED = frozenset({"content-length", "transfer-encoding"})
_ADDRESS = AddressRules(sentence=f"Uri {URI_REWRITES}", escapes=True)


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(request)
    dart = Dart()
    body = exact_body(message, dart.files)
    _, lost = usable_headers(message.headers, _REFUSED, "package:http")
    headers, repeats = joined_headers(message, "package:http")
    headers, _ = usable_headers(headers, _REFUSED, "package:http")
    headers, unsent = ascii_headers(headers, "dart:io")
    notes = (
        *message.notes,
        "Needs: dart pub add http",
        *lost,
        *repeats,
        *unsent,
        *_ADDRESS.notes(message),
        *secret_notes(message),
        *dart.files.notes,
    )

    code = Writer()
    with code.indented("Future<void> main() async {", "}"):
        address = f"Uri.parse({dart.text(message.url, encode=True)})"
        code.line(f"final request = http.Request({dart.string(message.method)}, {address});")
        if message.basic is not None:
            pair = dart.encode_utf8(dart.text((message.basic.username, ":", message.basic.password)))
            code.line(f"final credentials = {dart.use('base64', 'dart:convert')}.encode({pair});")
            code.line("request.headers['Authorization'] = 'Basic $credentials';")
        for name, value in headers:
            code.line(f"request.headers[{dart.string(name)}] = {dart.text(value)};")
        if body is not None:
            _write_body(body, code, dart)
        code.line()
        code.line("final response = await http.Response.fromStream(await request.send());")
        code.line("print(response.statusCode);")
        code.line("print(response.body);")

    head = Writer(note=comment)
    head.comments(notes)
    head.lines(*(f"import '{library}';" for library in sorted(dart.used)))
    head.line("import 'package:http/http.dart' as http;")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _write_body(body: ExactBody, code: Writer, dart: Dart) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented(f"request.bodyBytes = {dart.use('utf8', 'dart:convert')}.encode([", "].join('&'));"):
            code.lines(*(f"{dart.string(field)}," for field in body.fields))
    elif isinstance(body, TextBody):
        code.verbatim(f"request.bodyBytes = {dart.encode_utf8(dart.readable(body.text))};")
    elif isinstance(body, BytesBody):
        code.line(f"request.bodyBytes = {dart.bytes_of(body.data)};")
    elif isinstance(body, FileBody):
        code.line(f"request.bodyBytes = {dart.read(body.name)};")
    else:
        code.line(f"final body = {dart.use('BytesBuilder', 'dart:typed_data')}();")
        code.lines(*(f"body.add({dart.piece(piece)});" for piece in body.pieces))
        code.line("request.bodyBytes = body.takeBytes();")


TARGET = Target(
    id="dart_http", language="Dart", client="http", title="Dart", extension="dart", lexer="dart", render=render
)
