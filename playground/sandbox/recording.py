"""Recorded exchanges: what an API really answered is the sandbox's answer to the same request.

A request is the same by its method, path, query and content; the sender and the credential do not count.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from playground import jsontext
from playground.catalog.model import Entry
from playground.mediatypes import essence, is_json
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.sandbox.negotiate import reason_of
from playground.store.sandbox_session import Record, Session

RECORDED = "~recorded"
"""The collection that holds recorded exchanges."""
_DEPTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recorded exchange: which request it answers, and the answer."""

    key: str
    request: str
    status: int
    content_type: str
    content: bytes

    @property
    def response(self) -> HTTPResponse:
        """The answer as the sandbox gives it."""
        fields = [("Content-Type", self.content_type)] if self.content_type else []
        return HTTPResponse(
            status=self.status, reason=reason_of(self.status), headers=Headers.of(fields), body=self.content,
            origin="sandbox",
        )  # fmt: skip


def key_of(entry: Entry, request: HTTPRequest, path: str) -> str:
    """Return what stays the same for the same request to an operation, for every sender."""
    query = request.url.partition("#")[0].partition("?")[2]
    secret = {scheme.parameter for scheme in entry.provider.security_schemes if scheme.location == "query"}
    pairs = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in secret)
    kind = essence(request.headers.get("Content-Type") or "")
    content = b"" if kind.startswith("multipart/") else request.body  # the boundary is another one each time
    if is_json(kind):
        content = _sorted(content)
    parts = [request.method.upper(), path.partition("?")[0], pairs, kind]
    digest = hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(content)
    return digest.hexdigest()


def _sorted(content: bytes) -> bytes:
    """Return JSON text with the members of its objects in one order."""
    try:
        value = jsontext.loads(content.decode())
    except (UnicodeDecodeError, jsontext.JSONTextError):
        return content
    return jsontext.dumps(_ordered(value, _DEPTH)).encode("utf-8", "surrogatepass")


def _ordered(value: Any, depth: int) -> Any:
    if depth <= 0:
        return value
    if isinstance(value, Mapping):
        return {name: _ordered(value[name], depth - 1) for name in sorted(value)}
    return [_ordered(item, depth - 1) for item in value] if isinstance(value, list) else value


def record(session: Session, recording: Recording) -> None:
    """Keep an exchange, whose secrets are taken out already. Raises `StateFull`."""
    kept = {
        "request": recording.request[:500],
        "status": recording.status,
        "content_type": recording.content_type[:200],
        "content": base64.b64encode(recording.content).decode("ascii"),
    }
    text = jsontext.dumps(kept).encode("utf-8", "surrogatepass")
    session.put(Record(collection=RECORDED, key=recording.key, content=text))


def recorded(session: Session, key: str) -> Recording | None:
    """Return the exchange that was recorded for a request."""
    kept = session.get(RECORDED, key)
    return None if kept is None or kept.gone else _read(kept)


def recordings(session: Session) -> list[Recording]:
    """Return all that is recorded, in the order it was."""
    return [_read(kept) for kept in session.records(RECORDED)]


def _read(kept: Record) -> Recording:
    value = jsontext.loads(kept.content.decode("utf-8", "surrogatepass"))
    return Recording(key=kept.key, request=str(value["request"]), status=int(value["status"]),
                     content_type=str(value["content_type"]), content=base64.b64decode(value["content"]))  # fmt: skip


def written(recording: Recording) -> dict[str, Any]:
    """Return a recorded exchange as a data set holds it: its JSON as JSON, other content in base64."""
    said: dict[str, Any] = {
        "request": recording.request, "key": recording.key, "status": recording.status,
        "content_type": recording.content_type,
    }  # fmt: skip
    if is_json(essence(recording.content_type)):
        try:
            return {**said, "value": jsontext.loads(recording.content.decode())}
        except (UnicodeDecodeError, jsontext.JSONTextError):
            pass
    return {**said, "content": base64.b64encode(recording.content).decode("ascii")}


def read_written(value: Any) -> Recording:
    """Return a recorded exchange of a data set. Raises `ValueError` for what is none."""
    if not isinstance(value, Mapping):
        raise ValueError("a recorded exchange is an object")
    key, status = str(value.get("key") or ""), value.get("status")
    if len(key) != 32 or not key.isalnum() or not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("a recorded exchange has a key and a status")
    content_type = str(value.get("content_type") or "")
    if not content_type.isprintable():
        raise ValueError("a recorded exchange's content_type cannot be sent")
    if "value" in value:
        content = jsontext.dumps(value["value"], indent=2).encode("utf-8", "surrogatepass")
    else:
        try:
            content = base64.b64decode(str(value.get("content") or ""), validate=True)
        except binascii.Error:
            raise ValueError("a recorded exchange's content is base64") from None
    return Recording(
        key=key, request=str(value.get("request") or ""), status=int(status), content_type=content_type,
        content=content,
    )  # fmt: skip
