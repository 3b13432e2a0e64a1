"""The marks of a document's pieces: written and read again, and different where the pieces are."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from playground.openapi.outline import Outline, Pieces, changed_items, changed_names, lacks_names, links_of, outline_of

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T"},
    "paths": {"/a": {"get": {}}, "/b": {"$ref": "#/paths/~1a"}},
    "components": {"schemas": {"A": {"type": "string"}, "B": {}}, "parameters": {"p": {"name": "p", "in": "query"}}},
}


def _outline(document: dict[str, Any]) -> Outline:
    return outline_of(Pieces(document), "3.1", b"options")


def test_an_outline_is_read_as_it_was_written() -> None:
    outline = _outline(DOCUMENT)
    assert Outline.from_bytes(outline.to_bytes()) == outline


def test_a_changed_piece_has_another_mark_and_the_rest_the_same() -> None:
    edited = copy.deepcopy(DOCUMENT)
    edited["paths"]["/a"]["get"]["summary"] = "New"
    edited["components"]["schemas"]["C"] = True
    pieces, before, now = Pieces(edited), _outline(DOCUMENT), _outline(edited)
    assert list(changed_items(pieces, now, before)) == ["/a"]
    assert list(changed_names(pieces.schemas, now.schemas, before.schemas)) == ["C"]
    assert now.shared == before.shared
    assert not lacks_names(now.schemas, before.schemas)
    assert lacks_names(before.schemas, now.schemas)


@pytest.mark.parametrize("holder", ["servers", "security", "components"])
def test_what_is_shared_has_one_mark(holder: str) -> None:
    edited = copy.deepcopy(DOCUMENT)
    edited[holder] = {**edited.get(holder, {}), "parameters": {}} if holder == "components" else [{}]
    assert _outline(edited).shared != _outline(DOCUMENT).shared


def test_words_about_the_document_change_no_mark() -> None:
    assert _outline({**DOCUMENT, "info": {"title": "Another"}}) == _outline(DOCUMENT)


def test_the_places_that_references_lead_to_are_found() -> None:
    assert list(links_of(b'{"$ref":"#/paths/~1a%7Bid%7D/get"}')) == [("paths", "/a{id}", "get")]
