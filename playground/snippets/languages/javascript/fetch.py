"""A call of `fetch`, in each dialect of JavaScript it is written in: Node.js, TypeScript, a browser's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground import jsontext
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.body import repeated
from playground.snippets.files import FileNames, pieces
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.message import Basic, Message
from playground.snippets.query import readable_query
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a place where JavaScript runs reads variables and files, and holds bytes; each returns an expression.

    `latin1` gives text of one character a byte (a header value), `joined` the pieces of a multipart message;
    `refuses` tells which header fields it does not let a program set.
    """

    variable: Callable[[Variable], str]
    bytes_of: Callable[[bytes], str]
    latin1: Callable[[bytes], str]
    base64: Callable[[str], str]
    read: Callable[[str], str]
    joined: Callable[[list[str]], str]
    refuses: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchCall:
    """The code of a call: lines before it, the call's own lines; `names` holds the files it reads."""

    prelude: tuple[str, ...]
    lines: tuple[str, ...]
    names: FileNames


def fetch_call(message: Message, dialect: Dialect) -> FetchCall:
    """Write the call and what must stand before it."""
    return _Fetch(message, dialect).call()


def node_bytes(data: bytes) -> str:
    """Return bytes as a Node.js header value: one character a byte."""
    return f"{js.bytes_of(data)}.toString('latin1')"


def node_base64(text: str) -> str:
    """Return the expression of a text's base64 in Node.js."""
    return f"Buffer.from({text}).toString('base64')"


def node_read(name: str) -> str:
    """Return the expression that reads a file in Node.js."""
    return f"await readFile({js.string(name)})"


def node_joined(parts: list[str]) -> str:
    """Return the expression that joins bytes in Node.js."""
    return "Buffer.concat([\n  " + ",\n  ".join(parts) + ",\n])"


NODE = Dialect(
    variable=js.variable,
    bytes_of=js.bytes_of,
    latin1=node_bytes,
    base64=node_base64,
    read=node_read,
    joined=node_joined,
    refuses=lambda name: name.lower() in fetch_rules.REFUSED_HEADERS,
)


class _Fetch:
    def __init__(self, message: Message, dialect: Dialect) -> None:
        self._message = message
        self._dialect = dialect
        self._names = FileNames()
        self._prelude: list[str] = []

    def call(self) -> FetchCall:
        message = self._message
        body, own_type = self._body() if fetch_rules.sends_content(message) else ("", False)
        address = js.template(message.url, encode=True, spell=self._dialect.variable)
        if query := readable_query(message, fetch_rules.same_as_search_params):
            self._prelude.append(f"const query = {search_params(query.form)};")
            address = js.template((f"{query.address}?", Variable("QUERY")), spell=lambda _: "query")
        headers = self._headers(skip="content-type" if own_type else "")
        code = Writer()
        if message.method == "GET" and not headers and not body:
            code.line(f"const response = await fetch({address});")
        else:
            with code.indented(f"const response = await fetch({address}, {{", "});"):
                code.line(f"method: {js.string(message.method)},")
                if headers:
                    opening, closing = ("headers: [", "],") if repeated(message) else ("headers: {", "},")
                    with code.indented(opening, closing):
                        for line in headers:
                            code.line(line)
                if body:
                    code.line(f"body: {body},")
        return FetchCall(prelude=tuple(self._prelude), lines=(code.text,), names=self._names)

    def _headers(self, *, skip: str) -> list[str]:
        as_pairs = repeated(self._message)
        lines: list[str] = []
        if self._message.basic is not None:
            lines.append(_header("Authorization", self._basic(self._message.basic), as_pairs))
        for name, value in self._message.headers:
            if name.lower() != skip and not self._dialect.refuses(name):
                lines.append(_header(name, self._header_value(value), as_pairs))
        return lines

    def _header_value(self, value: Text) -> str:
        text = plain(value)
        if text is not None and not text.isascii():
            # A header value is bytes to fetch, one character each: UTF-8 has to be spelled so.
            return self._dialect.latin1(text.encode("utf-8", "surrogatepass"))
        return js.template(value, spell=self._dialect.variable) if text is None else js.string(text)

    def _basic(self, basic: Basic) -> str:
        pair = js.template((basic.username, ":", basic.password), spell=self._dialect.variable)
        return f"`Basic ${{{self._dialect.base64(pair)}}}`"

    def _body(self) -> tuple[str, bool]:
        """Return the body's expression, and whether fetch writes the Content-Type by itself."""
        message, content = self._message, self._message.content
        if message.json is not ABSENT:
            return f"JSON.stringify({js.literal(message.json, used=24, spell=self._dialect.variable)})", False
        if isinstance(content, MultipartContent):
            if fetch_rules.same_as_form_data(content, message):
                self._prelude.extend(self._form_data(content))
                return "form", True
            joined = [
                self._dialect.bytes_of(piece) if isinstance(piece, bytes) else self._dialect.read(piece.name)
                for piece in pieces(content, self._names)
            ]
            return joined[0] if len(joined) == 1 else self._dialect.joined(joined), False
        if isinstance(content, BinaryContent) and content.filename is not None:
            return self._dialect.read(self._names.local(content.filename, content.data).name), False
        typed = any(name.lower() == "content-type" for name, _ in message.headers)
        if isinstance(content, FormContent) and content.pairs and fetch_rules.same_as_search_params(content) and typed:
            return search_params(content), False
        if isinstance(content, JSONContent) and typed:
            return json_call(content.text) or self._exact(content.body, True), False
        if isinstance(content, FormContent) and typed and len(content.text) > js.WIDTH and "&" in content.text:
            return joined_fields(content.text), False
        return self._exact(content.body, typed), False

    def _exact(self, body: bytes, typed: bool) -> str:
        # fetch adds a Content-Type to a string when none is set, and none to bytes.
        try:
            return js.string(body.decode("utf-8")) if typed else self._dialect.bytes_of(body)
        except UnicodeDecodeError:
            return self._dialect.bytes_of(body)

    def _form_data(self, content: MultipartContent) -> list[str]:
        lines = ["const form = new FormData();"]
        for part in content.parts:
            if part.filename is None:
                value = js.string(part.data.decode("utf-8"))
            else:
                read = self._dialect.read(self._names.local(part.filename, part.data).name)
                kind = f"{{ type: {js.string(part.content_type or '')} }}"
                value = f"new Blob([{read}], {kind}), {js.string(part.filename)}"
            lines.append(f"form.append({js.string(part.name)}, {value});")
        return lines


def _header(name: str, expression: str, as_pair: bool) -> str:
    return f"[{js.string(name)}, {expression}]," if as_pair else f"{js.key(name)}: {expression},"


def json_call(text: str) -> str:
    """Return the `JSON.stringify` call that gives back the same text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        for indent in (None, 2):
            if js_json.stringify(value, indent=indent) == text:
                layout = "" if indent is None else f", null, {indent}"
                return f"JSON.stringify({js.literal(value, used=24)}{layout})"
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def joined_fields(text: str) -> str:
    """Return a form's text as a list of its fields, joined."""
    lines = "".join(f"  {js.string(field)},\n" for field in text.split("&"))
    return f"[\n{lines}].join('&')"


def search_params(content: FormContent) -> str:
    """Return `new URLSearchParams(...)` of a form's fields."""
    names = [name for name, _ in content.pairs]
    if len(set(names)) == len(names) and not any(name.isdigit() for name in names):
        lines = [f"{js.key(name)}: {js.string(value)}" for name, value in content.pairs]
        opening, closing = "{", "}"
    else:
        lines = [f"[{js.string(name)}, {js.string(value)}]" for name, value in content.pairs]
        opening, closing = "[", "]"
    short = f"{opening} {lines[0]} {closing}"
    if len(lines) == 1 and len(short) < 40:
        return f"new URLSearchParams({short})"
    return f"new URLSearchParams({opening}\n" + "".join(f"  {line},\n" for line in lines) + f"{closing})"
