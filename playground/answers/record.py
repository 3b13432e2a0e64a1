"""One exchange as it is kept in a browser, put into a link or given away: what was asked, what came, and no secret.

A record is one JSON object. It comes back from storage, links and files that anybody may have written, so reading it
checks every member; what is missing or of another type is empty, and only what is no record at all is refused.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground import jsontext
from playground.contentviews.decode import looks_binary
from playground.secrets.remove import remove_from_headers, remove_from_text, remove_from_value
from playground.text.wording import say

VERSION = 1
LARGEST = 4_000_000
"""Characters of a record that is read."""

LARGEST_KEPT = 512 * 1024
"""Bytes of an answer that a record holds whole; of a larger one it holds the beginning."""

HAR_OWN = "_playground"
"""The member of an entry of a HAR file that holds the record, without the body."""

FINDING = ("severity", "pointer", "message", "rule", "place")
"""The members of a finding."""

_MARK = "playground_answer"
_MOST_PAIRS = 500
_LONGEST = 4_000
_LONGEST_TEXT = 100_000
_LONGEST_SECRET = 64 * 1024
_LOOKED_AT = 2 * LARGEST_KEPT + _LONGEST_SECRET
_IN_PAGE = re.compile(r'<pre hidden id="playground-answer">([^<]*)</pre>')
"""Where the page of a bundle has its record, escaped as all text of a page is."""
_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)

Pairs = tuple[tuple[str, str], ...]


class RecordError(ValueError):
    """What was brought is no record; `str()` is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One exchange. `at` is the time of the answer (RFC 3339, UTC); `api`, `version` and `digest` tell the description.

    `arguments` are the flat ones that fill the form again, `None` where there are none. `origin` is `network`,
    `sandbox` or `gateway`. `size` is that of the whole answer, `truncated` says that `body` is its beginning. Each
    finding has the members of `FINDING`. `removed` counts the secrets that were taken out.
    """

    at: str
    provider: str
    operation: str
    title: str = ""
    api: str = ""
    version: str = ""
    digest: str = ""
    method: str = "GET"
    url: str = ""
    request_headers: Pairs = ()
    request_body: str = ""
    arguments: Mapping[str, Any] | None = None
    server: str = ""
    media_type: str = ""
    status: int = 0
    reason: str = ""
    origin: str = "network"
    headers: Pairs = ()
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)
    truncated: bool = False
    size: int = 0
    duration_ms: float = 0.0
    timings: tuple[tuple[str, float], ...] = ()
    facts: Pairs = ()
    request_id: str = ""
    findings: tuple[Mapping[str, str], ...] = ()
    removed: int = 0

    @property
    def text(self) -> str | None:
        """The body as text; `None` if it is none."""
        if looks_binary(self.body):
            return None
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError:
            return None


def without_secrets(record: Record, *, text: str | None = None) -> Record:
    """Return the record as it may be kept or given away; `text` is its body's where its charset is not UTF-8."""
    request_headers, in_request = remove_from_headers(record.request_headers)
    headers, in_headers = remove_from_headers(record.headers)
    url, in_url = remove_from_text(record.url)
    sent, in_sent = remove_from_text(record.request_body)
    body, truncated, in_body = record.body, record.truncated, 0
    content_type = record.content_type
    text = record.text if text is None else text
    if text is not None:
        # Secrets first: a cut could leave a half of one that nothing tells any more. What is far behind the beginning
        # that is kept is not looked through, and as much as a secret is long goes from where that was left out.
        clean, in_body = remove_from_text(text[:_LOOKED_AT])
        if len(text) > _LOOKED_AT:
            clean, truncated = clean[: max(len(clean) - _LONGEST_SECRET, 0)], True
        body = clean.encode("utf-8", "replace")
        content_type = _CHARSET.sub("; charset=utf-8", content_type)
    if len(body) > LARGEST_KEPT:
        body, truncated = body[:LARGEST_KEPT], True
        if text is not None:
            body = body.decode("utf-8", "ignore").encode()
    return replace(
        record,
        url=url,
        request_headers=request_headers,
        request_body=sent,
        arguments=None if record.arguments is None else remove_from_value(record.arguments),
        headers=headers,
        content_type=content_type,
        body=body,
        truncated=truncated,
        facts=tuple((name, remove_from_text(value)[0]) for name, value in record.facts),
        findings=tuple(
            {name: remove_from_text(value)[0] for name, value in finding.items()} for finding in record.findings
        ),
        removed=record.removed + in_request + in_headers + in_url + in_sent + in_body,
    )


def as_json(record: Record) -> dict[str, Any]:
    """Return the record as a JSON object."""
    text = record.text
    content = {"text": text} if text is not None else {"base64": base64.b64encode(record.body).decode("ascii")}
    return {
        _MARK: VERSION,
        "at": record.at,
        "provider": record.provider,
        "operation": record.operation,
        "title": record.title,
        "description": {"title": record.api, "version": record.version, "digest": record.digest},
        "request": {
            "method": record.method,
            "url": record.url,
            "headers": [list(pair) for pair in record.request_headers],
            "body": record.request_body,
            "arguments": record.arguments,
            "server": record.server,
            "media_type": record.media_type,
        },
        "response": {
            "status": record.status,
            "reason": record.reason,
            "origin": record.origin,
            "headers": [list(pair) for pair in record.headers],
            "content_type": record.content_type,
            "body": content,
            "truncated": record.truncated,
            "size": record.size,
            "duration_ms": record.duration_ms,
            "timings": [list(pair) for pair in record.timings],
            "facts": [list(pair) for pair in record.facts],
            "request_id": record.request_id,
        },
        "findings": [dict(finding) for finding in record.findings],
        "removed": record.removed,
    }


def write_record(record: Record, *, indent: int | None = None) -> str:
    """Return the record as JSON text; numbers of the arguments keep their spelling."""
    return jsontext.dumps(as_json(record), indent=indent)


def read_file(data: bytes) -> Record:
    """Return the record in a file: JSON, or the page that a support bundle is. Raises `RecordError`."""
    if len(data) > LARGEST * 4:
        raise RecordError(say("This file is too large for a support bundle."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RecordError(_none()) from None
    found = _IN_PAGE.search(text) if text.lstrip()[:1] == "<" else None
    return read_record(html.unescape(found[1]) if found else text)


def read_record(text: str) -> Record:
    """Return the record that a JSON text is. Raises `RecordError`."""
    if len(text) > LARGEST:
        raise RecordError(say("This file is too large for a support bundle."))
    try:
        value = jsontext.loads(text)
    except (jsontext.JSONTextError, RecursionError):
        raise RecordError(_none()) from None
    return _read_har(value) or read_value(value)


def _read_har(value: Any) -> Record | None:
    """Return the record that a HAR file of ours holds, `None` for any other value."""
    entries = _members(_members(value).get("log")).get("entries")
    entry = _members(entries[0]) if isinstance(entries, list) and entries else {}
    if HAR_OWN not in entry:
        return None
    record = read_value(entry[HAR_OWN])
    content = _members(_members(entry.get("response")).get("content"))
    name = "base64" if content.get("encoding") == "base64" else "text"
    body = _body({name: content.get("text")})
    return replace(record, body=body, size=max(record.size, len(body)))


def read_value(value: Any) -> Record:
    """Return the record that a JSON value is. Raises `RecordError`."""
    if not isinstance(value, Mapping) or _MARK not in value:
        raise RecordError(_none())
    if value[_MARK] != VERSION:
        raise RecordError(say("This bundle was made by a newer version: open it there, or update this site."))
    described, asked, came = (_members(value.get(name)) for name in ("description", "request", "response"))
    record = Record(
        at=_text(value, "at", 40),
        provider=_text(value, "provider", 400),
        operation=_text(value, "operation", 400),
        title=_text(value, "title"),
        api=_text(described, "title"),
        version=_text(described, "version", 100),
        digest=_text(described, "digest", 100),
        method=_text(asked, "method", 40) or "GET",
        url=_text(asked, "url", _LONGEST_TEXT),
        request_headers=_pairs(asked.get("headers")),
        request_body=_text(asked, "body", _LONGEST_TEXT),
        arguments=asked["arguments"] if isinstance(asked.get("arguments"), Mapping) else None,
        server=_text(asked, "server"),
        media_type=_text(asked, "media_type", 400),
        status=_status(came.get("status")),
        reason=_text(came, "reason", 400),
        origin=origin if (origin := _text(came, "origin")) in ("network", "sandbox", "gateway") else "network",
        headers=_pairs(came.get("headers")),
        content_type=_text(came, "content_type", 400),
        body=_body(_members(came.get("body"))),
        truncated=came.get("truncated") is True,
        size=int(_number(came.get("size"))),
        duration_ms=_number(came.get("duration_ms")),
        timings=_timings(came.get("timings")),
        facts=_pairs(came.get("facts")),
        request_id=_text(came, "request_id", 100),
        findings=_findings(value.get("findings")),
        removed=int(_number(value.get("removed"))),
    )
    return replace(record, size=max(record.size, len(record.body)))


def _none() -> str:
    return say("This is no support bundle: open the HTML or JSON file that “Support bundle” saved.")


def _members(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(members: Mapping[str, Any], name: str, longest: int = _LONGEST) -> str:
    value = members.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e12 else 0.0


def _status(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 999 else 0


def _rows(value: Any) -> list[list[Any]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows[:_MOST_PAIRS] if isinstance(row, list) and len(row) == 2 and isinstance(row[0], str)]


def _pairs(value: Any) -> Pairs:
    return tuple((name[:400], text[:_LONGEST]) for name, text in _rows(value) if isinstance(text, str))


def _timings(value: Any) -> tuple[tuple[str, float], ...]:
    return tuple((name[:100], _number(number)) for name, number in _rows(value))


def _findings(value: Any) -> tuple[Mapping[str, str], ...]:
    rows = value if isinstance(value, list) else []
    return tuple({name: _text(row, name) for name in FINDING} for row in rows[:_MOST_PAIRS] if isinstance(row, Mapping))


def _body(members: Mapping[str, Any]) -> bytes:
    if isinstance(text := members.get("text"), str):
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(str(members.get("base64", "")), validate=True)
    except (binascii.Error, ValueError):
        return b""
