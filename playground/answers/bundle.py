"""A support bundle: one exchange as a file for people who did not see it, as a page, JSON or a HAR (1.2)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from playground import jsontext
from playground.answers.record import HAR_OWN, VERSION, Pairs, Record, as_json, write_record

_STEPS = {"dns": "dns", "connect": "connect", "tls": "ssl", "sent": "send", "first byte": "wait"}


def as_har(record: Record) -> dict[str, Any]:
    """Return an archive of one entry; what HAR has no member for is in `_playground`, without the bodies."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "Playground", "version": str(VERSION)},
            "entries": [_entry(record)],
        }
    }


def _entry(record: Record) -> dict[str, Any]:
    own = as_json(record)
    own["response"] = {name: member for name, member in own["response"].items() if name != "body"}
    return {
        "startedDateTime": record.at,
        "time": record.duration_ms,
        "request": _request(record),
        "response": _response(record),
        "cache": {},
        "timings": _timings(record),
        HAR_OWN: own,
    }


def _request(record: Record) -> dict[str, Any]:
    try:
        query = urlsplit(record.url).query
    except ValueError:
        query = ""
    request: dict[str, Any] = {
        "method": record.method,
        "url": record.url,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(record.request_headers, "cookie"),
        "headers": _named(record.request_headers),
        "queryString": _named(parse_qsl(query, keep_blank_values=True, max_num_fields=5_000)),
        "headersSize": -1,
        "bodySize": len(record.request_body.encode("utf-8", "replace")),
    }
    if record.request_body:
        kind = next((value for name, value in record.request_headers if name.lower() == "content-type"), "")
        request["postData"] = {"mimeType": kind, "params": [], "text": record.request_body}
    return request


def _response(record: Record) -> dict[str, Any]:
    text = record.text
    content: dict[str, Any] = {"size": record.size, "mimeType": record.content_type}
    if text is None:
        content |= {"text": base64.b64encode(record.body).decode("ascii"), "encoding": "base64"}
    else:
        content["text"] = text
    if record.truncated:
        content["comment"] = f"the first {len(record.body)} bytes"
    location = next((value for name, value in record.headers if name.lower() == "location"), "")
    return {
        "status": record.status,
        "statusText": record.reason,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(record.headers, "set-cookie"),
        "headers": _named(record.headers),
        "content": content,
        "redirectURL": location,
        "headersSize": -1,
        "bodySize": -1,
    }


def _timings(record: Record) -> dict[str, float]:
    known = {_STEPS[name]: duration for name, duration in record.timings if name in _STEPS}
    rest = max(record.duration_ms - sum(known.values()), 0.0)
    if "wait" not in known:
        return {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": rest, "receive": 0}
    # HAR counts TLS as a part of connecting.
    connect = known["connect"] + known.get("ssl", 0.0) if "connect" in known else -1
    return {
        "blocked": -1,
        "dns": known.get("dns", -1),
        "connect": connect,
        "ssl": known.get("ssl", -1),
        "send": known.get("send", 0),
        "wait": known["wait"],
        "receive": rest,
    }


def _named(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _cookies(headers: Pairs, field: str) -> list[dict[str, str]]:
    """Return the cookies of one field; a `Set-Cookie` holds one, and its attributes stay in the field."""
    values = [value for name, value in headers if name.lower() == field]
    pieces = [piece for value in values for piece in value.split(";")[: 1 if field == "set-cookie" else None]]
    pairs = (piece.partition("=") for piece in pieces)
    return _named([(name.strip(), value.strip()) for name, equals, value in pairs if equals])


Format: TypeAlias = Literal["html", "json", "har"]
FORMATS: Final = {"html": "text/html", "json": "application/json", "har": "application/json"}

CODE = (("shell_curl", "curl"), ("javascript_fetch", "JavaScript"), ("python_requests", "Python"))
"""Targets of the code in a bundle, and what they are called there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One snippet of a bundle."""

    title: str
    text: str


def file_name(record: Record, kind: Format) -> str:
    """Return a bundle's file name: the operation, and when its answer came."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{record.provider}-{record.operation}").strip("-.")[:80] or "answer"
    return f"{name}-{re.sub('[^0-9]', '', record.at)[:14] or 'bundle'}.{kind}"


def data_of(record: Record, kind: Format) -> str:
    """Return a bundle as JSON or as a HAR."""
    return (jsontext.dumps(as_har(record), indent=2) if kind == "har" else write_record(record, indent=2)) + "\n"
