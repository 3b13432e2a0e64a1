"""What `fetch` does to a request on its way, and what it refuses (Fetch and URL Standards, Node.js 18 and newer)."""

from __future__ import annotations

import re
from urllib.parse import quote_plus, urlsplit

from playground.httpsyntax import REFUSED_METHODS
from playground.messages import FormContent, MultipartContent, Part
from playground.snippets.message import Message
from playground.snippets.text import plain

REFUSED_HEADERS = frozenset({"connection", "expect", "keep-alive", "transfer-encoding", "upgrade", "content-length"})
_FORBIDDEN_IN_PAGES = REFUSED_HEADERS | {
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "cookie",
    "date", "dnt", "host", "origin", "referer", "set-cookie", "te", "trailer", "via",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{[^{}]+\}(?=[^?]*)")
_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
_ENCODED_IN_PATH = re.compile(r"[ \"<>`{}#?^]|[^\x21-\x7e]")
_ENCODED_IN_QUERY = re.compile(r"[ \"<>#']|[^\x21-\x7e]")


def sends_content(message: Message) -> bool:
    """Tell whether fetch lets this method carry content."""
    return message.has_content and message.method.upper() not in ("GET", "HEAD")


def rewrites(message: Message) -> bool:
    """Tell whether the URL Standard writes the address otherwise: dot segments, characters it percent-encodes."""
    address = "".join(piece for piece in message.url if isinstance(piece, str))
    parts = urlsplit(_PLACEHOLDER.sub("", address))
    return bool(
        _DOT_SEGMENT.search(parts.path) or _ENCODED_IN_PATH.search(parts.path) or _ENCODED_IN_QUERY.search(parts.query)
    )


def is_forbidden_in_pages(name: str) -> bool:
    """Tell whether a browser lets no page set this header field (Fetch Standard, forbidden request-header)."""
    return name.lower() in _FORBIDDEN_IN_PAGES or name.lower().startswith(("proxy-", "sec-"))


def fetch_notes(message: Message, *, in_page: bool = False) -> tuple[str, ...]:
    """Return one sentence for each thing that will not arrive as it is described."""
    notes: list[str] = []
    if message.has_content and not sends_content(message):
        notes.append(f"fetch cannot send content with {message.method}; it is left out here.")
    if message.method.upper() in REFUSED_METHODS:
        notes.append(f"fetch refuses the method {message.method}.")
    if rewrites(message):
        notes.append("fetch rewrites parts of this address: dot segments and characters it wants percent-encoded.")
    seen: set[str] = set()
    for name, _ in message.headers:
        if in_page and is_forbidden_in_pages(name):
            notes.append(f"A browser does not let a page set {name}; it is left out here.")
        elif name.lower() in REFUSED_HEADERS:
            notes.append(f"fetch does not let a program set {name}; it is left out here.")
        if name.lower() in seen:
            notes.append(f"fetch joins the repeated header field {name} into one.")
        seen.add(name.lower())
    return tuple(dict.fromkeys(notes))


def same_as_search_params(content: FormContent) -> bool:
    """Tell whether `URLSearchParams` of the pairs gives exactly the form's text."""
    try:
        return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in content.pairs) == content.text
    except UnicodeEncodeError:
        return False


def _encoded(text: str) -> str:
    return quote_plus(text, safe="*-._").replace("~", "%7E")


def same_as_form_data(content: MultipartContent, message: Message) -> bool:
    """Tell whether `FormData` gives the same parts: names, file names, types and bytes."""
    types = [plain(value) or "" for name, value in message.headers if name.lower() == "content-type"]
    return (
        bool(content.parts)
        and types[0:1] != []
        and types[0].startswith("multipart/form-data")
        and all(map(_same_part, content.parts))
    )


def _same_part(part: Part) -> bool:
    if part.headers or part.filename == "" or re.search(r"[\r\n]", part.name + (part.filename or "")):
        return False
    if part.filename is not None:
        # Blob keeps a type only in lower case and printable ASCII; without one fetch writes application/octet-stream.
        return part.content_type is not None and re.fullmatch(r"[\x20-\x40\x5b-\x7e]+", part.content_type) is not None
    try:
        return part.content_type is None and re.search(r"[\r\n]", part.data.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False
