"""JavaScript literals, read back by Node."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import jsontext
from playground.jsontext import NumberText
from playground.snippets.languages.javascript import literals as js
from playground.snippets.languages.javascript import stringify as js_json
from playground.snippets.notes import changed_numbers
from playground.snippets.text import Variable
from playground.text.visible import has_hidden
from tests.support.needs import needs

needs_node = needs("node")
EVIL = ["'", '"', "\\", "`", "${", "</script>", "<!--", "\u2028", "\n", "\r", "__proto__", "constructor", "\ud800", "1"]
texts = st.one_of(st.text(), st.lists(st.sampled_from(EVIL)).map("".join))
numbers = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True).map(NumberText),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)),
    max_leaves=25,
)
in_batches = settings(max_examples=25, deadline=None)


def _node(expressions: list[str], environment: dict[str, str] | None = None) -> list[Any]:
    """Evaluate expressions in one process; each gives text, whose UTF-16 code units come back."""
    script = "const units = (text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));\n"
    script += (
        "console.log(JSON.stringify([\n" + "".join(f"units({expression}),\n" for expression in expressions) + "]));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script.encode(), capture_output=True, timeout=60, check=False,
        env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return [
        b"".join(unit.to_bytes(2, "big") for unit in load).decode("utf-16-be", "surrogatepass")
        for load in json.loads(done.stdout)
    ]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "surrogatepass")


@needs_node
@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_string_is_the_text(given_texts: list[str]) -> None:
    assert _node([js.string(text) for text in given_texts]) == [_utf16(text) for text in given_texts]


@needs_node
@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_template_is_the_text_around_the_variable(given_texts: list[str]) -> None:
    secret = "`${process.exit(3)}'\\"
    written = [js.JavaScript().text((text, Variable("SECRET"), text)) for text in given_texts]
    expected = [_utf16(text) + secret + _utf16(text) for text in given_texts]
    assert _node(written, {"SECRET": secret, "PATH": "/usr/local/bin:/usr/bin:/bin"}) == expected


@needs_node
@given(st.lists(values, min_size=1, max_size=20))
@in_batches
def test_stringify_foretells_what_node_writes(given_values: list[Any]) -> None:
    written = _node([f"JSON.stringify({js.JavaScript().value(value)})" for value in given_values])
    for value, text in zip(given_values, written, strict=True):
        if js_json.stringify(value) != jsontext.dumps(value):
            continue  # not used as a literal then
        assert text == jsontext.dumps(value)


@needs_node
@given(st.lists(numbers, min_size=1, max_size=60))
@in_batches
def test_numbers_are_foretold_as_node_writes_them(given_numbers: list[Any]) -> None:
    written = _node([f"JSON.stringify({jsontext.dumps(number)})" for number in given_numbers])
    assert written == [js_json.number_as_written(number) for number in given_numbers]


@needs_node
@given(st.lists(st.binary(), min_size=1, max_size=40))
@in_batches
def test_bytes_are_the_bytes(datas: list[bytes]) -> None:
    written = _node([f"{js.JavaScript().bytes_of(data)}.toString('hex')" for data in datas])
    assert written == [data.hex() for data in datas]


@given(values)
def test_literal_holds_no_hidden_character_and_no_markup(value: Any) -> None:
    text = js.JavaScript().value(value)
    assert not has_hidden(text, allow="\n")
    assert "</script" not in text.lower()
    assert "<!--" not in text


@given(values)
def test_lines_end_with_commas_inside_long_literals(value: Any) -> None:
    lines = js.JavaScript().value(value).split("\n")
    assert all(line[-1] in ",{[" for line in lines[:-1])


@pytest.mark.parametrize(
    ("name", "written"),
    [("listForUser", ".listForUser"), ("2nd", "['2nd']"), ("a-b", "['a-b']"), ("delete", ".delete")],
)
def test_member_is_a_dot_where_it_can_be(name: str, written: str) -> None:
    assert js.member(name) == written


@pytest.mark.parametrize(
    ("name", "variable"),
    [("stripe", "stripe"), ("google/books", "google_books"), ("1forge", "_1forge"), ("new", "_new"), ("é", "_")],
)
def test_identifier_is_one(name: str, variable: str) -> None:
    assert js.identifier(name) == variable


def test_short_objects_stay_on_one_line_and_long_ones_open() -> None:
    assert js.JavaScript().value({"a": 1, "b-c": ["x"], "e": {}}) == "{ a: 1, 'b-c': ['x'], e: {} }"
    assert js.JavaScript().value({"a": "x" * 40, "b": "y" * 40}) == f"{{\n  a: '{'x' * 40}',\n  b: '{'y' * 40}',\n}}"


def test_prototype_key_is_an_own_property() -> None:
    assert js.key("__proto__") == "['__proto__']"


def test_numbers_that_javascript_changes_are_named() -> None:
    value = {"a": 2**53 + 1, "b": NumberText("1.0"), "c": [NumberText("1E5"), 5, 0.5]}
    assert changed_numbers(value, js_json.number_as_written) == ("9007199254740993", "1.0", "1E5")
