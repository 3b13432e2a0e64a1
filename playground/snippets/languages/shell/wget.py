"""GNU Wget in a POSIX shell: content as a word, or in a file made by printf where it cannot be one."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets.address import PATH, AddressRules, rewrites
from playground.snippets.body import FORM, FileBody, PiecesBody, exact_body
from playground.snippets.files import FileNames
from playground.snippets.headers import after_name, joined_headers
from playground.snippets.languages.shell.literals import (
    LARGEST_WORD,
    as_word,
    print_bytes,
    print_json,
    print_pieces,
    quote,
    quote_method,
    quote_text,
)
from playground.snippets.message import Message, message_of
from playground.snippets.notes import address_notes, secret_notes, type_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer

_FILE = "request-body.tmp"
_ALLOWED = PATH + r"\[\]"
_ADDRESS = AddressRules(sentence=rewrites("wget"), path=_ALLOWED, query=_ALLOWED + "?")


def render(request: SnippetRequest) -> Rendered:
    """Write one wget command, after one that prints its content into a file where that is needed."""
    message = message_of(request)
    files = FileNames()
    before, content = _content(message, files)
    headers, header_notes = joined_headers(message, "wget")
    notes = (
        *message.notes,
        *header_notes,
        *secret_notes(message),
        *address_notes(message),
        *type_notes(message, "wget", FORM, sends=message.has_content),
        *_ADDRESS.notes(message),
        *files.notes,
        *((f"Writes the content into {_FILE} first.",) if before else ()),
    )
    arguments = [
        "--quiet --output-document=-",
        *([] if message.method == "GET" and not content else [f"--method={quote_method(message.method)}"]),
        *_basic(message),
        *(f"--header={quote_text(after_name(name, value))}" for name, value in headers),
        *([content] if content else []),
        quote_text(message.url),
    ]
    code = Writer(comment="#")
    code.comments(notes)
    if before:
        code.verbatim(f"{before} > {_FILE}")
    code.verbatim("wget " + " \\\n  ".join(arguments))
    return Rendered(text=code.text, notes=notes)


def _basic(message: Message) -> list[str]:
    if message.basic is None:
        return []
    username, password = message.basic.username.name, message.basic.password.name
    return [f'--auth-no-challenge --user="${username}" --password="${password}"']


def _content(message: Message, files: FileNames) -> tuple[str, str]:
    """Return the command whose output is the content, where it cannot be a word, and wget's option for the content."""
    from_file = f"--body-file={_FILE}"
    if not message.has_content:
        return "", ("--header='Content-Length: 0'" if message.method in ("POST", "PUT", "PATCH") else "")
    if message.json is not ABSENT:
        word = quote_text(message.json_text)
        return ("", f"--body-data={word}") if len(word.encode()) <= LARGEST_WORD else (print_json(message), from_file)
    match exact_body(message, files):
        case FileBody(name):
            return "", f"--body-file={name}"
        case PiecesBody(pieces):
            return print_pieces(pieces), from_file
        case _:
            text = as_word(message.content.body)
            return (
                (print_bytes(message.content.body), from_file) if text is None else ("", f"--body-data={quote(text)}")
            )


TARGET = Target(
    id="shell_wget", language="Shell", client="wget", title="wget", extension="sh", lexer="bash", render=render
)
