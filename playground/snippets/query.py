"""A query as the fields it is made of, where the client's own encoding of them gives the same text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus

from playground.messages import FormContent
from playground.snippets.message import Message

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The address before its `?`, and the fields; `form.text` is the query as it is sent."""

    address: str
    form: FormContent


def readable_query(message: Message, encodes_alike: Callable[[FormContent], bool]) -> Query | None:
    """Return the query in fields, `None` where it reads better in the address or would be sent otherwise.

    One field that needs no encoding stays in the address, as does a query with a secret in it.
    """
    if len(message.url) != 1 or not isinstance(message.url[0], str):
        return None
    address, mark, text = message.url[0].partition("?")
    fields = [field.partition("=") for field in text.split("&")]
    if not mark or not all(name and equals for name, equals, _ in fields):
        return None
    if len(fields) == 1 and "%" not in text and "+" not in text:
        return None
    try:
        pairs = tuple((_decoded(name), _decoded(value)) for name, _, value in fields)
    except UnicodeDecodeError:
        return None
    form = FormContent(pairs=pairs, text=text)
    return Query(address=address, form=form) if encodes_alike(form) else None


def is_plain(form: FormContent) -> bool:
    """Tell whether no field needs any encoding: then every client sends the same."""
    return all(_PLAIN.fullmatch(name) and _PLAIN.fullmatch(value) for name, value in form.pairs)


def same_percent_encoded(form: FormContent) -> bool:
    """Tell whether the fields, all but RFC 3986's unreserved characters percent-encoded, are the text."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in form.pairs) == form.text


def is_unique(form: FormContent) -> bool:
    """Tell whether no name stands there twice."""
    return len(dict(form.pairs)) == len(form.pairs)


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="strict")
