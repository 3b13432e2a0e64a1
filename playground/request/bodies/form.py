"""`application/x-www-form-urlencoded` bodies (OpenAPI 3.1 section 4.8.15, Encoding Object; WHATWG URL section 5.2).

Values are written by WHATWG's serialiser (a blank is `+`). Square brackets in keys stay as they are, since people and
servers read `line_items[0][price_data][currency]=usd`, and every urlencoded parser accepts them.

Without an Encoding Object a list of scalars repeats its key, and deeper values get brackets, lists by index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playground.catalog.model import Encoding
from playground.mediatypes import is_json
from playground.messages import FormContent
from playground.request.errors import BodyError
from playground.request.model import Brackets, Value
from playground.request.parameters import Pair, brackets, styled_pairs
from playground.request.text import form_encode, is_list, is_scalar, json_text, text_of
from playground.text.wording import say

_RESERVED = ":/?@!$'()*,;"


def form_content(value: Value, encoding: Mapping[str, Encoding], lists: Brackets = "index") -> FormContent:
    """Write an object as a form. Raises `BodyError` for anything else."""
    if not isinstance(value, dict):
        raise BodyError(say("A form body must be an object with named values."), field="body")
    pairs: list[Pair] = []
    written: list[str] = []
    for name, member in value.items():
        one = encoding.get(name)
        keep = _RESERVED if one is not None and one.allow_reserved else ""
        pairs += property_pairs(name, member, one, str, str, lists)
        written += [f"{key}={text}" for key, text in property_pairs(name, member, one, _key, _encoder(keep), lists)]
    return FormContent(pairs=tuple(pairs), text="&".join(written))


def property_pairs(
    name: str,
    value: Value,
    encoding: Encoding | None,
    key: Callable[[str], str],
    text: Callable[[str], str],
    lists: Brackets = "index",
) -> Iterator[Pair]:
    """Yield the name-value pairs of one property, encoded by `key` and `text`."""
    if encoding is not None and is_styled(encoding):
        style = encoding.style or "form"
        explode = style == "form" if encoding.explode is None else encoding.explode
        yield from styled_pairs(
            name, value, style=style, explode=explode, key=key, text=text, write=form_text, lists=lists
        )
    elif encoding is not None and is_json(encoding.content_type.partition(",")[0]):
        yield key(name), text(json_text(value))
    elif is_list(value) and all(is_scalar(member) for member in value):
        for member in value:
            yield key(name), text(form_text(member))
    else:
        for one, member in brackets(name, value, lists):
            yield key(one), text(form_text(member))


def is_styled(encoding: Encoding) -> bool:
    """Say whether the Encoding Object chooses a style, which makes `contentType` void."""
    return bool(encoding.style) or encoding.explode is not None or encoding.allow_reserved


def form_text(value: Value) -> str:
    """Return a scalar as a form field holds it: null is the empty text, which is how a form says "cleared"."""
    return "" if value is None else text_of(value)


def _key(name: str) -> str:
    return form_encode(name, keep="[]")


def _encoder(keep: str) -> Callable[[str], str]:
    return lambda text: form_encode(text, keep=keep)
