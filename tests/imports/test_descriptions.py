"""What is compiled in part is the same as what is compiled as a whole, in everything the catalogue tells."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playground import bundled
from playground.imports import descriptions
from playground.imports.descriptions import (
    Description,
    compiler_digest,
    digest_of,
    earlier_text,
    import_description,
    mark_of,
    parse_source,
)
from playground.imports.sources import Source
from playground.openapi import edit as edits
from playground.openapi.compile import CompileOptions
from playground.openapi.parse import parse_document
from playground.openapi.update import Update
from playground.store import Store, open_store

OPTIONS = CompileOptions(name="shop")
Edit = Callable[[dict[str, Any]], None]


def _operation(number: int, **more: Any) -> dict[str, Any]:
    return {
        "operationId": f"op{number}",
        "summary": f"Do thing {number}",
        "tags": ["things"] if number % 2 else ["others"],
        "parameters": [{"name": "id", "in": "query", "schema": {"$ref": f"#/components/schemas/S{number % 4}"}}],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/S{number % 3}"}}}},
        "responses": {"200": {"description": "Done"}},
        **more,
    }


def _document() -> dict[str, Any]:
    schemas: dict[str, Any] = {
        f"S{number}": {
            "type": "object",
            "properties": {
                f"field{number}": {"type": "string"},
                "next": {"$ref": f"#/components/schemas/S{number + 1}"},
            },
        }
        for number in range(5)
    }
    schemas["S5"] = {"type": "integer", "maximum": 7}
    schemas["Alone"] = {"type": "string"}
    paths: dict[str, Any] = {f"/things/{number}": {"post": _operation(number)} for number in range(12)}
    paths["/linked"] = {"$ref": "#/paths/~1things~11"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.shop.example"}],
        "tags": [{"name": "things", "description": "All things"}],
        "paths": paths,
        "webhooks": {"paid": {"post": _operation(99)}},
        "components": {"schemas": schemas, "parameters": {"page": {"name": "page", "in": "query"}}},
    }


def _description(document: dict[str, Any]) -> Description:
    data = _text(document)
    return Description(document=json.loads(data), source=data, digest=digest_of(data))


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, indent=1).encode()


def _told(store: Store, words: tuple[str, ...]) -> Any:
    """Return all that the catalogue tells of the provider."""
    catalog = store.catalog("shop")
    names = [summary.name for summary in store.operations("shop", hidden=True)]
    return {
        "provider": catalog.provider,
        "operations": [store.entry("shop", name).operation for name in names],
        "definitions": dict(catalog.definitions),
        "webhooks": catalog.webhooks,
        "tags": store.tags("shop"),
        "ids": store.operation_ids("shop"),
        "by tag": [store.operations("shop", tag=tag.name) for tag in store.tags("shop")],
        "found": [sorted(found.name for found in store.search(word, 50).operations) for word in words],
        "source": store.source("shop"),
        "origin": store.origin("shop"),
        "mark": store.state("shop").mark,
        "outline": store.state("shop").outline,
    }


def _check(
    tmp_path: Path, states: list[dict[str, Any]], words: tuple[str, ...] = ("thing", "field3", "new")
) -> list[bool]:
    """Import the states one after the other, and each into a catalogue of its own; return which were compiled whole."""
    whole = []
    with open_store(tmp_path / "one.sqlite") as store:
        for number, state in enumerate(states):
            read = parse_source(Source(data=_text(state)), earlier=earlier_text(store, "shop"))
            imported = import_description(store, read, OPTIONS)
            whole.append(imported.whole)
            with open_store(tmp_path / f"{number}.sqlite") as fresh:
                assert import_description(fresh, _description(state), OPTIONS).whole
                assert _told(store, words) == _told(fresh, words), number
    return whole


def _summary(document: dict[str, Any]) -> None:
    document["paths"]["/things/3"]["post"]["summary"] = "Do the new thing"


def _schema(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["S2"]["properties"]["newfield"] = {"type": "boolean"}


def _deep_schema(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["S5"]["maximum"] = 8


def _new_schema(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["New"] = {"type": "object", "properties": {"newest": {"type": "string"}}}
    document["paths"]["/things/4"]["post"]["requestBody"]["content"]["application/json"]["schema"] = {
        "$ref": "#/components/schemas/New"
    }


def _add(document: dict[str, Any]) -> None:
    document["paths"]["/things/new"] = {"get": _operation(40), "delete": _operation(41)}


def _remove(document: dict[str, Any]) -> None:
    del document["paths"]["/things/6"]


def _order(document: dict[str, Any]) -> None:
    document["paths"] = dict(reversed(document["paths"].items()))


def _same_name(document: dict[str, Any]) -> None:
    document["paths"]["/things/0"]["post"]["operationId"] = "op5"


def _tag(document: dict[str, Any]) -> None:
    document["paths"]["/things/5"]["post"]["tags"] = ["new", "things"]


def _linked(document: dict[str, Any]) -> None:
    document["paths"]["/things/1"]["post"]["description"] = "A path item that another one names."


def _title(document: dict[str, Any]) -> None:
    document["info"]["title"] = "New shop"


def _webhook(document: dict[str, Any]) -> None:
    document["webhooks"]["refunded"] = {"post": _operation(98)}


def _hide(document: dict[str, Any]) -> None:
    document["paths"]["/things/7"]["post"]["x-internal"] = True


def _server(document: dict[str, Any]) -> None:
    document["servers"][0]["url"] = "https://new.shop.example"


def _drop_schema(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["Alone"]


def _version(document: dict[str, Any]) -> None:
    document["openapi"] = "3.0.3"


IN_PART: tuple[Edit, ...] = (
    _summary, _schema, _deep_schema, _new_schema, _add, _remove, _order, _same_name, _tag, _linked, _title, _webhook,
    _hide,
)  # fmt: skip
AS_A_WHOLE: tuple[Edit, ...] = (_server, _drop_schema, _version)


@pytest.mark.parametrize("edit", IN_PART)
def test_one_edit_is_compiled_in_part_with_the_result_of_the_whole(tmp_path: Path, edit: Edit) -> None:
    edited = _document()
    edit(edited)
    assert _check(tmp_path, [_document(), edited, _document()])[1] is False


@pytest.fixture
def items_alone(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What becomes of edits of one path item: whether that item alone was compiled."""
    found: list[bool] = []
    compiled = edits.compile_edit

    def compile_edit(*given: Any) -> Update | None:
        update = compiled(*given)
        found.append(update is not None)
        return update

    monkeypatch.setattr(descriptions, "compile_edit", compile_edit)
    return found


@pytest.mark.parametrize("change", IN_PART)
def test_an_item_that_no_other_depends_on_is_compiled_alone(
    tmp_path: Path, change: Edit, items_alone: list[bool]
) -> None:
    before, after = _document(), _document()
    change(after)
    for state in (before, after):
        del state["paths"]["/linked"]
    assert _check(tmp_path, [before, after, before])[1] is False
    alone: dict[Edit, list[bool]] = {
        _summary: [True, True], _linked: [True, True], _new_schema: [], _same_name: [False, False],
        _tag: [False, False], _hide: [False, False],
    }  # fmt: skip
    assert items_alone == alone.get(change, [])


def test_edits_of_items_one_after_the_other_are_each_compiled_alone(tmp_path: Path, items_alone: list[bool]) -> None:
    states, state = [], _document()
    del state["paths"]["/linked"]
    states.append(copy.deepcopy(state))
    post = state["paths"]["/things/3"]["post"]
    steps: tuple[Callable[[], object], ...] = (
        lambda: post.update(summary="Do thé new thing"),
        lambda: post["parameters"].append({"name": "new", "in": "query", "schema": {"type": "string"}}),
        lambda: post["requestBody"]["content"]["application/json"].update(
            schema={"$ref": "#/components/schemas/Alone"}
        ),
        lambda: post["parameters"].append({"$ref": "#/components/parameters/page"}),
        lambda: post.update(callbacks={"done": {"/things/0": {"post": _operation(70)}}}),
        lambda: post["responses"].update({"404": {"description": "No such thing", "x-links": {"/things/0": {}}}}),
        lambda: state["paths"]["/things/0"]["post"].update(description='It says "/things/3": {}'),
        lambda: post.pop("parameters"),
        lambda: post.update(parameters=[{"$ref": "#/components/parameters/none"}]),
    )
    for step in steps:
        step()
        states.append(copy.deepcopy(state))
    assert _check(tmp_path, states) == [True] + [False] * len(steps)
    assert items_alone == [True] * len(steps)


@pytest.mark.parametrize("edit", AS_A_WHOLE)
def test_what_all_operations_share_is_compiled_as_a_whole(tmp_path: Path, edit: Edit) -> None:
    edited = _document()
    edit(edited)
    assert _check(tmp_path, [_document(), edited, _document()])[1] is True


@pytest.mark.parametrize("seed", range(6))
def test_any_row_of_edits_ends_where_whole_compilations_end(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    states = [_document()]
    for _ in range(6):
        state = copy.deepcopy(choose.choice(states))
        for edit in choose.sample((*IN_PART, *AS_A_WHOLE), choose.randint(1, 4)):
            try:
                edit(state)
            except KeyError:
                continue  # an earlier edit took away what this one changes
        states.append(state)
    _check(tmp_path, states)


def test_an_edit_of_a_real_description_is_compiled_in_part(tmp_path: Path) -> None:
    before = parse_document(dict(bundled.documents())["stripe"])
    after = copy.deepcopy(before)
    path = next(path for path, item in after["paths"].items() if "post" in item)
    after["paths"][path]["post"]["summary"] = "Mend the new thing"
    assert _check(tmp_path, [before, after], words=("session", "mend")) == [True, False]


def test_a_description_that_is_as_before_is_not_compiled_at_all(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        import_description(store, _description(_document()), OPTIONS)
        generation = store.generation("shop")
        again = import_description(store, _description(_document()), OPTIONS)
        assert (again.whole, again.problems, again.written.number) == (False, (), again.written.before)
        assert store.generation("shop") == generation


def test_what_an_import_did_names_the_operations_that_differ(tmp_path: Path) -> None:
    edited = _document()
    _summary(edited)
    _remove(edited)
    _add(edited)
    with open_store(tmp_path / "catalog.sqlite") as store:
        import_description(store, _description(_document()), OPTIONS)
        written = import_description(store, _description(edited), OPTIONS).written
    assert written.changed == ("POST /things/3",)
    assert written.removed == ("POST /things/6",)
    assert set(written.added) == {"GET /things/new", "DELETE /things/new"}
    assert (written.before, written.number) == (1, 2)


def test_a_key_that_stands_twice_is_told_in_part_too(tmp_path: Path) -> None:
    edited = _document()
    _summary(edited)
    description = replace(_description(edited), repeated=(("info", "title"),))
    with open_store(tmp_path / "catalog.sqlite") as store:
        import_description(store, _description(_document()), OPTIONS)
        imported = import_description(store, description, OPTIONS)
    assert not imported.whole
    assert [problem.pointer for problem in imported.problems] == ["/info/title"]


def test_a_mark_tells_of_document_files_options_and_compiler() -> None:
    marks = {
        mark_of("1", {}, OPTIONS),
        mark_of("2", {}, OPTIONS),
        mark_of("1", {"a.yaml": "3"}, OPTIONS),
        mark_of("1", {}, replace(OPTIONS, title="Other")),
        mark_of("1", {}, replace(OPTIONS, server="https://other.example")),
    }
    assert len(marks) == 5
    assert all(mark.endswith(f" {compiler_digest()}") for mark in marks)
