"""A `multipart/*` body's parts (RFC 2046 section 5.1.1, RFC 7578), with line ends as a copied text has them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playground.messages import Part

_MOST_PARTS = 2000
_BOUNDARY = re.compile(r'boundary="?([^";]{1,100})"?', re.IGNORECASE)
_NAME = re.compile(r';\s*name=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)
_FILENAME = re.compile(r';\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)


def parts_of(content: bytes, content_type: str) -> tuple[Part, ...] | None:
    """Return the parts, or `None` if the content does not hold the boundary that its type names."""
    named = _BOUNDARY.search(content_type)
    boundary = named[1].strip() if named else _first_line(content)
    if not boundary:
        return None
    pieces = re.split(
        rb"(?:^|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(?=-|\r?\n|[ \t])", content
    )
    if len(pieces) < 2:
        return None
    parts = [_part(piece) for piece in pieces[1 : _MOST_PARTS + 1] if not piece.startswith(b"--")]
    return tuple(part for part in parts if part is not None)


def _first_line(content: bytes) -> str:
    first = content.split(b"\n", 1)[0].strip()
    return first[2:].decode("utf-8", "replace") if first.startswith(b"--") and len(first) < 100 else ""


def _part(piece: bytes) -> Part | None:
    head, _, data = _split_head(piece)
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    disposition = fields.get("content-disposition", "")
    named = _parameter(_NAME, disposition)
    if named is None:
        return None
    return Part(
        name=named,
        data=data,
        filename=_parameter(_FILENAME, disposition),
        content_type=fields.get("content-type") or None,
    )


def _split_head(piece: bytes) -> tuple[bytes, bytes, bytes]:
    match = re.search(rb"\r?\n\r?\n", piece)
    return (piece[: match.start()], match[0], piece[match.end() :]) if match else (piece, b"", b"")


def _parameter(pattern: re.Pattern[str], disposition: str) -> str | None:
    match = pattern.search(disposition)
    if match is None:
        return None
    # Browsers percent-encode quotation marks and line ends (HTML, multipart/form-data), programs use backslashes.
    text = match[1] if match[1] is not None else match[2]
    return re.sub(r"%(?:22|0[AaDd])", lambda one: unquote(one[0]), re.sub(r'\\(["\\])', r"\1", text))
