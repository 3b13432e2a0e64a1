"""What fields of every kind answer alike."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from playground.forms.fields import ConstField, FieldNotFound, KeptField, MoreField, ObjectField, Option, TextField

NAMED: dict[str, Any] = {"name": "body/a", "id": "f-body-a", "label": "a"}


def test_only_groups_have_fields_inside() -> None:
    text = TextField(kind="text", **NAMED)
    assert (text.children, text.deferred, text.control) == ((), False, "line")
    group = ObjectField(kind="object", children=(text,), deferred=True, **NAMED)
    assert (group.children, group.deferred) == ((text,), True)
    assert MoreField(children=(text,), **NAMED).children == (text,)
    assert KeptField(kept="1", **NAMED).children == ()


def test_a_field_is_a_value() -> None:
    field = ConstField(value="x", **NAMED)
    assert pickle.loads(pickle.dumps(field)) == field  # noqa: S301 - made two lines above
    with pytest.raises(FrozenInstanceError):
        field.value = "y"  # type: ignore[misc]


@pytest.mark.parametrize(("value", "label", "plain"), [("a", "a", True), ("a", "A", False), ("a  b", "a  b", False)])
def test_an_options_text_is_its_value_where_a_browser_keeps_it(value: str, label: str, plain: bool) -> None:
    assert Option(value=value, label=label).is_plain is plain


def test_a_name_without_a_field_is_told_in_a_sentence() -> None:
    assert str(FieldNotFound("x")) == "This operation has no field named 'x'; reload the page."
