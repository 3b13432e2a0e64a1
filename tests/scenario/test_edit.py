"""What a person types about a scenario is taken over, or refused with the step's number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.jsontext import NumberText
from playground.scenario.edit import EditedScenario, EditedStep, add_step, edit, move_step, remove_step
from playground.scenario.model import Scenario, ScenarioError, Step

STEPS = tuple(Step(operation=f"shop/{name}", title=name) for name in ("a", "b", "c"))
SCENARIO = Scenario(title="T", steps=STEPS)
TYPED = EditedStep(title="A", note="N", arguments='{"x": 1.0}', take="id = /id", expect="200, 404", check="/id exists")


def test_what_is_typed_is_taken_over() -> None:
    one = Scenario(steps=STEPS[:1])
    edited = edit(one, EditedScenario(title=" New ", note="M", steps=(TYPED,)))
    assert (edited.title, edited.note) == ("New", "M")
    assert edited.steps[0].operation == "shop/a"
    assert edited.steps[0].take == {"id": "/id"}
    assert edited.steps[0].expect == (200, 404)
    assert edited.steps[0].arguments == {"x": NumberText("1.0")}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"arguments": "{"}, "Step 1: Arguments: This is not valid JSON"),
        ({"arguments": "[]"}, "Step 1: Arguments: write a JSON object"),
        ({"take": "id"}, "Step 1: “id” names no value"),
        ({"expect": "ok"}, "Step 1: Expected status"),
        ({"expect": "20"}, "Step 1: Expected status"),
        ({"title": "x" * 201}, "/steps/0/title must be a text of at most 200"),
        ({"expect": "999"}, "/steps/0/expect"),
    ],
)
def test_a_mistake_names_its_step(changes: dict[str, str], said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        edit(Scenario(steps=STEPS[:1]), EditedScenario(title="", note="", steps=(replace(TYPED, **changes),)))
    assert said in str(error.value)


def test_steps_move_within_their_bounds() -> None:
    def order(scenario: Scenario) -> str:
        return "".join(step.title for step in scenario.steps)

    assert order(move_step(SCENARIO, 0, 1)) == "bac"
    assert order(move_step(SCENARIO, 2, -1)) == "acb"
    assert order(move_step(SCENARIO, 0, -1)) == "abc"
    assert order(move_step(SCENARIO, 2, 1)) == "abc"
    assert order(remove_step(SCENARIO, 1)) == "ac"


def test_there_is_a_last_step() -> None:
    full = Scenario(steps=STEPS[:1] * 100)
    with pytest.raises(ScenarioError, match="at most 100"):
        add_step(full, STEPS[1])
    assert add_step(SCENARIO, STEPS[0]).steps[-1] == STEPS[0]
