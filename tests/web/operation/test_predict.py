"""What a page shows by itself at further keys is what the server would have written, in every language."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from playground.snippets.registry import TARGETS
from tests.support.pages import HTMX, browser_of, document, parsed, site_of

OPERATION = {
    "operationId": "write",
    "parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 90}},
        {"name": "word", "in": "query", "schema": {"type": "string"}},
        {"name": "code", "in": "query", "schema": {"type": "string", "pattern": "^[a-z]{3}$"}},
        {"name": "count", "in": "query", "schema": {"type": "integer"}},
        {"name": "any", "in": "query", "schema": {}},
        {"name": "either", "in": "query", "schema": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
        {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
        {"name": "X-Note", "in": "header", "schema": {"type": "string"}},
    ],
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "size": {"type": "integer"},
                        "🎉": {"type": "string"},
                        "secret": {"type": "string", "format": "password"},
                    },
                }
            }
        }
    },
    "responses": {},
}
PATH = "/providers/desk/write"
PLAIN = {"path.id": "i", "query.word": "🎉 before", "body/🎉": "🎉🎉", "body~mode": "form", "body~shown": "form"}
TYPED = ("", "b", "bc-d.e_f", "9", "true", "bcdefghijkl", "b c", " c@d:e,f+g", ", and", " ", "-", "é", "'", "b/c", "%")
TEXTUAL = ("path.id", "query.word", "query.code", "header.X-Note", "body/name", "query.ids/0")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    described = {"desk": document({"/things/{id}": {"post": OPERATION}})}
    with site_of(tmp_path_factory.mktemp("desk"), described) as app:
        yield browser_of(app)


def ask(client: FlaskClient, fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Any] | None]:
    """Return the texts of what an update shows by id, and what it says of further keys."""
    answer = client.post(f"{PATH}/snippet", data=fields, headers=HTMX)
    assert answer.status_code == 200
    shown: dict[str, str] = {}
    for element in parsed(answer.text).select("#snippet-text, #live-url, .wire, textarea"):
        text = element.get_text()
        shown[str(element["id"])] = str(element["title"]) if element["id"] == "live-url" else text.removeprefix("\n")
    told = answer.headers.get("HX-Trigger-After-Swap")
    return shown, json.loads(told)["typed"] if told else None


def covers(known: Mapping[str, Any], text: str) -> bool:
    """Say what `covers` of static/js/snippet/predicted.js says."""
    if not known["shortest"] <= len(text) <= known["longest"] or text.endswith(" "):
        return False
    if known["digits"]:
        return re.fullmatch("[1-9][0-9]{0,8}", text) is not None
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_\-. @:,+]*", text) is None:
        return False
    return bool(set(known["needs"]) & set(text)) if known["needs"] else not set(" @:,+") & set(text)


def put(known: Mapping[str, Any], shown: Mapping[str, str], text: str) -> dict[str, str]:
    """Do what static/js/snippet/predicted.js does."""
    written = dict(shown)
    for id_, (length, places) in known["places"].items():
        units = shown[id_].encode("utf-16-le")
        assert len(units) == 2 * length
        pieces, at = [], 0
        for begin, end, ways in places:
            pieces += [units[2 * at : 2 * begin].decode("utf-16-le"), "".join(ways.get(one, one) for one in text)]
            at = end
        written[id_] = "".join(pieces) + units[2 * at :].decode("utf-16-le")
    return written


def follow(client: FlaskClient, target: str, names: Iterable[str], texts: Iterable[str]) -> int:
    """Compare what keys lead to with what the server writes of the same text; return how many did."""
    followed = 0
    for name in names:
        begin = "4" if name in ("query.count", "body/size") else "a"
        fields = {**PLAIN, "target": target, "~typed": name}
        answers = {text: ask(client, {**fields, name: text}) for text in (begin + more for more in texts)}
        for first, then in itertools.permutations(answers, 2):
            shown, known = answers[first]
            if known is not None and covers(known, then):
                followed += 1
                assert put(known, shown, then) == answers[then][0], (name, first, then)
    return followed


@pytest.mark.parametrize("target", [target.id for target in TARGETS])
def test_what_is_put_in_is_what_the_server_writes(desk: FlaskClient, target: str) -> None:
    names = ("path.id", "query.word", "header.X-Note", "body/🎉", "body/size")
    assert follow(desk, target, names, ("", "2", "bc-d.e_f", "b c", " c@d:e,f+g")) >= 6


def test_no_text_of_any_field_is_guessed(desk: FlaskClient) -> None:
    names = (*TEXTUAL, "query.count", "query.any", "query.either", "body/secret")
    assert follow(desk, "shell_curl", names, TYPED) > 60


@pytest.mark.parametrize("name", TEXTUAL)
def test_a_key_in_a_text_is_followed(desk: FlaskClient, name: str) -> None:
    for first, then in (("a", "abcdefghij"), ("see a", "see a:b")):
        _, known = ask(desk, {**PLAIN, "target": "shell_curl", "~typed": name, name: first})
        assert known is not None
        assert covers(known, then)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("query.any", "t"),
        ("query.either", "a"),
        ("query.word", "'"),
        ("query.gone", "a"),
        ("gateway_url", "a"),
        ("x", "a"),
    ],
)
def test_what_cannot_be_known_is_not_told(desk: FlaskClient, name: str, text: str) -> None:
    assert ask(desk, {**PLAIN, "~typed": name, name: text})[1] is None


def test_a_secret_is_followed_by_nothing_at_all(desk: FlaskClient) -> None:
    _, known = ask(desk, {**PLAIN, "~typed": "body/secret", "body/secret": "hush"})
    assert known is None or known["places"] == {}


def test_only_a_text_of_which_nothing_is_said_changes_nothing_else(desk: FlaskClient) -> None:
    told = {name: ask(desk, {**PLAIN, "target": "shell_curl", "~typed": name, name: "abc"})[1] for name in TEXTUAL}
    whole = {name for name, known in told.items() if known is not None and known["whole"]}
    assert whole == set(TEXTUAL) - {"query.code"}
    near_the_end = ask(desk, {**PLAIN, "~typed": "path.id", "path.id": "a" * 85})[1]
    assert near_the_end is not None
    assert not near_the_end["whole"]


@pytest.mark.parametrize("begin", ["a", "see a"])
def test_keys_are_followed_up_to_the_one_that_makes_code_break_its_line(desk: FlaskClient, begin: str) -> None:
    asked, known = [], None
    for length in range(20, 70):
        text = begin + "k" * (length - len(begin))
        if known is None or not covers(known, text):
            fields = {"target": "typescript_utdk", "~typed": "path.id", "path.id": text}
            _, known = ask(desk, fields)
            asked.append(length)
    assert len(asked) <= 5, "every fifteenth of 50, and the one that breaks the line"
