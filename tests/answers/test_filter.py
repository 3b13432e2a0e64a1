from __future__ import annotations

import pytest

from playground.answers import filter as filters
from tests.support.views import body

ANSWER = body(b'{"data":[{"id":"a","n":1.50},{"id":"b","n":12345678901234567890},{"id":"c"}]}', "application/json")


@pytest.mark.parametrize(
    ("expression", "text", "count"),
    [
        ("$.data[*].id", '["a",\n"b",\n"c"]', 3),
        ("$.data[?@.n > 2].id", '["b"]', 1),
        ("$.data[0:2].n", "[1.50,\n12345678901234567890]", 2),
        ("$.nothing", "[]", 0),
        ("data[?n > `2`].id", '["b"]', None),
        ("length(data)", "3", None),
    ],
)
def test_a_filter_selects_and_keeps_spellings(expression: str, text: str, count: int | None) -> None:
    filtered = filters.apply(ANSWER, expression)
    assert (filtered.text, filtered.count) == (text, count)


@pytest.mark.parametrize("expression", ["$[", "$.data[?", "data[", "no_such_function(data)", "$" * 5000])
def test_what_cannot_be_read_is_one_sentence(expression: str) -> None:
    with pytest.raises(filters.FilterError, match="filter"):
        filters.apply(ANSWER, expression)


def test_only_json_is_filtered() -> None:
    with pytest.raises(filters.FilterError, match="Only a whole JSON answer"):
        filters.apply(body(b"\0\1", "application/json"), "$.a")


def test_too_much_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "SECONDS", 1)
    deep = body(b"[" + b",".join([b"[[[[1]]]]"] * 200_000) + b"]", "application/json")
    with pytest.raises(filters.FilterError, match="more time or memory"):
        filters.apply(deep, "$..*..*..*")
