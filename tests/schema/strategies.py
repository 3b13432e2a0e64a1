"""Random schemas: sensible ones, and hostile ones where every keyword may hold anything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

KEYWORDS = [
    "type", "properties", "items", "enum", "const", "allOf", "oneOf", "anyOf", "required", "additionalProperties",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
    "format", "minItems", "maxItems", "uniqueItems", "prefixItems", "default", "example", "examples", "nullable",
    "readOnly", "writeOnly", "discriminator", "title", "description", "not", "$ref", "minProperties", "deprecated",
]  # fmt: skip

_NAMES = st.sampled_from([*KEYWORDS, "a", "b"])

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["string", "object", "array", "integer", "null", "#/$defs/a", "#/$defs/b", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYWORDS, "a", "b"]), inner, max_size=3)
    ),
    max_leaves=12,
)

hostile_schemas: st.SearchStrategy[Any] = st.dictionaries(st.sampled_from(KEYWORDS), json_values, max_size=6)

hostile_definitions: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["a", "b"]), hostile_schemas | st.booleans(), max_size=2
)

_names = st.sampled_from(["a", "b", "ab"])
_types = st.sampled_from(["string", "integer", "number", "boolean", "object", "array"])
_counts = st.integers(0, 3)
_numbers = st.sampled_from([-1, 0, 1, 2, 5, 0.5, 1.5, 2.0])
_scalars: st.SearchStrategy[Any] = st.sampled_from(["", "a", "ab", "abc", -1, 0, 1, 2, 5, 0.5, 1.5, 2.0, True, False])
_patterns = st.sampled_from(["^a", "b$", "^[ab]+$", "c"])

plain_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=8,
)


def _schemas(inner: st.SearchStrategy[Any], keywords: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(list(keywords)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: keywords[name] for name in names})
    )


def _assertions() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "type": _types,
        "enum": st.lists(_scalars, min_size=1, max_size=3),
        "const": _scalars,
        **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _numbers),
        "multipleOf": st.sampled_from([1, 2, 3, 0.5]),
        **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _counts),
        "pattern": _patterns,
        "uniqueItems": st.booleans(),
        "required": st.lists(_names, max_size=2, unique=True),
        "dependentRequired": st.dictionaries(_names, st.lists(_names, max_size=2, unique=True), max_size=2),
    }


def _applicators(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    named = st.dictionaries(_names, inner, max_size=2)
    return {
        **dict.fromkeys(("properties", "dependentSchemas"), named),
        "patternProperties": st.dictionaries(_patterns, inner, max_size=2),
        **dict.fromkeys(("propertyNames", "items", "contains", "not", "if", "then", "else"), inner),
        **dict.fromkeys(("prefixItems", "anyOf"), st.lists(inner, min_size=1, max_size=3)),
        **dict.fromkeys(("minContains", "maxContains"), _counts),
    }


def _exact(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        **_assertions(),
        **_applicators(inner),
        **dict.fromkeys(("allOf", "oneOf"), st.lists(inner, min_size=1, max_size=3)),
        **dict.fromkeys(("additionalProperties", "unevaluatedProperties", "unevaluatedItems"), inner),
    }


_leaf = _schemas(st.booleans(), _assertions())
merging_schemas: st.SearchStrategy[Any] = st.recursive(
    _leaf, lambda inner: _schemas(inner, {**_assertions(), **_applicators(inner)}), max_leaves=6
)
"""Schemas of which `allOf` says the same merged and unmerged: nothing in them asks what is beside it."""
judged_definitions: st.SearchStrategy[Any] = st.recursive(
    _leaf, lambda inner: _schemas(inner, _exact(inner)), max_leaves=6
)
judged_schemas: st.SearchStrategy[Any] = st.recursive(
    _leaf | st.just({"$ref": "#/$defs/a"}), lambda inner: _schemas(inner, _exact(inner)), max_leaves=8
)
simple_schemas: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries({"type": st.sampled_from(["string", "integer", "boolean"])})
    | st.fixed_dictionaries({"type": st.just("string"), "minLength": _counts, "pattern": st.just("^[ab]+$")})
    | st.fixed_dictionaries(
        {"type": st.just("number"), "minimum": _numbers, "multipleOf": st.sampled_from([1, 2, 0.5])}
    )
    | st.fixed_dictionaries({"enum": st.lists(_scalars, min_size=1, max_size=3)}),
    lambda inner: (
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(_names, inner, max_size=2)},
            optional={
                "required": st.lists(_names, max_size=2, unique=True),
                "additionalProperties": inner,
                "minProperties": _counts,
            },
        )
        | st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"minItems": _counts, "prefixItems": st.just([True])}
        )
        | st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)})
    ),
    max_leaves=6,
)
"""Schemas that something fits, and which a sample need not be lucky to fit."""
