"""What a pasted message says and the request that is read from it would not: the last look before it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from playground import jsontext
from playground.catalog.model import Entry
from playground.messages import Content, FormContent, MultipartContent
from playground.paste.message import PastedMessage
from playground.request.build import build_request
from playground.request.errors import RequestError, shown
from playground.request.model import RequestModel
from playground.text.wording import say

_MOST_PAIRS = 5000


def differences(
    entry: Entry, model: RequestModel, message: PastedMessage, *, named: Collection[str], body: bool
) -> Iterator[str]:
    """Yield a sentence for each query parameter, and for a body, that would be sent otherwise than it was pasted.

    `named` are the query parameters that have a sentence already; `body` says that the body has none yet.
    """
    try:
        request = build_request(entry, model, placeholders=True)
    except RequestError as error:
        yield str(error)
        return
    pasted, sent = _pairs(message.url), _pairs(request.url)
    for name in dict.fromkeys(name for name, _ in pasted - sent):
        if name not in named:
            yield say("The query parameter %(name)s is sent otherwise than it was pasted.", name=shown(name))
    if body and not _same_body(message, request.content):
        yield say("The body is sent otherwise than it was pasted.")


def _pairs(url: str) -> Counter[tuple[str, str]]:
    query = url.partition("#")[0].partition("?")[2]
    return _parsed(query)


def _parsed(text: str) -> Counter[tuple[str, str]]:
    try:
        return Counter(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PAIRS))
    except ValueError:
        return Counter()


def _same_body(message: PastedMessage, content: Content) -> bool:
    if message.parts is not None:
        names = Counter(part.name for part in message.parts)
        return isinstance(content, MultipartContent) and names == Counter(part.name for part in content.parts)
    if not message.content or message.file or isinstance(content, MultipartContent):
        return True
    if message.content.strip() == content.body.strip():
        return True
    text = message.content.decode("utf-8", "replace")
    if isinstance(content, FormContent):
        return _parsed(text.strip()) == Counter(content.pairs)
    try:
        return bool(jsontext.loads(text) == jsontext.loads(content.body.decode("utf-8", "replace")))
    except jsontext.JSONTextError:
        return False
