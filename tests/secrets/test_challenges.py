"""`WWW-Authenticate` is read as RFC 9110 writes it, whatever stands in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.secrets.challenges import Challenge, read_challenges


def test_the_standards_own_example_of_two_challenges() -> None:
    # RFC 9110 section 11.6.1
    text = 'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""'
    assert read_challenges([text]) == (
        Challenge(scheme="basic", parameters={"realm": "simple"}),
        Challenge(scheme="newauth", parameters={"realm": "apps", "type": "1", "title": 'Login to "apps"'}),
    )


def test_fields_of_their_own_and_names_in_any_case() -> None:
    found = read_challenges(['BEARER Error="insufficient_scope" , SCOPE = "a b"', "Negotiate YII=="])
    assert found == (
        Challenge(scheme="bearer", parameters={"error": "insufficient_scope", "scope": "a b"}),
        Challenge(scheme="negotiate", parameters={"": "YII=="}),
    )


def test_what_cannot_be_read_ends_the_field_and_no_more() -> None:
    assert read_challenges(['Basic realm="x", "?', "Bearer"]) == (
        Challenge(scheme="basic", parameters={"realm": "x"}),
        Challenge(scheme="bearer"),
    )
    assert read_challenges(["", ",,", '"', "=x"]) == ()


@given(st.lists(st.text(max_size=60), max_size=3))
def test_nothing_a_server_writes_is_an_error(values: list[str]) -> None:
    for challenge in read_challenges(values):
        assert challenge.scheme == challenge.scheme.lower() != ""


def test_a_long_field_takes_no_long_time() -> None:
    assert len(read_challenges(['a="' + "\\" * 1_000_000])) <= 1
    assert len(read_challenges(["a " * 1_000_000])) > 100
