"""HTTP Archive (HAR 1.2) requests: a whole file, one entry, or one request object."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote_plus

from playground import jsontext
from playground.mediatypes import FORM
from playground.messages import Part
from playground.paste.body import parts_of
from playground.paste.message import PastedMessage
from playground.text.wording import say

MOST_ENTRIES = 500


def har_messages(value: Any) -> tuple[PastedMessage, ...]:
    """Return the requests of a HAR value, at most 500; none if the value is no HAR at all."""
    return tuple(message for request in _requests(value) if (message := _message(request)) is not None)


def _requests(value: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(value, Mapping):
        return
    log = value.get("log")
    if isinstance(log, Mapping) and isinstance(log.get("entries"), list):
        for entry in log["entries"][:MOST_ENTRIES]:
            yield from _requests(entry)
    elif isinstance(value.get("request"), Mapping):
        yield from _requests(value["request"])
    elif isinstance(value.get("url"), str) and isinstance(value.get("method"), str):
        yield value


def _message(request: Mapping[str, Any]) -> PastedMessage | None:
    if not isinstance(request.get("headers") or [], list):
        return None
    headers = [pair for pair in _pairs(request.get("headers")) if not pair[0].startswith(":")]
    url = request["url"]
    query = _pairs(request.get("queryString"))
    written = parse_qsl(url.partition("#")[0].partition("?")[2], keep_blank_values=True)
    # The standard has the whole query in the address; some programs write it in the list alone, or split it up.
    more = [pair for pair in query if pair not in written and tuple(map(unquote_plus, pair)) not in written]
    if more:
        pairs = "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in more)
        url += ("&" if "?" in url else "?") + pairs
    names = {name.lower() for name, _ in headers}
    cookies = _pairs(request.get("cookies"))
    if cookies and "cookie" not in names:
        headers.append(("Cookie", "; ".join(f"{name}={text}" for name, text in cookies)))
    data = request.get("postData")
    kind = data.get("mimeType") if isinstance(data, Mapping) else None
    named = next((text for name, text in headers if name.lower() == "content-type"), "")
    kind = kind if isinstance(kind, str) and kind else named
    content, parts, missing = _content(data, kind) if isinstance(data, Mapping) else (None, None, ())
    if data is None and any(name.lower() == "content-type" and FORM in value for name, value in headers):
        content = b""  # a form in which nothing is filled is a body without a character
    if kind and "content-type" not in names:
        headers.append(("Content-Type", kind))
    return PastedMessage(
        kind=say("HAR entry"),
        method=request["method"].upper(),
        url=url,
        headers=tuple(headers),
        content=content,
        parts=parts,
        missing=missing,
    )


def _pairs(value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return []
    return [
        (pair["name"], _text(pair.get("value")))
        for pair in value
        if isinstance(pair, Mapping) and isinstance(pair.get("name"), str)
    ]


def _text(value: Any) -> str:
    """Return a value as text: programs write numbers and null where the standard has texts."""
    if value is None or isinstance(value, str):
        return value or ""
    return jsontext.dumps(value)


def _content(data: Mapping[str, Any], media_type: str) -> tuple[bytes | None, tuple[Part, ...] | None, tuple[str, ...]]:
    """Return a body's bytes, or its parts, and sentences about files that the archive does not hold."""
    listed = data.get("params")
    params = [
        param
        for param in (listed if isinstance(listed, list) else ())
        if isinstance(param, Mapping) and isinstance(param.get("name"), str)
    ]
    kind = media_type.lower()
    text = data.get("text")
    text = jsontext.dumps(text) if isinstance(text, dict | list) else text
    content: bytes | None = None
    if isinstance(text, str) and text:
        content = text.encode("utf-8", "surrogatepass")
        if "base64" in (data.get("_encoding"), data.get("encoding")):
            try:
                content = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                return None, None, (say("The body is not base64 text, as the archive says it is."),)
    if kind.startswith("multipart/"):
        parts = parts_of(content, media_type) if content is not None else None
        # Of the two the one that holds the content of files; browsers leave it out of one or of both.
        own = tuple(_part(param) for param in params)
        if parts is None or sum(len(part.data) for part in own) > sum(len(part.data) for part in parts):
            parts = own or parts
        if parts:
            missing = tuple(
                say("The file “%(name)s” is not here: choose it in the form.", name=part.filename[:80])
                for part in parts
                if part.filename and not part.data
            )
            return None, parts, missing
    if content is not None:
        return content, None, ()
    if params and (kind.startswith(FORM) or not kind):
        pairs = [(param["name"], _text(param.get("value"))) for param in params]
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode(), None, ()
    if params:
        sentence = say("The archive lists fields of the body and not its text: they were left out.")
        return None, None, (sentence,)
    return (b"" if kind.startswith(FORM) else None), None, ()


def _part(param: Mapping[str, Any]) -> Part:
    filename, kind = param.get("fileName"), param.get("contentType")
    value = param.get("value")
    data = _text(value).encode("utf-8", "surrogatepass")
    if isinstance(value, str) and "base64" in (param.get("_encoding"), param.get("encoding")):
        with suppress(binascii.Error, ValueError):
            data = base64.b64decode(value, validate=True)
    return Part(
        name=param["name"],
        data=data,
        filename=filename if isinstance(filename, str) and filename else None,
        content_type=kind if isinstance(kind, str) and kind else None,
    )
