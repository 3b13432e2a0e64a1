"""Tables of rows that each take microseconds: one test tries them all, where each would cost more than it does."""

from __future__ import annotations

import functools
import inspect
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
