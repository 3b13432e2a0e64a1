"""Objects as XML text by a schema's `xml` hints (OpenAPI 3.1 section 4.8.26, XML Object)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.request.errors import BodyError, shown
from playground.request.model import Value
from playground.request.text import is_list, is_scalar, text_of
from playground.schema.flatten import flatten
from playground.text.wording import say

_NAME = re.compile(r"[^\W\d][\w.-]*(:[^\W\d][\w.-]*)?")
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def xml_text(value: Value, schema: Schema, definitions: Definitions) -> str:
    """Write an object or a list as an XML document: `xml.name`, `attribute`, `wrapped`, `prefix` and `namespace` count.

    The root is named by `xml.name`, else by the reference's last step. An object that neither names and that can hold
    one element only is that element; all else is in a `root`. Raises `BodyError` for a name or a character that XML
    cannot hold.
    """
    root = _last_step(schema)
    flat = flatten(schema, definitions)
    if not root and not _hints(flat).get("name") and isinstance(value, Mapping):
        name = _only_element(value, flat, definitions)
        if name:
            return _HEAD + "".join(_element(name, value[name], _property(flat, name), definitions))
    return _HEAD + "".join(_element(root or "root", value, schema, definitions))


def _last_step(schema: Schema) -> str:
    step = str(schema.get("$ref", "")).rpartition("/")[2] if isinstance(schema, Mapping) else ""
    return step if _NAME.fullmatch(step) and ":" not in step else ""


def _only_element(value: Mapping[str, Value], schema: Mapping[str, Any], definitions: Definitions) -> str:
    """Return the one name a nameless body holds: Amazon's bodies wrap their root in such an object."""
    declared = schema.get("properties")
    names = {*value, *(declared if isinstance(declared, Mapping) else ())}
    if len(names) != 1 or not value:
        return ""
    name, member = next(iter(value.items()))
    about = _hints(flatten(_property(schema, name), definitions))
    return "" if about.get("attribute") or (is_list(member) and not about.get("wrapped")) else str(name)


def _hints(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    hints = schema.get("xml")
    return hints if isinstance(hints, Mapping) else {}


def _element(name: str, value: Value, schema: Schema, definitions: Definitions) -> Iterator[str]:
    flat = flatten(schema, definitions)
    hints = _hints(flat)
    tag = _tag(str(hints.get("name") or name), hints)
    attributes = _namespace(hints)
    if value is None:
        yield f"<{tag}{attributes}/>"
    elif is_scalar(value):
        yield f"<{tag}{attributes}>{escape(_text(value), quote=False)}</{tag}>"
    elif is_list(value):
        yield f"<{tag}{attributes}>"
        yield from _items(_item_name(name, flat), value, flat, definitions)
        yield f"</{tag}>"
    elif isinstance(value, Mapping):
        inside: list[str] = []
        for key, member in value.items():
            described = _property(flat, key)
            about = flatten(described, definitions)
            if _hints(about).get("attribute") and is_scalar(member):
                attributes += f" {_tag(str(_hints(about).get('name') or key), _hints(about))}={_quoted(_text(member))}"
            elif is_list(member) and not _hints(about).get("wrapped"):
                inside += _items(_item_name(key, about), member, about, definitions)
            else:
                inside += _element(key, member, described, definitions)
        yield f"<{tag}{attributes}>"
        yield from inside
        yield f"</{tag}>"


def _items(name: str, values: list[Value], schema: Mapping[str, Any], definitions: Definitions) -> Iterator[str]:
    items = schema.get("items")
    for value in values:
        yield from _element(name, value, items if isinstance(items, (Mapping, bool)) else True, definitions)


def _item_name(name: str, schema: Mapping[str, Any]) -> str:
    """Return what an item is called unless its own schema names it: the list's `xml.name`, or the property."""
    return str(_hints(schema).get("name") or name)


def _property(schema: Mapping[str, Any], key: str) -> Schema:
    properties = schema.get("properties")
    described = properties.get(key) if isinstance(properties, Mapping) else None
    return described if isinstance(described, (Mapping, bool)) else True


def _tag(name: str, hints: Mapping[str, Any]) -> str:
    tag = f"{hints['prefix']}:{name}" if hints.get("prefix") and ":" not in name else name
    if _NAME.fullmatch(tag) is None:
        raise BodyError(
            say("XML has no elements or attributes named %(tag)s: write the body as text.", tag=shown(tag)),
            field="body",
        )
    return tag


def _namespace(hints: Mapping[str, Any]) -> str:
    if not hints.get("namespace"):
        return ""
    prefix = f":{hints['prefix']}" if hints.get("prefix") else ""
    return f" xmlns{prefix}={_quoted(_text(hints['namespace']))}"


def _quoted(text: str) -> str:
    # The module brings an HTTP client and a reader of mail with it, for which few requests should wait.
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)


def _text(value: Value) -> str:
    text = text_of(value)
    if _UNWRITABLE.search(text):
        raise BodyError(say("The body holds a control character that XML cannot carry: remove it."), field="body")
    return text
