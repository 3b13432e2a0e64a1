"""Node.js with axios 1.x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.address import AddressRules, rewrites
from playground.snippets.body import decoded
from playground.snippets.headers import has_header
from playground.snippets.languages.javascript.content import (
    PATH,
    QUERY,
    form_data,
    header_lines,
    long_form,
    multipart_bytes,
    number_notes,
    stringify,
)
from playground.snippets.languages.javascript.literals import JavaScript, search_params, string
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.urlencoded import readable_query, same_search_params
from playground.snippets.writer import Writer

_ADDRESS = AddressRules(sentence=rewrites("axios"), path=PATH, query=QUERY)
_DROPPED = frozenset({"__proto__", "constructor", "prototype"})


def render(request: SnippetRequest) -> Rendered:
    """Write the call, and one line that prints status and answer."""
    message = message_of(request)
    js = JavaScript()
    form = form_data(message, js)
    data = "form" if form else _data(message, js)
    notes = (*message.notes, *_ADDRESS.notes(message), *number_notes(message.json), *js.files.notes)

    code = Writer()
    code.comments(("npm install axios", *notes))
    code.lines(*js.imports(), "import axios from 'axios';", "", *form, *([""] if form else []))
    headers = header_lines(message, js, skip="content-type" if form else None)
    sends = data or message.method in ("POST", "PUT", "PATCH")
    if sends and not form and not has_header(message, "content-type"):
        headers.append("'Content-Type': false,")  # axios would set one
    query = readable_query(message, same_search_params)
    address = string(query.address) if query else js.text(message.url, encode=True)
    if message.method == "GET" and not headers and not data and message.basic is None and not query:
        code.line(f"const response = await axios.get({address});")
    else:
        with code.indented("const response = await axios({", "});"):
            code.line(f"method: {string(message.method)},")
            code.line(f"url: {address},")
            if query:
                code.line(f"params: {search_params(query.form.pairs)},")
            if message.basic is not None:
                username, password = js.variable(message.basic.username), js.variable(message.basic.password)
                code.line(f"auth: {{ username: {username}, password: {password} }},")
            if headers:
                with code.indented("headers: {", "},"):
                    code.lines(*headers)
            if data:
                code.line(f"data: {data},")
    code.lines("", "console.log(response.status, response.data);")
    return Rendered(text=code.text, notes=notes)


def _data(message: Message, js: JavaScript) -> str:
    """Return the expression of `data`."""
    content = message.content
    if message.json is not ABSENT:
        if not _keeps(message.json):
            return f"JSON.stringify({js.value(message.json, indent=2, used=24)})"
        return js.value(message.json, indent=2, used=8)
    if not message.has_content:
        return ""
    if isinstance(content, MultipartContent):
        return multipart_bytes(content, js)
    if isinstance(content, BinaryContent) and content.filename is not None:
        return js.read(js.files.local(content.filename, content.data).name)
    typed = has_header(message, "content-type")
    if isinstance(content, FormContent) and content.pairs and same_search_params(content) and typed:
        return search_params(content.pairs)
    if isinstance(content, JSONContent):
        # Text that says it is JSON is read and written again by axios.
        return (_object(content.text, js) if typed else "") or js.bytes_of(content.body)
    if fields := long_form(content, js):
        return fields
    text = decoded(content.body)
    return js.bytes_of(content.body) if text is None else string(text) if typed else js.utf8(text)


def _object(text: str, js: JavaScript) -> str:
    """Return the object or list that axios writes as this text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if isinstance(value, dict | list) and stringify(value) == text and _keeps(value):
            return js.value(value, indent=2, used=8)
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def _keeps(value: Any) -> bool:
    """Tell whether axios sends all of a value: its copy of it lacks members of these names."""
    if isinstance(value, Mapping):
        return _DROPPED.isdisjoint(value) and all(map(_keeps, value.values()))
    return all(map(_keeps, value)) if isinstance(value, list | tuple) else True


TARGET = Target(
    id="node_axios",
    language="Node.js",
    client="axios",
    title="Node.js (axios)",
    extension="mjs",
    lexer="javascript",
    render=render,
)
