"""GNU Wget in a POSIX shell: content as a word, or in a file made by printf where it cannot be one."""

from __future__ import annotations

import re

from playground.request.model import ABSENT
from playground.snippets.address import PATH, has_dot_segments, is_within
from playground.snippets.body import FileBody, PiecesBody, address_notes, body_of, secret_notes
from playground.snippets.files import FileNames
from playground.snippets.headers import has_header, joined_headers
from playground.snippets.languages.shell import literals as sh
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text
from playground.text.visible import has_hidden, one_line

LARGEST_WORD = 100_000
"""Bytes one argument of a process may safely have (Linux allows 128 KiB); more goes through a file."""

_ALLOWED = PATH + r"\[\]"


def render(given: SnippetRequest) -> Rendered:
    """Write one wget command, after one that prints its content into a file where that is needed."""
    message = message_of(given)
    names = FileNames()
    before, content = _content(message, names)
    headers, header_notes = joined_headers(message, "wget")
    written = ("Writes the content into request-body.tmp first.",) if before else ()
    secret = (*secret_notes(message), *address_notes(message))
    notes = (*message.notes, *header_notes, *secret, *_own_notes(message), *names.notes, *written)
    arguments = [
        "--quiet --output-document=-",
        *([] if message.method == "GET" and not content else [f"--method={_word(message.method)}"]),
        *_basic(message),
        *(f"--header={sh.quote_text(_header(name, value))}" for name, value in headers),
        *content,
        sh.quote_text(message.url),
    ]
    lines = [f"# {one_line(note)}" for note in notes]
    lines += [*before, "wget " + " \\\n  ".join(arguments)]
    return Rendered(text="\n".join(lines), notes=notes)


def _word(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z]+", text) else sh.quote(text)


def _basic(message: Message) -> list[str]:
    if message.basic is None:
        return []
    username, password = message.basic.username.name, message.basic.password.name
    return [f'--auth-no-challenge --user="${username}" --password="${password}"']


def _header(name: str, value: Text) -> Text:
    first, *rest = value or ("",)
    return (f"{name}: {first}", *rest) if isinstance(first, str) else (f"{name}: ", *value)


def _content(message: Message, names: FileNames) -> tuple[list[str], list[str]]:
    """Return commands before wget's, and its options for the content."""
    if not message.has_content:
        return [], (["--header='Content-Length: 0'"] if message.method in ("POST", "PUT", "PATCH") else [])
    if message.json is not ABSENT:
        word = sh.quote_text(message.json_text)
        if len(word.encode()) <= LARGEST_WORD:
            return [], [f"--body-data={word}"]
        printed = " ".join(sh.quote_text((piece,)) for piece in message.json_text)
        return [f"printf '%s' {printed} > request-body.tmp"], ["--body-file=request-body.tmp"]
    match body_of(message, names):
        case FileBody(name):
            return [], [f"--body-file={name}"]
        case PiecesBody(pieces):
            commands = [sh.print_bytes(piece) if isinstance(piece, bytes) else f"cat {piece.name}" for piece in pieces]
            return ["{ " + "; ".join(commands) + "; } > request-body.tmp"], ["--body-file=request-body.tmp"]
        case _:
            body = message.content.body
            if len(body) > LARGEST_WORD or not _is_word(body):
                return [f"{sh.print_bytes(body)} > request-body.tmp"], ["--body-file=request-body.tmp"]
            return [], [f"--body-data={sh.quote(body.decode())}"]


def _is_word(body: bytes) -> bool:
    try:
        return not has_hidden(body.decode(), allow="\n")
    except UnicodeDecodeError:
        return False


def _own_notes(message: Message) -> tuple[str, ...]:
    notes = []
    if message.has_content and not has_header(message, "content-type"):
        notes.append("wget adds a Content-Type of its own: application/x-www-form-urlencoded.")
    if has_dot_segments(message) or not is_within(message, path=_ALLOWED, query=_ALLOWED + "?"):
        notes.append("wget rewrites parts of this address: dot segments and characters it wants percent-encoded.")
    return tuple(notes)


TARGET = Target(
    id="shell_wget",
    language="Shell",
    client="wget",
    title="wget",
    extension="sh",
    lexer="bash",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
