"""A schema's cases are written into it, one for each turn."""

from __future__ import annotations

from typing import Any

import pytest

from playground.values.edges import conditional, demands
from playground.values.shapes import Shapes

EITHER: dict[str, Any] = {
    "type": "object",
    "properties": {"mail": {"type": "string"}, "phone": {"type": "string"}},
    "oneOf": [{"required": ["mail"]}, {"required": ["phone"]}],
}


@pytest.mark.parametrize(("turn", "required"), [(0, "mail"), (1, "phone"), (2, "mail")])
def test_each_turn_demands_another_alternative_and_leaves_out_the_others(turn: int, required: str) -> None:
    shape = demands(Shapes({}).of(EITHER), turn)
    assert shape.required == frozenset((required,))
    assert [member.name for member in shape.members] == [required]


def test_a_schema_without_alternatives_stays_as_it_is() -> None:
    shape = Shapes({}).of({"type": "object"})
    assert demands(shape, 0) is shape


@pytest.mark.parametrize(("turn", "least"), [(0, 10), (1, 5)])
def test_each_turn_tries_the_other_case(turn: int, least: int) -> None:
    schema = {
        "type": "integer", "if": {"multipleOf": 2}, "then": {"minimum": 10}, "else": {"minimum": 5},
    }  # fmt: skip
    plain = conditional(Shapes({}).of(schema), turn).plain
    assert plain["minimum"] == least
    assert ("multipleOf" in plain) is (turn == 0)
