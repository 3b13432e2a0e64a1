"""The schemas of a provider: their list, a page each, and who uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.schema.flatten import references_in
from tests.support.pages import HTMX, browser_of, document, get, one, site_of, words

PET = {
    "type": "object", "description": "An **animal**.", "required": ["id"],
    "properties": {"id": {"type": "string", "maxLength": 9}, "mate": {"$ref": "#/components/schemas/Pet"},
                   "home": {"$ref": "#/components/schemas/a~1b?c"}},
}  # fmt: skip
HOME = {"type": "object", "properties": {"street": {"type": "string"}}}
ONE = {"200": {"description": "One", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
SCHEMAS = {"Pet": PET, "a/b?c": HOME, "Unused": {"type": "string"}}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    described = document({"/pet": {"get": {"operationId": "pet", "summary": "Get a pet", "responses": ONE}}})
    described["components"]["schemas"] = SCHEMAS
    with site_of(tmp_path, {"pets": described, "nested/pets": described}) as app:
        yield browser_of(app)


@pytest.mark.parametrize("provider", ["pets", "nested/pets"])
def test_a_provider_lists_its_schemas_and_each_has_a_page(client: FlaskClient, provider: str) -> None:
    page = get(client, f"/providers/{provider}")
    assert one(page, f'a[href="/providers/{provider}/schemas"]').text.strip().isdecimal()
    listed = get(client, f"/providers/{provider}/schemas")
    links = {words(link): str(link["href"]) for link in listed.select("#schemas a")}
    assert links["Pet"] == f"/providers/{provider}/schemas/Pet"
    assert links["a/b?c"] == f"/providers/{provider}/schemas/a%2Fb%3Fc"
    assert "An animal." in words(one(listed, "#schemas"))
    for name, address in links.items():
        assert words(one(get(client, address), "h1")) == name


def test_a_schema_names_its_members_and_its_users(client: FlaskClient) -> None:
    page = get(client, "/providers/pets/schemas/Pet")
    assert "id string, up to 9 characters required" in words(one(page, "section > ul.schema"))
    assert [str(link["href"]) for link in page.select(".users a")] == ["/providers/pets/pet"]
    home = get(client, "/providers/pets/schemas/a%2Fb%3Fc")
    assert [str(link["href"]) for link in home.select(".users a")] == ["/providers/pets/schemas/Pet"]
    operation = get(client, "/providers/pets/pet")
    assert one(operation, '.described a[href="/providers/pets/schemas/Pet"]')
    assert one(operation, '#navigation a[href="/providers/pets/schemas"]')


def test_deeper_lines_and_the_filter_are_fetched(client: FlaskClient) -> None:
    lines = client.get("/providers/pets/schemas/Pet?at=2", headers=HTMX).text
    assert "street" in lines and "<html" not in lines
    assert "street" in client.get("/providers/pets/schemas/Pet?at=2").text
    found = client.get("/providers/pets/schemas?q=PE", headers=HTMX).text
    assert "Pet" in found and "a/b?c" not in found
    assert "No schema matches" in client.get("/providers/pets/schemas?q=zzz").text


@pytest.mark.parametrize(
    "path", ["pets/schemas/Nobody", "pets/schemas/Pet?at=99", "pets/schemas/Pet?at=x", "x/schemas"]
)
def test_a_schema_that_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/providers/{path}").status_code == 404


def test_an_operation_named_schemas_keeps_its_page(tmp_path: Path) -> None:
    described = document({"/schemas": {"get": {"operationId": "schemas", "responses": ONE}}})
    described["components"]["schemas"] = SCHEMAS
    with site_of(tmp_path, {"pets": described}) as app:
        client = browser_of(app)
        assert one(get(client, "/providers/pets/schemas"), "form#request")
        assert words(one(get(client, "/providers/pets/schemas/Pet"), "h1")) == "Pet"


def test_references_are_found_in_everything_once() -> None:
    pet = {"$ref": "#/$defs/Pet"}
    value = ({"properties": {"a": {"$ref": "#/$defs/a~1b"}}, "anyOf": [pet, pet]}, pet)
    assert sorted(references_in(value)) == ["Pet", "a/b"]
