"""An independent judge, openapi-core, reads 500 sampled operations' requests back to the values that were put in."""

from __future__ import annotations

import pytest

from playground.request.model import RequestModel
from tests.request.judge import judge, reader_of
from tests.request.judged import DIFFERENT, REASONS
from tests.request.judging import judged
from tests.request.test_style_tables import SCHEMAS, TABLE, VALUES, entry_for
from tests.support.needs import SPECS

PER_DOCUMENT, LARGEST = 12, 3_000_000


@pytest.mark.slow
@pytest.mark.long
def test_the_judge_reads_what_was_put_in_or_the_list_says_who_is_right() -> None:
    if not SPECS.is_dir():
        pytest.skip("the real descriptions are not beside this checkout")
    different: set[str] = set()
    asked = 0
    known = {operation: reason for reason, operations in DIFFERENT.items() for operation in operations}
    reasons: dict[str, str] = {}
    for document, key, found, reason in judged(PER_DOCUMENT, LARGEST):
        asked += 1
        if found:
            different.add(f"{document} {key}")
            reasons[f"{document} {key}"] = reason
    assert asked >= 500
    # The bench, which judges more of them, finds the reasons by itself.
    assert {operation: reason for operation, reason in reasons.items() if known.get(operation) != reason} == {}
    assert different == {operation for operations in DIFFERENT.values() for operation in operations}


def test_each_difference_has_a_reason_that_says_who_is_right() -> None:
    assert DIFFERENT.keys() <= REASONS.keys()
    listed = [operation for operations in DIFFERENT.values() for operation in operations]
    assert len(listed) == len(set(listed))


def test_the_judge_can_tell_right_from_wrong() -> None:
    """It finds what it is asked about, and a value that is not the one in the bytes is a difference."""
    entry = entry_for("3.1.1", "query", SCHEMAS["array"], style="form", explode=True)
    document = {
        "openapi": "3.1.1", "info": {"title": "t", "version": "1"},
        "paths": {"/c": {"get": {
            "parameters": [{"name": "color", "in": "query", "schema": SCHEMAS["array"], "explode": True}],
            "responses": {"200": {"description": "ok"}},
        }}},
    }  # fmt: skip
    reader = reader_of(document, "https://x.test")
    right = RequestModel(parameters={"query": {"color": ["a,b", "c d", "é&="]}})
    assert judge(reader, entry, right) == ()
    document["paths"]["/c"]["get"]["parameters"][0]["explode"] = False  # type: ignore[index]
    assert judge(reader_of(document, "https://x.test"), entry, right) != ()


@pytest.mark.parametrize(
    ("location", "style", "explode", "shape"),
    [
        (location, style, explode, shape)
        for location, style, explode, row in TABLE
        for shape, expected in zip(VALUES, row, strict=True)
        if expected is not None and shape != "empty" and location in ("query", "header", "cookie")
        and not (explode and shape == "object" and style == "form") and not (location == "cookie" and shape != "string")
        and style != "spaceDelimited"
    ],
)  # fmt: skip
def test_the_judge_reads_the_style_tables_too(location: str, style: str, explode: bool, shape: str) -> None:
    """What it cannot read: exploded objects by name, lists in one Cookie field, blanks that were decoded before."""
    parameter = {"name": "color", "in": location, "schema": SCHEMAS[shape], "style": style, "explode": explode}
    document = {
        "openapi": "3.1.1", "info": {"title": "t", "version": "1"},
        "paths": {"/c": {"get": {"parameters": [parameter], "responses": {"200": {"description": "ok"}}}}},
    }  # fmt: skip
    entry = entry_for("3.1.1", location, SCHEMAS[shape], style=style, explode=explode)
    model = RequestModel(parameters={location: {"color": VALUES[shape]}})  # type: ignore[dict-item]
    assert judge(reader_of(document, "https://x.test"), entry, model) == ()
