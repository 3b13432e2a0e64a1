"""`Prefer` is read as RFC 7240 says; what is not understood counts as not there, and all of it is bounded."""

from __future__ import annotations

import pytest

from playground.messages import Headers
from playground.sandbox.preferences import LONGEST_DELAY, Preferences, read_preferences

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
