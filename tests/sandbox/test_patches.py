"""Merge patches, JSON Patch and strategic merges do what their standards say."""

from __future__ import annotations

from typing import Any

import pytest

from playground.sandbox.patches import PatchError, UnmetTestError, json_patch, merge_patch, strategic_merge

MERGES: list[tuple[Any, Any, Any]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


@pytest.mark.parametrize(("target", "patch", "result"), MERGES)
def test_the_table_of_rfc_7396(target: Any, patch: Any, result: Any) -> None:
    assert merge_patch(target, patch) == result


PATCHES: list[tuple[Any, list[dict[str, Any]], Any]] = [
    ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),
    ({"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}], {"foo": ["bar", "qux", "baz"]}),
    ({"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    ({"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),
    ({"baz": "qux"}, [{"op": "replace", "path": "/baz", "value": "boo"}], {"baz": "boo"}),
    (
        {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    ({"foo": [1, 2, 3]}, [{"op": "move", "from": "/foo/1", "path": "/foo/2"}], {"foo": [1, 3, 2]}),
    (
        {"baz": "qux", "foo": ["a", 2]},
        [{"op": "test", "path": "/foo/1", "value": 2.0}],
        {"baz": "qux", "foo": ["a", 2]},
    ),
    (
        {"foo": "bar"},
        [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
        {"foo": "bar", "child": {"grandchild": {}}},
    ),
    ({"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": ["abc"]}], {"foo": ["bar", ["abc"]]}),
    ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    (
        {"a": [1]},
        [{"op": "copy", "from": "/a", "path": "/b"}, {"op": "add", "path": "/b/-", "value": 2}],
        {"a": [1], "b": [1, 2]},
    ),
    ({"a": 1}, [{"op": "replace", "path": "", "value": [1]}], [1]),
    ([1, 2], [{"op": "replace", "path": "/0", "value": 9}], [9, 2]),
]


@pytest.mark.parametrize(("document", "patch", "result"), PATCHES)
def test_the_examples_of_rfc_6902(document: Any, patch: list[dict[str, Any]], result: Any) -> None:
    assert json_patch(document, patch) == result


WRONG: list[tuple[Any, str, str]] = [
    ({"op": "add", "path": "/baz/bat", "value": 1}, "body/0/path", "leads to nothing"),
    ({"op": "remove", "path": "/none"}, "body/0/path", "leads to nothing"),
    ({"op": "add", "path": "/list/5", "value": 1}, "body/0/path", "leads to nothing"),
    ({"op": "add", "path": "/list/01", "value": 1}, "body/0/path", "leads to nothing"),
    ({"op": "add", "path": "/x"}, "body/0/value", "is required"),
    ({"op": "add", "path": "x", "value": 1}, "body/0/path", "must be a JSON Pointer"),
    ({"op": "move", "from": "/list", "path": "/list/0"}, "body/0/path", "lies inside of what is moved"),
    ({"op": "eat", "path": "/list"}, "body/0/op", "must be one of `add`, `remove`, `replace`, `move`, `copy`, `test`"),
    ("add", "body/0", "must be an object"),
]


@pytest.mark.parametrize(("operation", "place", "words"), WRONG)
def test_a_patch_that_cannot_be_carried_out_says_where_and_why(operation: Any, place: str, words: str) -> None:
    document = {"list": [1], "foo": "bar"}
    with pytest.raises(PatchError) as raised:
        json_patch(document, [operation])
    assert (raised.value.place, str(raised.value)) == (place, words)
    assert document == {"list": [1], "foo": "bar"}


def test_all_of_a_patch_is_carried_out_or_none() -> None:
    document = {"a": 1}
    with pytest.raises(UnmetTestError):
        json_patch(document, [{"op": "remove", "path": "/a"}, {"op": "test", "path": "", "value": {"a": 1}}])
    assert document == {"a": 1}
    with pytest.raises(PatchError):
        json_patch(document, {"op": "remove"})


@pytest.mark.cpu(20)
def test_a_patch_cannot_grow_without_end() -> None:
    doubling = [{"op": "copy", "from": "/a", "path": "/a/-"}] * 1000
    with pytest.raises(PatchError):
        json_patch({"a": [1]}, doubling)
    with pytest.raises(PatchError):
        json_patch({}, [{"op": "add", "path": "/a", "value": 1}] * 2000)
    nested: Any = {}
    for _ in range(5000):
        nested = {"a": nested}
    merge_patch({}, nested)
    strategic_merge({}, nested)


def test_a_strategic_merge_merges_lists_by_name() -> None:
    pod = {"containers": [{"name": "a", "image": "x", "args": ["1"]}, {"name": "b", "image": "y"}], "tags": ["t"]}
    patch = {
        "containers": [{"name": "a", "image": "z"}, {"name": "b", "$patch": "delete"}, {"name": "c"}],
        "tags": ["u"],
    }
    assert strategic_merge(pod, patch) == {
        "containers": [{"name": "a", "image": "z", "args": ["1"]}, {"name": "c"}], "tags": ["u"],
    }  # fmt: skip
    assert strategic_merge({"a": {"b": 1}}, {"a": {"$patch": "replace", "c": 2}}) == {"a": {"c": 2}}
    assert strategic_merge({"a": 1, "b": 2}, {"a": None}) == {"b": 2}
