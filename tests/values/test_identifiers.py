"""Identifiers look like those that the description shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from playground.values.believable import Context, believable
from playground.values.draw import Draw
from playground.values.identifiers import identifier, is_identifier, like, owner_of, prefix_of


@pytest.mark.parametrize(
    ("plain", "prefix"),
    [
        ({"examples": ["cus_9s6XKzkNRiz8i3"]}, "cus_"),
        ({"example": "cs_test_a1B2"}, "cs_test_"),
        ({"example": "file-abc123"}, "file-"),
        ({"example": "en-US"}, "en-"),
        ({"example": "blue"}, ""),
        ({"example": "12345"}, ""),
        ({"pattern": "^evt_[a-z0-9]+$"}, "evt_"),
        ({"pattern": "^AC[0-9a-fA-F]{32}$"}, ""),
        ({"description": "Starts with `txn_`."}, "txn_"),
        ({"description": "The identifier, prefixed with usr_."}, "usr_"),
        ({"description": "For example `in_1M2b3`."}, "in_"),
        ({"description": "See `line_items` for more."}, ""),
        ({"description": "Unique identifier."}, ""),
        ({}, ""),
    ],
)
def test_a_prefix_is_read_where_it_is_shown(plain: dict[str, Any], prefix: str) -> None:
    assert prefix_of(plain) == prefix


@pytest.mark.parametrize(
    ("example", "pattern"),
    [
        ("cs_test_a1B2c3", "cs_test_[a-z][0-9][A-Z][0-9][a-z][0-9]"),
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        ("chatcmpl-123", "chatcmpl-[1-9][0-9]{2}"),
        ("ORD-2024-0017", "ORD-[1-9][0-9]{3}-[1-9][0-9]{3}"),
        ("da39a3ee5e6b4b0d", "[0-9a-f]{16}"),
        ("file_abc", "file_abc"),
        ("octocat", "octocat"),
    ],
)
def test_another_one_has_the_shape_of_the_example(example: str, pattern: str) -> None:
    made = {like(example, Draw(seed)) for seed in range(12)}
    assert all(re.fullmatch(pattern, text) for text in made), made
    assert len(made) > 5 or not re.search("[0-9A-Z]", example)


@pytest.mark.parametrize(
    ("plain", "name", "kind", "pattern"),
    [
        ({}, "id", "customer", "cus_[A-Za-z0-9]{14}"),
        ({}, "id", "checkout.session", "cs_[A-Za-z0-9]{14}"),
        ({}, "payment_intent", "payment_intent", "pi_[A-Za-z0-9]{14}"),
        ({}, "id", "frobnicator", "[A-Za-z0-9]{16}"),
        ({"description": "A UUID."}, "id", "user", "[0-9a-f-]{36}"),
        ({"description": "Numeric identifier."}, "id", "user", "[1-9][0-9]{7}"),
    ],
)
def test_without_a_hint_it_has_a_short_beginning(plain: dict[str, Any], name: str, kind: str, pattern: str) -> None:
    assert re.fullmatch(pattern, identifier(plain, name, kind, Draw(3)))


def test_names_that_refer() -> None:
    assert [is_identifier(name) for name in ("id", "customerId", "account_sid", "idea", "name")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert (owner_of("customerId"), owner_of("payment_methods_ids"), owner_of("id")) == (
        "customer",
        "payment_method",
        "",
    )


def test_what_is_said_of_alternatives_is_said_of_the_text_among_them() -> None:
    whole = {"type": "object", "properties": {"id": {"type": "string"}}}
    either = {
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/tax_code"}],
        "description": "The ID, such as `txcd_9201`.",
    }
    context = Context(definitions={"#/$defs/tax_code": whole, "tax_code": whole}, seed="a")
    made = believable({"type": "object", "required": ["tax_code"], "properties": {"tax_code": either}}, "rate", context)
    assert str(made["tax_code"]).startswith("txcd_")
