"""Every operation of every real description, sampled: what a form is given comes back from the page it draws.

`python -m bench roundtrip` does so for all of them; here each description has its share of about 300 operations.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.roundtrip import check_document, difference, rendering
from playground.bundled import documents
from playground.jsontext import NumberText
from playground.request.model import FileValue
from tests.support.needs import SPECS

EVERY = {20_000_000: 400, 2_000_000: 40, 500_000: 12, 100_000: 4}
"""One operation of so many is sent round, by the least size of its description in bytes."""

LARGEST = 250_000
"""Bytes of a description that every run of the tests sends round."""


def _paths() -> list[Path]:
    return sorted(path for path in SPECS.rglob("*") if path.is_file()) if SPECS.is_dir() else []


def _each(path: Path) -> pytest.param:  # type: ignore[valid-type]
    """Return the parameter of a description; CI alone takes those that are read for longer than they are tried."""
    is_long = path.stat().st_size > LARGEST
    return pytest.param(path, id=path.name, marks=[pytest.mark.long] if is_long else [])


@pytest.mark.parametrize("path", [_each(path) for path in _paths()] or [pytest.param(None, id="none")])
def test_models_of_real_descriptions_come_back_from_their_forms(path: Path | None) -> None:
    if path is None:
        pytest.skip("real descriptions are not beside this checkout")
    every = next((step for least, step in EVERY.items() if path.stat().st_size >= least), 1)
    outcome = check_document(path, str(path.relative_to(SPECS)), every=every, seed=1)
    assert outcome.problem == ""
    assert [str(disagreement) for disagreement in outcome.disagreements] == []


@pytest.mark.parametrize("name", [name for name, _ in documents()])
def test_models_of_bundled_descriptions_come_back_from_their_forms(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(dict(documents())[name])
    for seed in range(3):
        outcome = check_document(path, name, seed=seed)
        assert outcome.operations > 0
        assert [str(disagreement) for disagreement in outcome.disagreements] == []


def test_differences_are_found_down_to_the_spelling_of_a_number() -> None:
    one = FileValue(filename="a", content=b"1")
    assert difference({"a": [1, None, one]}, {"a": [1, None, one]}) is None
    for left, right in (
        (1, True), (1, NumberText("1.0")), (1, "1"), ({}, []), ({"a": 1}, {}), ([1], [1, 1]), (None, ""),
        (one, FileValue(filename="b", content=b"1")), ({"a": {"b": 1}}, {"a": {"b": 2}}),
    ):  # fmt: skip
        assert difference(left, right) is not None


def test_a_form_needs_no_catalogue_to_be_drawn() -> None:
    with rendering() as app:
        assert app.extensions["playground"].store.providers() == ()
