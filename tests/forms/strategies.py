"""Random schemas with values that fit them, and operations made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from playground.catalog.model import Entry, MediaType, Operation, Parameter, Provider, RequestBody, Schema
from playground.jsontext import NumberText
from playground.request.model import FileValue

DEFINITIONS: dict[str, Any] = {
    "Tree": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
    },
    "Tag/x~y": {"type": "string", "maxLength": 20},
}

texts = st.text(st.characters(codec="utf-8"), max_size=8)
names = st.sampled_from(["a", "b", "c", "a/b", "~0", "~as", "x y", "é", "items", "[]", "0", "$ref"])
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False).map(lambda one: NumberText(repr(one)))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)

Pair = tuple[Any, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def _tree(draw: Draw, depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if draw(st.booleans()):
        made["name"] = draw(texts)
    if depth and draw(st.booleans()):
        made["children"] = [_tree(draw, depth - 1) for _ in range(draw(st.integers(0, 2)))]
    return made


@st.composite
def pairs(draw: Draw, depth: int = 3) -> Pair:
    """A schema and a value that fits it."""
    kinds = ["string", "integer", "number", "boolean", "enum", "mixed", "any", "nullable", "ref", "file"]
    if depth:
        kinds += ["object", "object", "array", "array", "map", "open", "choice", "allOf", "tree", "tuple"] * 2
    kind = draw(st.sampled_from(kinds))
    if kind == "string":
        return {"type": "string"}, draw(texts)
    if kind == "integer":
        return {"type": "integer"}, draw(st.integers())
    if kind == "number":
        return {"type": "number"}, draw(numbers)
    if kind == "boolean":
        return {"type": "boolean"}, draw(st.booleans())
    if kind == "enum":
        values = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
        return {"type": "string", "enum": values}, draw(st.sampled_from(values))
    if kind == "mixed":
        values = [1, "1", True, "true", 2.5, "", [1], {"a": None}]
        return {"enum": values}, draw(st.sampled_from(values))
    if kind == "any":
        return draw(st.sampled_from([True, {}])), draw(json_values)
    if kind == "ref":
        return {"$ref": "#/$defs/Tag~1x~0y"}, draw(texts)
    if kind == "file":
        content = draw(st.binary(max_size=3))
        return {"type": "string", "format": "binary"}, FileValue(filename="f.bin", content=content)
    if kind == "tree":
        return {"$ref": "#/$defs/Tree"}, _tree(draw, 3)
    return _inner(draw, kind, depth - 1)


def _inner(draw: Draw, kind: str, depth: int) -> Pair:
    if kind == "nullable":
        return {"type": ["string", "null"]}, draw(st.none() | texts)
    if kind == "array":
        schema, first = draw(pairs(depth))
        return {"type": "array", "items": schema}, [first] * draw(st.integers(0, 3))
    if kind == "tuple":
        members = [draw(pairs(depth)) for _ in range(2)]
        return {"type": "array", "prefixItems": [one for one, _ in members]}, [value for _, value in members]
    if kind == "map":
        schema, value = draw(pairs(depth))
        keys = draw(st.lists(texts.filter(bool), max_size=3, unique=True))
        return {"type": "object", "additionalProperties": schema}, dict.fromkeys(keys, value)
    if kind == "choice":
        members = [draw(pairs(depth)) for _ in range(draw(st.integers(2, 3)))]
        return {"anyOf": [one for one, _ in members]}, draw(st.sampled_from([value for _, value in members]))
    if kind == "allOf":
        (one, first), (other, second) = _object(draw, depth, ["a", "b"]), _object(draw, depth, ["c", "d"])
        return {"allOf": [one, other]}, {**first, **second}
    schema, value = _object(draw, depth, draw(st.lists(names, max_size=4, unique=True)))
    if kind == "open" and schema["properties"]:
        schema = {**schema, "additionalProperties": {"type": "string"}}
        value = {**value, "more": draw(texts)}
    return schema, value


def _object(draw: Draw, depth: int, keys: list[str]) -> Pair:
    schema: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    value = {}
    for key in keys:
        schema["properties"][key], member = draw(pairs(depth))
        if draw(st.booleans()):
            schema["required"].append(key)
            value[key] = member
        elif draw(st.booleans()):
            value[key] = member
    if draw(st.booleans()):
        schema["properties"]["kind"], value["kind"] = {"const": "k"}, "k"
        schema["required"].append("kind")
    return schema, value


def entry_of(
    *parameters: Parameter, body: Schema | None = None, media_type: str = "application/json", required: bool = False
) -> Entry:
    """An operation with these parameters and this body."""
    request_body = None
    if body is not None:
        request_body = RequestBody(media_types=(MediaType(name=media_type, schema=body),), required=required)
    operation = Operation(name="do", method="POST", path="/do", parameters=parameters, request_body=request_body)
    return Entry(provider=Provider(name="p", title="P"), operation=operation, definitions=DEFINITIONS)
