"""PHP literals (PHP manual, Strings and Arrays), and a request's content written in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from playground import jsontext
from playground.jsontext import NumberText
from playground.messages import FormContent, JSONContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body
from playground.snippets.literals import (
    ESCAPE_KEY,
    Grammar,
    Literals,
    Quoting,
    backslashed,
    braced_or_octets,
)
from playground.snippets.message import Message
from playground.snippets.notes import secret_notes
from playground.snippets.text import Variable, plain
from playground.snippets.urlencoded import Query, encodes_to_text, is_unique, same_percent_encoded

string = Quoting(escapes=backslashed('"$', ESCAPE_KEY), spell=braced_or_octets, verbatim="'")
"""Returns a literal of exactly this text in UTF-8."""


class PHP(Literals):
    """Writes PHP, where a string is its bytes."""

    grammar = Grammar(quoting=string, joint=" . ", longest_octets=64, map=("[", "]"), key="%s => ")

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"getenv('{variable.name}')"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"rawurlencode({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"base64_decode('{text}')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"file_get_contents({self.string(name)})"

    def mapping(self, value: Mapping[str, Any], indent: int, used: int) -> str:
        """Return an array that `json_encode` writes as an object: numbered from 0, or empty, it would be a list."""
        if not value:
            return "new stdClass()"
        is_numbered = list(value) == [str(number) for number in range(len(value))]
        return ("(object) " if is_numbered else "") + super().mapping(value, indent, used)


def comment(note: str) -> str:
    """Return a note that a `//` comment can hold: a closing tag would end the code even there."""
    return note.replace("?>", "? >")


_KEPT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,4}[1-9]")


def expression(message: Message, php: PHP, *, used: int) -> tuple[str, tuple[str, ...]]:
    """Return an expression of the content, empty where there is none, and notes on it.

    It is written four columns deep; `used` is how many columns of its line are taken.
    """
    content = message.content
    if message.json is not ABSENT:
        if _keeps(message.json):
            return f"json_encode({php.value(message.json, indent=4, used=used + 12)})", ()
        return php.text(message.json_text), secret_notes(message)
    if isinstance(content, JSONContent) and (written := _json_call(content.text, php, used)):
        return written, ()
    if isinstance(content, FormContent) and same_form(content):
        return f"http_build_query({php.value(dict(content.pairs), indent=4, used=php.grammar.width)})", ()
    return _exact(message, php), ()


def _exact(message: Message, php: PHP) -> str:
    match exact_body(message, php.files):
        case None:
            return ""
        case TextBody(text, fields) if fields and all(fields):
            shown = "".join(f"        {php.string(field)},\n" for field in fields)
            return f"implode('&', [\n{shown}    ])"
        case TextBody(text):
            return php.string(plain(text) or "")
        case BytesBody(data):
            return php.bytes_of(data)
        case FileBody(name):
            return php.read(name)
        case body:
            return "\n        . ".join(map(php.piece, body.pieces))


def same_form(form: FormContent) -> bool:
    """Tell whether `http_build_query` of the fields gives exactly the form's text."""
    encoded_so = encodes_to_text(form, lambda text: quote_plus(text).replace("~", "%7E"))
    return bool(form.pairs) and is_unique(form) and encoded_so


def query_expression(query: Query, php: PHP) -> str:
    """Return an expression of the address with its query built of the fields."""
    flags = "" if same_form(query.form) else ", '', '&', PHP_QUERY_RFC3986"
    fields = php.value(dict(query.form.pairs), used=40)
    return f"{php.string(query.address + '?')} . http_build_query({fields}{flags})"


def same_query(form: FormContent) -> bool:
    """Tell whether `http_build_query` gives exactly the query, in either of its two encodings."""
    return same_form(form) or (is_unique(form) and same_percent_encoded(form))


def _json_call(text: str, php: PHP, used: int) -> str:
    """Return the `json_encode` call that gives the text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if jsontext.dumps(value) != text or not _keeps(value):
            return ""
    except (ValueError, RecursionError):
        return ""
    flags = (["JSON_UNESCAPED_SLASHES"] if "/" in text else []) + (
        ["JSON_UNESCAPED_UNICODE"] if not text.isascii() else []
    )
    shown = php.value(value, indent=4, used=used + 12)
    return f"json_encode({', '.join([shown, *([' | '.join(flags)] if flags else [])])})"


def _keeps(value: Any, levels: int = 200) -> bool:
    """Tell whether `json_encode` writes a value as `jsontext.dumps` does, but for slashes and non-ASCII text."""
    if levels == 0:
        return False
    if isinstance(value, str):
        return re.search("[\u2028\u2029\ud800-\udfff]", value) is None
    if isinstance(value, Mapping):
        # An object cannot have a member whose name begins with NUL.
        return all(_keeps(name) and "\0" not in name and _keeps(part, levels - 1) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(_keeps(part, levels - 1) for part in value)
    if isinstance(value, NumberText):
        return _KEPT_NUMBER.fullmatch(value.text) is not None
    if isinstance(value, float):
        return _KEPT_NUMBER.fullmatch(repr(value)) is not None
    return not isinstance(value, int) or abs(value) < 2**63
