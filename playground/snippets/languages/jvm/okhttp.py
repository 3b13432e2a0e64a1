"""What OkHttp does to a request on its way, and what it refuses (OkHttp 3.12 and newer, in Java and in Kotlin)."""

from __future__ import annotations

import re

from playground.messages import FormContent, MultipartContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import PATH, has_dot_segments, is_within
from playground.snippets.body import Body, PairsBody, PartsBody, body_of, content_type, usable_headers
from playground.snippets.fetch_rules import same_as_search_params
from playground.snippets.files import FileNames
from playground.snippets.message import Message
from playground.snippets.text import Text, plain

INSTALL = "Needs: com.squareup.okhttp3:okhttp, version 4."
_SET_BY_BODY = frozenset({"content-length", "transfer-encoding"})
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:; ?[\w.-]+=[\w.-]+)*", re.ASCII)
_FORM = "application/x-www-form-urlencoded"
_QUERY = "A-Za-z0-9._~!$&()*+,;:=@/?{}|^`\\\\\\[\\]-"


def sends_content(message: Message) -> bool:
    """Tell whether OkHttp lets this method carry content."""
    return message.has_content and message.method not in ("GET", "HEAD")


def needs_content(message: Message) -> bool:
    """Tell whether OkHttp insists on content, be it empty."""
    return message.method in ("POST", "PUT", "PATCH", "PROPPATCH", "REPORT")


def okhttp_body(message: Message, names: FileNames) -> Body | None:
    """Return the content as OkHttp's own form and multipart builders give it, else as it stands."""
    content = message.content
    if not sends_content(message):
        return None
    if message.json is not ABSENT:
        return body_of(message, names)
    if isinstance(content, FormContent) and content.pairs and content_type(message) == _FORM:
        spaced = any(" " in part for pair in content.pairs for part in pair)  # %20 until OkHttp 4, + since
        if not spaced and same_as_search_params(content):
            return PairsBody(content.pairs)
    typed = content_type(message).startswith("multipart/form-data")
    if isinstance(content, MultipartContent) and content.parts and typed and all(map(_simple_part, content.parts)):
        for part in content.parts:
            if part.filename is not None:
                names.local(part.filename, part.data)
        return PartsBody(content)
    return body_of(message, names)


def _simple_part(part: Part) -> bool:
    if part.headers or (part.filename is None and part.content_type is not None):
        return False
    if part.filename is not None:
        return part.content_type is None or _MEDIA_TYPE.fullmatch(part.content_type) is not None
    try:
        part.data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def body_type(message: Message) -> str | None:
    """Return the Content-Type that a body can carry unchanged, `None` when it has to be a header field."""
    types = [plain(value) or "" for name, value in message.headers if name.lower() == "content-type"]
    return types[0] if len(types) == 1 and _MEDIA_TYPE.fullmatch(types[0]) else None


def okhttp_headers(message: Message, body: Body | None) -> tuple[tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """Return the header fields the request sets itself, and notes on those it cannot set."""
    headers, notes = usable_headers(message, _SET_BY_BODY, "OkHttp")
    if body is not None and (isinstance(body, PairsBody | PartsBody) or body_type(message)):
        headers = tuple(field for field in headers if field[0].lower() != "content-type")
    return headers, notes


def okhttp_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    """Return one sentence for each thing that will not arrive as it is described."""
    notes: list[str] = []
    if message.has_content and not sends_content(message):
        notes.append(f"OkHttp cannot send content with {message.method}; it is left out here.")
    if has_dot_segments(message) or not is_within(message, path=PATH + "\\[\\]", query=_QUERY):
        notes.append("OkHttp rewrites parts of this address: dot segments and characters it wants percent-encoded.")
    if isinstance(body, PartsBody):
        notes.append("OkHttp 3 and 4 give each part a Content-Length.")
    return tuple(notes)
