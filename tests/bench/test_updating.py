"""The figures of an edit are those of a real edit: one operation, one schema, one saved file, one start."""

from __future__ import annotations

import pytest

from bench.descriptions import stripe
from bench.updating import figures


@pytest.mark.long
def test_each_edit_is_measured_beside_the_whole_import() -> None:
    operation, schema, visible, opened = figures(*stripe(real=False), 1)
    assert operation.reference == schema.reference
    assert all(figure.measured.median > 0 for figure in (operation, schema, visible, opened))
    assert visible.reference.median > 1
