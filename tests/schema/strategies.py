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
