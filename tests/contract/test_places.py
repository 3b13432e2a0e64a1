"""Where rules stand in documents of either version, and how they are quoted."""

from __future__ import annotations

import pytest

from playground.catalog.model import Operation, Provider
from playground.contract.places import (
    content_place,
    pointer_of,
    response_place,
    rule_place,
    rule_text,
    settled,
)
from playground.contract.validator import Into

OPERATION = Operation(name="a", method="GET", path="/a/{b}")
NEW, OLD = (Provider(name="x", title="X", specification=version) for version in ("3.1.0", "2.0"))


def test_places_are_those_of_the_version() -> None:
    base = response_place(OPERATION, "200")
    assert pointer_of(base) == "/paths/~1a~1{b}/get/responses/200"
    assert content_place(NEW, base, "a/b", "schema")[-3:] == ("content", "a/b", "schema")
    assert content_place(OLD, base, "a/b", "schema")[-2:] == ("200", "schema")


@pytest.mark.parametrize(
    ("path", "provider", "expected"),
    [
        (("properties", "id", "type"), NEW, "/base/properties/id/type"),
        (("items", Into("Pet"), "properties", "id", "type"), NEW, "/components/schemas/Pet/properties/id/type"),
        ((Into("A"), "allOf", 0, Into("B"), "required"), OLD, "/definitions/B/required"),
        ((Into("components/responses/x~1y"), "type"), NEW, "/components/responses/x~1y/type"),
    ],
)
def test_the_last_reference_counts(path: tuple[str | int, ...], provider: Provider, expected: str) -> None:
    assert pointer_of(rule_place(("base",), path, provider)) == expected


def test_references_on_the_way_are_followed() -> None:
    document = {
        "paths": {"/a": {"get": {"responses": {"404": {"$ref": "#/components/responses/Gone"}}}}},
        "components": {"responses": {"Gone": {"content": {"a/b": {"schema": {"type": "string"}}}}}},
    }
    place = "/paths/~1a/get/responses/404/content/a~1b/schema/type"
    assert settled(place, document) == "/components/responses/Gone/content/a~1b/schema/type"
    assert settled("/paths/~1a/get/responses/200", document) == "/paths/~1a/get/responses/200"
    circle = {"a": {"$ref": "#/a"}}
    assert settled("/a/b", circle) == "/a/b"


def test_a_long_rule_is_cut() -> None:
    assert rule_text("maxLength", 3) == '"maxLength": 3'
    assert len(rule_text("enum", ["a" * 50] * 20)) == 160
    assert rule_text("const", object()) == "const"
