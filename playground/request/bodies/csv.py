"""Lists of flat objects as CSV text (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from playground.request.model import Value
from playground.request.text import is_list, is_scalar, text_of


def is_table(value: Value) -> TypeGuard[Sequence[Mapping[str, Value]]]:
    """Say whether a value is rows: a list of objects, at least one, that hold nothing but texts, numbers and such."""
    return (
        is_list(value)
        and any(value)
        and all(isinstance(row, Mapping) and all(map(is_scalar, row.values())) for row in value)
    )


def csv_text(rows: Sequence[Mapping[str, Value]]) -> str:
    """Write rows under a header line of every name in them, in the order they first come; absent and null are empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: Value) -> str:
    return "" if value is None else text_of(value)
