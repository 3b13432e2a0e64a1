"""An HTTP/1.1 message as text (RFC 9112), and the `.http` files of editors, which begin the same way."""

from __future__ import annotations

import base64
import binascii
import re

from playground.paste.message import PastedMessage
from playground.text.wording import say

_START = re.compile(
    r"(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)[ \t]+(\S(?:.*\S)?)(?:[ \t]+HTTP/[0-9.]+)[ \t]*",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)[ \t]+"
    r"((?=https?://|/|\{\{)(?:\{\{[^{}\n]*\}\}|[^\s{]|\{(?!\{))*)[ \t]*"
)
_FIELD = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+|:[a-z]+)[ \t]*:[ \t]*(.*)")
_FILE = re.compile(r"^<[ \t]+(?:\./)?(\S.*)$", re.MULTILINE)
_CONTENTS = re.compile(r"<contents of ([^>]{1,200})>")


_BASE64 = "stands here as base64"
"""What our own snippets say above a content that is not text."""


def start_of(line: str) -> re.Match[str] | None:
    """Return method and target if the line is a request line, with or without the version."""
    return _START.fullmatch(line) or _BARE.fullmatch(line)


def read_raw(text: str) -> PastedMessage | None:
    """Read a message; comments before it are passed over. `None` if it does not begin with a request line."""
    lines = text.split("\n")
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(("#", "//", "@"))):
        at += 1
    comments, start = lines[:at], lines[at].strip() if at < len(lines) else ""
    match = start_of(start)
    if match is None:
        return None
    at += 1
    headers: list[tuple[str, str]] = []
    target = match[2]
    while at < len(lines) and lines[at].strip():
        field = _FIELD.fullmatch(lines[at].strip())
        if lines[at][:1] in " \t" and lines[at].strip()[:1] in "?&" and not headers:
            target += lines[at].strip()  # editors let a long query go on below the request line
        elif field is not None:
            headers.append((field[1], field[2].strip()))
        at += 1
    body = "\n".join(lines[at + 1 :])
    if _is_form(headers):
        body = body.strip("\n")  # no form holds a line end; the text around it does
    if _BARE.fullmatch(start):
        body = re.split(r"^###", body, maxsplit=1, flags=re.MULTILINE)[0]
    content: bytes | None = body.encode("utf-8", "surrogatepass")
    files = [name for pattern in (_FILE, _CONTENTS) for name in pattern.findall(body)]
    missing = tuple(
        say("The file “%(name)s” is not here: choose it in the form.", name=name[:80]) for name in dict.fromkeys(files)
    )
    file = _FILE.fullmatch(body.strip()) or _CONTENTS.fullmatch(body.strip())
    if file is not None:
        content = None
    elif any(_BASE64 in line for line in comments):
        content = _decoded(body)
    host = next((value for name, value in headers if name.lower() in ("host", ":authority")), "")
    if target.startswith("/") and host:
        scheme = "http" if re.match(r"(localhost|127\.|\[::1\])", host) else "https"
        target = f"{scheme}://{host}{target}"
    return PastedMessage(
        kind=say("HTTP message"),
        method=match[1].upper(),
        url=target,
        headers=tuple(pair for pair in headers if not pair[0].startswith(":")),
        content=content if body.strip() else b"" if _is_form(headers) else None,
        file=file[1] if file is not None else "",
        missing=missing,
    )


def _is_form(headers: list[tuple[str, str]]) -> bool:
    """Say whether an empty body counts as one: a form in which nothing is filled."""
    return any(name.lower() == "content-type" and "x-www-form-urlencoded" in value for name, value in headers)


def _decoded(body: str) -> bytes | None:
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
