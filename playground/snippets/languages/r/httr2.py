"""R with httr2."""

from __future__ import annotations

import re
from urllib.parse import quote

from playground.messages import FormContent, MultipartContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import has_dot_segments
from playground.snippets.body import (
    BytesBody,
    FileBody,
    PiecesBody,
    TextBody,
    body_of,
    content_type,
    secret_notes,
)
from playground.snippets.files import FileNames, LocalFile, safe_name
from playground.snippets.headers import has_header, joined_headers, without_header
from playground.snippets.languages.r import literals as r
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_FORM = "application/x-www-form-urlencoded"
_PLAIN_NAME = re.compile(r"[\w .\[\]-]+")


def render(given: SnippetRequest) -> Rendered:
    """Write the request as a pipe, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    headers, header_notes = joined_headers(message, "httr2")
    body, own_type = _body(message, names)
    if own_type:
        headers = without_header(headers, "content-type")
    notes = (*message.notes, *header_notes, *secret_notes(message), *_own_notes(message), *names.notes)
    query = readable_query(message, _same_form)
    steps = _steps(message, headers, body)
    if query:
        fields = ",\n    ".join(f"{r.name(name)} = {r.string(value)}" for name, value in query.form.pairs)
        steps.insert(0, f"req_url_query(\n    {fields}\n  )")

    code = Writer(comment="#")
    code.comments(('install.packages("httr2")', *notes))
    code.line("library(httr2)")
    code.line()
    code.line(f"response <- request({r.template((query.address,) if query else message.url, encode=True)}) |>")
    for step in steps:
        code.verbatim(f"  {step} |>")
    code.line("  req_perform()")
    code.line()
    code.line("cat(resp_status(response), rawToChar(response$body), fill = TRUE)")
    return Rendered(text=code.text, notes=notes)


def _steps(message: Message, headers: tuple[tuple[str, Text], ...], body: str) -> list[str]:
    steps = []
    if message.method != ("POST" if body else "GET"):
        steps.append(f"req_method({r.string(message.method)})")
    if has_dot_segments(message):
        steps.append("req_options(path_as_is = TRUE)")
    if message.basic is not None:
        username, password = r.variable(message.basic.username), r.variable(message.basic.password)
        steps.append(f"req_auth_basic({username}, {password})")
    fields = [f"{r.name(name)} = {r.template(value)}" for name, value in headers if plain(value) != ""]
    if not body and message.method in ("POST", "PUT", "PATCH"):
        fields.append('`Content-Length` = "0"')
    if len(fields) == 1:
        steps.append(f"req_headers({fields[0]})")
    elif fields:
        steps.append("req_headers(\n    " + ",\n    ".join(fields) + "\n  )")
    if body:
        steps.append(body)
    return steps


def _body(message: Message, names: FileNames) -> tuple[str, bool]:
    """Return the step that sets the content, and whether it sets the Content-Type as well."""
    content = message.content
    if isinstance(content, FormContent) and _same_form(content) and content_type(message) == _FORM:
        pairs = ",\n    ".join(f"{r.name(name)} = {r.string(value)}" for name, value in content.pairs)
        return f"req_body_form(\n    {pairs}\n  )", True
    if isinstance(content, MultipartContent) and _simple(content, message):
        parts = ",\n    ".join(f"{r.name(part.name)} = {_part(part, names)}" for part in content.parts)
        return f"req_body_multipart(\n    {parts}\n  )", True
    known = content_type(message)
    typed = f", type = {r.string(known)}" if known else ""
    typed_below = typed.replace(", ", ",\n    ", 1)
    if message.json is not ABSENT:
        free = body_of(message, names)
        laid_out = free.text if isinstance(free, TextBody) else message.json_text
        return f"req_body_raw({r.template(laid_out)}{typed})", bool(known)
    match body_of(message, names):
        case None:
            return "", False
        case TextBody(text, fields) if fields and all(map(r.is_string, fields)):
            listed = ",\n      ".join(map(r.string, fields))
            return f'req_body_raw(\n    paste(c(\n      {listed}\n    ), collapse = "&"){typed_below}\n  )', bool(known)
        case TextBody(text) if r.is_string(plain(text) or ""):
            return f"req_body_raw({r.string(plain(text) or '')}{typed})", bool(known)
        case TextBody() | BytesBody():
            return f"req_body_raw({r.bytes_of(content.body)}{typed})", bool(known)
        case FileBody(name):
            return f"req_body_file({r.string(name)}{typed})", bool(known)
        case PiecesBody(pieces):
            shown = ",\n      ".join(
                _read(piece.name) if isinstance(piece, LocalFile) else r.bytes_of(piece) for piece in pieces
            )
            return f"req_body_raw(\n    c(\n      {shown}\n    ){typed_below}\n  )", bool(known)
        case _:
            raise AssertionError("a body of parts or pairs is written above")


def _read(name: str) -> str:
    return f'readBin("{name}", "raw", file.size("{name}"))'


def _same_form(content: FormContent) -> bool:
    try:
        written = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in content.pairs)
    except UnicodeEncodeError:
        return False
    return (
        bool(content.pairs)
        and written == content.text
        and all(_PLAIN_NAME.fullmatch(name) and r.is_string(value) for name, value in content.pairs)
    )


def _simple(content: MultipartContent, message: Message) -> bool:
    files = [part.filename for part in content.parts if part.filename is not None]
    return (
        bool(content.parts)
        and len(set(files)) == len(files)
        and content_type(message).startswith("multipart/form-data")
        and all(map(_simple_part, content.parts))
    )


def _simple_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        plain_type = re.fullmatch(r"[\w.+-]+/[\w.+-]+", part.content_type or "", re.ASCII)
        return plain_type is not None and safe_name(part.filename) == part.filename
    try:
        return part.content_type is None and bool(part.data) and r.is_string(part.data.decode())
    except UnicodeDecodeError:
        return False


def _part(part: Part, names: FileNames) -> str:
    if part.filename is None:
        return r.string(part.data.decode())
    local = names.local(part.filename, part.data).name
    return f'curl::form_file("{local}", type = {r.string(part.content_type or "")})'


def _own_notes(message: Message) -> tuple[str, ...]:
    empty = [name for name, value in message.headers if plain(value) == ""]
    if empty:
        return (f"httr2 cannot send an empty header field; left out here: {', '.join(empty)}.",)
    if message.has_content and not has_header(message, "content-type"):
        return ("httr2 adds a Content-Type of its own: application/x-www-form-urlencoded.",)
    return ()


TARGET = Target(
    id="r_httr2",
    language="R",
    client="httr2",
    title="R",
    extension="R",
    lexer="r",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
