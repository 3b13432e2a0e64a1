"""Another alternative or media type picked and back: nothing typed is lost, nothing of another one is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.catalog.model import Entry, MediaType, RequestBody
from playground.forms.alternatives import restore_alternatives
from playground.forms.parse import parse
from playground.forms.state import FormState
from tests.forms.browser import submit
from tests.forms.strategies import entry_of

CARD = {"title": "Card", "properties": {"number": {"type": "string"}, "country": {"type": "string"}}}
BANK = {"title": "Bank", "properties": {"iban": {"type": "string"}, "country": {"type": "string"}}}
SOURCE = {"type": "object", "properties": {"source": {"oneOf": [CARD, BANK, {"type": "string", "title": "Token"}]}}}


def pick(entry: Entry, state: FormState, name: str, value: str) -> FormState:
    """Change one control of the drawn form and send it off."""
    changed = FormState(tuple((one, value if one == name else text) for one, text in state.pairs), state.files)
    assert (name, value) in changed.pairs
    return submit(entry, restore_alternatives(entry, changed))


def typed(state: FormState, name: str, text: str) -> FormState:
    assert state.get(name) == "", name
    return FormState(tuple((one, text if one == name else old) for one, old in state.pairs), state.files)


def body(entry: Entry, state: FormState) -> Any:
    return parse(entry, state).model.body


def test_going_to_another_alternative_and_back_keeps_each_as_it_was() -> None:
    entry = entry_of(body=SOURCE)
    state = submit(entry, FormState.of([("body/source/number", "4242"), ("body/source/country", "FR")]))
    state = pick(entry, state, "body/source~choice", "1")
    assert body(entry, state) == {"source": {"country": "FR"}}
    state = typed(state, "body/source/iban", "DE02")
    state = pick(entry, state, "body/source~choice", "2")
    assert body(entry, state) != {"source": {"iban": "DE02"}}
    state = pick(entry, typed(state, "body/source", "tok_1"), "body/source~choice", "0")
    assert body(entry, state) == {"source": {"number": "4242", "country": "FR"}}
    state = pick(entry, state, "body/source~choice", "1")
    assert body(entry, state) == {"source": {"iban": "DE02", "country": "FR"}}
    assert body(entry, pick(entry, state, "body/source~choice", "2")) == {"source": "tok_1"}


def test_a_choice_inside_a_choice_is_set_aside_with_it() -> None:
    inner = {
        "oneOf": [{"title": "X", "properties": {"x": {"type": "string"}}}, {"title": "Y", "properties": {"y": {}}}]
    }
    outer = {"title": "Deep", "properties": {"inner": inner}}
    entry = entry_of(body={"properties": {"o": {"oneOf": [{"type": "string", "title": "Plain"}, outer]}}})
    state = submit(entry, FormState.of([("body/o~choice", "1"), ("body/o/inner~choice", "1"), ("body/o/inner/y", "1")]))
    away = pick(entry, state, "body/o~choice", "0")
    assert parse(entry, away).model.body == parse(entry, FormState()).model.body
    assert body(entry, pick(entry, away, "body/o~choice", "1")) == {"o": {"inner": {"y": 1}}}


def test_a_choice_set_aside_with_its_media_type_stays_what_it_was() -> None:
    entry = entry_of(body=SOURCE)
    text = MediaType(name="text/plain", schema={"type": "string"})
    first = entry.operation.request_body
    assert first is not None
    both = RequestBody(media_types=(*first.media_types, text))
    entry = replace(entry, operation=replace(entry.operation, request_body=both))
    state = submit(entry, FormState.of([("body/source~choice", "1"), ("body/source/iban", "DE02")]))
    away = pick(entry, state, "media_type", "text/plain")
    back = pick(entry, submit(entry, restore_alternatives(entry, away)), "media_type", "application/json")
    assert (
        body(entry, back)
        == body(entry, submit(entry, restore_alternatives(entry, back)))
        == {"source": {"iban": "DE02"}}
    )


def test_what_is_secret_is_not_set_aside_in_the_page() -> None:
    secret = {
        "title": "Login",
        "properties": {"word": {"type": "string", "format": "password"}, "user": {"type": "string"}},
    }
    entry = entry_of(body={"properties": {"a": {"oneOf": [secret, {"type": "string", "title": "None"}]}}})
    state = submit(entry, FormState.of([("body/a/word", "canary"), ("body/a/user", "ada")]))
    away = pick(entry, state, "body/a~choice", "1")
    assert "canary" not in str(away.pairs)
    assert body(entry, pick(entry, away, "body/a~choice", "0")) == {"a": {"user": "ada"}}


def test_another_media_type_and_back_keeps_the_fields_of_both() -> None:
    entry = entry_of(
        body={"properties": {"name": {"type": "string"}, "tags": {"additionalProperties": {"type": "string"}}}}
    )
    form = MediaType(
        name="application/x-www-form-urlencoded", schema={"properties": {"name": {"type": "string"}, "n": {}}}
    )
    text = MediaType(name="text/plain", schema={"type": "string"})
    first = entry.operation.request_body
    assert first is not None
    both = RequestBody(media_types=(*first.media_types, form, text))
    entry = replace(entry, operation=replace(entry.operation, request_body=both))
    filled = [
        ("body/name", "Ada"),
        ("body/tags~key/0", "k"),
        ("body/tags~value/0", "v"),
        ("media_type", "application/json"),
    ]
    state = submit(entry, FormState.of(filled))
    state = pick(entry, state, "media_type", form.name)
    assert body(entry, state) == {"name": "Ada"}
    state = pick(entry, typed(state, "body/n", "1"), "media_type", "text/plain")
    assert not body(entry, state)
    state = pick(entry, typed(state, "body", "hello"), "media_type", "application/json")
    assert body(entry, state) == {"name": "Ada", "tags": {"k": "v"}}
    assert body(entry, pick(entry, state, "media_type", "text/plain")) == "hello"
    assert body(entry, pick(entry, state, "media_type", form.name)) == {"name": "Ada", "n": 1}
