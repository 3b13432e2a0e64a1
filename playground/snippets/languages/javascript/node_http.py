"""Node.js with `node:http` and `node:https` of its own library."""

from __future__ import annotations

from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.address import split_address
from playground.snippets.files import FileNames, pieces
from playground.snippets.headers import grouped_headers, has_header
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.languages.javascript.fetch import (
    joined_fields,
    json_call,
    node_bytes,
    node_joined,
    node_read,
    search_params,
)
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer

_FRAMED_BY_HAND = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})


def render(given: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names)
    numbers = js_json.number_notes(message.json) if message.json is not ABSENT else ()
    notes = (*message.notes, *numbers, *names.notes)
    scheme, _, _ = split_address(message)
    rewritten = fetch_rules.rewrites(message)

    code = Writer()
    code.comments(notes)
    code.line("import { once } from 'node:events';")
    if names.notes:
        code.line("import { readFile } from 'node:fs/promises';")
    if scheme:
        code.line(f"import {{ request }} from 'node:{'http' if scheme == 'http' else 'https'}';")
    code.line("import { text } from 'node:stream/consumers';")
    code.line()
    if not scheme:
        gateway = js.template(message.url[:1])
        code.line(f"const {{ request }} = await import({gateway}.startsWith('https:') ? 'node:https' : 'node:http');")
    by_hand = bool(body) and message.method in _FRAMED_BY_HAND and not has_header(message, "content-length")
    if by_hand:
        code.line(f"const body = {body};")
    headers = _headers(message)
    if by_hand:
        headers.append("'Content-Length': Buffer.byteLength(body),")
    with code.indented(f"const call = request({js.template(message.url, encode=True)}, {{", "});"):
        if rewritten:  # which a URL would be, on its way
            code.line(f"path: {js.template((split_address(message)[2], *message.url[1:]), encode=True)},")
        code.line(f"method: {js.string(message.method)},")
        if message.basic is not None:
            code.line(f"auth: {js.template((message.basic.username, ':', message.basic.password))},")
        if headers:
            with code.indented("headers: {", "},"):
                for line in headers:
                    code.line(line)
    code.line(f"call.end({'body' if by_hand else body});")
    code.line()
    code.line("const [response] = await once(call, 'response');")
    code.line("console.log(response.statusCode, await text(response));")
    return Rendered(text=code.text, notes=notes)


def _headers(message: Message) -> list[str]:
    lines = []
    for name, values in grouped_headers(message):
        shown = [_value(value) for value in values]
        lines.append(f"{js.key(name)}: {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'},")
    return lines


def _value(value: Text) -> str:
    text = plain(value)
    if text is not None and not text.isascii():
        return node_bytes(text.encode("utf-8", "surrogatepass"))
    return js.template(value)


def _body(message: Message, names: FileNames) -> str:
    content = message.content
    text = ""
    if message.json is not ABSENT:
        text = f"JSON.stringify({js.literal(message.json, used=24)})"
    elif isinstance(content, MultipartContent):
        joined = [
            js.bytes_of(piece) if isinstance(piece, bytes) else node_read(piece.name)
            for piece in pieces(content, names)
        ]
        return joined[0] if len(joined) == 1 else node_joined(joined)
    elif isinstance(content, BinaryContent) and content.filename is not None:
        return node_read(names.local(content.filename, content.data).name)
    elif isinstance(content, FormContent) and content.pairs and fetch_rules.same_as_search_params(content):
        text = f"{search_params(content)}.toString()"
    elif isinstance(content, JSONContent):
        text = json_call(content.text)
    elif isinstance(content, FormContent) and len(content.text) > js.WIDTH and "&" in content.text:
        text = joined_fields(content.text)
    if not message.has_content:
        return ""
    text = text or _exact(content.body)
    spelled = [piece for _, value in message.headers for piece in value if not isinstance(piece, Variable)]
    if not all(map(str.isascii, spelled)) and not text.startswith("Buffer."):
        return f"Buffer.from({text})"  # Node writes header and text together, as UTF-8; header values are bytes
    return text


def _exact(body: bytes) -> str:
    try:
        return js.string(body.decode("utf-8"))
    except UnicodeDecodeError:
        return js.bytes_of(body)


TARGET = Target(
    id="node_http",
    language="Node.js",
    client="http",
    title="Node.js (http)",
    extension="mjs",
    lexer="javascript",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
