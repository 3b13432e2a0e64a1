"""An edit of one path item is found in the text, and taken for nothing else; what it says is what the document says."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import orjson
import pytest

from playground.openapi.compile import CompileOptions, compile_document
from playground.openapi.edit import compile_edit, find_edit
from playground.openapi.parse import read_text
from playground.openapi.problems import DEFAULT_LIMITS, DocumentError
from playground.openapi.update import Known
from tests.support.needs import need_spec

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Café", "description": 'Says "/b": {} and \\"/c\\": {'},
    "paths": {
        "/a": {"get": {"summary": "One", "responses": {"200": {"description": "Ein Gruß, é"}}}},
        "/b": {"get": {"summary": "One", "x-like": {"/a": {"get": {"summary": "One"}}, "/c": {}}}},
        "/c": {"post": {"summary": "Two", "responses": {"default": {"description": "{[\"/a\":{]}"}}}},
        "/ü": {"get": {"summary": "Three"}},
    },
    "x-copy": {"/c": {"post": {"summary": "Two", "responses": {"default": {"description": "{[\"/a\":{]}"}}}}},
}  # fmt: skip
WRITERS = {
    "compact": lambda document: orjson.dumps(document),
    "indented": lambda document: orjson.dumps(document, option=orjson.OPT_INDENT_2),
    "spaced": lambda document: json.dumps(document, ensure_ascii=False).encode(),
    "escaped": lambda document: json.dumps(document, indent=4).encode(),
    "tabs": lambda document: json.dumps(document, indent="\t", separators=(" ,", " :\r\n")).encode(),
}


@pytest.fixture(params=WRITERS)
def write(request: pytest.FixtureRequest) -> Any:
    """A writer of JSON."""
    return WRITERS[request.param]


def _edited(path: str, **members: Any) -> dict[str, Any]:
    document = json.loads(json.dumps(DOCUMENT))
    next(iter(document["paths"][path].values())).update(members)
    return dict(document)


@pytest.mark.parametrize("path", ["/a", "/b", "/c"])
def test_the_item_that_an_edit_changes_is_found(path: str, write: Any) -> None:
    after = _edited(path, summary='Say "{é\\', deprecated=True)
    edit = find_edit(write(DOCUMENT), write(after))
    assert edit is not None
    assert (edit.path, edit.item, edit.earlier_item) == (path, after["paths"][path], DOCUMENT["paths"][path])
    assert (orjson.loads(edit.before), orjson.loads(edit.now)) == (edit.earlier_item, edit.item)
    before, now = write(DOCUMENT), write(after)
    assert before[: edit.start] == now[: edit.start]
    assert before[len(before) - edit.end :] == now[len(now) - edit.end :]


def _changed(**members: Any) -> dict[str, Any]:
    return {**DOCUMENT, **members}


@pytest.mark.parametrize(
    "after",
    [
        _changed(info={"title": "Other"}),
        _changed(paths={"/new": {"get": {}}, **DOCUMENT["paths"]}),
        _changed(paths={**DOCUMENT["paths"], "/c": {}, "/a": {}}),
        _changed(paths={path: item for path, item in DOCUMENT["paths"].items() if path != "/b"}),
        _changed(paths=dict(reversed(DOCUMENT["paths"].items()))),
        _changed(servers=[]),
        DOCUMENT,
    ],
    ids=["facts", "a new item", "two items", "an item less", "another order", "what is shared", "nothing"],
)  # fmt: skip
def test_what_is_no_edit_of_one_item_is_none_or_is_not_that_item(after: dict[str, Any], write: Any) -> None:
    edit = find_edit(write(DOCUMENT), write(after))
    assert after is not DOCUMENT or edit is None
    assert edit is None or _settled(DOCUMENT, write(DOCUMENT), write(after)) is None


def _settled(before: dict[str, Any], old: bytes, new: bytes) -> str | None:
    """Return the path of the item that is compiled alone, if there is one."""
    options = CompileOptions(name="x")
    edit = find_edit(old, new)
    if edit is None:
        return None
    compiled = compile_document(before, name="x", outline=True)
    assert compiled.outline is not None
    operations = {
        (operation.method, operation.path): (operation.name, next(iter(operation.tags), ""), operation.hidden)
        for operation in compiled.catalog.operations
    }
    known = Known(outline=compiled.outline, operations=operations, definitions=set(compiled.catalog.definitions))
    update = compile_edit(orjson.loads(new), edit, known, options, compiled.catalog.provider)
    return None if update is None else edit.path


def test_a_copy_of_an_item_is_not_the_item(write: Any) -> None:
    after = json.loads(json.dumps(DOCUMENT))
    after["x-copy"]["/c"]["post"]["summary"] = "Three"
    old, new = write(DOCUMENT), write(after)
    assert find_edit(old, new) is not None
    assert _settled(DOCUMENT, old, new) is None
    after = _edited("/c", summary="Three")
    assert _settled(DOCUMENT, old, write(after)) == "/c"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"summary":"Two"', b'"summary":"Two","summary":"Two"'),
        (b'"summary":"Two"', b'"summary":"Two'),
        (b'"summary":"Two"', b'"summary":Infinity'),
        (b'"summary":"Two"', b'"summary":' + b"[" * 200 + b"]" * 200),
        (b'"summary":"Two"', b'"summary":"\x80"'),
        (b'"summary":"Two"', b'"summary":' + b"[" * 100_000),
    ],
    ids=["a key twice", "no JSON", "no number", "too deep", "no UTF-8", "an end that never comes"],
)
def test_what_is_wrong_in_an_item_is_left_to_the_reader_of_documents(old: bytes, new: bytes) -> None:
    before = orjson.dumps(DOCUMENT)
    at = before.index(b'"/c":', before.index(b'"/b":'))
    assert find_edit(before, before[:at] + before[at:].replace(old, new, 1)) is None


def test_a_text_beyond_the_limits_is_left_to_the_reader_of_documents() -> None:
    before, after = orjson.dumps(DOCUMENT), orjson.dumps(_edited("/a", summary="Long"))
    for limits in (
        replace(DEFAULT_LIMITS, size=len(before)),
        replace(DEFAULT_LIMITS, string=len(before)),
        replace(DEFAULT_LIMITS, nodes=len(before) // 2),
        replace(DEFAULT_LIMITS, depth=4),
    ):
        assert find_edit(before, after, limits) is None
    assert find_edit(before, after, replace(DEFAULT_LIMITS, depth=6)) is not None


@pytest.mark.parametrize("filler", ['"/' * 400_000, ["/x" * 20] * 40_000], ids=["in a string", "in a list"])
def test_many_strings_like_paths_cost_no_more_than_a_few(filler: object) -> None:
    before = orjson.dumps({"openapi": "3.1.0", "paths": {"/a": {"get": {"x-routes": filler, "summary": "One"}}}})
    assert find_edit(before, before.replace(b"One", b"Two")) is None


def test_many_keys_like_paths_cost_no_more_than_a_few() -> None:
    item = {"get": {"x-routes": {f"/r{number}": {"deep": [1]} for number in range(5_000)}}}
    before = orjson.dumps({"openapi": "3.1.0", "paths": {"/a": {**item, "summary": "One"}}})
    after = before.replace(b"One", b"Two")
    assert find_edit(before, after) is None


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_typed_into_a_text_changes_what_is_said_to_have_changed(seed: int) -> None:
    choose = random.Random(seed)
    before = WRITERS[choose.choice(list(WRITERS))](DOCUMENT)
    pieces = [b'"', b"{", b"}", b",", b":", b"[", b"]", b'"/a"', b'"/c":{}', b"\\", b"x", b" ", b"\xc3", b'"k":1,']
    found = 0
    for _ in range(800):
        at = choose.randrange(len(before))
        after = before[:at] + b"".join(choose.choices(pieces, k=choose.randrange(3)))
        after += before[at + choose.choice((0, 0, 1, 2, 5, 40)) :]
        edit = find_edit(before, after)
        if edit is None:
            continue
        found += 1
        document = read_text(after).document  # raises DocumentError for what is none
        place = _settled(DOCUMENT, before, after)
        if place is not None and document["paths"] != DOCUMENT["paths"]:
            assert document == _changed(paths={**DOCUMENT["paths"], place: edit.item})
    assert found


def test_an_edited_text_is_read_as_the_reader_of_documents_reads_it() -> None:
    after = orjson.dumps(_edited("/a", summary="\U0001f600 long", number=1e300))
    edit = find_edit(orjson.dumps(DOCUMENT), after)
    assert edit is not None
    assert read_text(after).document["paths"]["/a"] == edit.item
    with pytest.raises(DocumentError):
        read_text(after[:-1])


def test_each_edit_of_a_real_description_is_found_in_it() -> None:
    data = need_spec("stripe.json").read_bytes()
    document = orjson.loads(data)
    for path in list(document["paths"])[::40]:
        item = document["paths"][path]
        document["paths"][path] = {**item, "description": "Another"}
        edit = find_edit(data, orjson.dumps(document))
        assert edit is not None and (edit.path, edit.earlier_item) == (path, item)
        document["paths"][path] = item
