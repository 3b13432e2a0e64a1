"""Fields of a form or a query, where the client's own encoding of them gives the text that is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote_plus

from playground.messages import FormContent
from playground.snippets.message import Message

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The address before its `?`, and the fields; `form.text` is the query as it is sent."""

    address: str
    form: FormContent


def readable_query(message: Message, same_query: Callable[[FormContent], bool]) -> Query | None:
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
    return Query(address=address, form=form) if same_query(form) else None


def is_plain(form: FormContent) -> bool:
    """Tell whether no field needs any encoding: then every client sends the same."""
    return all(_PLAIN.fullmatch(name) and _PLAIN.fullmatch(value) for name, value in form.pairs)


def is_unique(form: FormContent) -> bool:
    """Tell whether no name is there twice."""
    return len(dict(form.pairs)) == len(form.pairs)


def encodes_to_text(form: FormContent, encode: Callable[[str], str]) -> bool:
    """Tell whether the fields, each name and value encoded so, are the text."""
    try:
        return "&".join(f"{encode(name)}={encode(value)}" for name, value in form.pairs) == form.text
    except UnicodeEncodeError:
        return False


def same_percent_encoded(form: FormContent) -> bool:
    """Tell whether the fields, all but RFC 3986's unreserved characters percent-encoded, are the text."""
    return encodes_to_text(form, lambda text: quote(text, safe=""))


def same_plus_encoded(form: FormContent) -> bool:
    """Tell whether the fields, all but RFC 3986's unreserved characters escaped and space as `+`, are the text."""
    return encodes_to_text(form, quote_plus)


def same_search_params(form: FormContent) -> bool:
    """Tell whether the fields as the URL Standard serialises them, `URLSearchParams` does, are the text."""
    return encodes_to_text(form, lambda text: quote_plus(text, safe="*").replace("~", "%7E"))


def sorted_by_name(form: FormContent) -> FormContent:
    """Return the form as clients that sort fields by name send them: to be compared with the same text."""
    pairs = sorted(form.pairs, key=lambda pair: pair[0].encode("utf-8", "replace"))
    return FormContent(pairs=tuple(pairs), text=form.text)


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="strict")
