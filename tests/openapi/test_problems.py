"""Problems are listed once, up to a number, and quote little."""

from __future__ import annotations

import pytest

from playground.openapi.problems import MAX_PROBLEMS, LimitError, Problems, kind_of, quoted


def test_each_problem_is_listed_once_in_order_and_the_rest_is_counted() -> None:
    problems = Problems()
    problems.warn(None, "first")
    problems.error((None, "a/b"), "second")
    problems.warn(None, "first")
    assert [(problem.pointer, problem.severity, problem.message) for problem in problems.listed()] == [
        ("", "warning", "first"),
        ("/a~1b", "error", "second"),
    ]
    for number in range(MAX_PROBLEMS + 5):
        problems.warn(None, str(number))
    listed = problems.listed()
    assert len(listed) == MAX_PROBLEMS + 1
    assert listed[-1].message == "There are 7 more problems that are not listed."


@pytest.mark.parametrize(
    ("value", "text"),
    [("a\n b\tc", '"a b c"'), (1.5, '"1.5"'), ("x" * 80, f'"{"x" * 80}"'), ("x" * 81, f'"{"x" * 80}…"')],
)
def test_a_quotation_is_short_and_on_one_line(value: object, text: str) -> None:
    assert quoted(value) == text


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "true or false"),
        (1, "a number"),
        (0.5, "a number"),
        ("", "text"),
        ([], "a list"),
        ({}, "an object"),
    ],
)
def test_the_types_of_json_have_names(value: object, name: str) -> None:
    assert kind_of(value) == name


def test_an_exceeded_limit_has_its_name() -> None:
    assert LimitError("nodes", "Too many.").limit == "nodes"
