"""Whatever the official schema of a version refuses has a problem, at every place of a document."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.openapi.parse import read_text
from playground.openapi.problems import DocumentError
from tests.openapi.rules.whole import V3_0, WHOLE, broken, found

WRONG: tuple[Any, ...] = (7, "a b", [], {}, True, None, [7], {"a": 7})


def _official(family: str) -> Any:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    package = pytest.importorskip("openapi_spec_validator")
    path = resources.files(package).joinpath(f"resources/schemas/v{family}/schema.json")
    return jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")), validate_formats=False)


def _places(value: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        yield f"{pointer}/{key}", value, key
        if isinstance(member, dict | list):
            yield from _places(member, f"{pointer}/{key}")


def _mutations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a document with one member removed, of another type, or with an unknown neighbour, one change at a time."""
    document = copy.deepcopy(document)
    for pointer, holder, key in list(_places(document)):
        sound = holder[key]
        if isinstance(sound, dict):
            sound["frobnicate"] = 1
            yield f"{pointer}: frobnicate", document
            del sound["frobnicate"]
        for wrong in WRONG:
            holder[key] = wrong
            yield f"{pointer}: {wrong!r}", document
        del holder[key]
        yield f"{pointer} removed", document
        if isinstance(holder, list):
            holder.insert(key, sound)
        else:
            holder[key] = sound


@pytest.mark.parametrize("family", WHOLE)
def test_a_whole_document_has_no_problems(family: str) -> None:
    _official(family).validate(WHOLE[family])
    assert found(WHOLE[family]) == []


@pytest.mark.slow
@pytest.mark.parametrize("family", WHOLE)
def test_what_the_official_schema_refuses_has_a_problem(family: str) -> None:
    official = _official(family)
    missed = []
    for name, document in _mutations(WHOLE[family]):
        # The official schema wants texts here, and the specification takes any value (3.1, Link Object).
        if official.is_valid(document) or "/links/l/parameters" in name:
            continue
        try:
            if not compile_document(document, name="x", rules=True).problems:
                missed.append(name)
        except DocumentError:
            continue
    assert missed == []


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/info/title", 7, '"title" must be text, not a number: put it in quotes.'),
        ("/info/description", [], '"description" must be text, not a list: write text in its place.'),
        ("/tags/0", "t", "This tag is text, not an object; it is left out: write an object."),
        (
            "/paths/~1a~1{id}/get/deprecated",
            "no",
            '"deprecated" must be true or false, not text: write true or false in its place.',
        ),
        ("/info/contact/email", "nobody", '"email" is no e-mail address: write it as name@example.com.'),
        (
            "/tags/0/externalDocs/url",
            "see the wiki",
            '"url" is no address ("see the wiki"): write a URL, or a path relative to one.',
        ),
        (
            "/components/parametres",
            {},
            '"parametres" is not a field of the Components Object: did you mean parameters?',
        ),
        (
            "/webhooks",
            {},
            '"webhooks" is not a field of the Open API Object: it is one of OpenAPI 3.1 and 3.2; this document is 3.0.',
        ),
        ("/info/x-y", 7, ""),
        (
            "/info/frobnicate",
            7,
            '"frobnicate" is not a field of the Info Object: correct its name, or begin it with x-.',
        ),
        (
            "/components/headers/H/style",
            "simpl",
            '"style" is "simpl", but must be simple: did you mean simple?',
        ),
        (
            "/components/requestBodies/B",
            {"$ref": "#/components/requestBodies/None"},
            'The reference "#/components/requestBodies/None" points at nothing in this document: correct it, or add '
            "its target. Nothing is read here.",
        ),
        (
            "/components/requestBodies/B",
            {"$ref": 7},
            '"$ref" must be text, not a number: write text in its place.',
        ),
        (
            "/components/schemas/U",
            {"type": "strin"},
            '"strin" is not a type of JSON Schema; it is ignored: write one like string or object.',
        ),
        (
            "/components/schemas/U",
            {"allOf": [{"properties": {"a": {"$ref": "#/components/schemas/V"}}}]},
            'The reference "#/components/schemas/V" points at nothing in this document: correct it, or add its '
            "target. Any value is allowed.",
        ),
    ],
)
def test_a_problem_names_its_place_and_a_remedy(pointer: str, value: Any, message: str) -> None:
    problems = found(broken("3.0", (pointer, value)))
    assert [text for _, text in problems] == ([message] if message else [])
    assert all(place.startswith(pointer) for place, _ in problems)


def test_two_missing_fields_are_two_problems() -> None:
    assert found(broken("3.0", ("/info", {}))) == [
        ("/info", 'This Info Object has no "title": add it.'),
        ("/info", 'This Info Object has no "version": add it.'),
    ]


def test_a_version_that_yaml_reads_as_a_number_is_told() -> None:
    data = b"openapi: 3.0.3\ninfo:\n  title: t\n  version: 1.10\npaths: {}\n"
    compiled = compile_document(read_text(data).document, name="x", rules=True)
    assert compiled.catalog.provider.version == "1.10"
    assert [problem.message for problem in compiled.problems] == [
        '"version" is written as a number: put it in quotes, "1.10".'
    ]


def test_references_in_circles_end() -> None:
    circle = {"A": {"$ref": "#/components/responses/B"}, "B": {"$ref": "#/components/responses/A"}}
    document = broken("3.0", ("/components/responses", circle), ("/paths", {}))
    assert compile_document(document, name="x", rules=True).catalog.operations == ()


def test_the_rules_change_nothing_in_the_catalogue() -> None:
    plain = compile_document(V3_0, name="x")
    assert compile_document(V3_0, name="x", rules=True).catalog == plain.catalog
    assert (
        "U"
        not in compile_document(broken("3.0", ("/components/schemas/U", {})), name="x", rules=True).catalog.definitions
    )
