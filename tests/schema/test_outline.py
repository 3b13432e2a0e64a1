from __future__ import annotations

from typing import Any

import pytest

from playground.schema.outline import Line, outline

PET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "ghost"],
    "properties": {
        "id": {"type": "string", "maxLength": 5, "description": "Its *name*.", "readOnly": True},
        "kind": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
        "fixed": {"const": "pet"},
        "owner": {"type": "object", "properties": {"name": {"type": "string"}, "pets": {"$ref": "#/$defs/Pets"}}},
        "food": {"oneOf": [{"title": "Fish", "properties": {"kg": {"type": "number"}}}, {"type": "string"}]},
    },
    "additionalProperties": {"type": "integer"},
}
DEFINITIONS = {"Pets": {"type": "array", "items": {"$ref": "#/$defs/Pet"}}, "Pet": PET}


def line(schema: Any = PET, address: str = "", **options: Any) -> Line:
    made = outline(schema, DEFINITIONS, address, **options)
    assert made is not None
    return made


def test_members_are_lines_with_type_limits_and_values() -> None:
    members = {child.name: child for child in line().children}
    assert list(members) == ["id", "kind", "fixed", "owner", "food", "ghost", ""]
    assert (members["id"].type, members["id"].limits, members["id"].required, members["id"].read_only) == (
        "string", "up to 5 characters", True, True,
    )  # fmt: skip
    assert (members["kind"].values, members["kind"].default) == (('"cat"', '"dog"'), '"cat"')
    assert members["fixed"].type == 'always "pet"'
    assert members["ghost"].required
    assert (members[""].role, members[""].type) == ("other", "integer")
    assert [child.name for child in members["food"].children] == ["Fish", "string"]


def test_a_recursive_schema_goes_as_deep_as_it_is_asked() -> None:
    owner = line().children[3]
    assert [child.name for child in owner.children] == ["name", "pets"]
    pets = line(address=owner.children[1].address)
    assert (pets.type, pets.count, pets.reference) == ("list of objects", 7, "Pets")
    assert line(address=pets.children[3].children[1].address).count == 7


def test_a_large_schema_comes_in_slices() -> None:
    large = {"properties": {f"p{number}": {"type": "string"} for number in range(250)}}
    first = line(large)
    assert (len(first.children), first.left) == (100, 150)
    assert line(large, start=first.next).children[0].name == "p100"


@pytest.mark.parametrize("address", ["99", "x", "0.0.0", "-1", "1" * 50, ".".join("3" * 60)])
def test_an_address_that_leads_nowhere_is_none(address: str) -> None:
    assert outline(PET, DEFINITIONS, address) is None


@pytest.mark.parametrize(
    "schema", [True, False, {}, {"$ref": "#/$defs/Nowhere"}, {"allOf": [{"$ref": "#/$defs/Loop"}]}]
)
def test_schemas_that_say_nothing_are_one_line(schema: Any) -> None:
    made = outline(schema, {"Loop": {"$ref": "#/$defs/Loop"}})
    assert made is not None
    assert made.count == 0
