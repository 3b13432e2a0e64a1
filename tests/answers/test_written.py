"""An answer written out as an exchange, and as an example of its description."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from playground.answers.record import Record
from playground.answers.written import example_patch, exchange_text, with_headers

RECORD = Record(
    at="2026-01-02T03:04:05Z", provider="shop", operation="a", status=201, reason="Created", size=9,
    headers=(("Content-Type", "application/json"), ("X-Odd", "a\u202eb")),
)  # fmt: skip


def test_an_exchange_reads_as_in_a_terminal() -> None:
    assert exchange_text(RECORD, "curl https://a.example/x", '{"a": 1}') == (
        "$ curl -i https://a.example/x\nHTTP/1.1 201 Created\nContent-Type: application/json\nX-Odd: a⟨U+202E⟩b\n\n"
        '{"a": 1}'
    )
    assert exchange_text(RECORD, "GET /x HTTP/1.1", None).endswith("\n\n(9 bytes)")
    assert exchange_text(RECORD, "curl x", "y" * 300_000).endswith("y\n…")


def test_only_a_curl_command_gets_the_option() -> None:
    assert with_headers("curl --request POST") == "curl -i --request POST"
    assert with_headers("GET /curl HTTP/1.1") == "GET /curl HTTP/1.1"


@pytest.mark.parametrize(
    "value",
    [
        {"n": 1e16, "s": "yes", "date": "2026-01-02", "multi": "a\nb", "none": None, "big": 2**70, "list": [[], {}]},
        ["&anchor", "*alias", "- x", "# y", "é", "\u2028", ""],
        "text: with a colon",
    ],
)
def test_the_patch_says_what_the_answer_says(value: Any) -> None:
    patch = yaml.safe_load(
        example_patch(
            path="/a/{b}",
            method="GET",
            status="200",
            media_type="application/json",
            name="mine",
            summary="S.",
            value=[value, value],
            old=False,
        )
    )
    content = patch["paths"]["/a/{b}"]["get"]["responses"]["200"]["content"]
    assert content == {"application/json": {"examples": {"mine": {"summary": "S.", "value": [value, value]}}}}


def test_swagger_has_one_example_for_each_type() -> None:
    text = example_patch(
        path="/a", method="POST", status="default", media_type="text/plain", name="x", summary="", value="v", old=True
    )
    assert yaml.safe_load(text) == {
        "paths": {"/a": {"post": {"responses": {"default": {"examples": {"text/plain": "v"}}}}}}
    }
