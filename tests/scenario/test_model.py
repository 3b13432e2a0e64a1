"""A scenario's file is read and written without loss, and what is wrong in it is named with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.jsontext import NumberText
from playground.scenario.model import (
    EditedScenario,
    EditedStep,
    Scenario,
    ScenarioError,
    Step,
    add_step,
    edit,
    move_step,
    read_names,
    read_scenario,
    remove_step,
    write_names,
    write_scenario,
)


def text_of(**changes: Any) -> str:
    return json.dumps({"playground": "scenario", "version": 1, "title": "T", "steps": [], **changes})


def step(**changes: Any) -> str:
    return text_of(steps=[{"operation": "shop/ping", **changes}])


def test_a_file_written_by_hand_is_read() -> None:
    scenario = read_scenario(
        """{"playground": "scenario", "version": 1, "title": "Refund", "note": "For *Ada*.", "steps": [
        {"operation": "google/books/volumes.list", "arguments": {"q": "x", "max": 1.0}, "take": {"id": "/items/0/id"},
         "server": "sandbox", "media_type": "text/plain", "expect": 404}]}"""
    )
    assert scenario.title == "Refund"
    assert scenario.steps == (
        Step(
            operation="google/books/volumes.list",
            arguments={"q": "x", "max": NumberText("1.0")},
            take={"id": "/items/0/id"},
            server="sandbox",
            media_type="text/plain",
            expect=(404,),
        ),
    )
    assert (scenario.steps[0].provider, scenario.steps[0].name) == ("google/books", "volumes.list")


names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,9}", fullmatch=True)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
steps = st.builds(
    Step,
    operation=st.just("shop/ping"),
    title=st.text(max_size=20),
    note=st.text(max_size=20),
    arguments=st.dictionaries(st.text(max_size=6), values, max_size=3),
    server=st.none() | st.text(min_size=1, max_size=10),
    media_type=st.none() | st.text(min_size=1, max_size=10),
    take=st.dictionaries(names, st.text(max_size=6).map(lambda text: f"/{text}"), max_size=3),
    expect=st.lists(st.integers(100, 599), max_size=3).map(tuple),
)


@given(
    st.builds(
        Scenario, title=st.text(max_size=20), note=st.text(max_size=20), steps=st.lists(steps, max_size=3).map(tuple)
    )
)
def test_what_is_written_is_read_again(scenario: Scenario) -> None:
    assert read_scenario(write_scenario(scenario)) == scenario


def test_numbers_keep_their_spelling() -> None:
    arguments = '{"n": 1.50, "m": 12345678901234567890}'
    text = f'{{"playground":"scenario","version":1,"steps":[{{"operation":"a/b","arguments":{arguments}}}]}}'
    assert '"n": 1.50' in write_scenario(read_scenario(text))
    assert "12345678901234567890" in write_scenario(read_scenario(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", '{"playground": "scenario"'),
        ("{}", '{"playground": "scenario"'),
        (text_of(version=2), "version must be 1"),
        (text_of(stesp=[]), "/stesp is not part of a scenario"),
        (text_of(steps={}), "/steps must be a list"),
        (text_of(steps=[1] * 101), "at most 100"),
        (text_of(title=4), "/title must be a text"),
        (text_of(title="x" * 201), "at most 200 characters"),
        (text_of(steps=["shop/ping"]), "/steps/0 must be an object"),
        (text_of(steps=[{}]), "/steps/0/operation must be"),
        (step(operation="ping"), "/steps/0/operation must be"),
        (step(credential={}), "/steps/0/credential is not part"),
        (step(arguments=[]), "/steps/0/arguments must be an object"),
        (step(take={"a b": "/x"}), "“a b” is no name"),
        (step(take={"a": "x"}), "a needs a JSON Pointer"),
        (step(take={"a": 1}), "/steps/0/take must be"),
        (step(take={f"n{number}": "/x" for number in range(21)}), "at most 20 names"),
        (step(expect=99), "/steps/0/expect"),
        (step(expect=True), "/steps/0/expect"),
        (step(expect=["200"]), "/steps/0/expect"),
        (" " * 400_001, "longer than 400,000"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        read_scenario(text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_answer_is_expected_or_not() -> None:
    assert Step(operation="a/b").expects(204)
    assert not Step(operation="a/b").expects(302)
    assert Step(operation="a/b", expect=(404, 409)).expects(409)
    assert not Step(operation="a/b", expect=(404, 409)).expects(200)


def test_what_to_take_is_written_a_line_each() -> None:
    assert read_names("customer = /id\n\n all=\nfirst = /data/0/id = x") == {
        "customer": "/id",
        "all": "",
        "first": "/data/0/id = x",
    }
    assert read_names(write_names({"a": "/b", "c": "/d e"})) == {"a": "/b", "c": "/d e"}
    with pytest.raises(ScenarioError, match="customer /id"):
        read_names("customer /id")


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
