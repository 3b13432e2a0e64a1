"""Fresh values where format or name says so, written into the field: the same one in snippet and Send."""

from __future__ import annotations

import re
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from playground.forms.generated import generate, generated_kind, with_generated
from playground.forms.operation_form import build_form
from playground.forms.shape import shape_of
from playground.forms.state import FormState
from playground.forms.submission import parse
from playground.request.build import build_request
from playground.snippets.registry import make_snippet
from tests.request.entries import at, make_entry


@pytest.mark.parametrize(
    ("schema", "label", "kind"),
    [
        ({"type": "string", "format": "uuid"}, "id", "uuid"),
        ({"type": "string"}, "Idempotency-Key", "uuid"),
        ({"type": "string"}, "idempotencyKey", "uuid"),
        ({"type": "string"}, "X-Request-Id", "uuid"),
        ({"type": "string", "format": "date-time"}, "at", "now"),
        ({"type": "integer", "format": "unix-time"}, "created", "unix"),
        ({"type": "integer"}, "timestamp", "unix"),
        ({"type": "integer", "format": "epoch-millis"}, "at", "millis"),
        ({"type": "string"}, "id", ""),
        ({"type": "string"}, "request_id", ""),
        ({"type": "integer"}, "count", ""),
        ({"type": "string", "format": "date"}, "day", ""),
        ({"type": "string", "enum": ["a", "b"], "format": "uuid"}, "id", ""),
        ({"type": "object"}, "timestamp", ""),
        ({}, "Idempotency-Key", ""),
    ],
)
def test_what_a_field_can_be_filled_with(schema: dict[str, Any], label: str, kind: str) -> None:
    assert generated_kind(shape_of(schema, {}), label) == kind


def test_the_values_are_fresh_and_of_their_form() -> None:
    one, other = generate("uuid"), generate("uuid")
    assert one != other
    assert uuid.UUID(one).version == 4
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", generate("now"))
    assert abs(datetime.fromisoformat(generate("now")) - datetime.now(UTC)).total_seconds() < 5
    assert abs(int(generate("unix")) - time.time()) < 5
    assert abs(int(generate("millis")) / 1000 - time.time()) < 5
    assert generate("nothing") == ""


def test_one_value_is_in_field_snippet_and_request() -> None:
    entry = make_entry(parameters=(at("header", "Idempotency-Key", {"type": "string"}),))
    field = build_form(entry, FormState()).groups[0].fields[0]
    state = with_generated(FormState.of([("header.Idempotency-Key~as", "empty")]), f"{field.generates} {field.name}")
    value = state.text("header.Idempotency-Key")
    assert uuid.UUID(value).version == 4
    model = parse(entry, state).model
    assert build_request(entry, model).headers.get("Idempotency-Key") == value
    assert value in make_snippet(entry, model, target="shell_curl", via="direct", gateway_url=None).text
    assert build_form(entry, state).groups[0].fields[0].value == value


@pytest.mark.parametrize("wanted", ["", "uuid", "uuid ", "nothing query.a", " query.a", "uuid " + "a" * 9000])
def test_a_button_nobody_drew_changes_nothing(wanted: str) -> None:
    state = FormState.of([("query.a", "1")])
    assert with_generated(state, wanted) == state
