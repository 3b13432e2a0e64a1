"""Python literals, read back by Python itself in one process a batch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from playground import jsontext
from playground.snippets.languages.python.literals import Python
from playground.snippets.text import Variable
from playground.text.visible import has_hidden

EVIL = ["'", '"', "\\", "{", "}", "{x}", "\n", "\r", "\t", "\0", "\u202e", "\ud800", "é", "🎉", "'''", '"""']
texts = st.one_of(st.text(), st.lists(st.sampled_from(EVIL)).map("".join))
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False), texts
    ),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)),
    max_leaves=25,
)
in_batches = settings(max_examples=20, deadline=None)
SECRET = "`{os}'\\\""


def _python(expressions: list[str]) -> list[Any]:
    """Evaluate expressions in one process; their `repr` comes back through JSON."""
    script = (
        "import json, os\nprint(json.dumps([\n"
        + "".join(f"ascii({expression}),\n" for expression in expressions)
        + "]))"
    )
    done = subprocess.run(
        [sys.executable, "-"], input=script.encode(), capture_output=True, check=False,
        env={"SECRET": SECRET, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    found: list[Any] = json.loads(done.stdout)
    return found


@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_string_is_the_text(some: list[str]) -> None:
    assert _python([Python().string(text) for text in some]) == [ascii(text) for text in some]


@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_template_is_the_text_around_the_variable(some: list[str]) -> None:
    written = _python([Python().text((text, Variable("SECRET"), text)) for text in some])
    assert written == [ascii(text + SECRET + text) for text in some]


@given(st.lists(st.one_of(st.binary(), st.text().map(str.encode)), min_size=1, max_size=40))
@in_batches
def test_bytes_are_the_bytes(some: list[bytes]) -> None:
    assert _python([Python().bytes_of(data) for data in some]) == [ascii(data) for data in some]


@given(st.lists(values, min_size=1, max_size=20))
@in_batches
def test_literal_is_the_value(some: list[Any]) -> None:
    read = [jsontext.loads(jsontext.dumps(value)) for value in some]
    written = _python([f"json.dumps({Python().value(value)})" for value in read])
    assert written == [ascii(json.dumps(json.loads(json.dumps(value)))) for value in some]


@given(values)
def test_no_hidden_character_is_left(value: Any) -> None:
    assert not has_hidden(Python().value(value), allow="\n")


def test_plain_values_look_plain() -> None:
    assert Python().string("it's") == '"it\'s"'
    assert Python().string('{"a":1}') == "'{\"a\":1}'"
    assert Python().text(("Bearer ", Variable("KEY"))) == "f\"Bearer {os.environ['KEY']}\""
    assert Python().value({"a": [1, None, True], "e": {}}) == '{"a": [1, None, True], "e": {}}'
    assert Python().bytes_of("é".encode()) == '"é".encode()'
