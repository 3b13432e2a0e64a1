"""Schemas inside schemas: what is said where a whole one does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.keywords.logic import only_demands, rules_out_everything
from playground.schema.validate import own_violations

CARD_OR_IBAN = [{"required": ["card"]}, {"required": ["iban", "holder"]}]


@pytest.mark.parametrize(
    ("value", "schema", "found"),
    [
        ({}, {"anyOf": CARD_OR_IBAN}, [((), "One of these is required: card / iban, holder.")]),
        ({}, {"oneOf": CARD_OR_IBAN}, [((), "One of these is required: card / iban, holder.")]),
        (
            {"card": 1, "iban": 1, "holder": 1},
            {"oneOf": CARD_OR_IBAN},
            [((), "Only one of these is allowed at a time: card / iban, holder.")],
        ),
        ({"card": 1, "iban": 1, "holder": 1}, {"anyOf": CARD_OR_IBAN}, []),
        ({"a": 1}, {"not": {"required": ["a"]}}, [((), "This is what the description rules out.")]),
        ("x", {"not": {}}, [((), "The description allows nothing here.")]),
        (5, {"if": {"minimum": 3}, "then": {"maximum": 4}}, [((), "This is outside the limits: at most 4.")]),
        (2, {"if": {"minimum": 3}, "then": {"maximum": 4}, "else": {"maximum": 1}},
         [((), "This is outside the limits: at most 1.")]),
        ({}, {"if": {"required": ["a"]}, "then": {"required": ["b"]}}, []),
    ],
)  # fmt: skip
def test_a_value_is_told_which_schema_it_misses(value: Any, schema: dict[str, Any], found: list[Any]) -> None:
    assert [(violation.at, violation.message) for violation in own_violations(value, schema, {})] == found


def test_branches_that_only_demand_are_no_forms_of_their_own() -> None:
    assert only_demands((*CARD_OR_IBAN, {"not": {"required": ["x"]}, "title": "neither"}, True))
    assert not only_demands((*CARD_OR_IBAN, {"properties": {}}))
    assert rules_out_everything({"not": {}})
    assert rules_out_everything({"not": True})
    assert not rules_out_everything({"not": {"type": "string"}})
