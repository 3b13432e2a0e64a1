"""The table of names: each rule gives what a person expects to stand there, as its object has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from playground.values.draw import Draw
from playground.values.rules import RULES
from playground.values.scene import Scene

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kind", "beside", "pattern"),
    [
        ("state", "address_kana", {"city", "country"}, "[A-ZÀ-ž].+"), ("state", "order", {"id"}, "active"),
        ("full_name", "user", set(), r"\w+ \w+"), ("full_name", "series", {"season"}, "[a-z]+-[a-z]+"),
        ("api_version", "Pod", {"kind"}, "v1"), ("api_version", "client", set(), r"\d\.\d\.\d"),
        ("kind", "involved_object_reference", {"apiVersion"}, "Pod"), ("kind", "shape", set(), "shape"),
        ("mcc", "", set(), r"\d{4}"), ("passport", "", set(), r"\d{9}"),
        ("license_plate", "", set(), r"[A-Z]{2}-\d{3}"),
        ("enabled", "", set(), "true|false"), ("schedule", "", set(), r"\S+ \S+ \S+ \S+ \S+"),
        ("season", "", set(), "2025/26"), ("code", "", set(), r"[A-Z]{3}\d{2}"), ("hometown", "", set(), r"\w.+"),
    ],
)  # fmt: skip
def test_a_rule_gives_what_is_expected(name: str, kind: str, beside: set[str], pattern: str) -> None:
    scene = Scene(Draw(3), NOW, kind)
    scene.beside = beside
    text = RULES[name](name, scene)
    assert re.fullmatch(pattern, text), text
