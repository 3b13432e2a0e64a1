"""Perl with `HTTP::Tiny` of its standard library."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body
from playground.snippets.headers import grouped_headers, has_header, is_ascii
from playground.snippets.literals import ESCAPE_KEY, Grammar, Literals, Quoting, backslashed, octets
from playground.snippets.message import Message, message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer

_HELPERS = {
    "slurp": (
        "sub slurp {",
        "    open my $file, '<:raw', $_[0] or die \"$_[0]: $!\";",
        "    local $/;",
        "    return scalar <$file>;",
        "}",
    ),
    "encoded": (
        "sub encoded {",
        "    my ($text) = @_;",
        "    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;",
        "    return $text;",
        "}",
    ),
}


class Perl(Literals):
    """Writes Perl without `use utf8`, where a string is its bytes; `used` are modules, and helpers of the script."""

    grammar = Grammar(
        quoting=Quoting(escapes=backslashed('"$@', ESCAPE_KEY), spell=octets("\\x{%02X}"), verbatim="'"),
        interpolation="%s",
        joint=" . ",
        longest_octets=64,
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"$ENV{{{variable.name}}}"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('encoded')}({expression})"

    def address(self, text: Text) -> str:
        """Return an expression for an address, its variables percent-encoded but for a leading one."""
        return self.joined(self.expressions(text, encode=True))

    def inside(self, text: str, *, follows: bool) -> str:
        """Return text as a string holds it; after a variable "[", "{" and "-" would reach into it."""
        written = super().inside(text, follows=follows)
        return f"\\{written}" if follows and written[:1] in ("[", "{", "-") else written

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"{self.use('decode_base64', 'MIME::Base64')}('{text}')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('slurp')}({self.string(name)})"

    def head(self) -> list[str]:
        """Return the lines that load the modules and define the helpers which the code uses."""
        lines = [f"use {module};" for module in self.used if module]
        for name, definition in _HELPERS.items():
            if self.uses(name):
                lines += ["", *definition]
        return lines


def render(request: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(request)
    perl = Perl()
    content = _content(message, perl)
    options = _options(message, content, perl)
    address = perl.address(message.url)
    notes = (*message.notes, *secret_notes(message), *_own_notes(message), *perl.files.notes)

    code = Writer(unit="    ", comment="#")
    code.comments(notes)
    code.line("use strict;")
    code.line("use warnings;")
    code.line("use HTTP::Tiny;  # with IO::Socket::SSL for https")
    code.lines(*perl.head(), "")
    call = f"my $response = HTTP::Tiny->new->request({perl.string(message.method)}, {address}"
    if options:
        with code.indented(f"{call}, {{", "});"):
            for option in options:
                code.verbatim(option)
    else:
        code.line(f"{call});")
    code.line('print "$response->{status} $response->{content}\\n";')
    return Rendered(text=code.text, notes=notes)


def _options(message: Message, content: str, perl: Perl) -> list[str]:
    headers: list[str] = []
    if message.basic is not None:
        pair = perl.text((message.basic.username, ":", message.basic.password))
        encode = perl.use("encode_base64", "MIME::Base64")
        headers.append(f"'Authorization' => 'Basic ' . {encode}({pair}, ''),")
    for name, values in grouped_headers(message):
        if all(map(is_ascii, values)):
            shown = [perl.text(value) for value in values]
            headers.append(f"{perl.string(name)} => {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'},")
    if not content and message.method in ("POST", "PUT", "PATCH"):
        headers.append("'Content-Length' => 0,")
    options = []
    if headers:
        options.append("headers => {\n" + "".join(f"        {header}\n" for header in headers) + "    },")
    if content:
        options.append(f"content => {content},")
    return options


def _content(message: Message, perl: Perl) -> str:
    if message.json is not ABSENT:
        return perl.text(message.json_text)
    match exact_body(message, perl.files):
        case None:
            return ""
        case TextBody(text, fields) if fields and all(fields):
            shown = "".join(f"        {perl.string(field)},\n" for field in fields)
            return f"join('&',\n{shown}    )"
        case TextBody(text):
            return perl.string(plain(text) or "")
        case BytesBody(data):
            return perl.bytes_of(data)
        case FileBody(name):
            return perl.read(name)
        case body:
            return "\n        . ".join(map(perl.piece, body.pieces))


def _own_notes(message: Message) -> tuple[str, ...]:
    lost = [name for name, values in grouped_headers(message) if not all(map(is_ascii, values))]
    if lost:
        return (f"HTTP::Tiny sends only ASCII in header fields; left out here: {', '.join(lost)}.",)
    if message.has_content and not has_header(message, "content-type"):
        return ("HTTP::Tiny adds a Content-Type of its own: application/octet-stream.",)
    return ()


TARGET = Target(
    id="perl_http_tiny", language="Perl", client="HTTP::Tiny", title="Perl", extension="pl", lexer="perl", render=render
)
