"""Which schema is behind the inputs of an operation."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import MediaType, Parameter
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.state import FormState
from tests.forms.strategies import entry_of

OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}


def test_of_two_parameters_of_one_name_the_first_counts() -> None:
    first, second = (Parameter(name="a/b", location="query", description=text) for text in ("first", "second"))
    other = Parameter(name="a/b", location="header")
    named = list(parameters_of(entry_of(first, second, other)))
    assert [(name, parameter.description) for name, parameter in named] == [
        ("query.a~1b", "first"),
        ("header.a~1b", ""),
    ]


@pytest.mark.parametrize(
    ("media_type", "schema", "expected"),
    [
        ("application/json", OBJECT, OBJECT),
        ("text/plain", OBJECT, {"type": "string"}),
        ("text/plain", {"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 3}),
        ("image/png", {**OBJECT, "title": "T"}, {"title": "T", "type": "string", "format": "binary"}),
        ("application/x-www-form-urlencoded", {"title": "T"}, {"title": "T", "type": "object"}),
    ],
)
def test_the_media_type_decides_what_the_bodys_form_is_of(media_type: str, schema: Any, expected: Any) -> None:
    body = body_of(entry_of(body=schema, media_type=media_type), FormState())
    assert body is not None
    assert body.schema == expected


def test_without_a_body_there_is_none() -> None:
    assert body_of(entry_of()) is None


def test_plain_text_is_one_box() -> None:
    names = ("text/plain", "text/csv", "application/x-ndjson", "application/json", "image/png", "text/html")
    bodies = [BodyInput(media_type=MediaType(name=name), schema=True, required=False) for name in names]
    assert [body.is_plain_text for body in bodies] == [True, True, True, False, False, True]
