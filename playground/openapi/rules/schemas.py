"""Rules of Schema Objects that need more than one keyword, or that hold in some versions only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.rules.walk import Rule, Walk
from playground.openapi.values import text

_PIECES = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
_DEEPEST_COMPOSITION = 8
_MOST_PIECES = 200
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int, float), "number": (int, float), "boolean": (bool,), "array": (list,),
    "object": (dict,),
}  # fmt: skip


def check_schema(walk: Walk, schema: dict[str, Any], where: Where) -> None:
    """Check the keywords of one schema against each other."""
    before_3_1 = walk.family in ("2.0", "3.0")
    kind = schema.get("type")
    if before_3_1 and kind == "array" and schema.get("items") is None:
        walk.warn(where, "A schema of type array needs items: add the schema of its items.")
    if schema.get("readOnly") is True and schema.get("writeOnly") is True:
        walk.warn((where, "writeOnly"), "A property cannot be readOnly and writeOnly: remove one of them.")
    if before_3_1 and "default" in schema and isinstance(kind, str):
        _check_default(walk, schema, kind, where)
    if not before_3_1:
        _check_3_1(walk, schema, where)
    if kind == "file" and where is not None and where[1] != "schema":
        walk.warn((where, "type"), "The type file is for form parameters and responses: write string with a format.")
    _check_enum(walk, schema.get("enum"), (where, "enum"))
    if isinstance(pattern := schema.get("pattern"), str) and (fault := pattern_fault(pattern)):
        walk.warn((where, "pattern"), f"The pattern is no regular expression ({fault}): correct it.")
    _check_required(walk, schema, where)
    if walk.family == "2.0" and isinstance(name := schema.get("discriminator"), str):
        _check_discriminator(walk, schema, name, where)


def _check_default(walk: Walk, schema: Mapping[str, Any], kind: str, where: Where) -> None:
    value, types = schema["default"], _PYTHON_TYPES.get(kind)
    if types is None or (value is None and True in (schema.get("nullable"), schema.get("x-nullable"))):
        return
    if not isinstance(value, types) or (isinstance(value, bool) and kind != "boolean"):
        walk.warn((where, "default"), f"The default is {kind_of(value)}, but the type is {kind}: correct one of them.")


def _check_3_1(walk: Walk, schema: Mapping[str, Any], where: Where) -> None:
    for key in ("exclusiveMinimum", "exclusiveMaximum"):
        if isinstance(schema.get(key), bool):
            walk.warn((where, key), f"{key} is a number since OpenAPI 3.1, not true or false: write the bound itself.")
    if isinstance(schema.get("nullable"), bool):
        walk.warn((where, "nullable"), 'nullable is of OpenAPI 3.0: write the type as a list with "null".')


def _check_enum(walk: Walk, values: Any, where: Where) -> None:
    if not isinstance(values, list):
        return
    seen: set[bytes] = set()
    for index, value in enumerate(values):
        try:
            key = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        except TypeError:
            continue  # a number beyond 64 bits
        if key in seen:
            walk.warn((where, index), "This value of the enum is listed twice: remove one of them.")
        seen.add(key)


def _check_required(walk: Walk, schema: dict[str, Any], where: Where) -> None:
    required = schema.get("required")
    if not isinstance(required, list):
        return
    place: Where = (where, "required")
    if not required and walk.family in ("2.0", "3.0"):
        walk.warn(place, "The list of required properties is empty: add a name, or remove it.")
    names = [name for name in required if isinstance(name, str)]
    for index, name in enumerate(required):
        if not isinstance(name, str):
            walk.warn((place, index), f"The name of a property must be text, not {kind_of(name)}: write it in quotes.")
    if len(set(names)) != len(names):
        walk.warn(place, "A required property is listed twice: remove one of them.")
    if _is_piece(where) or any(key in schema for key in ("additionalProperties", "patternProperties", "propertyNames")):
        return
    if "properties" not in schema and (schema.get("type") != "object" or any(key in schema for key in _PIECES)):
        return
    described = _described(walk, schema)
    if described is None:
        return
    for name in dict.fromkeys(names):
        if name not in described:
            walk.warn(
                place,
                f"The required property {quoted(name)} is not described: add it to properties, or remove it here.",
            )


def _is_piece(where: Where) -> bool:
    """Tell whether a schema at this place is combined with others, which may describe its properties."""
    if where is None:
        return False
    above = where[0]
    return where[1] in _PIECES or (isinstance(above, tuple) and above[1] in _PIECES)


def _described(walk: Walk, schema: dict[str, Any]) -> set[str] | None:
    """Return the names of all properties that a schema's pieces describe, `None` if a piece may take any."""
    names: set[str] = set()
    rest = [(schema, 0)]
    for count, (piece, depth) in enumerate(_growing(rest)):
        if count > _MOST_PIECES or depth > _DEEPEST_COMPOSITION:
            return None
        plain = walk.resolve(piece)
        if any(key in plain for key in ("patternProperties", "unevaluatedProperties", "$dynamicRef")):
            return None
        names |= set(plain.get("properties") or ()) if isinstance(plain.get("properties"), dict) else set()
        for key in ("allOf", "anyOf", "oneOf"):
            if isinstance(plain.get(key), list):
                rest += [(inner, depth + 1) for inner in plain[key]]
        if plain is not piece and isinstance(piece, dict) and not plain:
            return None  # a reference that leads nowhere
    return names


def _growing(rest: list[tuple[Any, int]]) -> Iterator[tuple[Any, int]]:
    position = 0
    while position < len(rest):
        yield rest[position]
        position += 1


def _check_discriminator(walk: Walk, schema: Mapping[str, Any], name: str, where: Where) -> None:
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, dict) or name not in properties:
        walk.warn((where, "discriminator"), f"The discriminator {quoted(name)} is no property of this schema: add it.")
    elif not isinstance(required, list) or name not in required:
        walk.warn((where, "discriminator"), f"The discriminator {quoted(name)} must be required: add it to required.")


def check_xml(walk: Walk, xml: dict[str, Any], where: Where) -> None:
    """Check the fields of an XML Object against each other."""
    for key in ("attribute", "wrapped"):
        if "nodeType" in xml and key in xml:
            walk.warn((where, key), f"nodeType says what {key} said before OpenAPI 3.2: remove {key}.")
    namespace = text(xml.get("namespace"))
    if walk.family in ("3.0", "3.1") and namespace and ":" not in namespace:
        walk.warn((where, "namespace"), "The namespace must be an absolute URI: write it with its scheme.")


def pattern_fault(pattern: str) -> str:
    """Return a fault of a pattern that no regular expression may have (ECMA-262), empty if there is none; linear."""
    depth, inside, repeatable, position = 0, False, False, 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            if position + 1 == len(pattern):
                return "it ends with a backslash"
            position += 1
            repeatable = True
        elif inside:
            inside = character != "]"
        elif character == "[":
            inside, repeatable = True, True
        elif character == "(":
            depth, repeatable = depth + 1, False
            if pattern.startswith("?", position + 1):
                position += 1
        elif character == ")":
            depth, repeatable = depth - 1, True
            if depth < 0:
                return "a closing parenthesis has no partner"
        elif character in "*+?":
            if not repeatable:
                return f"there is nothing before {character} to repeat"
            repeatable = character != "?" and pattern.startswith("?", position + 1)
        else:
            repeatable = character not in "|^"
        position += 1
    if inside:
        return "an opening bracket has no partner"
    return "an opening parenthesis has no partner" if depth else ""


RULES: dict[str, tuple[Rule, ...]] = {"Schema": (check_schema,), "XML": (check_xml,)}
