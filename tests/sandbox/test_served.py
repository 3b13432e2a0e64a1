"""The description as the sandbox serves it: its address, and every answer that it may give."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.sandbox.served import NAME, served_document
from playground.sandbox.source import MemorySource
from tests.sandbox.clients import Client, compiled, value

PLAIN = """
openapi: 3.1.0
info: {title: Plain, version: '1'}
servers: [{url: 'https://plain.example/v1'}]
security: [{key: []}]
paths:
  /things:
    get: {operationId: list, security: [], responses: {'200': {description: ok}}}
    post:
      operationId: make
      servers: [{url: 'https://make.example'}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'201': {description: made}, '422': {description: wrong}}
  /things/{id}:
    $ref: '#/x-items/thing%20one'
  /loose:
    get: {operationId: loose, responses: {default: {description: anything}}}
x-items:
  thing one:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: read
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses: {SandboxProblem: {description: of another kind}}
"""
OLD = """
swagger: '2.0'
info: {title: Old, version: '1'}
host: old.example
basePath: /v1
schemes: [https]
produces: [application/json]
paths:
  /things/{id}:
    get:
      operationId: read
      parameters: [{name: id, in: path, required: true, type: string}]
      responses: {'200': {description: ok, schema: {type: object}}}
"""


def served(text: str, address: str = "/sandbox/api") -> dict[str, Any]:
    document = parse_document(text.encode())
    source = MemorySource(compile_document(document, name="api").catalog, document)
    made = served_document(source, "api", address)
    assert made is not None
    return made


def test_what_the_description_leaves_out_is_named() -> None:
    document = served(PLAIN)
    assert document["servers"] == [{"url": "/sandbox/api"}]
    paths = document["paths"]
    assert set(paths["/things"]["get"]["responses"]) == {"200", "429"}, "it takes nothing that could be wrong"
    made = paths["/things"]["post"]
    assert "servers" not in made
    # Its own 422 says most of what may be wrong.
    assert set(made["responses"]) == {"201", "401", "404", "412", "422", "429", "507"}
    assert made["responses"]["422"] == {"description": "wrong"}, "the description's own answer stays"
    assert set(paths["/things/{id}"]["get"]["responses"]) == {"200", "304", "400", "401", "404", "429"}
    assert set(paths["/loose"]["get"]["responses"]) == {"default"}, "there every answer is described"


def test_its_component_takes_no_others_place() -> None:
    document = served(PLAIN)
    responses = document["components"]["responses"]
    assert responses[NAME] == {"description": "of another kind"}
    assert document["paths"]["/things"]["get"]["responses"]["429"] == {"$ref": f"#/components/responses/{NAME}_"}
    assert responses[f"{NAME}_"]["content"]["application/problem+json"]["schema"]["required"] == ["title", "status"]


def test_an_old_description_stays_one() -> None:
    document = served(OLD)
    assert (document["basePath"], "host" in document, "schemes" in document) == ("/sandbox/api", False, False)
    read = document["paths"]["/things/{id}"]["get"]
    assert read["produces"] == ["application/json", "application/problem+json"]
    assert read["responses"]["404"] == {"$ref": f"#/responses/{NAME}"}
    assert document["responses"][NAME]["schema"]["type"] == "object"


@pytest.mark.parametrize("text", [PLAIN, OLD])
def test_it_can_be_read_again_and_names_what_is_answered(text: str) -> None:
    again = compile_document(parse_document(json.dumps(served(text)).encode()), name="api")
    assert not [problem for problem in again.problems if problem.severity == "error"]
    client = Client(compiled(text), headers={"X-Key": "k"})
    read = next(one for one in again.catalog.operations if one.name == "read")
    asked = client("GET", "/things/1", Prefer="failure=rate-limit")
    described = next(one for one in read.responses if one.status == str(asked.status))
    assert asked.media_type in [one.name for one in described.media_types]
    assert set(value(asked)) >= {"title", "status"}


def test_a_description_whose_text_is_not_kept_is_not_served() -> None:
    assert served_document(MemorySource(compiled(PLAIN)), "api", "") is None
