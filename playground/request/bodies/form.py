"""`application/x-www-form-urlencoded` bodies (OpenAPI 3.1 section 4.8.15, Encoding Object; WHATWG URL section 5.2).

Values are written by WHATWG's serialiser (a blank is `+`). Square brackets in keys stay as they are, since people and
servers read `line_items[0][price_data][currency]=usd`, and every urlencoded parser accepts them.

Without an Encoding Object an object is JSON text, as the standard's default for a property's content type says, and a
list repeats its key, each item by the same rule. `Nesting.objects` writes them in brackets instead, for the many APIs
that expect it without saying so. Which properties are files, for which a form is multipart, is told here as well
(OpenAPI 3.1 section 4.4.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from playground.catalog.model import Definitions, Encoding, Schema
from playground.mediatypes import is_json, is_text
from playground.messages import FormContent, TextContent
from playground.request.errors import BodyError
from playground.request.model import DEFAULT_NESTING, Nesting, Value
from playground.request.parameters import Pair, brackets, styled_pairs
from playground.request.text import form_encode, is_list, is_scalar, json_text, text_of
from playground.schema.flatten import resolve
from playground.text.wording import say


def is_binary(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes bytes, or a list of them."""
    resolved = resolve(schema, definitions)
    if resolved.get("format") == "binary" or resolved.get("type") == "file":
        return True
    if "contentMediaType" in resolved and "contentEncoding" not in resolved:
        return resolved.get("type") != "object" and not is_text(str(resolved["contentMediaType"]))
    items = resolved.get("items")
    if isinstance(items, Mapping):
        return resolve(items, definitions).get("format") == "binary"
    return False


def property_schema(schema: Mapping[str, Any], name: str) -> Schema:
    """Return the schema of one property of a flattened object schema; `True` where it has none."""
    properties = schema.get("properties")
    described = properties.get(name) if isinstance(properties, Mapping) else None
    if described is None:
        described = schema.get("additionalProperties")
    return described if isinstance(described, (Mapping, bool)) else True


NO_SCHEMA: Final[Mapping[str, Any]] = MappingProxyType({})
_RESERVED = ":/?@!$'()*,;"


def form_content(
    value: Value,
    encoding: Mapping[str, Encoding],
    nesting: Nesting = DEFAULT_NESTING,
    *,
    schema: Mapping[str, Any] = NO_SCHEMA,
    typed: Callable[[str, Value], str | None] = lambda _, __: None,
) -> FormContent | TextContent:
    """Write an object as a form. Raises `BodyError` for what has no names.

    Some descriptions call the body a text or a list: a text is sent as it is, a list as the pairs of its items.
    `schema` is the flat one of the object, `typed` returns the text of a property whose content type is no JSON.
    """
    if isinstance(value, str):
        return TextContent(text=value)
    if is_list(value) and value and all(isinstance(item, dict | str) for item in value):
        forms = [form_content(item, encoding, nesting, schema=schema, typed=typed) for item in value]
        return TextContent(text="&".join(form.text for form in forms))
    if not isinstance(value, dict):
        raise BodyError(say("A form body must be an object with named values."), field="body")
    pairs: list[Pair] = []
    written: list[str] = []
    for name, member in value.items():
        described = encoding.get(name)
        keep = _RESERVED if described is not None and described.allow_reserved else ""
        is_typed = described is not None and not is_styled(described)
        by_item = is_typed and described is not None and described.by_item and is_list(member)
        texts = [typed(name, piece) for piece in (member if by_item else (member,))] if is_typed else [None]
        if texts and None not in texts:
            pairs += [(name, text) for text in texts if text is not None]
            written += [f"{_key(name)}={form_encode(text)}" for text in texts if text is not None]
            continue
        own = property_schema(schema, name)
        pairs += property_pairs(name, member, described, str, str, nesting, own)
        encoded = property_pairs(name, member, described, _key, _encoder(keep), nesting, own)
        written += [f"{key}={text}" for key, text in encoded]
    return FormContent(pairs=tuple(pairs), text="&".join(written))


def property_pairs(
    name: str,
    value: Value,
    encoding: Encoding | None,
    key: Callable[[str], str],
    text: Callable[[str], str],
    nesting: Nesting = DEFAULT_NESTING,
    schema: Schema = True,
) -> Iterator[Pair]:
    """Yield the name-value pairs of one property, encoded by `key` and `text`; `schema` is its own."""
    if encoding is not None and is_styled(encoding):
        style = encoding.style or "form"
        explode = style == "form" if encoding.explode is None else encoding.explode
        yield from styled_pairs(
            name, value, style=style, explode=explode, key=key, text=text, lists=nesting.lists, schema=schema
        )
    elif encoding is not None and is_json(encoding.content_type.partition(",")[0]):
        for member in value if encoding.by_item and is_list(value) else (value,):
            yield key(name), text(json_text(member))
    elif nesting.objects == "brackets" and not (encoding is not None and encoding.content_type):
        for bracketed, member in brackets(name, value, nesting.lists):
            yield key(bracketed), text(text_of(member))
    else:
        for member in value if is_list(value) else (value,):
            yield key(name), text(text_of(member) if is_scalar(member) else json_text(member))


def is_styled(encoding: Encoding) -> bool:
    """Say whether the Encoding Object chooses a style, which makes `contentType` void."""
    return bool(encoding.style) or encoding.explode is not None or encoding.allow_reserved


def _key(name: str) -> str:
    return form_encode(name, keep="[]")


def _encoder(keep: str) -> Callable[[str], str]:
    return lambda text: form_encode(text, keep=keep)
