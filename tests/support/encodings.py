"""How APIs write a text back, and whether a run of a secret can be read out of what a visitor gets."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus, unquote, unquote_plus


def _upper_escapes(text: str) -> str:
    return re.sub(r"\\u....", lambda match: "\\u" + match[0][2:].upper(), text)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "json": lambda text: json.dumps(text).encode(),
    "json, beyond ascii": lambda text: json.dumps(text, ensure_ascii=False).encode(),
    "json, slashes": lambda text: json.dumps(text).replace("/", "\\/").encode(),
    "json, upper case": lambda text: _upper_escapes(json.dumps(text)).encode(),
    "json, every character": lambda text: "".join(json.dumps(f"\\u{ord(one):04x}")[2:-1] for one in text).encode(),
    "json in json": lambda text: json.dumps(json.dumps(text)).encode(),
    "url": lambda text: quote(text, safe="").encode(),
    "url, lower case": lambda text: re.sub("%..", lambda match: match[0].lower(), quote(text, safe="")).encode(),
    "url, as a browser leaves it": lambda text: quote(text, safe="!'()*/?:@&=+$,").encode(),
    "url, every byte": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
    "url in url": lambda text: quote(quote(text, safe=""), safe="").encode(),
    "url in json": lambda text: json.dumps(quote(text)).encode(),
    "form": lambda text: quote_plus(text).encode(),
    "markup": lambda text: html.escape(text).encode(),
    "markup, decimal": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one before": lambda text: base64.b64encode(b"\xf3" + text.encode() + b"\x9c"),
    "base64, two before": lambda text: base64.b64encode(b"u:" + text.encode() + b"::"),
    "base64 for urls": lambda text: base64.urlsafe_b64encode(b"?" + text.encode()).rstrip(b"="),
    "base64 in json": lambda text: base64.b64encode(text.encode()).replace(b"/", b"\\/"),
    "base64 in a url": lambda text: quote(base64.b64encode(text.encode()).decode(), safe="").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, big end first": lambda text: text.encode("utf-16-be"),
}
"""How APIs write a text back, by a library's own writer where there is one."""


def readings(data: bytes) -> Iterator[str]:
    """Give everything that a reader could make of some content."""
    for charset in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        for shift in (0, 1):
            yield data[shift:].decode(charset, "replace")
    text = data.decode("utf-8", "replace")
    yield from (unquote(text), unquote(unquote(text)), unquote_plus(text), html.unescape(text))
    unescaped = re.sub(r"\\+u([0-9A-Fa-f]{4})", lambda match: chr(int(match[1], 16)), text)
    yield from (unescaped, re.sub(r"\\+(.)", r"\1", unescaped), re.sub(r"\\+(.)", r"\1", unquote(unescaped)))
    for run in re.findall(r"[A-Za-z0-9+/_-]+", re.sub(r"\\", "", unquote(text))):
        standard = run.replace("-", "+").replace("_", "/")
        for start in range(4):
            piece = standard[start:]
            yield base64.b64decode(piece[: len(piece) // 4 * 4]).decode("utf-8", "replace")


def leaked(secret: str, data: bytes) -> str:
    """Return a run of six characters of the secret that some reading of the content holds, or nothing."""
    runs = {secret[at : at + 6] for at in range(len(secret) - 5)}
    return next((run for text in readings(data) for run in runs if run in text), "")
