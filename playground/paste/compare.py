"""What a pasted message says and the request that is read from it would not: the last look before it is shown."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import parse_qsl, unquote

from playground import jsontext
from playground.catalog.model import Entry
from playground.mediatypes import OCTETS, essence
from playground.messages import Content, FormContent, HTTPRequest, MultipartContent, Part
from playground.paste.body import decoded, parts_of
from playground.paste.message import PastedMessage
from playground.request.build import build_request
from playground.request.errors import RequestError, shown
from playground.request.model import RequestModel
from playground.text.wording import say

_MOST_PAIRS = 5000


def differences(
    entry: Entry, model: RequestModel, message: PastedMessage, *, path: str, named: Collection[str], body: bool
) -> Iterator[str]:
    """Yield a sentence for everything that would be sent otherwise than it was pasted.

    `path` is the pasted one below the server, empty where it has a sentence already; `named` are the query parameters
    that have one, and `body` says that the body has none yet.
    """
    try:
        request = build_request(entry, model, placeholders=True)
    except RequestError as error:
        yield str(error)
        return
    if path and not _same_path(path, request.url, entry.operation.path):
        yield say("The path is sent otherwise than it was pasted.")
    pasted, sent = _pairs(message.url), _pairs(request.url)
    for name in dict.fromkeys(name for name, _ in pasted - sent):
        if name not in named:
            yield say("The query parameter %(name)s is sent otherwise than it was pasted.", name=shown(name))
    yield from _fields(entry, message, request)
    if body and isinstance(request.content, MultipartContent):
        parts = message.parts or parts_of(message.content or b"", message.header("content-type")) or ()
        yield from _parts(parts, request.content.parts)
    elif body and not _same_body(message, request.content):
        yield say("The body is sent otherwise than it was pasted.")


def _same_path(pasted: str, url: str, template: str) -> bool:
    """Say whether a URL ends in a path, segment by segment, however each is encoded."""
    if not pasted.strip("/"):
        # No segment is there to be found again: it is the path of the server alone.
        return not template.partition("#")[0].partition("?")[0].strip("/")
    segments = [unquote(segment) for segment in pasted.strip("/").split("/")]
    path = url.partition("?")[0].partition("#")[0].strip("/")
    return "{" in path or [unquote(segment) for segment in path.split("/")[-len(segments) :]] == segments


def _fields(entry: Entry, message: PastedMessage, request: HTTPRequest) -> Iterator[str]:
    """Yield sentences for header fields and cookies of parameters."""
    pasted, sent = (_cookies(headers) for headers in (message.headers, request.headers.pairs))
    for name in dict.fromkeys(name for name, _ in pasted - sent):
        # A name that is gone altogether has its sentence.
        if any(name == other for other, _ in sent):
            yield say("The cookie %(name)s is sent otherwise than it was pasted.", name=shown(name))
    for parameter in entry.operation.parameters_in("header"):
        text = ",".join(value for name, value in message.headers if name.lower() == parameter.name.lower())
        now = request.headers.get(parameter.name)
        if text and now is not None and _squeezed(text) != _squeezed(now) and parameter.name.lower() not in _TYPES:
            yield say("The header %(name)s is sent otherwise than it was pasted.", name=shown(parameter.name))


_TYPES = ("accept", "content-type", "cookie")
"""Header fields of which the body or the answer decides."""


def _squeezed(text: str) -> str:
    # A blank after a comma or a colon means nothing in lists and in JSON.
    return "".join(text.split())


def _cookies(headers: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    text = ";".join(value for name, value in headers if name.lower() == "cookie")
    pairs = (piece.strip().partition("=") for piece in text.split(";")[:_MOST_PAIRS])
    return Counter((unquote(name), value) for name, _, value in pairs if name)


def _parts(pasted: Sequence[Part], sent: Sequence[Part]) -> Iterator[str]:
    """Yield sentences for parts of a multipart body that are sent otherwise, and for their header fields."""
    left: dict[str, deque[Part]] = {}
    for part in map(decoded, sent):
        left.setdefault(part.name, deque()).append(part)
    told = set[str]()
    for part in map(decoded, pasted):
        # Parts of one name keep their order.
        other = left[part.name].popleft() if left.get(part.name) else None
        if other is not None and _same_part(part, other):
            yield from _fields_of_part(part, other)
        elif part.name not in told:
            told.add(part.name)
            yield (
                say("The part %(name)s is sent otherwise than it was pasted.", name=shown(part.name))
                if part.name in left
                else say("The part %(name)s has no place in the form.", name=shown(part.name))
            )


def _fields_of_part(pasted: Part, sent: Part) -> Iterator[str]:
    fields = {name.lower(): value for name, value in sent.headers}
    for name, value in pasted.headers:
        if fields.get(name.lower()) != value and name.lower() != "content-transfer-encoding":
            yield say(
                "The field %(field)s of the part %(name)s has no place in the form.",
                field=shown(name),
                name=shown(pasted.name),
            )


def _same_part(pasted: Part, sent: Part) -> bool:
    kinds = [essence(part.content_type or "") for part in (pasted, sent)]
    if pasted.name != sent.name or (kinds[0] not in _GENERAL and kinds[0] != kinds[1]):
        return False
    if sent.filename is not None and pasted.filename != sent.filename:
        return False
    return pasted.data == sent.data or _same_text(pasted.data, sent.data)


_GENERAL = ("", "text/plain", OCTETS)
"""What programs write for a part of which they do not know the type."""


def _pairs(url: str) -> Counter[tuple[str, str]]:
    query = url.partition("#")[0].partition("?")[2]
    return _parsed(query)


def _parsed(text: str) -> Counter[tuple[str, str]]:
    try:
        return Counter(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PAIRS))
    except ValueError:
        return Counter()


def _same_body(message: PastedMessage, content: Content) -> bool:
    if not message.content or message.file:
        return True
    if message.content.strip() == content.body.strip():
        return True
    if isinstance(content, FormContent):
        return _parsed(message.content.decode("utf-8", "replace")) == Counter(content.pairs)
    return _same_text(message.content, content.body)


def _same_text(pasted: bytes, sent: bytes) -> bool:
    """Say whether two texts are the same, or the same JSON however it is written."""
    try:
        return bool(jsontext.loads(pasted.decode()) == jsontext.loads(sent.decode()))
    except ValueError:
        return False
