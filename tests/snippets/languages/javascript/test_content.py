"""What `JSON.stringify` writes is foretold as Node does it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playground import jsontext
from playground.jsontext import NumberText
from playground.snippets.languages.javascript.content import number_as_written, stringify
from playground.snippets.languages.javascript.literals import JavaScript
from playground.snippets.notes import changed_numbers
from tests.support.snippets.node import evaluate, in_batches, needs_node, numbers, values


@needs_node
@given(st.lists(values, min_size=1, max_size=20))
@in_batches
def test_stringify_foretells_what_node_writes(given_values: list[Any]) -> None:
    written = evaluate([f"JSON.stringify({JavaScript().value(value)})" for value in given_values])
    for value, text in zip(given_values, written, strict=True):
        if stringify(value) != jsontext.dumps(value):
            continue  # not used as a literal then
        assert text == jsontext.dumps(value)


@needs_node
@given(st.lists(numbers, min_size=1, max_size=60))
@in_batches
def test_numbers_are_foretold_as_node_writes_them(given_numbers: list[Any]) -> None:
    written = evaluate([f"JSON.stringify({jsontext.dumps(number)})" for number in given_numbers])
    assert written == [number_as_written(number) for number in given_numbers]


def test_numbers_that_javascript_changes_are_named() -> None:
    value = {"a": 2**53 + 1, "b": NumberText("1.0"), "c": [NumberText("1E5"), 5, 0.5]}
    assert changed_numbers(value, number_as_written) == ("9007199254740993", "1.0", "1E5")
