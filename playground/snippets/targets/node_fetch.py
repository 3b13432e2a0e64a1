"""Node.js with its own `fetch` (Node 18 and newer, an ECMAScript module)."""

from __future__ import annotations

from playground import jsontext
from playground.messages import BinaryContent, FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets import fetch_rules
from playground.snippets.files import FileNames, pieces
from playground.snippets.message import Basic, Message, message_of
from playground.snippets.quoting import javascript as js
from playground.snippets.quoting import javascript_json as js_json
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer


def render(given: SnippetRequest) -> Rendered:
    """Write the fetch call, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    prelude: list[str] = []
    body, own_type = _body(message, names, prelude) if fetch_rules.sends_content(message) else ("", False)
    numbers = js_json.number_notes(message.json) if message.json is not ABSENT else ()
    notes = (*message.notes, *fetch_rules.fetch_notes(message), *numbers, *names.notes)

    code = Writer()
    code.comments(notes)
    if names.notes:
        code.line("import { readFile } from 'node:fs/promises';")
        code.line()
    for line in prelude:
        code.line(line)
    if prelude:
        code.line()
    address = js.template(message.url, encode=True)
    headers = _headers(message, skip="content-type" if own_type else "")
    if message.method == "GET" and not headers and not body:
        code.line(f"const response = await fetch({address});")
    else:
        with code.indented(f"const response = await fetch({address}, {{", "});"):
            code.line(f"method: {js.string(message.method)},")
            if headers:
                opening, closing = ("headers: [", "],") if _repeats(message) else ("headers: {", "},")
                with code.indented(opening, closing):
                    for line in headers:
                        code.line(line)
            if body:
                code.line(f"body: {body},")
    code.line()
    code.line("console.log(response.status, await response.text());")
    return Rendered(text=code.text, notes=notes)


def _repeats(message: Message) -> bool:
    names = [name.lower() for name, _ in message.headers]
    return len(set(names)) < len(names)


def _headers(message: Message, *, skip: str) -> list[str]:
    as_pairs = _repeats(message)
    lines: list[str] = []
    if message.basic is not None:
        lines.append(_header("Authorization", _basic(message.basic), as_pairs))
    for name, value in message.headers:
        if name.lower() != skip and name.lower() not in fetch_rules.REFUSED_HEADERS:
            lines.append(_header(name, _header_value(value), as_pairs))
    return lines


def _header(name: str, expression: str, as_pair: bool) -> str:
    return f"[{js.string(name)}, {expression}]," if as_pair else f"{js.key(name)}: {expression},"


def _header_value(value: Text) -> str:
    text = plain(value)
    if text is not None and not text.isascii():
        # A header value is bytes to fetch, one character each: UTF-8 has to be spelled so.
        return f"{js.bytes_of(text.encode('utf-8', 'surrogatepass'))}.toString('latin1')"
    return js.template(value) if text is None else js.string(text)


def _basic(basic: Basic) -> str:
    pair = js.template((basic.username, ":", basic.password))
    return f"`Basic ${{Buffer.from({pair}).toString('base64')}}`"


def _body(message: Message, names: FileNames, prelude: list[str]) -> tuple[str, bool]:
    """Return the body's expression, and whether fetch writes the Content-Type by itself."""
    content = message.content
    if message.json is not ABSENT:
        return f"JSON.stringify({js.literal(message.json, used=24)})", False
    if isinstance(content, MultipartContent):
        if fetch_rules.same_as_form_data(content, message):
            prelude.extend(_form_data(content, names))
            return "form", True
        joined = [
            js.bytes_of(piece) if isinstance(piece, bytes) else _read(piece.name) for piece in pieces(content, names)
        ]
        return joined[0] if len(joined) == 1 else "Buffer.concat([\n  " + ",\n  ".join(joined) + ",\n])", False
    if isinstance(content, BinaryContent) and content.filename is not None:
        return _read(names.local(content.filename, content.data).name), False
    typed = any(name.lower() == "content-type" for name, _ in message.headers)
    if isinstance(content, FormContent) and content.pairs and fetch_rules.same_as_search_params(content) and typed:
        return _search_params(content), False
    if isinstance(content, JSONContent) and typed:
        return _json(content.text), False
    if isinstance(content, FormContent) and typed and len(content.text) > js.WIDTH and "&" in content.text:
        lines = "".join(f"  {js.string(field)},\n" for field in content.text.split("&"))
        return f"[\n{lines}].join('&')", False
    return _exact(content.body, typed), False


def _exact(body: bytes, typed: bool) -> str:
    # fetch adds a Content-Type to a string when none is set, and none to bytes.
    try:
        return js.string(body.decode("utf-8")) if typed else js.bytes_of(body)
    except UnicodeDecodeError:
        return js.bytes_of(body)


def _json(text: str) -> str:
    """Write the value where JavaScript would give back the same text, else the text itself."""
    try:
        value = jsontext.loads(text)
        for indent in (None, 2):
            if js_json.stringify(value, indent=indent) == text:
                layout = "" if indent is None else f", null, {indent}"
                return f"JSON.stringify({js.literal(value, used=24)}{layout})"
    except (jsontext.JSONTextError, RecursionError):
        pass
    return _exact(text.encode("utf-8", "surrogatepass"), True)


def _search_params(content: FormContent) -> str:
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


def _form_data(content: MultipartContent, names: FileNames) -> list[str]:
    lines = ["const form = new FormData();"]
    for part in content.parts:
        if part.filename is None:
            value = js.string(part.data.decode("utf-8"))
        else:
            read = _read(names.local(part.filename, part.data).name)
            kind = f"{{ type: {js.string(part.content_type or '')} }}"
            value = f"new Blob([{read}], {kind}), {js.string(part.filename)}"
        lines.append(f"form.append({js.string(part.name)}, {value});")
    return lines


def _read(name: str) -> str:
    return f"await readFile({js.string(name)})"


TARGET = Target(
    id="node_fetch",
    language="Node.js",
    client="fetch",
    title="Node.js",
    extension="mjs",
    lexer="javascript",
    vias=("direct", "gateway"),
    default=True,
    render=render,
)
