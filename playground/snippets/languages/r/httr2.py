"""R with httr2."""

from __future__ import annotations

import re

from playground.messages import FormContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import has_dot_segments
from playground.snippets.body import (
    FORM,
    BytesBody,
    FileBody,
    TextBody,
    decoded,
    exact_body,
    form_parts,
    is_plain_type,
    readable_text,
)
from playground.snippets.files import safe_name
from playground.snippets.headers import Fields, content_type, has_header, joined_headers, without_header
from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, by_code
from playground.snippets.message import Message, message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable, plain
from playground.snippets.urlencoded import readable_query, same_percent_encoded
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden

_SPELL = by_code((0x10000, "\\u%04x"), (0x110000, "\\U%08x"))
_QUOTED = Quoting(spell=_SPELL)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._]*")
_RESERVED = frozenset({
    "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "NA",
    "NA_integer_", "NA_real_", "NA_complex_", "NA_character_", "in",
})  # fmt: skip
_NO_STRING = re.compile("[\0\ud800-\udfff]")
_TICKED = Quoting(quote="`", escapes=backslashed('"`'), spell=_SPELL)


def is_string(text: str) -> bool:
    """Tell whether an R string can hold the text: neither NUL nor half a surrogate pair."""
    return _NO_STRING.search(text) is None


def string(text: str) -> str:
    """Return a literal of exactly this text, raw where that saves escapes; `is_string` must hold."""
    if any(mark in text for mark in '"\\') and not has_hidden(text, allow="\n"):
        for dashes in ("", "-", "--"):
            if f'){dashes}"' not in text:
                return f'r"{dashes}({text}){dashes}"'
    return _QUOTED(text)


class R(Literals):
    """Writes R."""

    grammar = Grammar(quoting=_QUOTED, longest_octets=16)

    def string(self, text: str) -> str:
        """Return a literal of exactly this text."""
        return string(text)

    def joined(self, expressions: list[str]) -> str:
        """Return the expression of texts one after the other."""
        return f"paste0({', '.join(expressions)})"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'Sys.getenv("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"curl::curl_escape({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return an expression for a raw vector of exactly these bytes."""
        text = readable_text(data)
        return self.utf8(text) if text is not None and is_string(text) else self.opaque(data)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"charToRaw({string(text)})"

    def octets(self, data: bytes) -> str:
        """Return an expression of a few bytes."""
        return f"as.raw(c({', '.join(f'0x{octet:02x}' for octet in data)}))"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f'openssl::base64_decode("{text}")'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f'readBin("{name}", "raw", file.size("{name}"))'

    def name(self, text: str) -> str:
        """Return an argument's name, in backticks where it is not plain; `is_string` must hold."""
        return text if _NAME.fullmatch(text) and text not in _RESERVED else _TICKED(text)

    def named(self, pairs: list[tuple[str, str]]) -> str:
        """Return arguments by name."""
        return ",\n    ".join(f"{self.name(name)} = {value}" for name, value in pairs)


_PLAIN_NAME = re.compile(r"[\w .\[\]-]+")


def render(request: SnippetRequest) -> Rendered:
    """Write the request as a pipe, and one line that prints status and answer."""
    message = message_of(request)
    r = R()
    headers, header_notes = joined_headers(message, "httr2")
    body, own_type = _body(message, r)
    if own_type:
        headers = without_header(headers, "content-type")
    notes = (*message.notes, *header_notes, *secret_notes(message), *_own_notes(message), *r.files.notes)
    query = readable_query(message, _same_form)
    steps = _steps(message, headers, body, r)
    if query:
        steps.insert(0, f"req_url_query(\n    {_fields(query.form, r)}\n  )")

    code = Writer(comment="#")
    code.comments(('install.packages("httr2")', *notes))
    code.lines("library(httr2)", "")
    code.line(f"response <- request({r.text((query.address,) if query else message.url, encode=True)}) |>")
    for step in steps:
        code.verbatim(f"  {step} |>")
    code.lines("  req_perform()", "")
    code.line("cat(resp_status(response), rawToChar(response$body), fill = TRUE)")
    return Rendered(text=code.text, notes=notes)


def _steps(message: Message, headers: Fields, body: str, r: R) -> list[str]:
    steps = []
    if message.method != ("POST" if body else "GET"):
        steps.append(f"req_method({r.string(message.method)})")
    if has_dot_segments(message):
        steps.append("req_options(path_as_is = TRUE)")
    if message.basic is not None:
        username, password = r.variable(message.basic.username), r.variable(message.basic.password)
        steps.append(f"req_auth_basic({username}, {password})")
    fields = [(name, r.text(value)) for name, value in headers if plain(value) != ""]
    if not body and message.method in ("POST", "PUT", "PATCH"):
        fields.append(("Content-Length", '"0"'))
    if fields:
        listed = r.named(fields)
        steps.append(f"req_headers({listed})" if len(fields) == 1 else f"req_headers(\n    {listed}\n  )")
    if body:
        steps.append(body)
    return steps


def _fields(form: FormContent, r: R) -> str:
    return r.named([(name, r.string(value)) for name, value in form.pairs])


def _body(message: Message, r: R) -> tuple[str, bool]:
    """Return the step that sets the content, and whether it sets the Content-Type as well."""
    content = message.content
    known = content_type(message)
    if isinstance(content, FormContent) and _same_form(content) and known == FORM:
        return f"req_body_form(\n    {_fields(content, r)}\n  )", True
    parts = form_parts(message, _same_part)
    files = [part.filename for part in parts if part.filename is not None]
    if parts and len(set(files)) == len(files):
        return f"req_body_multipart(\n    {r.named([(part.name, _part(part, r)) for part in parts])}\n  )", True
    typed = f", type = {r.string(known)}" if known else ""
    typed_below = typed.replace(", ", ",\n    ", 1)
    match exact_body(message, r.files):
        case None:
            return "", False
        case TextBody(text) if message.json is not ABSENT:
            return f"req_body_raw({r.text(text)}{typed})", bool(known)
        case TextBody(text, fields) if fields and all(map(is_string, fields)):
            listed = ",\n      ".join(map(r.string, fields))
            return f'req_body_raw(\n    paste(c(\n      {listed}\n    ), collapse = "&"){typed_below}\n  )', bool(known)
        case TextBody(text) if is_string(plain(text) or ""):
            return f"req_body_raw({r.string(plain(text) or '')}{typed})", bool(known)
        case TextBody() | BytesBody():
            return f"req_body_raw({r.bytes_of(content.body)}{typed})", bool(known)
        case FileBody(name):
            return f"req_body_file({r.string(name)}{typed})", bool(known)
        case body:
            shown = ",\n      ".join(map(r.piece, body.pieces))
            return f"req_body_raw(\n    c(\n      {shown}\n    ){typed_below}\n  )", bool(known)


def _same_form(form: FormContent) -> bool:
    named = all(_PLAIN_NAME.fullmatch(name) and is_string(value) for name, value in form.pairs)
    return bool(form.pairs) and named and same_percent_encoded(form)


def _same_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        return is_plain_type(part.content_type) and safe_name(part.filename) == part.filename
    text = decoded(part.data)
    return part.content_type is None and bool(text) and is_string(text or "")


def _part(part: Part, r: R) -> str:
    if part.filename is None:
        return r.string(part.data.decode())
    local = r.files.local(part.filename, part.data).name
    return f'curl::form_file("{local}", type = {r.string(part.content_type or "")})'


def _own_notes(message: Message) -> tuple[str, ...]:
    empty = [name for name, value in message.headers if plain(value) == ""]
    if empty:
        return (f"httr2 cannot send an empty header field; left out here: {', '.join(empty)}.",)
    if message.has_content and not has_header(message, "content-type"):
        return ("httr2 adds a Content-Type of its own: application/x-www-form-urlencoded.",)
    return ()


TARGET = Target(id="r_httr2", language="R", client="httr2", title="R", extension="R", lexer="r", render=render)
