"""curl in a POSIX shell: the exact bytes of the message, credentials from the environment."""

from __future__ import annotations

import re

from playground import jsontext
from playground.messages import BinaryContent, Content, FormContent, MultipartContent, NoContent, Part
from playground.request.model import ABSENT
from playground.snippets.body import address_notes
from playground.snippets.files import FileNames, pieces
from playground.snippets.languages.shell import literals as sh
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.text.visible import has_hidden, one_line

LARGEST_WORD = 100_000
"""Bytes one argument of a process may safely have (Linux allows 128 KiB); more goes through a pipe."""

_FORM = "application/x-www-form-urlencoded"
_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?=[/?]|$)", re.IGNORECASE)


def render(given: SnippetRequest) -> Rendered:
    """Write one curl command, fed by printf where its content cannot be an argument."""
    message = message_of(given)
    names = FileNames()
    feed, content, dropped, added = _content(message, names)
    unsigned = message.signing.note if message.signing else None
    told = tuple(note for note in message.notes if note != unsigned)
    notes = (*told, *names.notes, *address_notes(message), *_own_notes(message))
    headers = [(name, value) for name, value in message.headers if name.lower() != dropped]
    if isinstance(message.content, NoContent) and message.method in ("POST", "PUT", "PATCH"):
        headers.append(("Content-Length", ("0",)))  # curl leaves it out, and many servers then answer 411
    arguments = [
        *_start(message),
        *([f'--user "${message.basic.username.name}:${message.basic.password.name}"'] if message.basic else ()),
        *_signing(message),
        *(f"--header {_header(name, value)}" for name, value in headers),
        *added,
        *content,
    ]
    lines = [f"# {one_line(note)}" for note in notes]
    lines.append(f"{feed}curl " + " \\\n  ".join(arguments))
    return Rendered(text="\n".join(lines), notes=notes)


def _start(message: Message) -> list[str]:
    bare = "".join(piece for piece in message.url if isinstance(piece, str))
    options = [
        "--head" if message.method == "HEAD" and not message.has_content else f"--request {_word(message.method)}"
    ]
    if re.search(r"[\[\]{}]", bare):
        options.append("--globoff")
    if _DOT_SEGMENT.search(bare):
        options.append("--path-as-is")
    options.append(f"--url {sh.quote_text(message.url)}")
    return options


def _signing(message: Message) -> list[str]:
    signing = message.signing
    if signing is None:
        return []
    user = f'--user "${signing.first.name}:${signing.second.name}"'
    # Without region and service curl takes them from the host, as Amazon's hosts have them.
    return [user, "--digest" if signing.kind == "digest" else "--aws-sigv4 'aws:amz'"]


def _word(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z]+", text) else sh.quote(text)


def _own_notes(message: Message) -> tuple[str, ...]:
    if message.json is not ABSENT and plain(message.json_text) is None:
        return ("A secret with a quotation mark or backslash in it must be escaped as in JSON.",)
    if message.method == "HEAD" and message.has_content:
        return ("curl waits for content after HEAD with --request; stop it with Ctrl-C once the headers are in.",)
    return ()


def _header(name: str, value: Text) -> str:
    if plain(value) == "":
        return sh.quote(f"{name};")  # "Name:" would remove the field
    return sh.quote_text((f"{name}: {value[0]}", *value[1:]) if isinstance(value[0], str) else (f"{name}: ", *value))


def _content(message: Message, names: FileNames) -> tuple[str, list[str], str, list[str]]:
    """Return what feeds curl, its content options, the header curl writes itself, and headers against its defaults."""
    typed = any(name.lower() == "content-type" for name, _ in message.headers)
    suppressed = [] if typed else ["--header 'Content-Type:'"]
    if message.json is not ABSENT:
        word = _json(message)
        if len(word.encode()) > LARGEST_WORD and (text := plain(message.json_text)) is not None:
            return f"{sh.print_bytes(text.encode())} | ", ["--data-binary @-"], "", suppressed
        return "", [f"--data-raw {word}"], "", suppressed
    content = message.content
    if isinstance(content, NoContent):
        return "", [], "", []
    if isinstance(content, MultipartContent):
        if _simple(content, message):
            return "", [_part(part, names) for part in content.parts], "content-type", []
        commands = [
            sh.print_bytes(piece) if isinstance(piece, bytes) else f"cat {piece.name}"
            for piece in pieces(content, names)
        ]
        return "{ " + "; ".join(commands) + "; } | ", ["--data-binary @-"], "", suppressed
    if isinstance(content, BinaryContent) and content.filename is not None:
        return "", [f"--data-binary @{names.local(content.filename, content.data).name}"], "", suppressed
    if not _is_word(content):
        return f"{sh.print_bytes(content.body)} | ", ["--data-binary @-"], "", suppressed
    text = content.body.decode("utf-8")
    fields = text.split("&") if isinstance(content, FormContent) and all(text.split("&")) else [text]
    own = isinstance(content, FormContent) and any(
        plain(value) == _FORM for name, value in message.headers if name == "Content-Type"
    )
    return "", [f"--data-raw {sh.quote(field)}" for field in fields], "content-type" if own else "", suppressed


def _is_word(content: Content) -> bool:
    body = content.body
    if len(body) > LARGEST_WORD:
        return False
    try:
        return not has_hidden(body.decode("utf-8"), allow="\n")
    except UnicodeDecodeError:
        return False


def _json(message: Message) -> str:
    value = plain(message.json_text)
    if value is None:
        return sh.quote_text(message.json_text)
    if len(value) > 72:
        value = jsontext.dumps(message.json, indent=2)
    return sh.quote(value)


def _simple(content: MultipartContent, message: Message) -> bool:
    # curl writes the same parts by itself, boundary and Content-Type included, only for plain names and no extras.
    media_type = "".join(plain(value) or "" for name, value in message.headers if name.lower() == "content-type")
    return (
        bool(content.parts) and media_type.startswith("multipart/form-data") and all(map(_simple_part, content.parts))
    )


def _simple_part(part: Part) -> bool:
    if not part.name or "=" in part.name or part.headers or part.filename == "" or has_hidden(part.name, allow="\xa0"):
        return False
    if part.filename is not None:
        return part.content_type is not None and not has_hidden(part.filename) and _plain_type(part.content_type)
    try:
        text = part.data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not has_hidden(text, allow="\n") and len(text) < LARGEST_WORD // 4 and part.content_type is None


def _plain_type(content_type: str) -> bool:
    return re.fullmatch(r"[\w.+-]+/[\w.+-]+", content_type, re.ASCII) is not None


def _part(part: Part, names: FileNames) -> str:
    if part.filename is None:
        return f"--form-string {sh.quote(part.name + '=' + part.data.decode('utf-8'))}"
    local = names.local(part.filename, part.data)
    value = f"{part.name}=@{local.name};type={part.content_type}"
    if local.name != part.filename:
        escaped = part.filename.replace("\\", "\\\\").replace('"', '\\"')
        value += f';filename="{escaped}"'
    return f"--form {sh.quote(value)}"


TARGET = Target(
    id="shell_curl",
    language="Shell",
    client="curl",
    title="curl",
    extension="sh",
    lexer="bash",
    vias=("direct", "gateway"),
    default=True,
    render=render,
)
