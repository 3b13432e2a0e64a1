"""Sentences that remember how they were made."""

from __future__ import annotations

import copy
import json
import pickle

import orjson
import pytest

from playground.text.wording import Said, joined, parts_of, said_again, say, say_many


def test_a_sentence_is_its_english_text() -> None:
    assert say("%(name)s is required.", name="session") == "session is required."
    assert say("at most %(most)s, %(seconds)s s, 100 %%", most=1024, seconds=0.5) == "at most 1,024, 0.5 s, 100 %"
    assert say("100 % of it") == "100 % of it"
    assert say_many("%(num)s item", "%(num)s items", 1) == "1 item"
    assert say_many("%(num)s item", "%(num)s items", 0) == "0 items"


def test_an_error_still_knows_what_its_sentence_was_made_of() -> None:
    said = str(ValueError(say("%(name)s is required.", name="session")))
    assert isinstance(said, Said)
    assert (said.message, said.values) == ("%(name)s is required.", {"name": "session"})


def test_what_is_cut_out_of_a_sentence_is_plain_text() -> None:
    assert type(say("A sentence.")[:3]) is str
    assert type(say("A sentence.") + "") is str


def test_a_sentence_goes_through_copies_json_and_processes() -> None:
    said = say_many("%(num)s item", "%(num)s items", 3)
    for one in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 - our own bytes
        assert isinstance(one, Said)
        assert (one, one.many, one.number, one.values) == (said, said.many, 3, said.values)
    assert json.dumps(said) == orjson.dumps(said).decode() == '"3 items"'


def test_joined_sentences_stay_sentences() -> None:
    assert joined(", ", ()) == ""
    assert type(joined(", ", ["a", "b"])) is str
    said = joined(" 50 % ", ["a", say("b")])
    assert isinstance(said, Said)
    assert said == "a 50 % b"
    assert list(said.values.values()) == ["a", "b"]


def test_a_sentence_is_taken_apart_and_made_again() -> None:
    inner = say_many("%(num)s item", "%(num)s items", 3)
    said = say("%(what)s of %(name)s", what=inner, name="x")
    parts = json.loads(json.dumps(parts_of(said)))
    again = said_again(parts)
    assert again == said == "3 items of x" and again is not None
    assert (again.message, dict(again.values)) == (said.message, dict(said.values))
    assert isinstance(again.values["what"], Said) and again.values["what"].many == "%(num)s items"
    assert parts_of("plain") == "plain"


@pytest.mark.parametrize(
    "parts",
    [None, "text", {}, {"message": 1}, {"message": "%(b)s", "values": {"a": "x"}},
     {"message": "%(a)d", "values": {"a": "x"}}, {"message": "%(a)s", "values": {"a": []}},
     {"message": "%", "values": {"a": "x"}}],
)  # fmt: skip
def test_what_is_no_sentence_is_none(parts: object) -> None:
    assert said_again(parts) is None
