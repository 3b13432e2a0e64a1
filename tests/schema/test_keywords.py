"""The table of keywords: complete, and what is asked of it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

from playground import schema as schema_package
from playground.schema.keywords import ALONE, AMENDMENTS, CHECKS, COMPANIONS, KEYWORDS, OWN_CHECKS, limits_text

VOCABULARIES = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
OPENAPI = {
    "2.0": ("openapi_spec_validator", "resources/schemas/v2.0/schema.json", ("definitions", "schema")),
    "3.0": ("openapi_spec_validator", "resources/schemas/v3.0/schema.json", ("definitions", "Schema")),
    "3.2": ("openapi_schema_validator", "schemas/oas3.2/meta/2025-09-17.json", ()),
}


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_keyword_of_2020_12_has_its_entry(vocabulary: str) -> None:
    described = REGISTRY.contents(f"https://json-schema.org/draft/2020-12/meta/{vocabulary}")
    assert described["properties"].keys() <= KEYWORDS.keys()


@pytest.mark.parametrize("version", OPENAPI)
def test_every_keyword_of_openapis_dialects_has_its_entry(version: str) -> None:
    package, name, way = OPENAPI[version]
    described = json.loads(resources.files(package).joinpath(name).read_text("utf-8"))
    for step in way:
        described = described[step]
    assert described["properties"].keys() - {"$ref"} <= KEYWORDS.keys()


def test_a_keyword_is_checked_or_shown_or_says_why_forms_have_nothing_of_it() -> None:
    package = Path(str(schema_package.__file__)).parents[1]
    readers = [*package.glob("schema/*.py"), *package.glob("forms/*.py")]
    text = "".join(path.read_text("utf-8") for path in readers)
    for name, keyword in KEYWORDS.items():
        used = keyword.check is not None or bool(keyword.belongs_to) or f'"{name}"' in text
        assert used or keyword.not_in_forms, name


def test_the_table_knows_each_keyword_once_and_its_companions_exist() -> None:
    assert all(name == keyword.name for name, keyword in KEYWORDS.items())
    assert COMPANIONS == {"contains": ("minContains", "maxContains"), "if": ("then", "else")}
    assert OWN_CHECKS.keys() < CHECKS.keys()
    assert {"properties", "items", "type", "enum"}.isdisjoint(OWN_CHECKS)
    assert {"type", "enum", "pattern", "readOnly"} < ALONE
    assert len({amend for amend, _ in AMENDMENTS}) == len(AMENDMENTS)


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"maxLength": 66}, "up to 66 characters"),
        ({"minLength": 1, "maxLength": 5000}, "1 to 5,000 characters"),
        ({"minimum": 1, "maximum": 100}, "1 to 100"),
        ({"exclusiveMinimum": 0}, "more than 0"),
        ({"minimum": 0, "exclusiveMinimum": True}, "more than 0"),
        ({"format": "date-time"}, "date-time"),
        ({"maxItems": 1, "uniqueItems": True}, "up to 1 item, no repeats"),
        ({"minProperties": 2}, "at least 2 entries"),
        ({"multipleOf": 5}, "a multiple of 5"),
        ({"minimum": 0, "exclusiveMaximum": 1, "multipleOf": 0.1}, "at least 0 and less than 1, a multiple of 0.1"),
        ({"minLength": 2, "format": "email"}, "email, at least 2 characters"),
        ({"format": "binary"}, ""),
        ({"minItems": 2, "maxItems": 2}, "exactly 2 items"),
        ({"minLength": "2", "maximum": "x"}, ""),
        ({}, ""),
    ],
)
def test_limits_in_words(schema: Any, text: str) -> None:
    assert limits_text(schema) == text


def test_words_of_limits_are_about_the_type() -> None:
    assert limits_text({"type": "string", "uniqueItems": True, "minItems": 2}) == ""
    assert limits_text({"type": ["array", "null"], "uniqueItems": True}) == "no repeats"
    assert limits_text({"uniqueItems": True}) == "no repeats"
    assert limits_text({"type": "integer", "minimum": 3, "maxLength": 4}) == "at least 3"
