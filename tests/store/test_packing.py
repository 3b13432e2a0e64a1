"""Values are packed and come back exact; packing says what a search finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.jsontext import NumberText
from playground.store.packing import pack, pack_value, text, unpack_value
from playground.store.source import squeeze
from tests.store.catalogs import SHOP

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=300)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_a_packed_value_comes_back(value: Any) -> None:
    assert unpack_value(pack_value(value)) == value


def test_numbers_keep_their_spelling_and_lone_surrogates_their_place() -> None:
    value = {"n": NumberText("1.0"), "s": "\ud800"}
    unpacked = unpack_value(pack_value(value))
    assert (unpacked["n"].text, unpacked["s"]) == ("1.0", "\ud800")
    assert text("a\ud800") == "a?"


def test_a_large_value_is_compressed() -> None:
    assert len(pack_value(["a" * 10_000])) < 200


def test_the_same_document_makes_the_same_bytes() -> None:
    assert squeeze(b"{}" * 500) == squeeze(b"{}" * 500)
    assert pack(SHOP, b"{}" * 500) == pack(SHOP, b"{}" * 500)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_hidden_operation_has_no_text_in_the_index(hidden: bool) -> None:
    from dataclasses import replace

    catalog = replace(SHOP, operations=tuple(replace(operation, hidden=hidden) for operation in SHOP.operations))
    rows = [row for part in pack(catalog, b"").index for row in unpack_value(part)]
    assert len(rows) == len(SHOP.operations)
    assert any(column for row in rows for column in row) is not hidden
