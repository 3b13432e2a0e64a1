"""What a request does by its method and path, where the thing is named by the body and lists stand beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, compiled, value

PETS = """
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pet:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '404': {description: None of that id}
  /pet/findByStatus:
    get:
      parameters: [{name: status, in: query, schema: {type: string, enum: [available, sold], default: available}}]
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
  /pet/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
  /photos:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Photo'}}}}
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties: {file: {type: string, format: binary}, title: {type: string}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Photo'}}}}
  /photos:clear:
    post:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, properties: {deleted: {type: integer}}}}}
  /me:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, properties: {name: {type: string, minLength: 1}}}}}
    patch:
      responses: {'204': {description: ok}}
components:
  schemas:
    Photo:
      type: object
      properties:
        id: {type: string}
        title: {type: string}
        fileName: {type: string}
        mimeType: {type: string}
        size: {type: integer}
        labels: {type: array, items: {type: string}}
    Pet:
      type: object
      required: [name]
      properties:
        id: {type: integer, example: 10}
        name: {type: string}
        status: {type: string, enum: [available, sold]}
"""  # noqa: E501 - a description to read


@pytest.fixture
def pets(tmp_path: Path) -> Client:
    return Client(compiled(PETS), tmp_path / "state.sqlite")


def test_what_a_body_names_is_changed_where_the_path_does_not(pets: Client) -> None:
    pets("POST", "/pet", {"id": 77, "name": "Rex", "status": "available"})
    changed = value(pets("PUT", "/pet", {"id": 77, "name": "Rexy", "status": "sold"}))
    assert changed == {"id": 77, "name": "Rexy", "status": "sold"} == value(pets("GET", "/pet/77"))
    assert pets("PUT", "/pet", {"id": 555, "name": "Nobody"}).status == 404


def test_a_list_beside_holds_what_was_made_as_it_is(pets: Client) -> None:
    assert {one["status"] for one in value(pets("GET", "/pet/findByStatus?status=sold"))} == {"sold"}
    pets("POST", "/pet", {"id": 77, "name": "Rex", "status": "available"})
    assert value(pets("GET", "/pet/findByStatus?status=sold")) == [], "nothing that was made is shown as another"
    assert [one["name"] for one in value(pets("GET", "/pet/findByStatus"))] == ["Rex"]


def test_a_thing_without_an_id_gets_one(pets: Client) -> None:
    made = value(pets("POST", "/pet", {"name": "Ida"}))
    assert isinstance(made["id"], int)
    assert value(pets("GET", f"/pet/{made['id']}")) == made


def test_a_file_that_is_sent_makes_a_thing_that_knows_it(pets: Client) -> None:
    kind = "multipart/form-data; boundary=b"
    file = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename="h.txt"\r\nContent-Type: text/plain\r\n\r\nhello'
    )
    title = '\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nHello\r\n--b--\r\n'
    made = value(pets("POST", "/photos", f"{file}{title}", kind=kind))
    assert (made["title"], made["fileName"], made["mimeType"], made["size"]) == ("Hello", "h.txt", "text/plain", 5)
    assert value(pets("GET", "/photos")) == [made]


def test_what_is_there_once_has_a_name_and_an_unlikely_answer_something_to_say(pets: Client) -> None:
    assert value(pets("GET", "/me"))["name"]
    assert value(pets("POST", "/photos:clear"))["deleted"] >= 0
    assert all(photo["size"] > 100 for photo in value(pets("GET", "/photos"))), "no size is that of another list"
