"""Which response is chosen: by `Prefer`, by `Accept`, else the first success."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Response
from playground.messages import Headers, HTTPRequest
from playground.sandbox.negotiate import LONGEST_DELAY, Preferences, choose, read_preferences, reason_of, status_of
from tests.sandbox.entries import made, media, response


def request(**fields: str) -> HTTPRequest:
    return HTTPRequest(method="GET", url="https://sandbox.invalid/", headers=Headers.of(fields.items()))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("404", "201", "200"), 200),
        (("400", "default"), 200),
        (("default", "2XX"), 200),
        (("404",), 404),
        (("5xx", "4XX"), 500),
        ((), 204),
        (("nonsense",), 200),
        (("200 OK",), 200),
    ],
)
def test_the_lowest_success_then_default_then_what_there_is(statuses: tuple[str, ...], expected: int) -> None:
    entry = made(*(response(status) for status in statuses))
    assert choose(entry, request()).status == expected


@pytest.mark.parametrize(
    ("prefer", "status", "described"),
    [
        ("code=404", 404, "404"),
        ("code=403", 403, "4XX"),
        ("CODE=503", 503, "default"),
        ('code="404"', 404, "404"),
        ("dynamic=true; code=404", 404, "404"),
        ("code=999", 200, "200"),
        ("code=abc", 200, "200"),
        ("code=", 200, "200"),
        ("code", 200, "200"),
        ("", 200, "200"),
    ],
)
def test_prefer_code(prefer: str, status: int, described: str) -> None:
    entry = made(response("200"), response("404"), response("4XX"), response("default"))
    choice = choose(entry, request(Prefer=prefer))
    assert (choice.status, choice.response.status if choice.response else None) == (status, described)


def test_named_example_finds_its_response_and_media_type() -> None:
    entry = made(
        response("200", media(one=1)), response("409", media(other=2), media("application/problem+json", conflict=3))
    )
    choice = choose(entry, request(Prefer="example=conflict"))
    assert choice.status == 409
    assert choice.media_type is not None
    assert choice.media_type.name == "application/problem+json"
    assert choose(entry, request(Prefer="example=unheard-of")).status == 200


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.5, text/plain", "text/plain"),
        ("application/json;q=0.1, text/*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/plain"),
        ("image/webp", "image/*"),
        ("video/mp4", "application/json"),
        (";;q=,,;", "application/json"),
        ("text/csv;q=banana, application/json;q=0.9", "text/csv"),
    ],
)
def test_accept(accept: str, expected: str) -> None:
    entry = made(response("200", media(), media("text/csv"), media("text/plain; charset=utf-8"), media("image/*")))
    choice = choose(entry, request(Accept=accept))
    assert choice.media_type is not None
    assert choice.media_type.name.partition(";")[0] == expected


def test_problem_json_answers_a_wish_for_json() -> None:
    entry = made(response("404", media("text/html"), media("application/problem+json")))
    choice = choose(entry, request(Accept="application/json"))
    assert choice.media_type is not None
    assert choice.media_type.name == "application/problem+json"


def test_preferences_of_several_fields_count_once() -> None:
    assert read_preferences(["code=404", 'example="a \\"b\\""; code=500']) == {"code": "404", "example": 'a "b"'}


@pytest.mark.parametrize(("status", "number"), [("201", 201), ("4XX", 400), ("5xx", 500), ("default", 200), ("", 200)])
def test_status_of(status: str, number: int) -> None:
    assert status_of(Response(status=status)) == number


def test_reason_of_an_unknown_status_is_empty() -> None:
    assert (reason_of(404), reason_of(599)) == ("Not Found", "")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_field_is_read_without_harm(prefer: str, accept: str) -> None:
    entry = made(response("200", media(), media("text/csv")), response("404", media(example=1)))
    assert choose(entry, request(Prefer=prefer, Accept=accept)).media_type is not None or "code" in prefer.lower()


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((("101", "Switching protocols"),), 426),
        ((("101", "Switching protocols"), ("400", "Bad")), 426),
        ((("404", "Not there"), ("default", "An unexpected error.")), 404),
        ((("default", "An unexpected error."),), 501),
        ((("302", "Found"), ("default", "Error")), 302),
        ((("200", "The failed jobs"),), 200),
        ((("default", "The thing."), ("404", "Not there")), 200),
    ],
)
def test_what_describes_no_success_is_not_answered_with_one(
    statuses: tuple[tuple[str, str], ...], expected: int
) -> None:
    entry = made(*(Response(status=status, description=text) for status, text in statuses))
    assert choose(entry, request()).status == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code=404, example=one", Preferences(code=404, example="one")),
        ("dynamic=true; seed=7", Preferences(dynamic=True, seed="7")),
        ("delay=800", Preferences(delay=800)),
        ("delay=999999", Preferences(delay=10_000)),
        ("delay=-1, failure=explode, code=99, validation=on", Preferences()),
        ("failure=rate-limit", Preferences(failure="rate-limit")),
        ("FAILURE=Reset", Preferences(failure="reset")),
        ("validation=off", Preferences(validation=False)),
        ("seed=" + "x" * 500, Preferences(seed="x" * 64)),
        ("", Preferences()),
    ],
)
def test_preferences_are_read_and_bounded(text: str, expected: Preferences) -> None:
    assert Preferences.of(Headers.of([("Prefer", text)])) == expected


NONE = Preferences()
READ: list[tuple[str, Preferences]] = [
    ("code=404", Preferences(code=404)),
    ("code=404, example=missing", Preferences(code=404, example="missing")),
    ('example="a b", dynamic=true', Preferences(example="a b", dynamic=True)),
    ('example="say \\"hi\\""', Preferences(example='say "hi"')),
    ("delay=800; wait=10", Preferences(delay=800)),
    ("delay=9999999, delay=5", NONE),
    ("delay=99999", Preferences(delay=LONGEST_DELAY)),
    ("failure=RESET", Preferences(failure="reset")),
    ("failure=rate-limit,seed=7", Preferences(failure="rate-limit", seed="7")),
    ("failure=explode, code=999, code=200, dynamic=maybe", NONE),
    ("validation=off", Preferences(validation=False)),
    ("Validation = false", Preferences(validation=False)),
    ("handling=lenient, code=404", Preferences(code=404, lenient=True)),
    ("handling=strict", NONE),
    ("respond-async, return=minimal, , ;", NONE),
    ("code", NONE),
    ("code=4o4", NONE),
    ("delay=-5", NONE),
    ("delay=٣", NONE),
]


@pytest.mark.parametrize(("field", "preferences"), READ)
def test_a_field_is_read(field: str, preferences: Preferences) -> None:
    assert Preferences.of(Headers.of([("prefer", field)])) == preferences


def test_the_first_of_several_fields_counts() -> None:
    assert Preferences.of(Headers.of([("Prefer", "code=404"), ("Prefer", "code=500, seed=x")])) == Preferences(
        code=404, seed="x"
    )
    assert Preferences.of(Headers()) == NONE


@pytest.mark.cpu(20)
@pytest.mark.parametrize("field", ['a="' + "\\" * 100_000, "=" * 100_000, ",".join(["a=b"] * 50_000), "a" * 100_000])
def test_a_hostile_field_costs_little(field: str) -> None:
    assert len(read_preferences([field])) <= 1
    assert len(Preferences.of(Headers.of([("Prefer", f"seed={'x' * 5000}")])).seed) <= 64
