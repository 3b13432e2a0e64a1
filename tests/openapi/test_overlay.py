"""Overlays: what each action does, what is told, and what is refused, each with one sentence."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from playground.openapi import overlay as module
from playground.openapi.overlay import Applying, OverlayError, is_overlay, read_overlay

DOCUMENT: dict[str, Any] = {
    "info": {"title": "Shop", "version": "1"},
    "tags": ["a", "b", "c"],
    "paths": {
        "/a": {"get": {"summary": "A", "tags": ["x"]}, "post": {"x-internal": True}},
        "/b": {"get": {"summary": "B"}},
    },
}


def overlay(*actions: Any, **others: Any) -> dict[str, Any]:
    return {"overlay": "1.1.0", "info": {"title": "O", "version": "1"}, "actions": list(actions), **others}


def applied(*actions: Any) -> tuple[dict[str, Any], list[str]]:
    applying = Applying(copy.deepcopy(DOCUMENT))
    applying.apply(read_overlay(overlay(*actions)))
    return applying.document, applying.notes


def test_objects_are_merged_lists_grow_and_plain_values_are_replaced() -> None:
    changed, notes = applied(
        {"target": "$.info", "update": {"title": "Store", "contact": {"name": "Ada"}}},
        {"target": "$.paths.*.get", "update": {"tags": ["y"], "deprecated": True}},
        {"target": "$.tags", "update": "d"},
        {"target": "$.tags", "update": ["e", "f"]},
        {"target": "$.info.version", "update": "2"},
    )
    assert notes == []
    assert changed["info"] == {"title": "Store", "version": "2", "contact": {"name": "Ada"}}
    assert changed["paths"]["/a"]["get"] == {"summary": "A", "tags": ["x", "y"], "deprecated": True}
    assert changed["paths"]["/b"]["get"]["tags"] == ["y"]
    assert changed["tags"] == ["a", "b", "c", "d", "e", "f"]


def test_nodes_are_removed_from_objects_and_lists_each_once() -> None:
    changed, _ = applied(
        {"target": "$.paths[*][?@['x-internal'] == true]", "remove": True},
        {"target": "$.tags[?@ == 'a' || @ == 'c']", "remove": True},
        {"target": "$..summary", "remove": True},
    )
    assert changed["paths"] == {"/a": {"get": {"tags": ["x"]}}, "/b": {"get": {}}}
    assert changed["tags"] == ["b"]
    nested, _ = applied({"target": "$['paths','paths']..*", "remove": True})
    assert nested["paths"] == {}


def test_a_node_is_copied_to_several_places_as_values_of_their_own() -> None:
    changed, _ = applied(
        {"target": "$.paths", "update": {"/c": {}}},
        {"target": "$.paths['/c']", "copy": "$.paths['/a']"},
        {"target": "$.paths['/c'].get", "update": {"summary": "C"}},
    )
    assert changed["paths"]["/c"]["get"]["summary"] == "C"
    assert changed["paths"]["/a"]["get"]["summary"] == "A"


def test_later_actions_see_what_earlier_ones_made_and_idle_ones_are_told() -> None:
    _, notes = applied(
        {"target": "$.paths['/a']", "remove": True},
        {"target": "$.paths['/a'].get", "update": {}},
        {"target": "$.info"},
        {"target": "$.nothing.here", "remove": True},
    )
    assert notes == [
        "action 2 ($.paths['/a'].get) matches nothing.",
        "action 3 ($.info) does nothing: it has no update, remove or copy.",
        "action 4 ($.nothing.here) matches nothing.",
    ]


def test_an_update_shared_by_many_nodes_is_not_one_value() -> None:
    changed, _ = applied(
        {"target": "$.paths.*.get", "update": {"x-list": []}},
        {"target": "$.paths['/a'].get['x-list']", "update": "only here"},
    )
    assert changed["paths"]["/b"]["get"]["x-list"] == []


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ({"target": "$.info", "update": []}, r"action 1 \(\$\.info\) updates an object with a list"),
        ({"target": "$.info", "update": {"title": {}}}, '"title" is text and cannot become an object: remove it first'),
        ({"target": "$.info.title", "update": {}}, "updates text with an object"),
        ({"target": "$.info['title','version','x']..*", "update": 1}, None),
        ({"target": "$['info','tags']", "update": {}}, "selects lists and objects: select nodes of one kind"),
        ({"target": "$", "remove": True}, "removes the whole description"),
        ({"target": "$.info", "copy": "$.paths.*"}, "copy selects 2 nodes; it has to select one"),
        ({"target": "$.info", "copy": "$.none"}, "copy selects 0 nodes"),
        ({"target": "$.[", "update": {}}, r"action 1 \(\$\.\[\) cannot be read: "),
        ({"target": "$[?@.a = 1]", "update": {}}, "cannot be read: "),
        ({"target": "info", "update": {}}, "action 1 has no target: write a JSONPath that begins with"),
        ({"update": {}}, "action 1 has no target"),
        ({"target": "$.info", "remove": "yes"}, "remove is text: write true or false"),
        ({"target": "$.info", "copy": "info"}, "copy is no JSONPath"),
        ({"target": "$.info", "copy": "$.info", "update": {}}, "has both update and copy"),
        ({"target": "$.info", "description": 1}, "description is no text"),
        ({"target": "$.info", "upsert": {}}, '"upsert", which is none of target, description, update, remove, copy'),
        ("$.info", "action 1 is text: write an object"),
    ],
)
def test_what_cannot_be_applied_is_one_sentence(action: Any, sentence: str | None) -> None:
    if sentence is None:
        assert applied(action)[1]
        return
    with pytest.raises(OverlayError, match=sentence):
        applied(action)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({}, "This is no overlay"),
        ([], "This is no overlay"),
        ({**overlay({"target": "$"}), "overlay": "2.0.0"}, 'overlay is "2.0.0"'),
        ({**overlay({"target": "$"}), "overlay": 1.0}, "overlay is"),
        ({**overlay({"target": "$"}), "info": {"title": "T"}}, "info needs a `title` and a `version`"),
        (
            {**overlay({"target": "$"}), "info": {"title": "T", "version": "1", "description": {}}},
            "description is no text",
        ),
        (overlay(), "actions is no list of actions"),
        ({**overlay({"target": "$"}), "extends": 1}, "extends is no text"),
        ({**overlay({"target": "$"}), "action": 1}, '"action" is no member of an overlay'),
        (overlay({"target": "$"}, {"target": "$"}), "action 2 is action 1 again"),
    ],
)
def test_what_is_no_overlay_is_refused(document: Any, sentence: str) -> None:
    with pytest.raises(OverlayError, match=sentence):
        read_overlay(document)


def test_extensions_and_an_older_version_are_read() -> None:
    read = read_overlay({**overlay({"target": "$", "x-why": 1}), "overlay": "1.0.0", "x-more": {}, "extends": "a.yaml"})
    assert (read.title, read.extends, read.actions[0].target) == ("O", "a.yaml", "$")
    assert is_overlay(overlay({"target": "$"}))
    assert not is_overlay(DOCUMENT)


def test_how_much_is_put_into_a_description_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_COPIED", 1000)
    doubling = [{"target": "$.info", "update": {f"n{at}": {}}} for at in range(30)]
    copies = [{"target": f"$.info.n{at}", "copy": "$"} for at in range(30)]
    applying = Applying(copy.deepcopy(DOCUMENT), _room=1000)
    with pytest.raises(OverlayError, match=r"makes the description too large"):
        applying.apply(read_overlay(overlay(*doubling, *copies)))
    monkeypatch.setattr(module, "MOST_NODES", 5)
    with pytest.raises(OverlayError, match="selects more than 5 nodes"):
        applied({"target": "$..*", "update": {}})
    monkeypatch.setattr(module, "MOST_ACTIONS", 1)
    with pytest.raises(OverlayError, match="There are 2 actions"):
        applied({"target": "$"}, {"target": "$.info"})


STATIONS: dict[str, Any] = {
    "info": {"title": "Stations", "version": "1"},
    "paths": {
        "/stations": {
            "get": {"x-traits": ["paged"],
                    "parameters": [{"name": "near", "in": "query"}, {"name": "old", "in": "query"}],
                    "responses": {"200": {"description": "All", "content": {"application/json": {"example": []}}}}},
            "post": {"tags": ["write"],
                     "responses": {"201": {"description": "Made"}, "500": {"description": "Failed"}}},
        },
        "/trains": {"get": {"x-traits": ["paged"], "responses": {"200": {"description": "All"}}}},
    },
}  # fmt: skip
"""What the examples of the specification are about, in other words."""


@pytest.mark.parametrize(
    ("action", "place", "value"),
    [
        # Structured: one update has the shape of the description.
        ({"target": "$", "update": {"info": {"title": "New"}, "paths": {"/trains": {"get": {"summary": "T"}}}}},
         ("info", "title"), "New"),
        # Targeted: one place.
        ({"target": "$.paths['/stations'].get", "update": {"description": "Nearest first"}},
         ("paths", "/stations", "get", "description"), "Nearest first"),
        # Wildcard: each operation of a kind.
        ({"target": "$.paths.*.get", "update": {"x-safe": True}}, ("paths", "/trains", "get", "x-safe"), True),
        # An item more, one item less, of a list.
        ({"target": "$.paths['/stations'].get.parameters", "update": {"name": "limit", "in": "query"}},
         ("paths", "/stations", "get", "parameters", 2, "name"), "limit"),
        ({"target": "$.paths.*.get.parameters[?@.name == 'near' && @.in == 'query']", "remove": True},
         ("paths", "/stations", "get", "parameters", 0, "name"), "old"),
        # Traits: operations that say what they are.
        ({"target": "$.paths[*][?@['x-traits'][?@ == 'paged']]", "update": {"x-page": 50}},
         ("paths", "/trains", "get", "x-page"), 50),
        # `remove` wins over an `update` beside it.
        ({"target": "$.paths['/stations'].post", "remove": True, "update": {"summary": "S"}},
         ("paths", "/stations"), {"get": STATIONS["paths"]["/stations"]["get"]}),
        # Filters by what is below, by a key, and functions.
        ({"target": "$.paths.*[?@.tags[?@ == 'write']].responses['500']", "remove": True},
         ("paths", "/stations", "post", "responses"), {"201": {"description": "Made"}}),
        ({"target": "$.paths[?length(@) == 1].get", "update": {"x-lone": True}},
         ("paths", "/trains", "get", "x-lone"), True),
        ({"target": "$..[?match(@.description, 'M.*')]", "update": {"x-made": 1}},
         ("paths", "/stations", "post", "responses", "201", "x-made"), 1),
        ({"target": "$..responses..example", "remove": True},
         ("paths", "/stations", "get", "responses", "200", "content", "application/json"), {}),
        # A whole path in another place.
        ({"target": "$.paths['/trains']", "copy": "$.paths['/stations']"},
         ("paths", "/trains", "post", "tags"), ["write"]),
    ],
    ids=["structured", "targeted", "wildcard", "append", "remove an item", "traits", "remove wins", "filter below",
         "length", "match", "descendants", "copy"],
)  # fmt: skip
def test_the_examples_of_the_specification_are_applied(
    action: dict[str, Any], place: tuple[Any, ...], value: Any
) -> None:
    applying = Applying(copy.deepcopy(STATIONS))
    applying.apply(read_overlay(overlay(action)))
    found: Any = applying.document
    for step in place:
        found = found[step]
    assert found == value
    assert applying.notes == []
