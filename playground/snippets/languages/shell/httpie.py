"""HTTPie 3 in a POSIX shell: the content raw, header fields as its request items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from playground.messages import FormContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import has_dot_segments, has_odd_escapes, is_within, rewrites
from playground.snippets.body import FileBody, PiecesBody, decoded, exact_body, form_parts, is_plain_type
from playground.snippets.files import FileNames
from playground.snippets.headers import after_name, has_header, without_header
from playground.snippets.languages.shell.literals import (
    LARGEST_WORD,
    as_word,
    print_bytes,
    print_json,
    print_pieces,
    quote,
    quote_method,
    quote_pair,
    quote_text,
)
from playground.snippets.message import Message, message_of
from playground.snippets.notes import address_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.urlencoded import is_plain, readable_query, same_plus_encoded
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden

_SPECIAL = ":;=@"
_PLAIN_NAME = re.compile(r"[\w.+-]+(?:\[\w*\])*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What feeds http, its option, items and raw content, and whether it writes the Content-Type itself."""

    feed: str = ""
    option: str = ""
    items: tuple[str, ...] = ()
    own_type: bool = False


def render(request: SnippetRequest) -> Rendered:
    """Write one http command, fed by printf where its content cannot be an argument."""
    message = message_of(request)
    files = FileNames()
    content = _content(message, files)
    headers = without_header(message.headers, "content-type") if content.own_type else message.headers
    notes = (*message.notes, *secret_notes(message), *address_notes(message), *_own_notes(message), *files.notes)
    options = [*([] if content.feed else ["--ignore-stdin"]), *([content.option] if content.option else [])]
    if has_dot_segments(message):
        options.append("--path-as-is")
    if message.basic is not None:
        options.append(f"--auth {quote_pair(message.basic.username, message.basic.password)}")
    query = readable_query(message, is_plain)
    address = quote_text((query.address,) if query else message.url)
    untyped = message.has_content and not content.own_type and not has_header(message, "content-type")
    arguments = [
        " ".join([*options, quote_method(message.method), address]),
        *(f"{name}=={value}" for name, value in (query.form.pairs if query else ())),
        *(quote_text(_header(name, value)) for name, value in headers),
        *(["Content-Type:"] if untyped else []),
        *content.items,
    ]
    code = Writer(comment="#")
    code.comments(notes)
    code.verbatim(f"{content.feed}http " + " \\\n  ".join(arguments))
    return Rendered(text=code.text, notes=notes)


def _header(name: str, value: Text) -> Text:
    if plain(value) == "":
        return (f"{name};",)  # "Name:" would remove the field
    # A separator after the colon would make another kind of item: ":=" JSON, ":@" a file.
    escaped = isinstance(value[0], str) and value[0][:1] in _SPECIAL
    return after_name(name, value, ":\\" if escaped else ":")


def _content(message: Message, files: FileNames) -> _Content:
    if not message.has_content:
        return _Content()
    if message.json is not ABSENT:
        word = quote_text(message.json_text)
        if len(word.encode()) <= LARGEST_WORD:
            return _Content(items=(f"--raw={word}",))
        return _Content(feed=f"{print_json(message)} | ")
    content = message.content
    if parts := form_parts(message, _same_part):
        return _Content(option="--multipart", items=tuple(_part(part, files) for part in parts), own_type=True)
    if isinstance(content, FormContent) and _same_form(content) and has_header(message, "content-type"):
        return _Content(option="--form", items=tuple(_field(name, value) for name, value in content.pairs))
    match exact_body(message, files):
        case FileBody(name):
            return _Content(feed=f"cat {name} | ")
        case PiecesBody(pieces):
            return _Content(feed=f"{print_pieces(pieces)} | ")
        case _:
            text = as_word(content.body)
            if text is None:
                return _Content(feed=f"{print_bytes(content.body)} | ")
            return _Content(items=(f"--raw={quote(text)}",))


def _same_part(part: Part) -> bool:
    if not _PLAIN_NAME.fullmatch(part.name) or part.headers:
        return False
    if part.filename is not None:
        plain_name = re.fullmatch(r"\w[\w.-]*", part.filename, re.ASCII)
        return is_plain_type(part.content_type) and plain_name is not None
    text = decoded(part.data)
    return part.content_type is None and text is not None and _is_plain_value(text)


def _is_plain_value(text: str) -> bool:
    return not has_hidden(text, allow="\n") and "\\" not in text and len(text) < 20_000


def _same_form(form: FormContent) -> bool:
    named = all(_PLAIN_NAME.fullmatch(name) and _is_plain_value(value) for name, value in form.pairs)
    grouped = [name for name, _ in groupby(form.pairs, key=itemgetter(0))]  # which HTTPie would bring together
    return bool(form.pairs) and named and len(set(grouped)) == len(grouped) and same_plus_encoded(form)


def _part(part: Part, files: FileNames) -> str:
    if part.filename is None:
        return _field(part.name, part.data.decode())
    return quote(f"{part.name}@{files.local(part.filename, part.data).name};type={part.content_type}")


def _field(name: str, value: str) -> str:
    # "==" would make a field of the query, "=@" one that reads a file.
    return quote(f"{name}={chr(92) if value[:1] in ('=', '@') else ''}{value}")


def _own_notes(message: Message) -> tuple[str, ...]:
    notes = []
    if not is_within(message) or (has_odd_escapes(message) and not has_dot_segments(message)):
        notes.append(rewrites("HTTPie", dots=False))
    values = [plain(value) or "" for _, value in message.headers]
    if any(re.search(r"\\[:;=@]", value) for value in values):
        notes.append("HTTPie drops a backslash before one of : ; = @ in a header field.")
    return tuple(notes)


TARGET = Target(
    id="shell_httpie", language="Shell", client="HTTPie", title="HTTPie", extension="sh", lexer="bash", render=render
)
