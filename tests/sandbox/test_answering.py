"""Which status answers, and in what: only what is described where that was asked for, the rest as HTTP has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from playground.sandbox import answering
from playground.sandbox.acting import handle
from playground.sandbox.asked import Outcome
from playground.sandbox.memory import Memory
from playground.store.turns import Turns
from tests.sandbox.clients import Client, compiled, value

SERVED = """
openapi: 3.1.0
info: {title: Shelves, version: '1'}
paths:
  /shelves:
    get:
      parameters: [{name: room, in: query, schema: {type: string}}]
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                oneOf:
                  - {$ref: '#/components/schemas/Page'}
                  - type: object
                    properties: {kind: {const: other}, found: {type: array, items: {type: string}}}
        '406': {description: Neither, content: {text/plain: {schema: {type: string}}}}
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
      responses:
        '201':
          description: Made
          content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
  /shelves/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        '200':
          description: One
          content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
        '304': {description: The same as before}
    delete: {responses: {'204': {description: Gone}}}
  /shelves/{id}/plan:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      requestBody: {content: {image/png: {schema: {type: string, format: binary}}}}
      responses: {'204': {description: Kept}}
    get:
      responses:
        '200':
          description: About the file
          content:
            application/json:
              schema:
                type: object
                required: [size, kind]
                properties: {size: {type: integer}, kind: {type: string}, content_type: {type: string}}
components:
  schemas:
    Page:
      type: object
      required: [shelves, total]
      properties:
        kind: {const: page}
        total: {type: integer}
        shelves: {type: array, items: {$ref: '#/components/schemas/Shelf'}}
    Shelf:
      type: object
      required: [name]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, minLength: 2}
        parent: {type: [string, 'null'], default: null}
        room: {type: string, description: 'Where it is: `hall`, `kitchen`, or `attic`.'}
        self: {type: string, description: The address of the shelf}
"""


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(compiled(SERVED), tmp_path / "state.sqlite")


def test_a_refusal_that_nothing_describes_is_a_problem_document(client: Client) -> None:
    answer = client("POST", "/shelves", {"name": "x"})
    assert (answer.status, answer.headers.get("Content-Type")) == (400, "application/problem+json")
    assert value(answer)["detail"].startswith("body/name")


@pytest.mark.parametrize(("body", "status"), [({"name": "x"}, 201), ({}, 201), ({"name": "Oak"}, 201)])
def test_who_takes_only_what_is_described_is_refused_with_nothing_else(client: Client, body: Any, status: int) -> None:
    answer = client("POST", "/shelves", body, Prefer="handling=lenient")
    assert (answer.status, answer.headers.get("Content-Type")) == (status, "application/json")
    assert len(value(answer)["name"]) >= 2


def test_what_is_gone_is_answered_as_described_to_who_takes_nothing_else(client: Client) -> None:
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert client("DELETE", f"/shelves/{made['id']}").status == 204
    assert client("GET", f"/shelves/{made['id']}").status == 404
    assert client("GET", f"/shelves/{made['id']}", Prefer="handling=lenient").status == 200


def test_a_media_type_that_is_not_accepted_is_refused_where_that_is_described(client: Client) -> None:
    refused = client("GET", "/shelves", Accept="application/xml;q=0.9, application/json;q=0")
    assert (refused.status, refused.headers.get("Content-Type")) == (406, "text/plain; charset=utf-8")
    assert refused.body == b"header/Accept takes none of application/json."
    assert client("GET", "/shelves", Accept="text/html, */*;q=0.1").status == 200
    assert client("GET", "/shelves/s1", Accept="application/xml").status == 200  # 406 is not described there


def test_a_list_in_one_of_several_envelopes_is_listed(client: Client) -> None:
    before = value(client("GET", "/shelves?room=hall"))
    assert before["total"] == len(before["shelves"]) > 1
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert value(client("GET", "/shelves"))["shelves"] == [made]


def test_what_is_made_up_is_what_its_description_says(client: Client) -> None:
    one, other = (value(client("GET", f"/shelves/{key}")) for key in ("first-shelf", "other-shelf"))
    assert one == value(client("GET", "/shelves/first-shelf"))
    assert (one["id"], other["id"]) == ("first-shelf", "other-shelf")
    assert one["parent"] is None
    assert one["room"] in ("hall", "kitchen", "attic")


def test_not_changed_is_said_where_it_is_described(client: Client) -> None:
    tag = client("GET", "/shelves/s1").headers.get("ETag")
    assert tag
    assert client("GET", "/shelves/s1", If_None_Match=tag).status == 304
    assert client("GET", "/shelves", If_None_Match="*").status == 200


def test_a_file_is_told_of_where_its_content_is_not_described(client: Client) -> None:
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert client("PUT", f"/shelves/{made['id']}/plan", b"\x89PNG....", kind="image/png").status == 204
    told = client("GET", f"/shelves/{made['id']}/plan")
    assert told.headers.get("Content-Type") == "application/json"
    assert value(told)["size"] == 8


ANSWERED_ONCE = """
openapi: 3.1.0
info: {title: Words, version: '1'}
paths:
  /completions:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {prompt: {type: string}}}}}}
      responses:
        '200':
          description: What comes to mind
          content: {application/json: {schema: {$ref: '#/components/schemas/CreateCompletionResponse'}}}
components:
  schemas:
    CreateCompletionResponse:
      type: object
      required: [id, object, choices]
      properties:
        id: {type: string}
        object: {type: string}
        choices: {type: array, items: {type: object, properties: {text: {type: string}}}}
"""


def test_what_is_answered_once_has_the_lists_that_were_asked_for(tmp_path: Path) -> None:
    words = Client(compiled(ANSWERED_ONCE), tmp_path / "state.sqlite")
    answer = value(words("POST", "/completions", {"prompt": "Once"}))
    assert answer["choices"]
    assert answer["object"] == "completion"


def test_an_error_that_is_asked_for_says_what_errors_say(client: Client) -> None:
    answer = client("GET", "/shelves", Prefer="code=406")
    assert (answer.status, answer.body) == (406, b"header/Accept takes nothing that there is.")


def test_what_another_process_made_meanwhile_is_kept_as_well(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = Client(compiled(SERVED), state), Client(compiled(SERVED), state)
    state_of_other = other.sandbox.state
    assert state_of_other is not None
    state_of_other._turns = Turns()  # as it is where processes cannot wait for each other
    turns = iter((True, False))

    def interrupted(memory: Memory) -> Outcome | None:
        if memory.asked.request.method == "POST" and next(turns, False):
            assert other("POST", "/shelves", {"name": "other"}).status == 201
        return handle(memory)

    monkeypatch.setattr(answering, "handle", interrupted)
    made = client("POST", "/shelves", {"name": "own"})
    assert made.status == 201
    assert client("GET", f"/shelves/{value(made)['id']}").status == 200
    with client.sandbox.session("ada", "api", writing=False) as session:
        assert [record.version for record in session.records("/shelves")] == [1, 1]
