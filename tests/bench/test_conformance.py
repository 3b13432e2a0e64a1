"""Schemathesis against the sandbox: what it finds is listed, with what contradicts what where a description does."""

from __future__ import annotations

from typing import Any

import pytest

from bench.conformance import _reason, tried
from playground.openapi.parse import parse_document

NOTES = """
openapi: 3.0.3
info: {title: Notes, version: '1'}
security: [{key: []}]
paths:
  /notes:
    post:
      operationId: make
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [text]
              additionalProperties: false
              properties: {text: {type: string, minLength: 1, maxLength: 20}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
  /notes/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get:
      operationId: read
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
    delete: {operationId: remove, responses: {'204': {description: gone}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Note:
      type: object
      required: [id, text]
      properties: {id: {type: integer}, text: {type: string}}
"""


@pytest.mark.parametrize("lenient", [False, pytest.param(True, marks=pytest.mark.long)])
def test_what_is_served_is_as_it_is_described(lenient: bool) -> None:
    cases, phases, findings = tried(parse_document(NOTES.encode()), lenient=lenient, examples=1)
    assert cases > 20
    assert {"coverage", "fuzzing", "stateful"} <= set(phases)
    assert [finding for finding in findings if not finding.reason] == []


class Answer:
    status_code = 400
    content = b'{"detail": "path/id names no note that exists."}'


@pytest.mark.parametrize(
    ("check", "words", "answer", "excused"),
    [
        ("status_code_conformance", "Undocumented status code", Answer(), False),
        ("positive_data_acceptance", "Valid data should have been accepted", Answer(), True),
        ("positive_data_acceptance", "Valid data should have been accepted", None, False),
        ("ignored_auth", "Expected 401 or 403, got `400 Bad Request`", Answer(), True),
        ("response_schema_conformance", "Response violates schema", Answer(), False),
    ],
)
def test_only_what_has_a_reason_is_excused(check: str, words: str, answer: Any, excused: bool) -> None:
    assert bool(_reason(check, words, answer, "application/json")) is excused
