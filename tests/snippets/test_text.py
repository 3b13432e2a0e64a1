from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.snippets.text import Variable, json_text, plain, with_placeholders

values = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(), st.just("@variable0@"), st.just(Variable("KEY"))),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(values)
def test_json_around_variables_is_json_once_they_are_filled_in(value: Any) -> None:
    filled = json.loads(with_placeholders(json_text(value), lambda variable: f"<{variable.name}>"))
    assert filled == _filled(value)


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part) for part in value]
    return f"<{value.name}>" if isinstance(value, Variable) else value


@pytest.mark.parametrize(
    ("name", "safe"),
    [("STRIPE_API_KEY", "STRIPE_API_KEY"), ("google/books key", "GOOGLE_BOOKS_KEY"), ("1x", "_1X"), ("$", "API_KEY")],
)
def test_variable_name_is_one_every_shell_takes(name: str, safe: str) -> None:
    assert Variable.named(name) == Variable(safe)


def test_plain_text_has_no_variable() -> None:
    assert plain(("a", "b")) == "ab"
    assert plain(("a", Variable("B"))) is None
