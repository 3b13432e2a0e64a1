"""Node.js with axios 1.x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.files import FileNames, pieces
from playground.snippets.headers import grouped_headers, has_header
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.languages.javascript.fetch import (
    joined_fields,
    node_bytes,
    node_joined,
    node_read,
    search_params,
)
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_DROPPED = frozenset({"__proto__", "constructor", "prototype"})


def render(given: SnippetRequest) -> Rendered:
    """Write the call, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    prelude: list[str] = []
    data, own_type = _data(message, names, prelude)
    numbers = js_json.number_notes(message.json) if message.json is not ABSENT else ()
    notes = (*message.notes, *_address_notes(message), *numbers, *names.notes)

    code = Writer()
    code.comments(("npm install axios", *notes))
    if names.notes:
        code.line("import { readFile } from 'node:fs/promises';")
    code.line("import axios from 'axios';")
    code.line()
    for line in prelude:
        code.line(line)
    if prelude:
        code.line()
    headers = _headers(message, own_type=own_type)
    if (
        (data or message.method in ("POST", "PUT", "PATCH"))
        and not own_type
        and not has_header(message, "content-type")
    ):
        headers.append("'Content-Type': false,")  # axios would set one
    query = readable_query(message, fetch_rules.same_as_search_params)
    address = js.string(query.address) if query else js.template(message.url, encode=True)
    if message.method == "GET" and not headers and not data and message.basic is None and not query:
        code.line(f"const response = await axios.get({address});")
    else:
        with code.indented("const response = await axios({", "});"):
            code.line(f"method: {js.string(message.method)},")
            code.line(f"url: {address},")
            if query:
                code.line(f"params: {search_params(query.form)},")
            if message.basic is not None:
                username, password = js.variable(message.basic.username), js.variable(message.basic.password)
                code.line(f"auth: {{ username: {username}, password: {password} }},")
            if headers:
                with code.indented("headers: {", "},"):
                    for line in headers:
                        code.line(line)
            if data:
                code.line(f"data: {data},")
    code.line()
    code.line("console.log(response.status, response.data);")
    return Rendered(text=code.text, notes=notes)


def _headers(message: Message, *, own_type: bool) -> list[str]:
    lines = []
    for name, values in grouped_headers(message):
        if own_type and name.lower() == "content-type":
            continue
        shown = [_value(value) for value in values]
        lines.append(f"{js.key(name)}: {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'},")
    return lines


def _value(value: Text) -> str:
    text = plain(value)
    if text is not None and not text.isascii():
        return node_bytes(text.encode("utf-8", "surrogatepass"))
    return js.template(value)


def _data(message: Message, names: FileNames, prelude: list[str]) -> tuple[str, bool]:
    """Return the expression of `data`, and whether axios writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        if not _keeps(message.json):
            return f"JSON.stringify({js.literal(message.json, indent=2, used=24)})", False
        return js.literal(message.json, indent=2, used=8), False
    if not message.has_content:
        return "", False
    if isinstance(content, MultipartContent):
        if fetch_rules.same_as_form_data(content, message):
            prelude.extend(_form_data(content, names))
            return "form", True
        joined = [
            js.bytes_of(piece) if isinstance(piece, bytes) else node_read(piece.name)
            for piece in pieces(content, names)
        ]
        return joined[0] if len(joined) == 1 else node_joined(joined), False
    if isinstance(content, BinaryContent) and content.filename is not None:
        return node_read(names.local(content.filename, content.data).name), False
    typed = has_header(message, "content-type")
    if isinstance(content, FormContent) and content.pairs and fetch_rules.same_as_search_params(content) and typed:
        return search_params(content), False
    if isinstance(content, FormContent) and len(content.text) > js.WIDTH and "&" in content.text:
        return joined_fields(content.text), False
    return _exact(content, typed), False


def _exact(content: Any, typed: bool) -> str:
    if isinstance(content, JSONContent):
        try:
            value = jsontext.loads(content.text)
            if isinstance(value, dict | list) and js_json.stringify(value) == content.text and typed and _keeps(value):
                return js.literal(value, indent=2, used=8)
        except (jsontext.JSONTextError, RecursionError):
            pass
        return js.bytes_of(content.body)  # text that says it is JSON is read and written anew by axios
    try:
        text = js.string(content.body.decode("utf-8"))
    except UnicodeDecodeError:
        return js.bytes_of(content.body)
    return text if typed else f"Buffer.from({text})"


def _keeps(value: Any) -> bool:
    """Tell whether axios sends all of a value: its copy of it lacks members of these names."""
    if isinstance(value, Mapping):
        return _DROPPED.isdisjoint(value) and all(map(_keeps, value.values()))
    return all(map(_keeps, value)) if isinstance(value, list | tuple) else True


def _form_data(content: MultipartContent, names: FileNames) -> list[str]:
    lines = ["const form = new FormData();"]
    for part in content.parts:
        if part.filename is None:
            value = js.string(part.data.decode("utf-8"))
        else:
            read = node_read(names.local(part.filename, part.data).name)
            value = f"new Blob([{read}], {{ type: {js.string(part.content_type or '')} }}), {js.string(part.filename)}"
        lines.append(f"form.append({js.string(part.name)}, {value});")
    return lines


def _address_notes(message: Message) -> tuple[str, ...]:
    if fetch_rules.rewrites(message):
        return ("axios rewrites parts of this address: dot segments and characters it wants percent-encoded.",)
    return ()


TARGET = Target(
    id="node_axios",
    language="Node.js",
    client="axios",
    title="Node.js (axios)",
    extension="mjs",
    lexer="javascript",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
