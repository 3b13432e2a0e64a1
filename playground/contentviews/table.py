"""Lists of objects, and comma-separated values, as a table: rows in slices, sorted on request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from playground.contentviews.json_index import JSONIndex, Node
from playground.contentviews.tree import brief
from playground.contentviews.view import Body, Cell, ContentView, Table, View, Window
from playground.mediatypes import is_json, kind_of
from playground.text.visible import reveal
from playground.text.wording import say

SLICE = 100
"""Rows drawn at once."""

MOST_COLUMNS = 60
MOST_SORTED = 20_000
"""Rows of a list that is sorted at most; a longer one is shown in its own order."""

_SAMPLE = 50
_LONGEST_TEXT = 300
_QUOTED = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def priority(body: Body) -> int:
    """Fit CSV by its media type, and JSON; whether that holds a list of objects is seen when it is drawn."""
    if _is_csv(body) and not body.is_binary:
        return 9
    if body.truncated or body.is_binary or not body.opens_like_json:
        return 0
    return 9 if is_json(body.media_type) else 6


def fits(body: Body) -> bool:
    """Tell whether there are rows: comma-separated values, or a list of objects in JSON."""
    try:
        return _is_csv(body) or _list_of_objects(body.json) is not None
    except (ValueError, RecursionError):
        return False


def render(body: Body, window: Window) -> View:
    """Return rows from `window.start` on. Raises `ValueError` where there is no list of objects."""
    table = _csv_table(body, window) if _is_csv(body) else _json_table(body.json, window)
    return View(name="table", content=table)


def csv_text(table: Table) -> str:
    """Return a table as comma-separated values (RFC 4180); a field that a spreadsheet would run is made plain text."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([_inert(title) for title in table.columns])
    writer.writerows([_inert(cell.text) for cell in row] for row in table.rows)
    return target.getvalue()


def whole_table(body: Body, sorted_by: int | None = None) -> Table:
    """Return all rows, at most `MOST_SORTED`, for copying. Raises `ValueError` where there is no list of objects."""
    window = Window(sorted_by=sorted_by)
    if _is_csv(body):
        return _csv_table(body, window, limit=MOST_SORTED)
    return _json_table(body.json, window, limit=MOST_SORTED)


def _inert(text: str) -> str:
    # Spreadsheets take these for the beginning of a formula; a number may begin with a sign.
    return "'" + text if text[:1] in "=+-@\t\r" and text and not _NUMBER.fullmatch(text) else text


def _is_csv(body: Body) -> bool:
    return kind_of(body.media_type) == "csv"


def _json_table(index: JSONIndex, window: Window, limit: int = SLICE) -> Table:
    below = _list_of_objects(index)
    if below is None:
        raise ValueError("no list of objects")
    count = index.count(below)
    sample = index.children(below, 0, max(_SAMPLE, 200))
    names: dict[str, None] = {}
    for row in sample:
        for member in index.children(row, 0, 200) if row.kind == "object" else ():
            names.setdefault(member.name or "")
    columns = tuple(islice(names, MOST_COLUMNS))
    sorted_by = window.sorted_by if count <= MOST_SORTED else None
    if sorted_by is None:
        rows = [_json_row(index, row, columns) for row in index.children(below, window.start, limit)]
    else:
        drawn = [_json_row(index, row, columns) for row in index.children(below, 0, count)]
        rows = _sorted(drawn, sorted_by)[window.start : window.start + limit]
    return Table(
        columns=tuple(reveal(name) for name in columns),
        rows=tuple(rows),
        count=count,
        start=window.start,
        below=below.address,
        sorted_by=sorted_by,
        sortable=count <= MOST_SORTED,
    )


def _list_of_objects(index: JSONIndex) -> Node | None:
    """Return the array that a table shows: the root, or the longest list of objects among its members."""
    candidates = (
        [index.root]
        if index.root.kind == "array"
        else [member for member in index.children(index.root, 0, 200) if member.kind == "array"]
    )
    fitting = [node for node in candidates if _is_table(index, node)]
    return max(fitting, key=index.count, default=None)


def _is_table(index: JSONIndex, node: Node) -> bool:
    rows = index.children(node, 0, _SAMPLE)
    return bool(rows) and all(row.kind == "object" for row in rows)


def _json_row(index: JSONIndex, row: Node, columns: Sequence[str]) -> tuple[Cell, ...]:
    members = {member.name: member for member in index.children(row, 0, 1_000)} if row.kind == "object" else {}
    cells = []
    for name in columns:
        member = members.get(name)
        if member is None:
            cells.append(Cell(text=""))
        elif member.is_container:
            cells.append(Cell(text=brief(index, member, index.count(member)), address=member.address))
        else:
            token = index.text[member.start : member.end]
            text = _plain(token) if member.kind == "string" else token
            cells.append(Cell(text=_cut(text), address=member.address, numeric=member.kind == "number"))
    return tuple(cells)


def _plain(token: str) -> str:
    """Return a JSON string's text where nothing in it is escaped, else the token without its quotation marks."""
    return token[1:-1] if len(token) > 1 else token


def _cut(text: str) -> str:
    return reveal(text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…")


def _csv_table(body: Body, window: Window, limit: int = SLICE) -> Table:
    text, _ = body.loose_text
    delimiter = "\t" if "tab" in body.media_type else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        # The limit of the csv module on one field is 128 KB: beyond it the body is shown as text.
        header = next(reader, [])
        drawn: list[tuple[Cell, ...]] = []
        count = 0
        for row in reader:
            if (window.sorted_by is not None and count < MOST_SORTED) or window.start <= count < window.start + limit:
                drawn.append(_csv_row(row, len(header)))
            count += 1
    except csv.Error as error:
        raise ValueError("no comma-separated values") from error
    if not header or (len(header) == 1 and not count):
        raise ValueError("no comma-separated values")
    sorted_by = window.sorted_by if count <= MOST_SORTED else None
    if window.sorted_by is not None:
        drawn = (_sorted(drawn, sorted_by) if sorted_by is not None else drawn)[window.start : window.start + limit]
    return Table(
        columns=tuple(_cut(title) for title in header[:MOST_COLUMNS]),
        rows=tuple(drawn),
        count=count,
        start=window.start,
        sorted_by=sorted_by,
        sortable=count <= MOST_SORTED,
    )


def _csv_row(row: Sequence[str], width: int) -> tuple[Cell, ...]:
    fields = [*row[:width], *[""] * (width - len(row))]
    return tuple(
        Cell(text=_cut(value), numeric=_NUMBER.fullmatch(value) is not None) for value in fields[:MOST_COLUMNS]
    )


def _delimiter(text: str) -> str:
    first = _QUOTED.sub("", text[:20_000]).partition("\n")[0][:4_000]
    return max(",;|\t", key=lambda character: (first.count(character), character == ","))


def _sorted(rows: Iterable[tuple[Cell, ...]], sorted_by: int) -> list[tuple[Cell, ...]]:
    """Return rows in the order of a column: numbers by size before texts, empty fields last in either direction."""
    column = sorted_by if sorted_by >= 0 else ~sorted_by
    filled: list[tuple[Cell, ...]] = []
    empty: list[tuple[Cell, ...]] = []
    for row in rows:
        (filled if column < len(row) and row[column].text else empty).append(row)
    filled.sort(key=lambda row: _key(row[column]), reverse=sorted_by < 0)
    return filled + empty


def _key(cell: Cell) -> tuple[int, float, str]:
    if cell.numeric:
        try:
            return 0, float(cell.text), ""
        except ValueError:
            pass
    return 1, 0.0, cell.text.casefold()


VIEW = ContentView(name="table", title=say("Table"), priority=priority, render=render, fits=fits)
