"""HTTPie 3 in a POSIX shell: the content raw, header fields as its request items."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlencode

from playground.messages import FormContent, MultipartContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import has_dot_segments, has_odd_escapes, is_within
from playground.snippets.body import FileBody, PiecesBody, address_notes, body_of, content_type, secret_notes
from playground.snippets.files import FileNames
from playground.snippets.headers import has_header, without_header
from playground.snippets.languages.shell import literals as sh
from playground.snippets.message import Message, message_of
from playground.snippets.query import is_plain, readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.text.visible import has_hidden, one_line

LARGEST_WORD = 100_000
"""Bytes one argument of a process may safely have (Linux allows 128 KiB); more goes through a pipe."""

_SPECIAL = ":;=@"
_PLAIN_NAME = re.compile(r"[\w.+-]+(?:\[\w*\])*")


def render(given: SnippetRequest) -> Rendered:
    """Write one http command, fed by printf where its content cannot be an argument."""
    message = message_of(given)
    names = FileNames()
    feed, options, items, raw, own_type = _content(message, names)
    headers = without_header(message.headers, "content-type") if own_type else message.headers
    notes = (*message.notes, *secret_notes(message), *address_notes(message), *_own_notes(message), *names.notes)
    leading = [*([] if feed else ["--ignore-stdin"]), *options]
    if has_dot_segments(message):
        leading.append("--path-as-is")
    if message.basic is not None:
        leading.append(f'--auth "${message.basic.username.name}:${message.basic.password.name}"')
    query = readable_query(message, is_plain)
    arguments = [
        " ".join([*leading, _word(message.method), sh.quote_text((query.address,) if query else message.url)]),
        *(f"{name}=={value}" for name, value in (query.form.pairs if query else ())),
        *(sh.quote_text(_header(name, value)) for name, value in headers),
        *([] if own_type or not message.has_content or has_header(message, "content-type") else ["Content-Type:"]),
        *items,
        *raw,
    ]
    lines = [f"# {one_line(note)}" for note in notes]
    lines.append(f"{feed}http " + " \\\n  ".join(arguments))
    return Rendered(text="\n".join(lines), notes=notes)


def _word(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z]+", text) else sh.quote(text)


def _header(name: str, value: Text) -> Text:
    if plain(value) == "":
        return (f"{name};",)  # "Name:" would remove the field
    first, *rest = value
    if not isinstance(first, str):
        return (f"{name}:", *value)
    # A separator after the colon would make another kind of item: ":=" JSON, ":@" a file.
    return (f"{name}:{chr(92) if first[:1] in _SPECIAL else ''}{first}", *rest)


def _content(message: Message, names: FileNames) -> tuple[str, list[str], list[str], list[str], bool]:
    """Return what feeds http, options, items and the raw content, and whether it writes the Content-Type itself."""
    if not message.has_content:
        return "", [], [], [], False
    if message.json is not ABSENT:
        word = sh.quote_text(message.json_text)
        if len(word.encode()) <= LARGEST_WORD:
            return "", [], [], [f"--raw={word}"], False
        return f"printf '%s' {' '.join(sh.quote_text((piece,)) for piece in message.json_text)} | ", [], [], [], False
    content = message.content
    if isinstance(content, MultipartContent) and _simple(content, message):
        return "", ["--multipart"], [_part(part, names) for part in content.parts], [], True
    if isinstance(content, FormContent) and _plain_form(content) and has_header(message, "content-type"):
        return "", ["--form"], [_field(name, value) for name, value in content.pairs], [], False
    match body_of(message, names):
        case FileBody(name):
            return f"cat {name} | ", [], [], [], False
        case PiecesBody(pieces):
            commands = [sh.print_bytes(piece) if isinstance(piece, bytes) else f"cat {piece.name}" for piece in pieces]
            return "{ " + "; ".join(commands) + "; } | ", [], [], [], False
        case _:
            body = content.body
            if len(body) > LARGEST_WORD or not _is_word(body):
                return f"{sh.print_bytes(body)} | ", [], [], [], False
            return "", [], [], [f"--raw={sh.quote(body.decode())}"], False


def _is_word(body: bytes) -> bool:
    try:
        return not has_hidden(body.decode(), allow="\n")
    except UnicodeDecodeError:
        return False


def _simple(content: MultipartContent, message: Message) -> bool:
    return (
        bool(content.parts)
        and content_type(message).startswith("multipart/form-data")
        and all(map(_simple_part, content.parts))
    )


def _simple_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        plain_type = re.fullmatch(r"[\w.+-]+/[\w.+-]+", part.content_type or "", re.ASCII)
        return plain_type is not None and re.fullmatch(r"\w[\w.-]*", part.filename, re.ASCII) is not None
    try:
        text = part.data.decode()
    except UnicodeDecodeError:
        return False
    return part.content_type is None and _plain_value(text)


def _plain_value(text: str) -> bool:
    return not has_hidden(text, allow="\n") and "\\" not in text and len(text) < 20_000


def _plain_form(content: FormContent) -> bool:
    named = all(_PLAIN_NAME.fullmatch(name) and _plain_value(value) for name, value in content.pairs)
    grouped = [name for name, _ in groupby(content.pairs, key=itemgetter(0))]  # which HTTPie would bring together
    return (
        bool(content.pairs) and named and len(set(grouped)) == len(grouped) and urlencode(content.pairs) == content.text
    )


def _part(part: Part, names: FileNames) -> str:
    if part.filename is None:
        return _field(part.name, part.data.decode())
    local = names.local(part.filename, part.data)
    return sh.quote(f"{part.name}@{local.name};type={part.content_type}")


def _field(name: str, value: str) -> str:
    # "==" would make a field of the query, "=@" one that reads a file.
    return sh.quote(f"{name}={chr(92) if value[:1] in ('=', '@') else ''}{value}")


def _own_notes(message: Message) -> tuple[str, ...]:
    notes = []
    if not is_within(message) or (has_odd_escapes(message) and not has_dot_segments(message)):
        notes.append("HTTPie rewrites parts of this address: characters it wants percent-encoded.")
    values = [plain(value) or "" for _, value in message.headers]
    if any(re.search(r"\\[:;=@]", value) for value in values):
        notes.append("HTTPie drops a backslash before one of : ; = @ in a header field.")
    return tuple(notes)


TARGET = Target(
    id="shell_httpie",
    language="Shell",
    client="HTTPie",
    title="HTTPie",
    extension="sh",
    lexer="bash",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
