"""Lines of checks are read, and a line that is none is refused with an example."""

from __future__ import annotations

from typing import Any

import pytest

from playground.scenario.checks import MOST_CHECKS, CheckError, read_check, read_checks


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("status == 200", ("status", "==", "", 200)),
        ("Status<300", ("status", "<", "", 300)),
        ("time < 500 ms", ("time", "<", "", 500)),
        ("contract", ("contract", "", "", None)),
        ("header Content-Type contains json", ("header", "contains", "Content-Type", "json")),
        ("header X-Total >= 5", ("header", ">=", "X-Total", 5)),
        ("/id exists", ("pointer", "exists", "/id", None)),
        ('/a b/c == "x"', ("pointer", "==", "/a b/c", "x")),
        ("/name == plain text", ("pointer", "==", "/name", "plain text")),
        ("/name == '5'", ("pointer", "==", "/name", "5")),
        ("body contains ok", ("pointer", "contains", "", "ok")),
        ("$.items[?@.price > 5].id != 3", ("path", "!=", "$.items[?@.price > 5].id", 3)),
        ("$['a == b'] exists", ("path", "exists", "$['a == b']", None)),
        ("/id matches ^cs_[a-z]+$", ("pointer", "matches", "/id", "^cs_[a-z]+$")),
    ],
)
def test_a_line_is_read(line: str, parts: tuple[Any, ...]) -> None:
    check = read_check(line)
    assert (check.subject, check.operator, check.name, check.value) == parts
    assert read_check(check.text) == check


@pytest.mark.parametrize(
    "line",
    ["id exists", "status", "status == ok", "/id", "/id ==", "/id exists 5", "time contains 5", "$.a[", "x" * 600],
)
def test_what_is_no_check_is_refused(line: str) -> None:
    with pytest.raises(CheckError) as raised:
        read_check(line)
    assert str(raised.value).endswith(".") and "\n" not in str(raised.value)


def test_empty_lines_are_left_out_and_their_number_is_bounded() -> None:
    assert read_checks("/id exists\n\n status  ==  200 \n") == ("/id exists", "status == 200")
    with pytest.raises(CheckError):
        read_checks("/id exists\n" * (MOST_CHECKS + 1))
