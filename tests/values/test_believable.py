"""A made value fits its schema by another library's reading, and looks like what a server of that API would send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from playground.catalog.model import Catalog, Schema
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.values.believable import Context, believable
from playground.values.shapes import Shapes
from tests.sandbox.entries import bundled_catalog, misfits
from tests.support.needs import need_spec
from tests.support.rows import each

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def make(schema: Schema, name: str = "", definitions: dict[str, Any] | None = None, **more: Any) -> Any:
    return believable(schema, name, Context(definitions=definitions or {}, now=NOW, **more))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_in(member)


KEYWORDS: dict[str, Schema] = {
    "not": {"type": "string", "enum": ["a", "b"], "not": {"const": "a"}},
    "not required": {"type": "object", "properties": {"a": {"type": "string"}, "b": {}}, "not": {"required": ["a"]}},
    "if then": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["card", "bank"]}, "number": {"type": "string"}},
        "if": {"properties": {"kind": {"const": "card"}}},
        "then": {"required": ["number"], "properties": {"number": {"pattern": "^4[0-9]{15}$"}}},
        "else": {"required": ["iban"]},
    },
    "dependentRequired": {
        "type": "object",
        "required": ["card"],
        "properties": {"card": {"type": "string"}, "cvc": {"type": "string", "pattern": "^[0-9]{3}$"}},
        "dependentRequired": {"card": ["cvc", "holder"], "holder": ["address"]},
    },
    "dependentSchemas": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "required": ["a"],
        "dependentSchemas": {"a": {"properties": {"b": {"minimum": 5}}}},
    },
    "contains": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 900}, "maxItems": 2},
    "minContains": {"type": "array", "contains": {"const": "x"}, "minContains": 1, "maxContains": 1},
    "uniqueItems": {"type": "array", "uniqueItems": True, "minItems": 5, "items": {"type": "integer", "maximum": 9}},
    "many": {"type": "array", "minItems": 120, "items": {"type": "object", "required": ["id", "name"],
             "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}},
    "many unique": {"type": "array", "uniqueItems": True, "minItems": 300, "items": {"type": "string"}},
    "many contained": {"type": "array", "contains": {"const": "x"}, "minContains": 40, "items": {"type": "string"}},
    "unique enum": {"type": "array", "uniqueItems": True, "minItems": 2, "items": {"enum": ["a", "b", "c"]}},
    "multipleOf": {"type": "number", "multipleOf": 0.01, "minimum": 3, "maximum": 4},
    "multipleOf 7": {"type": "integer", "multipleOf": 7, "exclusiveMinimum": 14},
    "multiple of a large step": {"type": "integer", "multipleOf": 1000, "maximum": -1},
    "prefixItems": {"type": "array", "prefixItems": [{"type": "number"}, {"enum": ["NE", "SW"]}], "items": False},
    "propertyNames": {
        "type": "object", "minProperties": 2, "propertyNames": {"pattern": "^x-[a-z]{3}$"},
        "additionalProperties": {"type": "integer"},
    },
    "patternProperties": {
        "type": "object", "minProperties": 1, "patternProperties": {"^[0-9]{4}$": {"type": "boolean"}},
        "additionalProperties": False,
    },
    "maxProperties": {"type": "object", "maxProperties": 1, "properties": {"a": {}, "b": {}, "c": {}}},
    "minProperties": {"type": "object", "minProperties": 3, "properties": {"a": {"type": "string"}}},
    "oneOf by what is required": {
        "type": "object", "properties": {"org": {"type": "string"}, "orgID": {"type": "string"}},
        "oneOf": [{"required": ["org"]}, {"required": ["orgID"]}],
    },
    "anyOf by what is required": {
        "type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "anyOf": [{"required": ["a"]}, {"required": ["c"]}],
    },
    "oneOf that overlaps": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 500}]},
    "allOf": {"allOf": [{"required": ["a"]}, {"properties": {"a": {"type": "string", "minLength": 30}}}]},
    "required but not declared": {"type": "object", "required": ["name", "size"]},
    "unevaluatedProperties": {
        "allOf": [{"properties": {"a": {"type": "string"}}}], "properties": {"b": {}}, "unevaluatedProperties": False,
    },
    "null": {"type": "null"},
    "types": {"type": ["integer", "null"], "minimum": 3},
    "long": {"type": "string", "minLength": 400, "maxLength": 420},
    "short": {"type": "string", "maxLength": 1},
    "empty": {"type": "string", "maxLength": 0},
    "pattern and length": {"type": "string", "pattern": "^[A-Z]+$", "minLength": 30, "maxLength": 32},
    "pattern with lookahead": {"type": "string", "pattern": r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{12}$"},
    "format and pattern": {"type": "string", "format": "uuid", "pattern": "^[0-9A-F-]+$"},
    "bounds between": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
}  # fmt: skip


@each("keyword", KEYWORDS)
@each("writing", [False, True])
@each("seed", range(4))
def test_keywords_are_respected(keyword: str, writing: bool, seed: int) -> None:
    schema = KEYWORDS[keyword]
    value = make(schema, writing=writing, seed=seed)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(value)] == []


def test_same_seed_same_value_and_another_seed_another() -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string"}, "email": {"format": "email"}}}
    assert make(schema, seed="x") == make(schema, seed="x")
    assert make(schema, seed="x") != make(schema, seed="y")


CUSTOMER: dict[str, Any] = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "description": "Unique, prefixed with `cus_`."},
        "created": {"type": "integer", "description": "Seconds since the Unix epoch."},
        "created_at": {"type": "string", "format": "date-time"},
        "updatedAt": {"type": "string"},
        "currency": {"type": "string"},
        "name": {"type": "string"},
        "first_name": {"type": "string"},
        "email": {"type": "string"},
        "phone": {"type": "string"},
        "website": {"type": "string"},
        "country": {"type": "string", "maxLength": 2},
        "city": {"type": "string"},
        "color": {"type": "string"},
        "commit_sha": {"type": "string"},
        "unit_price": {"type": "number"},
        "deleted_at": {"type": ["string", "null"], "format": "date-time"},
        "balance": {"type": "integer"},
        "whatever": {"type": "string"},
        "parent": {"$ref": "#/$defs/customer"},
        "orders": {"type": "array", "items": {"$ref": "#/$defs/order"}},
    },
}
DEFINITIONS: dict[str, Any] = {
    "customer": CUSTOMER,
    "order": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "examples": ["ord_a1B2c3"]},
            "customer": {"type": "string", "description": "ID of the customer who ordered."},
            "status": {"enum": ["cancelled", "open", "paid"]},
        },
    },
}


def test_values_suit_their_names() -> None:
    made = make({"$ref": "#/$defs/customer"}, definitions=DEFINITIONS)
    assert re.fullmatch("cus_[A-Za-z0-9]{14}", made["id"])
    assert datetime(NOW.year, 1, 1, tzinfo=UTC) <= datetime.fromtimestamp(made["created"], UTC) <= NOW
    assert made["created_at"].startswith(f"{NOW.year}-")
    assert made["created_at"] <= made["updatedAt"] <= "2026-11-30T00:00:00Z"
    assert made["currency"] == "usd"
    assert made["name"].split()[0] == made["first_name"]
    assert made["email"].startswith(made["first_name"].lower())
    assert re.fullmatch(r"\+[0-9]{8,15}", made["phone"])
    assert made["website"].startswith("https://")
    assert re.fullmatch("[A-Z]{2}", made["country"])
    assert made["city"].istitle()
    assert re.fullmatch("#[0-9a-f]{6}", made["color"])
    assert re.fullmatch("[0-9a-f]{40}", made["commit_sha"])
    assert made["deleted_at"] is None
    assert "parent" not in made, "a thing inside itself is left out"
    assert 2 <= len(made["orders"]) <= 3
    for order in made["orders"]:
        assert re.fullmatch("ord_[a-z0-9A-Z]{6}", order["id"])
        assert order["customer"] == made["id"], "what it is a part of"
    assert made["orders"][0]["id"] != made["orders"][1]["id"]
    assert "string" not in set(texts_in(made))


def test_places_and_people_agree() -> None:
    names = ("city", "country", "postal_code", "timezone", "phone")
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    for seed in range(20):
        made = make(schema, seed=seed)
        if made["country"] == "DE":
            assert (made["city"], made["postal_code"], made["phone"][:3]) == ("Berlin", "10115", "+49")
            break
    else:
        pytest.fail("no seed drew Berlin")


def test_counts_agree_with_lists() -> None:
    schema = {
        "type": "object",
        "required": ["has_more", "next_page", "total_count", "items", "comments_count", "comments", "pages"],
        "properties": {
            "items": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}},
            "has_more": {"type": "boolean"},
            "total_count": {"type": "integer"},
            "next_page": {"type": ["string", "null"]},
            "next_cursor": {"type": "string"},
            "pages": {"type": "integer"},
        },
    }
    made = make(schema)
    assert made["total_count"] == len(made["items"]) in (2, 3)
    assert (made["has_more"], made["next_page"], made["pages"]) == (False, None, 1)
    assert "next_cursor" not in made


def test_sums_agree() -> None:
    names = ("amount_subtotal", "amount_tax", "amount_discount", "amount_total")
    made = make({"type": "object", "properties": {name: {"type": "integer"} for name in names}})
    assert made["amount_total"] == made["amount_subtotal"] + made["amount_tax"] - made["amount_discount"]


def test_addresses_name_the_thing_they_belong_to() -> None:
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "login": {"type": "string", "example": "octocat"},
                "repos_url": {"type": "string", "example": "https://api.example.com/users/octocat/repos{/more}"},
            },
        },
    }
    first, second = make(schema)[:2]
    assert first["repos_url"] == "https://api.example.com/users/octocat/repos{/more}"
    assert second["login"] != "octocat"
    assert second["repos_url"] == f"https://api.example.com/users/{second['login']}/repos{{/more}}"


def test_examples_come_first_unless_they_say_nothing_or_are_old() -> None:
    assert make({"type": "string", "examples": ["blue"]}) == "blue"
    assert make({"type": "integer", "examples": [77_777]}, examples=False) != 77_777
    assert make({"type": "string", "example": "string"}, "city") != "string"
    made = make({"type": "string", "format": "date-time", "example": "2011-01-26T19:01:12Z"}, "created_at")
    assert made.startswith("2026-")
    assert make({"type": "string", "example": "2011-04-10T20:09:31+00:00"}, "created_at").endswith("+00:00")


def test_what_is_hidden_in_one_direction_is_left_out() -> None:
    schema = {
        "type": "object",
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "inner": {"type": "object", "properties": {"pin": {"type": "string", "writeOnly": True}}},
        },
    }
    assert "secret" not in make(schema) and "pin" not in make(schema)["inner"]
    assert "id" not in make(schema, writing=True) and "secret" in make(schema, writing=True)


def test_an_expandable_member_is_an_identifier_that_is_known() -> None:
    schema = {
        "type": "object",
        "properties": {"customer": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/customer"}]}},
    }
    definitions = {**DEFINITIONS, "session": schema}
    reference = {"$ref": "#/$defs/session"}
    assert make(reference, definitions=definitions)["customer"].startswith("cus_")
    known = make(reference, definitions=definitions, known=lambda name: "cus_9" if "customer" in name else None)
    assert known["customer"] == "cus_9"


def test_a_schema_inside_itself_ends() -> None:
    definitions: dict[str, Any] = {
        "node": {
            "type": "object",
            "required": ["left"],
            "properties": {
                "left": {"$ref": "#/$defs/node"},
                "right": {"$ref": "#/$defs/node"},
                "all": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            },
        }
    }
    made = make({"$ref": "#/$defs/node"}, definitions=definitions)
    assert len(json.dumps(made)) < 2000


def hostile() -> dict[str, Schema]:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(900):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"]}
    return {
        "nothing fits": False,
        "impossible": {"type": "string", "minLength": 10**9, "maxLength": 1},
        "huge": {"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9}},
        "endless pattern": {"type": "string", "pattern": "^(a+)+$(b{1000000}){1000000}"},
        "deep": deep,
        "wide": {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(20_000)}},
        "rubbish": {"type": [1, {}], "enum": 3, "properties": [], "oneOf": {}, "pattern": 7, "required": "a"},
        "far bounds": {"type": "integer", "minimum": 1e308, "maximum": -1e308, "multipleOf": 1e-300},
        "surrogate": {"type": "string", "pattern": "[\ud800-\udfff]"},
    }


@pytest.mark.cpu(30)
@pytest.mark.parametrize("name", hostile())
def test_a_hostile_schema_costs_little(name: str) -> None:
    json.dumps(make(hostile()[name], "x"))


def operations_of(path: Path) -> Catalog:
    return compile_document(parse_document(path.read_bytes()), name="real").catalog


@pytest.mark.parametrize("name", ["stripe", "tour", "playground"])
def test_every_bundled_schema_gets_a_value_that_fits(name: str) -> None:
    check(bundled_catalog(name), every=1)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stripe.json", "box.com.json", "slack.com.json", "loket.nl.json"])
def test_every_real_schema_gets_a_value_that_fits(name: str) -> None:
    check(operations_of(need_spec(name)), every=23)


def check(catalog: Catalog, every: int) -> None:
    shapes = Shapes(catalog.definitions)
    tried = 0
    for operation in islice(catalog.operations, 0, None, every):
        described = [(one.schema, False) for response in operation.responses for one in response.media_types]
        described += (
            [(one.schema, True) for one in operation.request_body.media_types] if operation.request_body else []
        )
        for schema, writing in described:
            context = Context(definitions=catalog.definitions, writing=writing, seed=operation.key, shapes=shapes)
            value = believable(schema, "", context)
            tried += 1
            assert "string" not in set(texts_in(value)), operation.key
            for text in texts_in(value):
                if found := re.match(r"(\d{4})-\d\d-\d\dT", text):
                    assert abs(datetime.now(UTC) - datetime.fromisoformat(text)) < timedelta(days=731), found
            if not writing:
                assert misfits(value, schema, catalog.definitions) == [], operation.key
    assert tried
