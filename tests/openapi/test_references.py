"""References by name: anchors, addresses of schemas, dynamic references (JSON Schema 2020-12, core 8.2)."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.join_files import join_files
from tests.openapi.documents import compiled, messages, schema_of, with_schema

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def _definition(value: dict[str, Any], schema: Any) -> Any:
    """Return what a schema of references only leads to."""
    definitions: Any = compiled(value).catalog.definitions
    while isinstance(schema, dict) and schema.keys() == {"$ref"}:
        schema = definitions[schema["$ref"].removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")]
    return schema


@pytest.mark.parametrize(
    ("reference", "schemas"),
    [
        ("#name", {"A": {"$anchor": "name", **TEXT}}),
        ("#name", {"A": {"$dynamicAnchor": "name", **TEXT}}),
        ("#name", {"A": {"properties": {"example": {"oneOf": [{"$anchor": "name", **TEXT}]}}}}),
        ("#name", {"A": {"$id": "https://example.com/a", "$defs": {"x y/é%": {"$anchor": "name", **TEXT}}}}),
        ("https://example.com/a", {"A": {"$id": "https://example.com/a", **TEXT}}),
        ("urn:a#name", {"A": {"$id": "urn:a", "$defs": {"B": {"$anchor": "name", **TEXT}}}}),
        ("https://example.com/a#/$defs/B", {"A": {"$id": "https://example.com/a", "$defs": {"B": TEXT}}}),
        ("b", {"A": {"$id": "https://example.com/a", "$defs": {"B": {"$id": "b", **TEXT}}}, "B": {"$id": "b", **TEXT}}),
        ("urn:example:a", {"A": {"$id": "urn:example:a", **TEXT}}),
    ],
)  # fmt: skip
def test_what_a_name_leads_to_is_found(reference: str, schemas: dict[str, Any]) -> None:
    value = with_schema({"$ref": reference}, openapi="3.1.0", **schemas)
    assert _definition(value, schema_of(value)) == TEXT
    assert messages(value) == []


def test_a_name_is_looked_for_in_the_schema_it_stands_in_first() -> None:
    inner = {
        "properties": {"a": {"$ref": "#item"}, "b": {"$ref": "items"}, "c": {"$ref": "#"}, "d": {"$ref": "#/$defs/I"}}
    }
    first: Any = {"$id": "https://example.com/1/", **inner, "$defs": {"I": {"$anchor": "item", "$id": "items", **TEXT}}}
    first["$defs"]["J"] = {"$anchor": "item", **TEXT}
    other: Any = {"$id": "https://example.com/2/", **inner, "$defs": {"I": {"$id": "items", **NUMBER}}}
    other["$defs"]["J"] = {"$anchor": "item", **NUMBER}
    value = with_schema({"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},
                        openapi="3.1.0", A=first, B=other)  # fmt: skip
    assert messages(value) == []
    definitions: Any = compiled(value).catalog.definitions
    for name, kind in (("A", TEXT), ("B", NUMBER)):
        properties = definitions[name]["properties"]
        assert [_definition(value, properties[one]) for one in "abd"] == [kind] * 3
        assert properties["c"] == {"$ref": f"#/$defs/{name}"}


@pytest.mark.parametrize(
    ("reference", "schemas"),
    [
        ("#name", {}),
        ("#name", {"A": {"example": {"$anchor": "name"}, "x-a": {"$anchor": "name"}, "properties": {"$anchor": {}}}}),
        # Two that are meant equally.
        ("#name", {"A": {"$id": "a", "$anchor": "name"}, "B": {"$id": "b", "$anchor": "name"}}),
        ("#", {}),
        ("https://example.com/a", {"A": {"$id": "https://example.com/b"}}),
        ("http://[/", {"A": {"$id": "http://["}}),
        ("a#/$defs/none", {"A": {"$id": "a"}}),
    ],
)
def test_what_no_name_leads_to_is_a_problem(reference: str, schemas: dict[str, Any]) -> None:
    value = with_schema({"$ref": reference}, openapi="3.1.0", **schemas)
    assert schema_of(value) == {}
    (message,) = messages(value)
    assert message.startswith("error /paths/~1a/post/requestBody/content/application~1json/schema/$ref ")


def test_the_documents_own_address_is_the_document() -> None:
    value = with_schema({"$ref": "https://example.com/api.json#/components/schemas/A"}, openapi="3.2.0", A=TEXT)
    value["$self"] = "https://example.com/api.json"
    assert schema_of(value) == {"$ref": "#/$defs/A"}
    value["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "api.json#/info"}
    assert "$ref" in schema_of(value)
    assert messages(value) == []


def test_an_anchor_in_another_file_is_found() -> None:
    files = {
        "s/a b.json": b'{"x": {"$anchor": "name", "properties": {"y": {"$ref": "#other"}}}, "z": {"$anchor": "other"}}'
    }
    value = with_schema({"$ref": "s/a%20b.json#name"}, openapi="3.1.0", A={"$anchor": "other", **TEXT})
    joined = join_files(value, files.__getitem__, name="main.json").document
    assert messages(joined) == []
    assert list(compiled(joined).catalog.definitions) == ["x", "z"]


def test_a_dynamic_reference_without_another_meaning_is_a_reference() -> None:
    tree = {"$dynamicAnchor": "node", "properties": {"children": {"items": {"$dynamicRef": "#node", "title": "child"}}}}
    value = with_schema({"$ref": "#/components/schemas/Tree"}, openapi="3.1.0", Tree=tree)
    assert messages(value) == []
    definition: Any = compiled(value).catalog.definitions["Tree"]
    items = definition["properties"]["children"]["items"]
    assert items == {"$ref": "#/$defs/Tree", "title": "child"}


def test_a_dynamic_reference_means_what_the_outermost_schema_says() -> None:
    page = {
        "$id": "page",
        "$defs": {"item": {"$dynamicAnchor": "item", "not": {}}},
        "properties": {"data": {"items": {"$dynamicRef": "#item"}}, "more": {"$ref": "#/components/schemas/More"}},
    }
    of = {
        name: {"$id": f"pages-of-{name}", "$defs": {"item": {"$dynamicAnchor": "item", **kind}}, "$ref": "page"}
        for name, kind in (("texts", TEXT), ("numbers", NUMBER))
    }
    both = [{"$ref": "pages-of-texts"}, {"$ref": "pages-of-numbers"}]
    value = with_schema({"anyOf": both}, openapi="3.1.0", Page=page, **of, More={"title": "More"})
    assert messages(value) == []
    definitions: Any = compiled(value).catalog.definitions
    for name, kind in (("texts", TEXT), ("numbers", NUMBER)):
        found = _definition(value, {"$ref": f"#/$defs/{name}"})
        assert _definition(value, found["properties"]["data"]["items"]) == kind
    # What does not depend on it is there once.
    assert sum(definition == {"title": "More"} for definition in definitions.values()) == 1


def test_a_dynamic_reference_without_an_anchor_of_its_own_is_a_reference() -> None:
    page = {
        "$id": "page",
        "$defs": {"item": {"$anchor": "item", **NUMBER}},
        "properties": {"data": {"items": {"$dynamicRef": "#item"}}},
    }
    texts = {"$id": "texts", "$defs": {"item": {"$dynamicAnchor": "item", **TEXT}}, "$ref": "page"}
    value = with_schema({"$ref": "texts"}, openapi="3.1.0", Page=page, Texts=texts)
    found = _definition(value, {"$ref": "#/$defs/Texts"})
    assert _definition(value, found["properties"]["data"]["items"]) == NUMBER


def _kind_of_items(schemas: dict[str, Any], start: str) -> Any:
    """Return what the items of a list are that is reached from a schema."""
    value = with_schema({"$ref": f"#/components/schemas/{start}"}, openapi="3.1.0", **schemas)
    assert messages(value) == []
    found = _definition(value, {"$ref": f"#/$defs/{start}"})
    return _definition(value, _definition(value, found.get("then", found))["items"])


LIST = {"$id": "list", "items": {"$dynamicRef": "#item"}, "$defs": {"item": {"$dynamicAnchor": "item"}}}
"""A list whose items are what the schema says that leads to it."""


@pytest.mark.parametrize(
    ("schemas", "kind"),
    [
        # By way of schemas with and without an address that hold neither the anchor nor the reference.
        (
            {
                "Texts": {"$id": "texts", "$ref": "between", "$defs": {"item": {"$dynamicAnchor": "item", **TEXT}}},
                "Between": {"$id": "between", "$ref": "further"},
                "Further": {"$id": "further", "$ref": "#/components/schemas/Plain"},
                "Plain": {"$ref": "list"},
            },
            TEXT,
        ),
        # The outermost of several.
        (
            {
                "Texts": {"$id": "texts", "$ref": "numbers", "$defs": {"item": {"$dynamicAnchor": "item", **TEXT}}},
                "Numbers": {"$id": "numbers", "$ref": "list", "$defs": {"x": {"$dynamicAnchor": "item", **NUMBER}}},
            },
            TEXT,
        ),
        # A schema inside another one is entered with it, and left with it.
        (
            {
                "Texts": {
                    "if": {"$id": "first", "$defs": {"item": {"$dynamicAnchor": "item", **NUMBER}}},
                    "then": {
                        "$id": "second",
                        "$ref": "list",
                        "$defs": {"item": {"$dynamicAnchor": "item", **TEXT}},
                    },
                }
            },
            TEXT,
        ),
        # The document is the outermost schema of all, where it says once what is meant.
        ({"Texts": {"$ref": "list"}, "Item": {"$dynamicAnchor": "item", **TEXT}}, {"$dynamicAnchor": "item", **TEXT}),
    ],
)
def test_a_dynamic_reference_means_the_same_by_longer_ways(schemas: dict[str, Any], kind: dict[str, str]) -> None:
    found = _kind_of_items({**schemas, "List": LIST}, "Texts")
    assert found == {name: value for name, value in kind.items() if name != "$dynamicAnchor"}


@pytest.mark.parametrize("keyword", ["unknown", "x-note", "const", "default", "example"])
def test_a_name_below_what_holds_no_schemas_is_none(keyword: str) -> None:
    inner = {"$id": "https://example.com/a", "$anchor": "b", **NUMBER}
    schemas = {
        "Data": {keyword: [inner]}, "Named": {"not": {keyword: {"of": inner}}},
        "Right": {"$id": "https://example.com/a", "$defs": {"b": {"$anchor": "b", **TEXT}}, **TEXT},
    }  # fmt: skip
    for reference in ("https://example.com/a", "https://example.com/a#b"):
        value = with_schema({"$ref": reference}, openapi="3.1.0", **schemas)
        assert _definition(value, schema_of(value)) == TEXT


def test_a_definition_in_a_schema_knows_the_definitions_beside_it() -> None:
    item = {"type": "array", "items": {"$ref": "#/$defs/part"}}
    schema = {"$defs": {"item": item, "part": TEXT}, "properties": {"a": {"$ref": "#/$defs/item"}}}
    value = with_schema(schema, openapi="3.1.0")
    assert messages(value) == []
    found = _definition(value, schema_of(value)["properties"]["a"])
    assert _definition(value, found["items"]) == TEXT


@pytest.mark.cpu(20)
def test_many_meanings_of_dynamic_references_end() -> None:
    count = 40
    schemas: dict[str, Any] = {"end": {"$id": "end", "anyOf": [{"$dynamicRef": f"#a{step}"} for step in range(count)]}}
    # Two ways at each step, each of which says of one anchor what it means: 2^40 ways in all.
    for step in range(count):
        following = "end" if step == count - 1 else f"s{step + 1}"
        for way in ("x", "y"):
            schemas[f"{way}{step}"] = {
                "$id": f"{way}{step}", "$defs": {"a": {"$dynamicAnchor": f"a{step}", "title": way}},
                "allOf": [{"$ref": following}, {"$dynamicRef": f"#a{step}"}],
            }  # fmt: skip
        schemas[f"s{step}"] = {
            "$id": f"s{step}", "anyOf": [{"$ref": f"x{step}"}, {"$ref": f"y{step}"}, {"$dynamicRef": "#a0"}],
        }  # fmt: skip
    value = with_schema({"$ref": "s0"}, openapi="3.1.0", **schemas)
    assert len(compiled(value).catalog.definitions) < 5000
    assert any("mean more than 2000 different things" in message for message in messages(value))
