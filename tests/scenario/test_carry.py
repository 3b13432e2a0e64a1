"""Values are taken by JSON Pointer and put where their names stand, without changing what they are."""

from __future__ import annotations

from typing import Any

import pytest

from playground.jsontext import NumberText
from playground.scenario.carry import fill_in, names_before, take
from playground.scenario.model import Scenario, ScenarioError, Step


def scenario(arguments: dict[str, Any]) -> Scenario:
    first = Step(operation="shop/make", take={"id": "/id", "n": "/n"})
    return Scenario(steps=(first, Step(operation="shop/use", arguments=arguments, take={"late": "/x"})))


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("{{id}}", "cs_1"),
        ("{{ id }}", "cs_1"),
        ("a {{id}}, {{n}}", "a cs_1, 7"),
        ("{{n}}", 7),
        (["{{n}}", {"deep": "{{id}}"}], [7, {"deep": "cs_1"}]),
        ("{{other}} stays", "{{other}} stays"),
        ("{{}} {id}", "{{}} {id}"),
        (3, 3),
        (None, None),
    ],
)
def test_a_name_stands_for_its_value(written: Any, filled: Any) -> None:
    step = fill_in(scenario({"a": written}), 1, {"id": "cs_1", "n": 7})
    assert step.arguments == {"a": filled}


def test_a_value_is_not_filled_in_again() -> None:
    assert fill_in(scenario({"a": "{{id}}"}), 1, {"id": "{{n}}", "n": 1}).arguments == {"a": "{{n}}"}


def test_a_value_not_taken_yet_is_named() -> None:
    with pytest.raises(ScenarioError, match=r"Step 2 needs \{\{id\}\}, which has not been taken"):
        fill_in(scenario({"a": "{{id}}"}), 1, {})
    with pytest.raises(ScenarioError, match=r"Step 2 needs \{\{late\}\}, which only a later step takes"):
        fill_in(scenario({"a": "{{late}}"}), 1, {"id": "x"})


def test_the_names_of_earlier_steps_may_be_used() -> None:
    assert names_before(scenario({}), 0) == frozenset()
    assert names_before(scenario({}), 1) == {"id", "n"}


ANSWER = '{"id": "x", "items": [{"a/b": 1.0}, [2]], "m~n": null, "": {"": 5}, "big": 12345678901234567890}'


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/id", "x"),
        ("/items/0/a~1b", NumberText("1.0")),
        ("/items/1/0", 2),
        ("/m~0n", None),
        ("//", 5),
        ("/big", 12345678901234567890),
    ],
)
def test_a_pointer_finds_its_value(pointer: str, value: Any) -> None:
    """RFC 6901, section 5: the tokens of each kind."""
    assert take(Step(operation="a/b", take={"v": pointer}), ANSWER) == {"v": value}


def test_the_empty_pointer_is_the_whole_answer() -> None:
    assert take(Step(operation="a/b", take={"v": ""}), "[1]") == {"v": [1]}


@pytest.mark.parametrize("pointer", ["/none", "/items/2", "/items/00", "/items/-", "/id/x", "/items/a"])
def test_a_pointer_that_finds_nothing_is_named(pointer: str) -> None:
    with pytest.raises(ScenarioError, match=f"nothing at {pointer}, so v cannot"):
        take(Step(operation="a/b", take={"v": pointer}), ANSWER)


def test_an_answer_that_is_no_json_gives_nothing() -> None:
    with pytest.raises(ScenarioError, match="not JSON, so v cannot"):
        take(Step(operation="a/b", take={"v": "/id"}), "<html>")
    assert take(Step(operation="a/b"), "<html>") == {}
