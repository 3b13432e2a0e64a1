from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contentviews.json_index import STEP, JSONIndex, Node, NotJSONError, json_path, pointer

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5), max_leaves=30
)


def same(index: JSONIndex, node: Node, value: Any) -> bool:
    if isinstance(value, dict):
        children = index.children(node, 0, 10**6)
        return [child.name for child in children] == list(value) and all(
            same(index, child, member) for child, member in zip(children, value.values(), strict=True)
        )
    if isinstance(value, list):
        children = index.children(node, 0, 10**6)
        return index.count(node) == len(value) and all(
            same(index, child, member) for child, member in zip(children, value, strict=True)
        )
    return bool(json.loads(index.text[node.start : node.end]) == value)


@given(values, st.sampled_from([None, 2]), st.booleans())
def test_every_node_is_where_a_parser_finds_it(value: Any, indent: int | None, ascii_only: bool) -> None:
    index = JSONIndex(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert same(index, index.root, value)


@pytest.mark.parametrize("value", [list(range(STEP * 3 + 5)), [{"a": [1, {"b": 2}]}] * (STEP * 2), ["x,]}"] * STEP * 2])
def test_long_lists_are_read_in_slices(value: list[Any]) -> None:
    index = JSONIndex(json.dumps(value))
    assert index.count(index.root) == len(value)
    for start in (0, 1, STEP - 1, STEP, STEP + 1, len(value) - 1):
        piece = index.children(index.root, start, 3)
        assert [json.loads(index.text[node.start : node.end]) for node in piece] == value[start : start + 3]
        assert [node.ordinal for node in piece] == list(range(start, min(start + 3, len(value))))


@given(values)
def test_an_offset_leads_to_its_node_and_back(value: Any) -> None:
    index = JSONIndex(json.dumps(value))
    for offset in range(0, len(index.text), 7):
        nodes = index.locate(offset)
        assert nodes[0] == index.root
        assert index.at(nodes[-1].address) == nodes[-1]
        assert index.path(nodes[-1].address) == nodes


def test_pointers_and_paths_name_a_node() -> None:
    index = JSONIndex('{"a/b":{"~":[10,{"it\'s":1}]}}')
    node = index.follow("/a~1b/~0/1/it's")
    assert node is not None
    nodes = index.path(node.address)
    assert (pointer(nodes), json_path(nodes)) == ("/a~1b/~0/1/it's", "$['a/b']['~'][1]['it\\'s']")


def test_a_repeated_member_keeps_its_place_and_the_last_one_is_followed() -> None:
    index = JSONIndex('{"a":1,"a":2}')
    assert [child.address for child in index.children(index.root)] == ["0", "1"]
    node = index.follow("/a")
    assert node is not None
    assert node.address == "1"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1,", "[1 2]", '{"a" 1}', '{"a":1,}', "[1]x", "nope nope", "[" * 100_000, '{"a":}', '"abc', "[,]"],
)
def test_what_is_no_json_is_said(text: str) -> None:
    with pytest.raises(NotJSONError):
        JSONIndex(text)


@pytest.mark.parametrize("address", ["x", "0.x", "9", "-1", "1" * 30, "0.0.0.0.0"])
def test_an_address_that_leads_nowhere_is_none(address: str) -> None:
    assert JSONIndex("[[1]]").at(address) is None
