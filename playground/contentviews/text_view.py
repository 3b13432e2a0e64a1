"""Text of any kind, as it is."""

from __future__ import annotations

from playground.contentviews.decoding import decode, decode_loosely, looks_binary
from playground.contentviews.view import Body, ContentView, View

_LEXERS = {
    "application/yaml": "yaml", "application/x-yaml": "yaml", "text/yaml": "yaml", "text/x-yaml": "yaml",
    "application/javascript": "javascript", "text/javascript": "javascript", "text/css": "css",
    "application/graphql": "graphql", "application/toml": "toml", "application/sql": "sql",
}  # fmt: skip
_TEXTUAL = frozenset(
    {
        *_LEXERS,
        "application/x-www-form-urlencoded", "application/x-ndjson", "application/jsonl", "application/ndjson",
        "application/json-seq", "application/json", "application/xml", "application/x-pem-file", "message/http",
    }
)  # fmt: skip


def priority(body: Body) -> int:
    """Fit declared text, and anything that looks like text."""
    if (
        body.media_type.startswith("text/")
        or body.media_type in _TEXTUAL
        or body.media_type.endswith(("+json", "+xml"))
    ):
        return 5
    return 0 if looks_binary(body.data) else 2


def render(body: Body) -> View:
    """Decode; what is declared as text is shown even when some bytes are not. Raises `ValueError` for the rest."""
    if looks_binary(body.data):
        raise ValueError("not text")
    text, notes = decode_loosely(body) if priority(body) > 2 else (decode(body), ())
    return View(kind="text", title="Text", text=text, lexer=_LEXERS.get(body.media_type, ""), notes=notes)


VIEW = ContentView(kind="text", priority=priority, render=render)
