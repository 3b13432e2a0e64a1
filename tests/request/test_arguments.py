"""Arguments: the UTDK vectors, collisions, files, refusals, and the round trip that loses nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Entry
from playground.request.arguments import from_arguments, to_arguments
from playground.request.errors import BodyError, UnknownArgument
from playground.request.model import FileValue, RequestModel
from tests.request.entries import FORM, at, make_entry, stripe_update

FILE = FileValue(filename="a.bin", content=b"\x00\xff", content_type="image/png")
FILE_ARGUMENT = {"filename": "a.bin", "content_type": "image/png", "content": "AP8="}
STRING = {"type": "string"}


def an_object(*names: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {} for name in names}, **more}


def collisions() -> Entry:
    """Path `id`, query `id` and `buzz`, header `h`, body `id` and `qux`: the reference's split vector."""
    return make_entry(
        path="/v1/{id}/example",
        parameters=(at("path", "id"), at("query", "id"), at("query", "buzz"), at("header", "h")),
        media={"application/json": an_object("id", "qux")},
    )


def test_stripes_arguments_are_flat() -> None:
    model = from_arguments(stripe_update(), {"session": "cs_1", "metadata": {"k": "v"}})
    assert model == RequestModel(parameters={"path": {"session": "cs_1"}}, body={"metadata": {"k": "v"}})
    assert to_arguments(stripe_update(), model) == {"session": "cs_1", "metadata": {"k": "v"}}
    assert to_arguments(stripe_update(), RequestModel()) == {}


# reference/utdk.md section 2.6


def test_vector_split_with_overrides() -> None:
    arguments = {
        "id": "body-id", "qux": "payload", "buzz": "q",
        "params": {"id": "path-id"}, "query": {"id": "query-id"}, "headers": {"h": "1"},
    }  # fmt: skip
    assert from_arguments(collisions(), arguments) == RequestModel(
        parameters={"path": {"id": "path-id"}, "query": {"id": "query-id", "buzz": "q"}, "header": {"h": "1"}},
        body={"id": "body-id", "qux": "payload"},
    )


def test_vector_wrapped_body() -> None:
    entry = make_entry(
        path="/v1/{id}/example",
        parameters=(at("path", "id"), at("query", "buzz")),
        media={"application/json": an_object("id", "qux")},
    )
    arguments = {"body": {"id": "body-id", "qux": "payload"}, "id": "path-id", "buzz": "q"}
    model = from_arguments(entry, arguments)
    assert model == RequestModel(
        parameters={"path": {"id": "path-id"}, "query": {"buzz": "q"}}, body={"id": "body-id", "qux": "payload"}
    )
    assert to_arguments(entry, model) == arguments


def test_vector_extra_keys_with_additional_properties() -> None:
    entry = make_entry(
        path="/users/{user_id}/playlists",
        parameters=(at("path", "user_id"), at("query", "market")),
        media={"application/json": an_object("name", additionalProperties=True)},
    )
    arguments = {"user_id": "u", "name": "n", "collaborative": True, "market": "SE"}
    model = from_arguments(entry, arguments)
    assert model.body == {"name": "n", "collaborative": True}
    assert to_arguments(entry, model) == {"user_id": "u", "market": "SE", "name": "n", "collaborative": True}


def test_headers_alone_are_given_flat_or_wrapped() -> None:
    entry = make_entry(parameters=(at("header", "x"),))
    expected = RequestModel(parameters={"header": {"x": "1"}})
    assert from_arguments(entry, {"headers": {"x": "1"}}) == from_arguments(entry, {"x": "1"}) == expected


# Collisions


def test_one_value_fills_every_location_of_its_name() -> None:
    model = from_arguments(collisions(), {"id": 7})
    assert model == RequestModel(parameters={"path": {"id": 7}, "query": {"id": 7}})
    assert to_arguments(collisions(), model) == {"id": 7}


def test_different_values_of_one_name_are_told_apart() -> None:
    model = RequestModel(parameters={"path": {"id": 1}, "query": {"id": True}}, body={"id": 3})
    arguments = to_arguments(collisions(), model)
    assert arguments == {"params": {"id": 1}, "query": {"id": True}, "body": {"id": 3}}
    assert from_arguments(collisions(), arguments) == model


def test_inputs_named_like_a_wrapper_keep_their_name() -> None:
    entry = make_entry(
        path="/{q}",
        parameters=(at("path", "q"), at("query", "q"), at("query", "query"), at("query", "params")),
        media={"application/json": an_object("body")},
    )
    model = RequestModel(
        parameters={"path": {"q": "a"}, "query": {"q": "b", "query": {"x": 1}, "params": {}}},
        body={"body": {"body": 1}},
    )
    arguments = to_arguments(entry, model)
    assert arguments == {
        "query": {"x": 1}, "params": {}, "params_": {"q": "a"}, "query_": {"q": "b"}, "body": {"body": 1},
    }  # fmt: skip
    assert from_arguments(entry, arguments) == model


def test_flat_properties_are_laid_over_a_whole_body() -> None:
    entry = make_entry(media={"application/json": an_object("a", "b")})
    assert from_arguments(entry, {"body": {"a": 1, "b": 1}, "b": 2}).body == {"a": 1, "b": 2}
    with pytest.raises(UnknownArgument):
        from_arguments(entry, {"body": [1], "b": 2})


@pytest.mark.parametrize("body", [[1, 2], "text", 3, None, {}, False])
def test_a_body_that_is_no_object_with_members_is_wrapped(body: Any) -> None:
    entry = make_entry(media={"application/json": an_object("a")})
    assert to_arguments(entry, RequestModel(body=body)) == {"body": body}
    assert from_arguments(entry, {"body": body}) == RequestModel(body=body)


def test_a_body_with_a_choice_of_shapes_is_given_whole_but_read_flat_too() -> None:
    entry = make_entry(media={"application/json": {"oneOf": [an_object("a"), an_object("b")]}})
    assert to_arguments(entry, RequestModel(body={"a": 1})) == {"body": {"a": 1}}
    assert from_arguments(entry, {"a": 1}).body == {"a": 1}


# Refusals


@pytest.mark.parametrize(
    "entry",
    [make_entry(), stripe_update(), collisions(), make_entry(media={"text/plain": STRING}),
     make_entry(media={"application/octet-stream": True}), make_entry(media={"application/json": {"type": "array"}})],
)  # fmt: skip
def test_a_name_nobody_declares_is_refused_by_name(entry: Entry) -> None:
    with pytest.raises(UnknownArgument, match="typo") as caught:
        from_arguments(entry, {"typo": 1})
    assert caught.value.field == "typo"


def test_an_override_must_name_a_parameter_of_its_location() -> None:
    with pytest.raises(UnknownArgument, match="buzz") as caught:
        from_arguments(collisions(), {"params": {"buzz": 1}})
    assert caught.value.field == "params.buzz"


def test_an_override_may_add_what_the_description_does_not_have() -> None:
    model = from_arguments(collisions(), {"headers": {"buzz": "1"}, "query": {"typo": "2"}})
    assert model.parameter("header", "buzz") == "1" and model.parameter("query", "typo") == "2"


def test_a_media_type_that_is_not_taken_is_refused() -> None:
    with pytest.raises(BodyError):
        from_arguments(stripe_update(), {}, media_type="text/csv")


def test_free_form_bodies_take_any_name() -> None:
    for schema in (True, {}, {"type": "object"}, {"type": "object", "additionalProperties": STRING}):
        entry = make_entry(media={"application/json": schema})
        assert from_arguments(entry, {"anything": "x"}).body == {"anything": "x"}


def test_the_rest_of_the_model_is_passed_through() -> None:
    more: dict[str, Any] = {
        "server": "https://x", "server_variables": {"a": "b"}, "media_type": FORM, "raw": "{}",
        "security": ("basicAuth",),
    }  # fmt: skip
    assert from_arguments(stripe_update(), {}, **more) == RequestModel(**more)


# Files and raw text


def test_files_are_objects_of_three_texts_where_bytes_are_expected() -> None:
    binary = {"type": "string", "format": "binary"}
    schema = {
        "type": "object",
        "properties": {"file": binary, "files": {"type": "array", "items": binary}, "text": STRING},
    }
    entry = make_entry(media={"multipart/form-data": schema})
    model = RequestModel(body={"file": FILE, "files": [FILE, "as text"], "text": FILE_ARGUMENT})
    arguments = to_arguments(entry, model)
    assert arguments == {"file": FILE_ARGUMENT, "files": [FILE_ARGUMENT, "as text"], "text": FILE_ARGUMENT}
    assert from_arguments(entry, json.loads(json.dumps(arguments))) == model


def test_a_whole_body_can_be_a_file() -> None:
    for name, schema in (("application/octet-stream", True), ("image/*", {"type": "string", "format": "binary"})):
        entry = make_entry(media={name: schema})
        assert from_arguments(entry, to_arguments(entry, RequestModel(body=FILE))) == RequestModel(body=FILE)
        assert from_arguments(entry, {"body": "text"}).body == "text"


def test_an_object_that_only_looks_like_a_file_stays_one() -> None:
    entry = make_entry(media={"application/json": an_object("a")})
    model = RequestModel(body={"a": FILE_ARGUMENT})
    assert from_arguments(entry, to_arguments(entry, model)) == model


def test_a_file_that_is_not_base64_is_refused() -> None:
    entry = make_entry(media={"multipart/form-data": True})
    with pytest.raises(UnknownArgument, match="base64") as caught:
        from_arguments(entry, {"f": {"filename": "a", "content": "*"}})
    assert caught.value.field == "body/f"


def test_raw_text_becomes_the_arguments_it_spells() -> None:
    assert to_arguments(stripe_update(), RequestModel(raw='{"metadata": {"k": 1.0}}')) == {"metadata": {"k": 1.0}}
    assert to_arguments(stripe_update(), RequestModel(raw="{not json")) == {"body": "{not json"}
    assert to_arguments(stripe_update(), RequestModel(raw="  ")) == {}
    plain = make_entry(media={"text/plain": STRING})
    assert to_arguments(plain, RequestModel(raw='{"a":1}')) == {"body": '{"a":1}'}


def test_a_value_too_deep_is_one_sentence() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(BodyError):
        to_arguments(make_entry(media={"application/json": True}), RequestModel(body=deep))


# Round trip

NAMES = st.sampled_from(["id", "body", "query", "params", "headers", "cookies", "a", "b", "body_", "query_"])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2), max_leaves=5
)
LOCATION = st.sampled_from(["path", "query", "header", "cookie"])


@st.composite
def entries_and_models(draw: st.DrawFn) -> tuple[Entry, RequestModel]:
    places = draw(st.lists(st.tuples(LOCATION, NAMES), unique=True, max_size=6))
    schema = draw(
        st.builds(an_object)
        | st.lists(NAMES, max_size=3).map(lambda names: an_object(*names))
        | st.lists(NAMES, max_size=3).map(lambda names: an_object(*names, additionalProperties=False))
        | st.lists(NAMES, max_size=3).map(lambda names: an_object(*names, additionalProperties=True))
        | st.just({"type": "array"})
        | st.just({"oneOf": [an_object("a"), an_object("b")]})
    )
    has_body = draw(st.booleans())
    parameters: dict[Any, dict[str, Any]] = {}
    for location, name in places:
        if draw(st.booleans()):
            parameters.setdefault(location, {})[name] = draw(VALUES)
    entry = make_entry(
        parameters=tuple(at(location, name) for location, name in places),
        media={"application/json": schema} if has_body else {},
    )
    if has_body and draw(st.booleans()):
        body = draw(st.dictionaries(NAMES, VALUES, max_size=4) | VALUES)
        return entry, RequestModel(parameters=parameters, body=body)
    return entry, RequestModel(parameters=parameters)


@given(entries_and_models())
def test_any_model_survives_its_arguments(pair: tuple[Entry, RequestModel]) -> None:
    entry, model = pair
    arguments = to_arguments(entry, model)
    again = from_arguments(entry, arguments)
    assert again == model
    assert to_arguments(entry, again) == arguments
