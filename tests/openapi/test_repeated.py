"""Keys that stand twice in JSON: each is told with its place, none that does not is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.openapi.files import join_files
from playground.openapi.parse import read_text
from playground.openapi.problems import MAX_PROBLEMS
from tests.openapi.documents import compiled


def _repeated(text: str) -> list[str]:
    return ["/".join(tokens) for tokens in read_text(text.encode()).repeated]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"a": 1, "b": {"a": 2}}', []),
        ('{"a": 1, "a": 2}', ["a"]),
        ('{"a": 1, "a": 2, "a": 3}', ["a"]),
        ('{"a" : 1,\n"a"\n: 2}', ["a"]),
        ('{"a": 1, "\\u0061": 2}', ["a"]),
        ('{"a": {"b": 1, "c": [0, [], {"d": 1}, {"d": [1, 2], "d": {}}]}}', ["a/c/3/d"]),
        ('{"a": {"x": 1, "x": 2}, "b": {"y": {}, "y": {}}}', ["a/x", "b/y"]),
        # Texts that look like keys, and keys that look like marks.
        ('{"a": ":", "b": "\\":", "c": [":a", "{\\"a\\":1,\\"a\\":2}"], "{": "}", "[,": ",]"}', []),
        ('{"a": ": ,", "a": "\\\\", "b": "\\"a\\":"}', ["a"]),
        ('{"a": " \\": \\" :", "b" : 1}', []),
        ('{"": 1, "": 2}', [""]),
    ],
)
def test_keys_that_stand_twice_are_found_with_their_places(text: str, places: list[str]) -> None:
    assert _repeated(text) == places


VALUES = st.recursive(
    st.sampled_from([0, None, "", ":", '":', "\\", '\\"', "{", ",", "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["", ":", '"', "a", "\\"]), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_nothing_is_found_where_nothing_stands_twice(value: Any, indent: int | None, apart: bool) -> None:
    text = json.dumps(value, indent=indent, separators=(",", " : " if apart else ":"), ensure_ascii=False)
    assert _repeated(text) == []
    # And in the same one twice, everything right below.
    assert set(_repeated(f'{{"a": {text}, "a": {text}}}')) == {"a"}


def test_not_more_are_read_than_are_listed() -> None:
    text = "{" + ",".join(f'"k{number // 2}":1' for number in range(4 * MAX_PROBLEMS)) + "}"
    assert len(_repeated(text)) == MAX_PROBLEMS


def test_each_is_a_problem_in_its_file_too() -> None:
    main = read_text(b'{"openapi": "3.1.0", "paths": {"/a": {"$ref": "a.json"}}, "info": {"title": "A", "title": "B"}}')
    joined = join_files(main.document, {"a.json": b'{"get": {}, "get": {"summary": "s"}}'}.__getitem__, name="m.json")
    found = compiled(joined.document, repeated=(*main.repeated, *joined.repeated))
    assert [(problem.severity, problem.pointer) for problem in found.problems] == [
        ("error", "/info/title"),
        ("error", "a.json#/get"),
    ]
    assert "keep one of them" in found.problems[0].message
    assert found.catalog.provider.title == "B"
    assert found.catalog.operations[0].summary == "s"
