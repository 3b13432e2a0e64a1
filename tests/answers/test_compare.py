from __future__ import annotations

import pytest

from playground.answers.compare import Comparison, compare
from tests.support.views import body


def compared(before: str, after: str, **options: object) -> Comparison:
    return compare(body(before.encode(), "application/json"), body(after.encode(), "application/json"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ('{"a":1}', '{"a":1}', []),
        ('{"a":1,"b":2}', '{"b":2,"a":1}', []),
        ('{"a":1}', '{"a":2}', [("changed", "/a", "1", "2")]),
        ('{"a":null}', "{}", [("removed", "/a", "null", "")]),
        ("{}", '{"x/y":[1]}', [("added", "/x~1y", "", "[1]")]),
        ("[1,2,3]", "[1,3]", [("removed", "/1", "2", "")]),
        (
            '[{"id":1,"v":1},{"id":2,"v":1}]',
            '[{"id":2,"v":2},{"id":1,"v":1}]',
            [("moved", "/0", "/1", ""), ("changed", "/0/v", "1", "2")],
        ),
        ('[{"id":1},{"id":2},{"id":3}]', '[{"id":3},{"id":1},{"id":2}]', [("moved", "/0", "/2", "")]),
        ('[{"id":1},{"id":2},{"id":3}]', '[{"id":2},{"id":3}]', [("removed", "/0", '{"id":1}', "")]),
        ('{"a":true}', '{"a":1}', [("changed", "/a", "true", "1")]),
        ('{"a":1.0}', '{"a":1.00}', [("changed", "/a", "1.0", "1.00")]),
    ],
)
def test_json_is_compared_node_by_node(before: str, after: str, changes: list[tuple[str, str, str, str]]) -> None:
    found = [(change.kind, change.pointer, change.before, change.after) for change in compared(before, after).changes]
    assert found == changes


def test_order_and_volatile_fields_are_left_out_on_request() -> None:
    assert compared("[1,2,3]", "[3,1,2]", ordered=False).is_same
    assert compared('[{"id":1},{"id":2}]', '[{"id":2},{"id":1}]', ordered=False).is_same
    assert compared('[{"id":1},{"id":2}]', '[{"id":2},{"id":1}]', ignored=frozenset({"/*"})).is_same
    before, after = '{"d":[{"t":1,"v":1},{"t":2,"v":2}]}', '{"d":[{"t":8,"v":1},{"t":9,"v":3}]}'
    assert [change.pointer for change in compared(before, after, ignored=frozenset({"/d/*/t"})).changes] == ["/d/1/v"]


def test_other_texts_are_compared_line_by_line() -> None:
    comparison = compare(body(b"a\nb\nc\n", "text/plain"), body(b"a\nB\nc\n", "text/plain"))
    assert not comparison.structural
    assert [line for line in comparison.lines if line[0] in "+-"] == ["-b", "+B"]


def test_the_list_of_changes_ends() -> None:
    before, after = str(list(range(3000))), str([-number - 1 for number in range(3000)])
    comparison = compared(before, after)
    assert (len(comparison.changes), comparison.cut) == (1000, True)
