from __future__ import annotations

import json
import re
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.openapi.problems import DEFAULT_LIMITS, DocumentError
from playground.openapi.yaml import read_scalar, read_yaml

PLAIN = st.text(alphabet="0123456789+-.eExXoOabfnulNULtrueTRUEyYsS~_:", min_size=1, max_size=12)


def read(text: str) -> Any:
    return read_yaml(text.encode(), DEFAULT_LIMITS)


def core_schema(text: str) -> Any:
    """YAML 1.2.2 section 10.3.2, written down a second time; what JSON lacks stays text."""
    if re.fullmatch(r"null|Null|NULL|~|", text):
        return None
    if re.fullmatch(r"true|True|TRUE", text):
        return True
    if re.fullmatch(r"false|False|FALSE", text):
        return False
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+", text):
        return int(text, 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return int(text, 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text) and float(text) not in (
        float("inf"),
        float("-inf"),
    ):
        return float(text)
    return text


@given(PLAIN)
def test_plain_scalars_follow_the_core_schema(text: str) -> None:
    expected = core_schema(text)
    assert read_scalar(text) == expected
    assert type(read_scalar(text)) is type(expected)


@given(st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none())
def test_json_scalars_keep_their_value(value: Any) -> None:
    assert read(f"a: {json.dumps(value)}")["a"] == value


@given(st.integers())
def test_an_integer_is_what_the_json_parser_makes_of_it(value: int) -> None:
    text = json.dumps(value)  # beyond 64 bits both give a float
    assert repr(read(f"a: {text}")["a"]) == repr(orjson.loads(text))


@pytest.mark.parametrize("value", [-(2**63) - 1, -(2**63), 2**64 - 1, 2**64])
def test_the_integers_around_64_bits_are_read_alike(value: int) -> None:
    assert repr(read(f"a: {value}")["a"]) == repr(orjson.loads(str(value)))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
KEYS = st.text("abc<~ é", max_size=5)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=15,
)


@given(JSON_VALUES)
def test_json_is_yaml(value: Any) -> None:
    assert read(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("012", 12), ("0o14", 12), ("0x1F", 31), ("1:30", "1:30"),
        ("1_000", "1_000"), ("2024-01-01", "2024-01-01"), ("1.", 1.0), (".5", 0.5), ("+1", 1), ("1e3", 1000.0),
        (".inf", ".inf"), (".nan", ".nan"), ("1e999", "1e999"), ("~", None), ("", None), ("NULL", None),
        ("nULL", "nULL"), ("TRUE", True), ("tRUE", "tRUE"), ("'1'", "1"), ('"true"', "true"), ("''", ""), ("=", "="),
        ("-", None), ("9" * 5000, "9" * 5000),
    ],
)  # fmt: skip
def test_words_of_yaml_1_1_are_text(written: str, value: Any) -> None:
    got = read(f"a: {written}" if written != "-" else "a:")["a"]
    assert got == value
    assert type(got) is type(value)


def test_versions_that_look_like_numbers_stay_as_written() -> None:
    assert read("openapi: 3.10\ninfo: {version: 1.10, x: 1.10}\na: {b: {version: 1.10}}") == {
        "openapi": "3.10",
        "info": {"version": "1.10", "x": 1.1},
        "a": {"b": {"version": 1.1}},
    }


def test_keys_are_always_text() -> None:
    assert list(read("200: a\non: b\n1.0: c\n~: d\ntrue: e\n'': f")) == ["200", "on", "1.0", "~", "true", ""]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\na: 2", r'"a" stands twice in one mapping: keep one of them \(line 2, column 1\)'),
        ("a: 1\n'a': 2", '"a" stands twice'),
        ("a: !!python/object/apply:os.system [x]", "tag .* is not supported"),
        ("a: !local x", "tag .* is not supported"),
        ("!!str a: x", "tag .* is not supported"),
        ("a: !!map {}", "tag .* is not supported"),
        ("a: 1\n---\nb: 2", "a second document starts"),
        ("? [a]\n: b", "a key must be plain text"),
        ("? {a: 1}\n: b", "a key must be plain text"),
        ("a: &a [1]\n*a : 2", "a key must be plain text"),
        ("a: &a [*a]", "stands inside what it repeats"),
        ("a: *b", "has no anchor"),
        ("<<: 1", "merge key"),
        ("<<: [1]", "merge key"),
        ("<<: {a: 1}\n<<: {b: 1}", "stands twice"),
    ],
)
def test_what_yaml_allows_and_a_description_does_not_need_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(text)


def test_merge_keys_keep_own_keys_and_the_earlier_mapping() -> None:
    text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {c: 3, <<: [*x, *y], d: 4}\nw: {<<: *x, a: 0}"
    tree = read(text)
    assert tree["z"] == {"a": 1, "b": 1, "c": 3, "d": 4}
    assert tree["w"] == {"a": 0, "b": 1}
    assert tree["x"] == {"a": 1, "b": 1}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read('{"<<": 1}') == {"<<": 1}


def test_aliases_repeat_scalars_keys_and_containers() -> None:
    assert read("a: &k key\nb: {*k : 1}\nc: [*k]\nd: &d {x: 1}\ne: *d") == {
        "a": "key",
        "b": {"key": 1},
        "c": ["key"],
        "d": {"x": 1},
        "e": {"x": 1},
    }


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        read_yaml(data, DEFAULT_LIMITS)
    except DocumentError as error:
        assert "\n" not in str(error)
