"""A property's name says what stands in it, and its object whose name it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from playground.values.draw import Draw
from playground.values.numbers import number
from playground.values.pools import COMPANIES, PRODUCTS, TAGS
from playground.values.rules import RULES
from playground.values.scene import Scene, noun_of, singular, words_of
from playground.values.strings import any_text, rule_of

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def scene(kind: str = "", seed: int = 1) -> Scene:
    return Scene(Draw(seed), NOW, kind)


def text(name: str, kind: str = "") -> str:
    rule = rule_of(name)
    assert rule is not None, name
    return rule(name, scene(kind))


def test_words() -> None:
    assert words_of("createdAt") == words_of("created_at") == words_of("Created-At") == ("created", "at")
    assert words_of("HTMLUrl") == ("html", "url")
    assert words_of("line1") == ("line1",)
    assert [singular(word) for word in ("categories", "addresses", "boxes", "status", "bus", "users", "data")] == [
        "category", "address", "box", "status", "bus", "user", "data",
    ]  # fmt: skip
    assert noun_of("nullable-simple-user") == "user"


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("simple-user", lambda name: " " in name), ("Organization", COMPANIES.__contains__),
        ("product", PRODUCTS.__contains__), ("label", TAGS.__contains__),
        ("File", re.compile(r"[a-z-]+-\d\d\.\w{3}").fullmatch), ("repository", re.compile("[a-z]+-[a-z]+").fullmatch),
    ],
)  # fmt: skip
def test_a_name_is_its_things(kind: str, fits: object) -> None:
    assert callable(fits)
    assert fits(text("name", kind))


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("customerEmail", r"[a-z]+\.[a-z]+@example\.com"), ("ip_address", r"\d+\.\d+\.\d+\.\d+"), ("zipCode", ".{4,9}"),
        ("html_url", "https://.*"), ("avatarUrl", r"https://.*\.png"), ("backgroundColor", "#[0-9a-f]{6}"),
        ("num_media", r"\d"), ("birthDate", r"2026-\d\d-\d\d"), ("sku", r"[A-Z]{3}-\d{5}"),
        ("locale", "[a-z]{2}-[A-Z]{2}"),
        ("etag", "[0-9a-f]{32}"), ("head_sha", "[0-9a-f]{40}"), ("mac_address", "02(:[0-9a-f]{2}){5}"),
    ],
)  # fmt: skip
def test_texts_suit_their_names(name: str, pattern: str) -> None:
    assert re.fullmatch(pattern, text(name)), text(name)


def test_no_rule_writes_a_placeholder_or_a_real_address() -> None:
    for name, rule in RULES.items():
        for kind in ("", "user", "product", "issue", "message", "range"):
            made = rule(name, scene(kind, seed=7))
            assert made and made.lower() not in ("string", "text"), name
            assert "@" not in made or made.endswith(("example.com", "example.org")), name
    assert any_text("string", scene()) != "string"


@pytest.mark.parametrize(
    ("plain", "name", "low", "high"),
    [
        ({}, "latitude", -90, 90), ({}, "age", 18, 80), ({"maximum": 5}, "rating", 1, 5), ({}, "year", 2026, 2026),
        ({"minimum": 1000, "maximum": 1001}, "count", 1000, 1001), ({"format": "int32"}, "id", 1, 2**31 - 1),
        ({"description": "Unix timestamp in milliseconds"}, "created", 1_767_000_000_000, 1_797_000_000_000),
        ({}, "expires_at", 1_790_000_000, 1_810_000_000), ({"description": "Number of seconds it takes"}, "at", 0, 99),
    ],
)  # fmt: skip
def test_numbers_suit_their_names(plain: dict[str, object], name: str, low: float, high: float) -> None:
    for seed in range(10):
        assert low <= number(plain, name, scene(seed=seed), whole="rating" not in name and name != "latitude") <= high
