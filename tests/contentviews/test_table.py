from __future__ import annotations

import json

import pytest

from playground.contentviews.table import SLICE, csv_text, whole_table
from playground.contentviews.view import Table, Window
from tests.support.views import body, shown


def table(data: bytes, media_type: str, window: Window | None = None) -> Table:
    content = shown(data, media_type, "table", window=window).content
    assert isinstance(content, Table)
    return content


def rows(shown_table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in shown_table.rows]


def test_a_list_of_objects_is_rows_of_all_their_members() -> None:
    made = table(b'{"has_more":false,"data":[{"a":3,"b":"x"},{"a":2},{"a":10,"c":{"d":1}}]}', "application/json")
    assert made.columns == ("a", "b", "c")
    assert rows(made) == [["3", "x", ""], ["2", "", ""], ["10", "", "{ d: 1 }"]]


@pytest.mark.parametrize(("sorted_by", "order"), [(0, ["2", "3", "10", ""]), (~0, ["10", "3", "2", ""])])
def test_rows_are_sorted_by_size_and_the_empty_come_last(sorted_by: int, order: list[str]) -> None:
    data = b'[{"a":3},{"b":1},{"a":10},{"a":2}]'
    assert [row[0] for row in rows(table(data, "application/json", Window(sorted_by=sorted_by)))] == order


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_comma_separated_values(delimiter: str) -> None:
    text = f'name{delimiter}n\n"a {delimiter} b"{delimiter}1\nc{delimiter}2\n'
    made = table(text.encode(), "text/csv")
    assert (made.columns, rows(made)) == (("name", "n"), [[f"a {delimiter} b", "1"], ["c", "2"]])


def test_long_tables_come_in_slices() -> None:
    data = json.dumps([{"n": number} for number in range(250)]).encode()
    made = table(data, "application/json")
    assert (len(made.rows), made.left) == (SLICE, 150)
    assert rows(table(data, "application/json", Window(start=made.next)))[0] == ["100"]


def test_a_copied_table_runs_nothing_in_a_spreadsheet() -> None:
    data = json.dumps([{"a": "=HYPERLINK(1)", "b": "-5", "c": '"x", y', "d": "@SUM(1)"}]).encode()
    assert csv_text(whole_table(body(data, "application/json"))).splitlines() == [
        "a,b,c,d", "'=HYPERLINK(1),-5,\"\\\"\"x\\\"\", y\",'@SUM(1)",
    ]  # fmt: skip
