"""The bundled descriptions are valid, their examples fit, and they hold what the contract promises of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from playground import bundled
from playground.catalog.names import canonical_name

FOLDER = Path(bundled.__file__).parent
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def read(name: str) -> dict[str, Any]:
    document = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(document, dict)
    return document


DOCUMENTS = {name: read(name) for name in ("stripe", "tour")}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def nodes(node: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    yield pointer, node
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, member in members:
        yield from nodes(member, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def absolute(node: Any) -> Any:
    """Point references at the document's address, so that a schema is checked on its own."""
    if isinstance(node, dict):
        return {
            key: f"urn:document{value}" if key == "$ref" and isinstance(value, str) else absolute(value)
            for key, value in node.items()
        }
    return [absolute(value) for value in node] if isinstance(node, list) else node


def dereferenced(document: dict[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


@pytest.fixture(params=sorted(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return DOCUMENTS[request.param]


def test_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)


def test_no_comma_has_split_a_description_in_two(document: dict[str, Any]) -> None:
    stray = [
        f"{pointer}: {key!r}"
        for pointer, node in nodes(document)
        if isinstance(node, dict) and "/example" not in pointer and "/value" not in pointer
        for key, value in node.items()
        if value is None
    ]
    assert stray == []


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        assert operation["summary"], f"{method} {path}"
        assert operation["description"], f"{method} {path}"


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    resource = DRAFT202012.create_resource(absolute(document))
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    checked = 0
    for pointer, node in nodes(document):
        if not isinstance(node, dict):
            continue
        schema, values = node.get("schema", node), []
        if isinstance(node.get("examples"), list):
            values = node["examples"]
        elif isinstance(node.get("examples"), dict) and "schema" in node:
            values = [dereferenced(document, example)["value"] for example in node["examples"].values()]
        elif "example" in node and "schema" in node and not pointer.endswith("xml"):
            values = [node["example"]]
        validator = Draft202012Validator(absolute(schema), registry=registry) if values else None
        for value in values:
            assert validator is not None
            errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]
            assert errors == [], pointer
            checked += 1
    assert checked > 100


def test_stripe_has_the_operations_everybody_looks_for() -> None:
    names = [canonical_name(operation["operationId"]) for _, _, operation in operations(DOCUMENTS["stripe"])]
    assert len(names) == len(set(names)) == 26
    assert {
        "postcheckoutsessions",
        "getcheckoutsessions",
        "getcheckoutsessionssession",
        "postcheckoutsessionssession",
        "postcheckoutsessionssessionexpire",
        "getcheckoutsessionssessionlineitems",
        "getcustomerssearch",
        "deletecustomerscustomer",
        "postpaymentintentsintentcapture",
        "postproductsid",
        "postprices",
    } <= set(names)


def test_stripe_update_takes_the_fields_of_the_page_everybody_compares() -> None:
    stripe = DOCUMENTS["stripe"]
    assert stripe["info"]["title"] == "Stripe API"
    assert [server["url"] for server in stripe["servers"]] == ["https://api.stripe.com"]
    assert stripe["security"] == [{"bearerAuth": []}, {"basicAuth": []}]
    update = stripe["paths"]["/v1/checkout/sessions/{session}"]["post"]
    assert update["summary"] == "Update a Checkout Session"
    form = update["requestBody"]["content"]["application/x-www-form-urlencoded"]
    assert list(form["schema"]["properties"]) == [
        "collected_information",
        "expand",
        "line_items",
        "metadata",
        "shipping_options",
    ]
    assert all(encoding == {"style": "deepObject", "explode": True} for encoding in form["encoding"].values())


def test_stripe_encodes_every_nested_form_field_with_brackets() -> None:
    stripe = DOCUMENTS["stripe"]
    for method, path, operation in operations(stripe):
        body = dereferenced(stripe, operation.get("requestBody", {}))
        for media_type in body.get("content", {}).values():
            schema = media_type["schema"]
            parts = [dereferenced(stripe, part) for part in schema.get("allOf", [schema])]
            properties = {name: value for part in parts for name, value in part["properties"].items()}
            nested = {
                name
                for name, value in properties.items()
                if dereferenced(stripe, value).get("type") in ("object", "array")
            }
            assert nested <= set(media_type["encoding"]) <= set(properties), f"{method} {path}"


@pytest.mark.parametrize(
    ("location", "styles"),
    [
        ("path", {"simple", "label", "matrix"}),
        ("query", {"form", "spaceDelimited", "pipeDelimited", "deepObject", "content"}),
        ("header", {"simple", "content"}),
        ("cookie", {"form", "content"}),
    ],
)
def test_tour_shows_every_parameter_style(location: str, styles: set[str]) -> None:
    default = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}[location]
    seen = {
        "content" if "content" in node else node.get("style", default)
        for _, node in nodes(DOCUMENTS["tour"]["paths"])
        if isinstance(node, dict) and node.get("in") == location
    }
    assert seen == styles


def test_tour_shows_every_body_scheme_and_answer() -> None:
    tour = DOCUMENTS["tour"]
    bodies: set[str] = set()
    answers: set[str] = set()
    for _, _, operation in operations(tour):
        bodies |= set(operation.get("requestBody", {}).get("content", {}))
        for response in operation["responses"].values():
            answers |= set(dereferenced(tour, response).get("content", {}))
    assert bodies == {
        "application/json",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
        "application/xml",
        "application/octet-stream",
    }
    assert answers >= {"application/json", "text/plain", "application/xml", "image/png", "text/csv"}
    assert "application/problem+json" in answers
    schemes = tour["components"]["securitySchemes"].values()
    assert {scheme["type"] for scheme in schemes} == {"http", "apiKey", "oauth2", "openIdConnect"}
    assert {scheme["in"] for scheme in schemes if "in" in scheme} == {"header", "query", "cookie"}
    keywords = {key for _, node in nodes(tour) if isinstance(node, dict) for key in node}
    assert keywords >= {
        "allOf", "anyOf", "oneOf", "discriminator", "const", "enum", "x-enumDescriptions", "pattern", "readOnly",
        "writeOnly", "deprecated", "prefixItems", "additionalProperties", "uniqueItems", "multipleOf", "allowReserved",
        "allowEmptyValue", "default", "minItems", "maxLength", "minLength", "exclusiveMinimum", "xml",
        "contentMediaType",
    }  # fmt: skip
