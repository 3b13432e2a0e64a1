"""curl in a POSIX shell: the exact bytes of the message, credentials from the environment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground import jsontext
from playground.messages import BinaryContent, FormContent, MultipartContent, NoContent, Part
from playground.request.model import ABSENT
from playground.snippets.body import FORM, decoded, form_parts, is_plain_type
from playground.snippets.files import FileNames, pieces
from playground.snippets.headers import after_name, has_header, without_header
from playground.snippets.languages.shell.literals import (
    LARGEST_WORD,
    as_word,
    print_bytes,
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
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden

_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?=[/?]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What feeds curl, its options for the content, and whether it writes the Content-Type itself."""

    feed: str = ""
    options: tuple[str, ...] = ()
    own_type: bool = False


def render(request: SnippetRequest) -> Rendered:
    """Write one curl command, fed by printf where its content cannot be an argument."""
    message = message_of(request)
    files = FileNames()
    content = _content(message, files)
    unsigned = message.signing.note if message.signing else None
    signed = tuple(note for note in message.notes if note != unsigned)
    notes = (*signed, *files.notes, *address_notes(message), *_own_notes(message))
    headers = list(without_header(message.headers, "content-type") if content.own_type else message.headers)
    if isinstance(message.content, NoContent) and message.method in ("POST", "PUT", "PATCH"):
        headers.append(("Content-Length", ("0",)))  # curl leaves it out, and many servers then answer 411
    lines = [f"--header {_header(name, value)}" for name, value in headers]
    if content.options and not content.own_type and not has_header(message, "content-type"):
        lines.append("--header 'Content-Type:'")
    code = Writer(comment="#")
    code.comments(notes)
    code.verbatim(f"{content.feed}curl " + " \\\n  ".join([*_start(message), *lines, *content.options]))
    return Rendered(text=code.text, notes=notes)


def _start(message: Message) -> list[str]:
    bare = "".join(piece for piece in message.url if isinstance(piece, str))
    is_head = message.method == "HEAD" and not message.has_content
    options = ["--head" if is_head else f"--request {quote_method(message.method)}"]
    if re.search(r"[\[\]{}]", bare):
        options.append("--globoff")
    if _DOT_SEGMENT.search(bare):
        options.append("--path-as-is")
    options.append(f"--url {quote_text(message.url)}")
    if message.basic is not None:
        options.append(f"--user {quote_pair(message.basic.username, message.basic.password)}")
    if message.signing is not None:
        options.append(f"--user {quote_pair(message.signing.first, message.signing.second)}")
        # Without region and service curl takes them from the host, as Amazon's hosts have them.
        options.append("--digest" if message.signing.kind == "digest" else "--aws-sigv4 'aws:amz'")
    return options


def _own_notes(message: Message) -> tuple[str, ...]:
    if notes := secret_notes(message):
        return notes
    if message.method == "HEAD" and message.has_content:
        return ("curl waits for content after HEAD with --request; stop it with Ctrl-C once the headers are in.",)
    return ()


def _header(name: str, value: Text) -> str:
    # "Name:" would remove the field.
    return quote(f"{name};") if plain(value) == "" else quote_text(after_name(name, value))


def _content(message: Message, files: FileNames) -> _Content:
    content = message.content
    if message.json is not ABSENT:
        word, text = _json(message), plain(message.json_text)
        if len(word.encode()) > LARGEST_WORD and text is not None:
            return _fed(print_bytes(text.encode()))
        return _Content(options=(f"--data-raw {word}",))
    if isinstance(content, NoContent):
        return _Content()
    if parts := form_parts(message, _same_part):
        return _Content(options=tuple(_part(part, files) for part in parts), own_type=True)
    if isinstance(content, MultipartContent):
        return _fed(print_pieces(pieces(content, files)))
    if isinstance(content, BinaryContent) and content.filename is not None:
        return _Content(options=(f"--data-binary @{files.local(content.filename, content.data).name}",))
    text = as_word(content.body)
    if text is None:
        return _fed(print_bytes(content.body))
    fields = text.split("&") if isinstance(content, FormContent) and all(text.split("&")) else [text]
    own_type = isinstance(content, FormContent) and any(
        plain(value) == FORM for name, value in message.headers if name == "Content-Type"
    )
    return _Content(options=tuple(f"--data-raw {quote(field)}" for field in fields), own_type=own_type)


def _fed(command: str) -> _Content:
    return _Content(feed=f"{command} | ", options=("--data-binary @-",))


def _json(message: Message) -> str:
    value = plain(message.json_text)
    if value is None:
        return quote_text(message.json_text)
    return quote(value if len(value) <= 72 else jsontext.dumps(message.json, indent=2))


def _same_part(part: Part) -> bool:
    # Of a part with a plain name and no extras curl writes the same, boundary and Content-Type included.
    if not part.name or "=" in part.name or part.headers or part.filename == "" or has_hidden(part.name, allow="\xa0"):
        return False
    if part.filename is not None:
        return is_plain_type(part.content_type) and not has_hidden(part.filename)
    text = decoded(part.data)
    if text is None or part.content_type is not None:
        return False
    return not has_hidden(text, allow="\n") and len(text) < LARGEST_WORD // 4


def _part(part: Part, files: FileNames) -> str:
    if part.filename is None:
        return f"--form-string {quote(part.name + '=' + part.data.decode('utf-8'))}"
    local = files.local(part.filename, part.data)
    value = f"{part.name}=@{local.name};type={part.content_type}"
    if local.name != part.filename:
        escaped = part.filename.replace("\\", "\\\\").replace('"', '\\"')
        value += f';filename="{escaped}"'
    return f"--form {quote(value)}"


TARGET = Target(
    id="shell_curl",
    language="Shell",
    client="curl",
    title="curl",
    extension="sh",
    lexer="bash",
    default=True,
    render=render,
)
