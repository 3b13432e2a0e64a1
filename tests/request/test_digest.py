"""A link's digest changes with what the operation takes, also in what its body refers to, and not with words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.request.fingerprint import definition_digest
from tests.request.entries import at, make_entry

BODY: dict[str, Any] = {"$ref": "#/$defs/Body"}
DEFINITIONS: dict[str, Any] = {
    "Body": {"type": "object", "properties": {"size": {"$ref": "#/$defs/Size"}, "self": {"$ref": "#/$defs/Body"}}},
    "Size": {"type": "integer", "description": "How large"},
}
ENTRY = make_entry(
    parameters=(at("query", "limit", {"type": "integer"}),), media={"application/json": BODY}, definitions=DEFINITIONS
)
BEFORE = definition_digest(ENTRY)


def test_it_is_eight_hex_digits_and_the_same_each_time() -> None:
    assert len(BEFORE) == 8
    assert int(BEFORE, 16) >= 0
    assert definition_digest(ENTRY) == BEFORE


@pytest.mark.parametrize(
    "definitions",
    [
        {**DEFINITIONS, "Size": {"type": "string"}},
        {**DEFINITIONS, "Body": {**DEFINITIONS["Body"], "required": ["size"]}},
    ],
)
def test_it_changes_with_what_is_referred_to(definitions: dict[str, Any]) -> None:
    assert definition_digest(replace(ENTRY, definitions=definitions)) != BEFORE


def test_it_changes_with_parameters_path_and_method() -> None:
    operation = ENTRY.operation
    for changed in (
        replace(operation, parameters=(at("query", "limit", {"type": "string"}),)),
        replace(operation, parameters=()),
        replace(operation, path="/other"),
        replace(operation, method="PUT"),
        replace(operation, request_body=None),
    ):
        assert definition_digest(replace(ENTRY, operation=changed)) != BEFORE


def test_words_do_not_count_but_a_property_called_description_does() -> None:
    size = {"type": "integer", "description": "Other words", "example": 3}
    assert definition_digest(replace(ENTRY, definitions={**DEFINITIONS, "Size": size})) == BEFORE
    body = {
        **DEFINITIONS["Body"],
        "properties": {**DEFINITIONS["Body"]["properties"], "description": {"type": "string"}},
    }
    assert definition_digest(replace(ENTRY, definitions={**DEFINITIONS, "Body": body})) != BEFORE


def test_a_hostile_depth_has_a_digest_too() -> None:
    schema: dict[str, Any] = {}
    for _ in range(5000):
        schema = {"items": schema}
    assert len(definition_digest(make_entry(media={"application/json": schema}))) == 8
