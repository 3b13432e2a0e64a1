"""Python literals: strings, bytes, f-strings, numbers, displays (Python Language Reference 2.4 and 6.2);
a request's content is written in them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from playground import jsontext
from playground.messages import FormContent, JSONContent, Part
from playground.request.model import ABSENT
from playground.snippets import notes
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body, form_parts, readable_text
from playground.snippets.headers import is_ascii
from playground.snippets.literals import Code, Grammar, Literals, Quoting, backslashed, by_code
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable, plain
from playground.snippets.urlencoded import is_unique, same_plus_encoded

_SPELL = by_code((0x100, "\\x%02x"), (0x10000, "\\u%04x"), (0x110000, "\\U%08x"))
_DOUBLE = Quoting(spell=_SPELL)
_SINGLE = Quoting(quote="'", escapes=backslashed("'"), spell=_SPELL)
_FORMATTED = Quoting(quote='"', escapes=backslashed('"', {"{": "{{", "}": "}}"}), spell=_SPELL)


def string(text: str) -> str:
    """Return a literal of exactly this text, in double quotes unless that costs escapes."""
    return _SINGLE(text) if '"' in text and "'" not in text else _DOUBLE(text)


class Python(Literals):
    """Writes Python, lists and maps as Black lays them out; `used` are names by their module, or the module itself."""

    grammar = Grammar(quoting=_FORMATTED, interpolation="{%s}", words=("None", "True", "False"))

    def module(self, name: str) -> str:
        """Return the name of a module, which is imported."""
        return self.use(name, name)

    def string(self, text: str) -> str:
        """Return a literal of exactly this text."""
        return string(text)

    def text(self, text: Text, *, encode: bool = False) -> str:
        """Return an f-string for text with variables, or the bare variable."""
        written = super().text(text, encode=encode)
        return f"f{written}" if len(text) > 1 and any(isinstance(piece, Variable) for piece in text) else written

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'{self.module("os")}.environ["{variable.name}"]'

    def interpolated(self, expression: str) -> str:
        """Return an expression as an f-string holds it, which could hold none of its own marks until 3.12."""
        return super().interpolated(expression.replace('"', "'"))

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('quote', 'urllib.parse')}({expression}, safe='')"

    def bytes_of(self, data: bytes) -> str:
        """Return an expression of exactly these bytes."""
        text = readable_text(data)
        if text is not None and not text.isascii():
            return f"{string(text)}.encode()"
        quoting = _SINGLE if b'"' in data and b"'" not in data else _DOUBLE
        written = quoting.inside(data.decode("latin-1"))
        shown = "".join(mark if mark.isascii() else f"\\x{ord(mark):02x}" for mark in written)
        return f"b{quoting.quote}{shown}{quoting.quote}"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('Path', 'pathlib')}({string(name)}).read_bytes()"

    def header(self, value: Text) -> str:
        """Return an expression of a header value; clients send a `str` as Latin-1, so what is not ASCII is bytes."""
        if is_ascii(value):
            return self.text(value)
        known = plain(value)
        return f"{self.text(value)}.encode()" if known is None else self.bytes_of(known.encode())

    def number(self, value: float) -> str:
        """Return a number literal; a number beyond all floats is read as infinity, and `-0` is no float."""
        text = jsontext.dumps(value)
        return "0" if text == "-0" else text

    def value(self, value: Any, *, indent: int = 0, used: int = 0) -> str:
        """Return a display of a value."""
        if isinstance(value, tuple) and len(value) > 1:
            return self.members([("", member) for member in value], ("(", ")"), indent, used)
        return super().value(value, indent=indent, used=used)

    def imports(self) -> list[str]:
        """Return the lines that import what the code uses, of the standard library."""
        modules = [module for module, names in self.used.items() if module in names]
        names = [(module, ", ".join(sorted(names))) for module, names in self.used.items() if module not in names]
        return [
            *(f"import {module}" for module in sorted(modules)),
            *(f"from {module} import {listed}" for module, listed in sorted(names)),
        ]


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
