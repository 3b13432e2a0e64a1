from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.pages import HTMX, browser_of, document, get, one, site_of, words

PET = {
    "type": "object", "required": ["id"],
    "properties": {"id": {"type": "string", "maxLength": 9}, "mate": {"$ref": "#/components/schemas/Pet"}},
}  # fmt: skip
RESPONSES = {
    "200": {
        "description": "One pet.", "headers": {"X-Left": {"required": True, "schema": {"type": "integer"}}},
        "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Pet"}, "examples": {"cat": {"value": {"id": "tom"}}}}},
    },
    "4XX": {"description": "Wrong.", "content": {
        "application/json": {"schema": {"properties": {"error": {"type": "string"}}}}}},
    "204": {"description": "Nothing."},
}  # fmt: skip
PATH = "/providers/pets/pet"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    operations = {name: {"operationId": name, "responses": RESPONSES} for name in ("pet", "vet")}
    described = document({f"/{name}": {"get": operation} for name, operation in operations.items()})
    described["components"]["schemas"] = {"Pet": PET}
    with site_of(tmp_path, {"pets": described}) as app:
        yield browser_of(app)


def test_each_documented_answer_is_described_before_one_is_there(client: FlaskClient) -> None:
    output = one(get(client, PATH), "#response")
    assert [words(tab) for tab in output.select(".described .tabs label")] == ["200", "4XX", "204"]
    first, wrong, nothing = output.select(".described-response")
    assert "200 OK One pet." in words(first)
    assert "id string, up to 9 characters required" in words(first)
    assert "X-Left integer required" in words(first)
    assert "client errors Wrong." in words(wrong)
    assert "error string" in words(wrong)
    assert "Without content." in words(nothing)


def test_deeper_lines_and_examples_come_as_they_are_asked_for(client: FlaskClient) -> None:
    output = one(get(client, PATH), "#response")
    deeper = str(one(output, ".schema [data-opens] > ul a")["href"])
    assert "id string" in words(get(client, deeper, **HTMX))
    assert one(get(client, deeper), "h1")
    example = str(output.select("h3 a[hx-get]")[0]["hx-get"])
    assert '"tom"' in words(get(client, example, **HTMX))


def test_a_schema_that_operations_share_leads_to_each_of_them(client: FlaskClient) -> None:
    for language, lines in (("de", "2 Zeilen"), ("en", "2 lines")):
        client.set_cookie("playground_language", language)
        for name in ("pet", "vet", "pet"):
            output = one(get(client, f"/providers/pets/{name}"), "#response")
            deeper = one(output, ".schema [data-opens] > ul a")
            assert words(deeper) == lines
            assert str(deeper["href"]) == f"/providers/pets/{name}?schema=response.0.0&at=1.1"
            assert "place-" not in str(output)


@pytest.mark.parametrize(
    "key", ["response.9.0", "response.0.9", "response.0", "request.0", "x", "", "response.-1.0", "response.0.0&at=99"]
)
def test_a_part_that_is_not_there_is_not_found(client: FlaskClient, key: str) -> None:
    answer = client.get(f"{PATH}?schema={key}")
    assert answer.status_code == 404
    assert "no such part" in answer.text
