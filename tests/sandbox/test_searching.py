"""What a search finds, in the languages that APIs write searches in."""

from __future__ import annotations

import pytest

from playground.sandbox.searching import holds

THING = {
    "email": "ada@example.com", "name": "Ada Byron", "amount": 1200, "active": True, "metadata": {"order": "6735"},
    "labels": ["bug", "help wanted"],
    "phone": None,
}  # fmt: skip


@pytest.mark.parametrize("text", [
    "ada", "Byron", "email:'ada@example.com'", 'email:"ada@example.com" AND metadata["order"]:"6735"', "amount>1000",
    "amount:>1000", "amount<=1200", "email:'x' OR name~'ada'", "-email:'x'", "active:true", "repo:o/r ada",
    "labels:bug", "NOT name:'Bob'", "name != 'Bob'", 'labels = "help wanted" AND amount = 1200',
    "(ada)", "(" * 10_000, "''",
])  # fmt: skip
def test_found(text: str) -> None:
    assert holds(THING, text)


@pytest.mark.parametrize("text", [
    "bob", "email:'x'", "email:'ada@example.com' AND amount<1000", "metadata['order']:'1'", "active:false",
    "phone:'1'", "metadata['other']:'6735'", "-name:'Ada Byron'", "ada bob", "amount:x", "name:'ada'",
])  # fmt: skip
def test_not_found(text: str) -> None:
    assert not holds(THING, text)
