"""Content in Python code: built readably where that gives the same bytes, else the bytes themselves."""

from __future__ import annotations

import json
import re
from typing import Any

from playground import jsontext
from playground.messages import FormContent, JSONContent, Part
from playground.request.model import ABSENT
from playground.snippets import notes
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body, form_parts
from playground.snippets.languages.python.literals import Python
from playground.snippets.literals import Code
from playground.snippets.message import Message
from playground.snippets.text import plain
from playground.snippets.urlencoded import is_unique, same_plus_encoded

_PLAIN_NAME = re.compile(r"[\w .@$&+,:-]+")
_DUMPS = (
    ({"separators": (",", ":")}, 'separators=(",", ":")'),
    ({"separators": (",", ":"), "ensure_ascii": False}, 'separators=(",", ":"), ensure_ascii=False'),
    ({"indent": 2}, "indent=2"),
    ({"indent": 2, "ensure_ascii": False}, "indent=2, ensure_ascii=False"),
)


def expression(message: Message, py: Python, *, indent: int) -> tuple[str, bool]:
    """Return an expression of the content, empty where there is none, and whether it is a `str` (of ASCII) or `bytes`.

    `indent` is the column of the line it begins on.
    """
    content = message.content
    if message.json is not ABSENT:
        return f"{py.module('json')}.dumps({py.value(message.json, indent=indent, used=indent + 20)})", True
    if isinstance(content, JSONContent) and (written := _json_call(content.text, py, indent)):
        return written, content.text.isascii()
    if isinstance(content, FormContent) and same_form(content):
        return f"{py.use('urlencode', 'urllib.parse')}({pairs(content, py, indent=indent)})", True
    match exact_body(message, py.files):
        case None:
            return "", False
        case TextBody(text):
            known = plain(text) or ""
            return (py.string(known), True) if known.isascii() and known else (py.bytes_of(content.body), False)
        case BytesBody(data):
            return py.bytes_of(data), False
        case FileBody(name):
            return py.read(name), False
        case body:
            parts = [py.piece(piece) for piece in body.pieces]
            return (parts[0] if len(parts) == 1 else _joined(parts, indent)), False


def _joined(parts: list[str], indent: int) -> str:
    margin = " " * indent
    return 'b"".join([\n' + "".join(f"{margin}    {part},\n" for part in parts) + f"{margin}])"


def pairs(form: FormContent, py: Python, *, indent: int, used: int = 60) -> str:
    """Return a form's fields as a `dict`, or as a list of pairs where a name repeats."""
    return py.value(dict(form.pairs) if is_unique(form) else list(form.pairs), indent=indent, used=used)


def same_form(form: FormContent) -> bool:
    """Tell whether `urlencode` of the pairs gives exactly the form's text."""
    return bool(form.pairs) and same_plus_encoded(form)


def _json_call(text: str, py: Python, indent: int) -> str:
    """Return the `json.dumps` call that gives the text, empty where there is none."""
    try:
        jsontext.loads(text)  # or NaN would be taken for a number
        value = json.loads(text)
        for options, spelled in _DUMPS:
            written = json.dumps(value, **options)
            if written == text and (text.isascii() or text.encode()):
                return _dumps_call(value, spelled, "" if text.isascii() else ".encode()", py, indent)
    except (ValueError, RecursionError):
        pass
    return ""


def _dumps_call(value: Any, options: str, suffix: str, py: Python, indent: int) -> str:
    dumps = f"{py.module('json')}.dumps"
    shown = py.value(value, indent=indent + 4, used=indent + 24)
    if "\n" not in shown:
        return f"{dumps}({shown}, {options}){suffix}"
    margin = "\n" + " " * (indent + 4)
    spread = options.replace("), ensure", f"),{margin}ensure").replace("2, ensure", f"2,{margin}ensure")
    return f"{dumps}({margin}{shown},{margin}{spread},\n{' ' * indent}){suffix}"


def number_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence naming the numbers of a free-layout value that Python writes otherwise, if there are any."""
    return notes.number_notes(message.json, "Python", _number_as_written)


def _number_as_written(number: float) -> str:
    try:
        return json.dumps(json.loads(jsontext.dumps(number)))
    except ValueError:
        return ""


def files_argument(message: Message, py: Python, *, indent: int) -> str:
    """Return the value of `files=`, each name with file name, bytes and type, of which requests and httpx write the
    same parts; empty where they would not."""
    parts = form_parts(message, _same_part)
    fields: dict[str, Any] = {}
    if len({part.name for part in parts}) < len(parts):
        return ""
    for part in parts:
        if part.filename is None:
            fields[part.name] = (None, Code(py.bytes_of(part.data)))
        else:
            opened = f'open({py.string(py.files.local(part.filename, part.data).name)}, "rb")'
            fields[part.name] = (part.filename, Code(opened), part.content_type)
    return py.value(fields, indent=indent, used=60) if fields else ""


def _same_part(part: Part) -> bool:
    return (
        _PLAIN_NAME.fullmatch(part.name) is not None
        and not part.headers
        and (part.filename is None or _PLAIN_NAME.fullmatch(part.filename) is not None)
        and (part.filename is None) == (part.content_type is None)
    )
