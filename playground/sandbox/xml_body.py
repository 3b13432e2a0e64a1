"""XML that was sent, read as the value it means by a schema's `xml` hints (OpenAPI 3.1 section 4.8.26)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from playground.schema.mapping import as_mapping, text_of
from playground.values.shapes import Member, Shape

_DEPTH = 40
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class XMLBodyError(ValueError):
    """A text is no XML that is read; `str()` says why."""


def read_xml(text: str, shape: Shape) -> Any:
    """Return the value of an XML document: objects, lists and texts, which are read by type afterwards.

    Names and attributes are those of the hints; prefixes count for nothing. What is not described is kept by its name.
    Declarations of types and entities are refused: they could make much of little. Raises `XMLBodyError`.
    """
    if _DECLARES.search(text):
        raise XMLBodyError("declares a type or an entity, which is not read")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without declarations there is nothing to expand
    except (ElementTree.ParseError, ValueError) as error:
        raise XMLBodyError(f"is not well-formed XML ({error})") from None
    members = shape.members
    # A nameless object that can hold one element only is that element, as it is written too.
    if not _hint(shape, "name") and not shape.keys and len(members) == 1 and _name_of(members[0]) == _local(root.tag):
        return {members[0].name: _read(root, members[0].shape, _DEPTH)}
    return _read(root, shape, _DEPTH)


def _read(element: ElementTree.Element, shape: Shape, depth: int) -> Any:
    if depth <= 0:
        raise XMLBodyError("is nested too deeply")
    if "array" in shape.types:
        return [_read(child, shape.items, depth - 1) for child in element]
    branches = [shape, *shape.choice[:8]]
    members = {member.name: member for branch in reversed(branches) for member in branch.members}
    if not members and len(element) == 0:
        return {} if "object" in shape.types and not (element.text or "").strip() else element.text or ""
    value: dict[str, Any] = {}
    children: dict[str, list[ElementTree.Element]] = {}
    for child in element:
        children.setdefault(_local(child.tag), []).append(child)
    attributes = {_local(name): text for name, text in element.attrib.items()}
    for name, member in members.items():
        written = _name_of(member)
        if as_mapping(member.shape.plain.get("xml")).get("attribute") is True:
            if written in attributes:
                value[name] = attributes[written]
        elif item := _item_name(member):
            same = [other for other in members.values() if _item_name(other) == item]
            found = children.get(item, [])
            # Lists that write their items alike are told apart by what is in them.
            own = [child for child in found if _likeliest(child, same) is member] if len(same) > 1 else found
            if own:
                value[name] = [_read(child, member.shape.items, depth - 1) for child in own]
                children[item] = [child for child in found if child not in own]
        elif found := children.pop(written, []):
            read = [_read(child, member.shape, depth - 1) for child in found]
            value[name] = read[0] if len(read) == 1 else read
    for name, found in children.items():
        if not found:
            continue
        value[name] = [_plain(child, depth - 1) for child in found] if len(found) > 1 else _plain(found[0], depth - 1)
    return value


def _item_name(member: Member) -> str:
    """Return what the items of a list are called that stand in their object themselves; nothing for anything else."""
    if "array" not in member.shape.types or as_mapping(member.shape.plain.get("xml")).get("wrapped"):
        return ""
    return _hint(member.shape.items, "name") or _name_of(member)


def _likeliest(element: ElementTree.Element, members: list[Member]) -> Member:
    fitting = (member for member in members if ("object" in member.shape.items.types) == (len(element) > 0))
    return next(fitting, members[0])


def _plain(element: ElementTree.Element, depth: int) -> Any:
    """Return what an element says that nothing describes."""
    if depth <= 0:
        raise XMLBodyError("is nested too deeply")
    if len(element) == 0:
        return element.text or ""
    return {_local(child.tag): _plain(child, depth - 1) for child in element}


def _name_of(member: Member) -> str:
    return _hint(member.shape, "name") or member.name


def _hint(shape: Shape, name: str) -> str:
    hints = shape.plain.get("xml")
    return text_of(hints, name).rpartition(":")[2] if isinstance(hints, Mapping) else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]
