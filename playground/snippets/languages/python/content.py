"""Content in Python code: built readably where that gives the same bytes, else the bytes themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from playground import jsontext
from playground.messages import FormContent, JSONContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, PiecesBody, TextBody, body_of, content_type
from playground.snippets.files import FileNames
from playground.snippets.languages.python import literals as py
from playground.snippets.message import Message
from playground.snippets.text import Variable, plain

FORM = "application/x-www-form-urlencoded"
IMPORT_OS, IMPORT_JSON = "import os", "import json"
IMPORT_PATH = "from pathlib import Path"
IMPORT_QUOTE = "from urllib.parse import quote"
IMPORT_URLENCODE = "from urllib.parse import urlencode"
_PLAIN_NAME = re.compile(r"[\w .@$&+,:-]+")
_DUMPS = (
    ({"separators": (",", ":")}, 'separators=(",", ":")'),
    ({"separators": (",", ":"), "ensure_ascii": False}, 'separators=(",", ":"), ensure_ascii=False'),
    ({"indent": 2}, "indent=2"),
    ({"indent": 2, "ensure_ascii": False}, "indent=2, ensure_ascii=False"),
)


def expression(message: Message, names: FileNames, imports: set[str], *, indent: int) -> str:
    """Return an expression of the content as `str` (ASCII only) or `bytes`, empty where there is none.

    `indent` is the column of the line it begins on; the imports it needs are added to `imports`.
    """
    content = message.content
    if message.json is not ABSENT:
        imports.add(IMPORT_JSON)
        return f"json.dumps({py.literal(message.json, indent=indent, used=indent + 20)})"
    if isinstance(content, JSONContent) and (written := _dumped(content.text, indent)):
        imports.add(IMPORT_JSON)
        return written
    if isinstance(content, FormContent) and same_form(content):
        imports.add(IMPORT_URLENCODE)
        return f"urlencode({pairs(content, indent=indent)})"
    match body_of(message, names):
        case None:
            return ""
        case TextBody(text):
            known = plain(text) or ""
            return py.string(known) if known.isascii() and len(known) > 0 else py.bytes_of(content.body)
        case BytesBody(data):
            return py.bytes_of(data)
        case FileBody(name):
            imports.add(IMPORT_PATH)
            return _read(name)
        case PiecesBody(pieces):
            parts = [py.bytes_of(piece) if isinstance(piece, bytes) else _read(piece.name) for piece in pieces]
            if any(not isinstance(piece, bytes) for piece in pieces):
                imports.add(IMPORT_PATH)
            return parts[0] if len(parts) == 1 else _joined(parts, indent)
        case _:
            raise AssertionError("a body of parts or pairs is written by its target")


def _read(name: str) -> str:
    return f"Path({py.string(name)}).read_bytes()"


def _joined(parts: list[str], indent: int) -> str:
    margin = " " * indent
    return 'b"".join([\n' + "".join(f"{margin}    {part},\n" for part in parts) + f"{margin}])"


def pairs(content: FormContent, *, indent: int, used: int = 60) -> str:
    """Return a form's fields as a `dict`, or as a list of pairs where a name repeats."""
    named = dict(content.pairs)
    return py.literal(named if len(named) == len(content.pairs) else list(content.pairs), indent=indent, used=used)


def same_form(content: FormContent) -> bool:
    """Tell whether `urlencode` of the pairs gives exactly the form's text."""
    try:
        return bool(content.pairs) and urlencode(content.pairs) == content.text
    except UnicodeEncodeError:
        return False


def _dumped(text: str, indent: int) -> str:
    """Return the `json.dumps` call that gives the text, empty where there is none."""
    try:
        jsontext.loads(text)  # or NaN would be taken for a number
        value = json.loads(text)
        for options, spelled in _DUMPS:
            written = json.dumps(value, **options)
            if written == text and (text.isascii() or text.encode()):
                return _dumps_call(value, spelled, "" if text.isascii() else ".encode()", indent)
    except (ValueError, RecursionError):
        pass
    return ""


def _dumps_call(value: Any, options: str, suffix: str, indent: int) -> str:
    shown = py.literal(value, indent=indent + 4, used=indent + 24)
    if "\n" not in shown:
        return f"json.dumps({shown}, {options}){suffix}"
    margin = "\n" + " " * (indent + 4)
    spread = options.replace("), ensure", f"),{margin}ensure").replace("2, ensure", f"2,{margin}ensure")
    return f"json.dumps({margin}{shown},{margin}{spread},\n{' ' * indent}){suffix}"


def import_lines(message: Message, imports: set[str]) -> list[str]:
    """Return the import lines of the standard library, sorted; `os` where a variable is read."""
    texts = [message.url, *(value for _, value in message.headers)]
    if message.basic is not None or any(isinstance(piece, Variable) for text in texts for piece in text):
        imports.add(IMPORT_OS)
    if message.json is not ABSENT and plain(message.json_text) is None:
        imports.add(IMPORT_OS)
    if any(isinstance(piece, Variable) for piece in message.url[1:]):
        imports.add(IMPORT_QUOTE)
    if {IMPORT_QUOTE, IMPORT_URLENCODE} <= imports:
        imports -= {IMPORT_QUOTE, IMPORT_URLENCODE}
        imports.add("from urllib.parse import quote, urlencode")
    return sorted(imports, key=lambda line: (line.startswith("from"), line))


def number_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence naming the numbers of a free-layout value that Python writes otherwise, if there are any."""
    if message.json is ABSENT:
        return ()
    changed = dict.fromkeys(text for text in _numbers(message.json) if _written(text) != text)
    if not changed:
        return ()
    shown = ", ".join(text if len(text) <= 40 else f"{text[:37]}..." for text in list(changed)[:5])
    return (f"Python does not keep this spelling of a number: {shown}",)


def _numbers(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield jsontext.dumps(value)


def _written(text: str) -> str:
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return ""


def plain_parts(content: MultipartContent, message: Message) -> bool:
    """Tell whether requests and httpx write the same parts from `files=`: plain names, text or typed files."""
    names = [part.name for part in content.parts]
    return (
        bool(names)
        and len(set(names)) == len(names)
        and content_type(message).startswith("multipart/form-data")
        and all(
            _PLAIN_NAME.fullmatch(part.name)
            and not part.headers
            and (part.filename is None or _PLAIN_NAME.fullmatch(part.filename))
            and (part.filename is None) == (part.content_type is None)
            for part in content.parts
        )
    )


def files_argument(content: MultipartContent, names: FileNames, *, indent: int) -> str:
    """Return the value of `files=`: each name with file name, bytes and type."""
    fields: dict[str, Any] = {}
    for part in content.parts:
        if part.filename is None:
            fields[part.name] = (None, py.Code(py.bytes_of(part.data)))
        else:
            opened = f'open({py.string(names.local(part.filename, part.data).name)}, "rb")'
            fields[part.name] = (part.filename, py.Code(opened), part.content_type)
    return py.literal(fields, indent=indent, used=60)
