"""JSON text keeps the spelling of numbers and the order of members."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import jsontext

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "text",
    [
        "1.0",
        "1E5",
        "0.10",
        "-0",
        "12345678901234567890",
        "1e400",
        '{"b":1,"a":[1.50,{}]}',
        '"\\ud800"',
        "[]",
        "9" * 5000,
    ],
)
def test_what_is_read_is_written_as_it_was(text: str) -> None:
    assert jsontext.dumps(jsontext.loads(text)) == text


@given(VALUES)
def test_written_text_means_what_json_means(value: Any) -> None:
    assert json.loads(jsontext.dumps(value)) == value
    assert json.loads(jsontext.dumps(value, indent=2)) == value


def test_indented_text_is_readable() -> None:
    assert jsontext.dumps({"a": [1, {}], "b": []}, indent=2) == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'


@pytest.mark.parametrize("text", ["", "{", "[1,]", "NaN", "{'a':1}", "Infinity", "[" * 100_000])
def test_what_is_not_json_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(jsontext.JSONTextError, match=r"^This is not valid JSON: .*\(line \d+, column \d+\)\.$"):
        jsontext.loads(text)


def test_numbers_of_one_value_and_two_spellings_are_told_apart() -> None:
    assert jsontext.loads("1.0") != jsontext.loads("1.00")
    assert jsontext.loads("1.0") == 1.0
    assert repr(jsontext.loads("1.0")) == "NumberText('1.0')"


@pytest.mark.parametrize(
    "text", ["1", '{"a": [1.0, -0, 1e400, "x\\u0000"]}', "[" * 100 + "]" * 100, '{"a": 1, "a": 2}', "1" * 5000]
)
def test_what_is_json_is_told_without_reading_it(text: str) -> None:
    assert jsontext.is_valid(text)
    jsontext.loads(text)


@pytest.mark.parametrize("text", ["", "{", "NaN", "Infinity", "[1,]", "01", "'a'", "[" * 100_000])
def test_what_is_not_json_is_told_too(text: str) -> None:
    assert not jsontext.is_valid(text)
