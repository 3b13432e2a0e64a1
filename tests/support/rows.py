"""Tables of rows: one test tries them all where each takes microseconds; some in every run where each is slow."""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import pytest

Test: TypeAlias = Callable[..., None]
SHOWN = 20
"""Failures that are shown whole; the others are named."""


class RowsFailed(ExceptionGroup[Exception]):
    """What was wrong in the rows that failed, each of which is named."""

    def __new__(cls, failures: Sequence[tuple[str, Exception]], tried: int) -> RowsFailed:
        """Name the rows in front of what was wrong in them."""
        names = "; ".join(name for name, _ in failures)
        for name, error in failures:
            error.add_note(f"in the row {name}")
        message = f"{len(failures)} of {tried} rows failed: {names}"
        return super().__new__(cls, message, [error for _, error in failures[:SHOWN]])


def crossed(*axes: Iterable[Any]) -> list[Any]:
    """Return each choice of one value per axis: every value stands in some that each run tries, the others are `long`.

    What the axes do together is then tried in CI, and what each value does in every run.
    """
    tables = [list(axis) for axis in axes]
    most = max(map(len, tables))
    tried = {tuple(at % len(table) for table in tables) for at in range(most)}
    places = itertools.product(*(range(len(table)) for table in tables))
    return [
        pytest.param(*values, marks=() if place in tried else pytest.mark.long)
        for place, values in zip(places, itertools.product(*tables), strict=True)
    ]


def each(names: str, rows: Iterable[Any], *, ids: Callable[[Any], str] = repr) -> Callable[[Test], Test]:
    """Try a test with every row, as `pytest.mark.parametrize` does, but as one test that tells each row that fails.

    Fixtures are made once for all rows. What skips the test in its first row skips all of them.
    """
    words = [word.strip() for word in names.split(",")]
    table = [tuple(row) if len(words) > 1 else (row,) for row in rows]
    assert all(len(row) == len(words) for row in table), f"a row holds something else than {names}"

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def try_all(**fixtures: Any) -> None:
            failures: list[tuple[str, Exception]] = []
            for at, row in enumerate(table):
                name = "-".join(map(ids, row))
                try:
                    test(**fixtures, **dict(zip(words, row, strict=True)))
                except pytest.skip.Exception:
                    assert at == 0, f"the row {name} cannot be left out alone"
                    raise
                except Exception as error:
                    failures.append((name, error))
            assert table, "a table without rows proves nothing"
            if failures:
                raise RowsFailed(failures, len(table))

        signature = inspect.signature(test)
        kept = [parameter for name, parameter in signature.parameters.items() if name not in words]
        assert len(kept) == len(signature.parameters) - len(words), f"{test.__name__} takes no {names}"
        try_all.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        return try_all

    return decorate
