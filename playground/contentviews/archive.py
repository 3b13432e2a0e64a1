"""A zip archive as the table of what it holds; nothing in it is unpacked."""

from __future__ import annotations

import io
import zipfile

from playground.contentviews.view import Body, Cell, ContentView, Table, View, Window
from playground.text.visible import reveal
from playground.text.wording import say

_SLICE = 200
_LONGEST_NAME = 300


def priority(body: Body) -> int:
    """Fit by the first bytes."""
    return 15 if body.data.startswith((b"PK\x03\x04", b"PK\x05\x06")) else 0


def fits(body: Body) -> bool:
    """Tell whether the archive's directory is there."""
    return not body.truncated and zipfile.is_zipfile(io.BytesIO(body.data))


def render(body: Body, window: Window) -> View:
    """Return names, sizes and times from the archive's directory. Raises `ValueError` if it is cut off or damaged."""
    if body.truncated:
        raise ValueError("the directory of an archive is at its end")
    try:
        with zipfile.ZipFile(io.BytesIO(body.data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OverflowError, EOFError, UnicodeDecodeError) as error:
        raise ValueError("no archive that can be read") from error
    rows = tuple(_row(entry) for entry in entries[window.start : window.start + _SLICE])
    table = Table(
        columns=(say("name"), say("bytes"), say("packed"), say("changed")),
        rows=rows,
        count=len(entries),
        start=window.start,
        sortable=False,
    )
    return View(name="table", content=table, lead=say("An archive of %(count)s files.", count=len(entries)))


def _row(entry: zipfile.ZipInfo) -> tuple[Cell, ...]:
    year, month, day, hour, minute, _ = entry.date_time
    return (
        Cell(text=reveal(entry.filename[:_LONGEST_NAME])),
        Cell(text=str(entry.file_size), numeric=True),
        Cell(text=str(entry.compress_size), numeric=True),
        Cell(text=f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    )


VIEW = ContentView(name="table", title=say("Table"), priority=priority, render=render, fits=fits)
