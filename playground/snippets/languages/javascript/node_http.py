"""Node.js with `node:http` and `node:https` of its own library."""

from __future__ import annotations

from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.address import split_address
from playground.snippets.body import decoded
from playground.snippets.headers import has_header, is_ascii
from playground.snippets.languages.javascript.content import (
    FETCH,
    header_lines,
    json_call,
    long_form,
    multipart_bytes,
    number_notes,
)
from playground.snippets.languages.javascript.literals import JavaScript, search_params, string
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.urlencoded import same_search_params
from playground.snippets.writer import Writer

_FRAMED_BY_HAND = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"})


def render(request: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(request)
    js = JavaScript()
    body = _body(message, js)
    notes = (*message.notes, *number_notes(message.json), *js.files.notes)
    scheme, _, path = split_address(message)

    code = Writer()
    code.comments(notes)
    code.line("import { once } from 'node:events';")
    code.lines(*js.imports())
    if scheme:
        code.line(f"import {{ request }} from 'node:{'http' if scheme == 'http' else 'https'}';")
    code.lines("import { text } from 'node:stream/consumers';", "")
    if not scheme:
        gateway = js.text(message.url[:1])
        code.line(f"const {{ request }} = await import({gateway}.startsWith('https:') ? 'node:https' : 'node:http');")
    by_hand = bool(body) and message.method in _FRAMED_BY_HAND and not has_header(message, "content-length")
    headers = header_lines(message, js)
    if by_hand:
        code.line(f"const body = {body};")
        headers.append("'Content-Length': Buffer.byteLength(body),")
    with code.indented(f"const call = request({js.text(message.url, encode=True)}, {{", "});"):
        if not FETCH.keep(message):  # which a URL would be rewritten as, on its way
            code.line(f"path: {js.text((path, *message.url[1:]), encode=True)},")
        code.line(f"method: {string(message.method)},")
        if message.basic is not None:
            code.line(f"auth: {js.text((message.basic.username, ':', message.basic.password))},")
        if headers:
            with code.indented("headers: {", "},"):
                code.lines(*headers)
    code.lines(
        f"call.end({'body' if by_hand else body});",
        "",
        "const [response] = await once(call, 'response');",
        "console.log(response.statusCode, await text(response));",
    )
    return Rendered(text=code.text, notes=notes)


def _body(message: Message, js: JavaScript) -> str:
    content = message.content
    if isinstance(content, MultipartContent):
        return multipart_bytes(content, js)
    if isinstance(content, BinaryContent) and content.filename is not None:
        return js.read(js.files.local(content.filename, content.data).name)
    if not message.has_content:
        return ""
    exact = decoded(content.body)
    if message.json is not ABSENT:
        text = f"JSON.stringify({js.value(message.json, used=24)})"
    elif isinstance(content, FormContent) and content.pairs and same_search_params(content):
        text = f"{search_params(content.pairs)}.toString()"
    elif isinstance(content, JSONContent) and (written := json_call(content.text, js)):
        text = written
    elif fields := long_form(content, js):
        text = fields
    elif exact is None:
        return js.bytes_of(content.body)
    else:
        text = string(exact)
    # Node writes header and text together, as UTF-8; header values are bytes.
    return text if all(is_ascii(value) for _, value in message.headers) else f"Buffer.from({text})"


TARGET = Target(
    id="node_http",
    language="Node.js",
    client="http",
    title="Node.js (http)",
    extension="mjs",
    lexer="javascript",
    render=render,
)
