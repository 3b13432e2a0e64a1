"""Files that a page carries, since no page can fill a file input: there and back, replaced, left out, too large."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import render_template

from bench.controls import submitted
from bench.roundtrip import rendering
from playground.catalog.model import MediaType, RequestBody
from playground.forms.alternatives import restore_alternatives
from playground.forms.buttons import to_form, to_raw
from playground.forms.carried_files import MOST, carried_files, with_carried_files
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.model import FileValue
from tests.forms.strategies import entry_of

FILE = {"type": "string", "format": "binary"}
PNG = FileValue(filename='größe 1 "x".png', content=b"\x89PNG\r\n\x00", content_type="image/png")
TEXT = FileValue(filename="a.txt", content=b"a", content_type="text/plain")


def again(state: FormState, more: Any = (), chosen: Any = ()) -> FormState:
    """Submit what the page carries of a state, with more inputs and newly chosen files."""
    with rendering():
        html = render_template("operation/_carried_files.html", page={"held": carried_files(state)})
    pairs, _ = submitted(html)
    return FormState.submitted(*with_carried_files([*state.pairs, *pairs, *more], chosen))


def test_files_come_back_with_name_type_and_bytes_in_their_order() -> None:
    state = FormState(files=(("body/a", PNG), ("body/b", TEXT), ("body/b", PNG)))
    assert again(state) == again(again(state)) == state


def test_a_file_chosen_in_the_place_of_one_replaces_it_and_an_empty_input_does_not() -> None:
    state = FormState(files=(("body/a", PNG), ("body/b", TEXT)))
    nothing = FileValue(filename="", content=b"")
    back = again(state, chosen=[("body/a", nothing), ("body/b", PNG)])
    assert dict(back.files) == {"body/a": PNG, "body/b": PNG}


def test_one_of_them_is_left_out_by_its_box() -> None:
    large = FileValue(filename="large", content=b"x" * (MOST + 1))
    state = FormState(files=(("body/l", large), ("body/a", PNG), ("body/b", TEXT), ("body/b", PNG)))
    assert again(state, [("~leave", "1")]).files == (("body/a", PNG), ("body/b", PNG))


def test_only_so_many_bytes_stay_and_the_page_says_which_do_not() -> None:
    half = FileValue(filename="half", content=b"x" * (MOST // 2 + 1))
    state = FormState(files=(("body/a", half), ("body/b", half), ("body/c", TEXT)))
    assert again(state).files == (("body/a", half), ("body/c", TEXT))
    with rendering():
        html = render_template("operation/_carried_files.html", page={"held": carried_files(state)})
    assert html.count("choose it again in b to send it") == html.count("too large") == 1
    assert len(html) < 1.4 * MOST


@pytest.mark.parametrize("text", ["", "%%% image/png a", "YQ a/b", "=", "YQ==YQ=="])
def test_what_no_page_of_ours_carries_is_no_file(text: str) -> None:
    assert FormState.submitted(*with_carried_files([("body/a~held", text)], [])) == FormState()


def test_a_file_is_set_aside_with_its_alternative_and_its_media_type() -> None:
    choice = {"oneOf": [{"title": "Picture", "properties": {"scan": FILE}}, {"title": "Word", "type": "string"}]}
    form = MediaType(name="multipart/form-data", schema={"properties": {"proof": choice, "seal": FILE}})
    text = MediaType(name="text/plain", schema={"type": "string"})
    entry = entry_of()
    both = RequestBody(media_types=(form, text))
    entry = replace(entry, operation=replace(entry.operation, request_body=both))
    state = FormState(
        (("body/proof~choice", "0"), ("media_type", "multipart/form-data")),
        (("body/proof/scan", PNG), ("body/seal", TEXT)),
    )
    assert parse(entry, state).model.body == {"proof": {"scan": PNG}, "seal": TEXT}
    word = state.without("body/proof~choice").adding([("body/proof~choice", "1"), ("body/proof~chosen", "0")])
    away = again(restore_alternatives(entry, word))
    assert parse(entry, away).model.body == {"seal": TEXT}
    drawn = [("body~for", "multipart/form-data"), ("body/proof~chosen", "1"), ("media_type", "text/plain")]
    other = again(restore_alternatives(entry, away.without("media_type").adding(drawn)))
    assert "proof" in carried_files(other)[0].label
    assert "~" not in "".join(held_file.label for held_file in carried_files(other))
    back = [("body~for", "text/plain"), ("media_type", "multipart/form-data")]
    there = again(restore_alternatives(entry, other.without("media_type").adding(back)))
    assert parse(entry, there).model.body == {"seal": TEXT}
    picture = there.without("body/proof~choice").adding([("body/proof~choice", "0"), ("body/proof~chosen", "1")])
    assert parse(entry, restore_alternatives(entry, picture)).model.body == {"proof": {"scan": PNG}, "seal": TEXT}


def test_raw_text_and_back_keeps_the_files() -> None:
    schema = {"properties": {"note": {"type": "string"}, "seal": FILE}}
    entry = entry_of(body=schema, media_type="multipart/form-data")
    state = FormState((("body/note", "n"),), (("body/seal", TEXT),))
    raw = to_raw(entry, state)
    assert raw.text("body~raw") == '{\n  "note": "n"\n}'
    assert parse(entry, to_form(entry, raw)).model.body == {"note": "n", "seal": TEXT}
