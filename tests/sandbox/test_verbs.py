"""Paths that end in a verb: what `/boxes/create` makes is read, listed, searched, changed and deleted elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.sandbox.verbs import meanings
from tests.sandbox.clients import Client, compiled, real, value

BOXES = """
openapi: 3.1.0
info: {title: Boxes, version: '1'}
paths:
  /boxes/create:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Made'}}}}}
  /boxes/json:
    get: {responses: {'200': {description: all, content: {application/json: {schema: {$ref: '#/components/schemas/Boxes'}}}}}}
  /boxes/search:
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: found, content: {application/json: {schema: {type: object, properties: {items: {$ref: '#/components/schemas/Boxes'}, total: {type: integer}}}}}}}
  /boxes/batch:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {boxes: {type: array, items: {$ref: '#/components/schemas/New'}}}}}}}
      responses: {'200': {description: made, content: {application/json: {schema: {type: object, properties: {boxes: {$ref: '#/components/schemas/Boxes'}}}}}}}
  /boxes/delete:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}}}}
      responses: {'204': {description: gone}}
  /boxes/info:
    get:
      parameters: [{name: box_id, in: query, schema: {type: string}}]
      responses: {'200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}}
  /boxes/{id}/json:
    parameters: [{name: id, in: path, required: true, description: ID or name of the box, schema: {type: string}}]
    get:
      responses:
        '200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}
        '404': {description: none}
  /boxes/{id}/update:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}}
      responses: {'200': {description: done, content: {application/json: {schema: {type: object, properties: {warnings: {type: array, items: {type: string}}}}}}}}
  /boxes/{id}/remove:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {responses: {'204': {description: gone}}}
  /talks.create:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
      responses: {'200': {description: made, content: {application/json: {schema: {type: object, properties: {talk: {$ref: '#/components/schemas/Talk'}}}}}}}
  /talks.list:
    get: {responses: {'200': {description: all, content: {application/json: {schema: {type: object, properties: {talks: {type: array, items: {$ref: '#/components/schemas/Talk'}}}}}}}}}
  /notes/:
    get: {responses: {'200': {description: all, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Talk'}}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Talk'}}}}
      responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Talk'}}}}}
  /notes/{id}/:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Talk'}}}}}}
    delete: {responses: {'204': {description: gone}}}
components:
  schemas:
    New: {type: object, properties: {name: {type: string}, size: {type: integer}, labels: {type: object, additionalProperties: {type: string}}}}
    Made: {type: object, required: [id], properties: {id: {type: string}, warnings: {type: array, items: {type: string}}}}
    Box:
      type: object
      required: [id, name]
      properties:
        id: {type: string}
        name: {type: string}
        size: {type: integer}
        labels: {type: object, additionalProperties: {type: string}}
        created_at: {type: string, format: date-time}
    Boxes: {type: array, items: {$ref: '#/components/schemas/Box'}}
    Talk: {type: object, required: [id], properties: {id: {type: string, readOnly: true}, name: {type: string}}}
"""  # noqa: E501


@pytest.fixture
def client(state: Path) -> Client:
    return Client(compiled(BOXES), state)


def made(client: Client, name: str, size: int) -> str:
    answer = client("POST", "/boxes/create", {"name": name, "size": size, "labels": {"room": name[:1]}})
    assert answer.status == 201
    assert value(answer).get("warnings", []) == []
    key: str = value(answer)["id"]
    assert answer.headers.get("Location") == f"/sandbox/api/boxes/{key}"
    return key


def test_what_is_made_is_read_and_listed(client: Client) -> None:
    key = made(client, "lid", 3)
    shown = value(client("GET", f"/boxes/{key}/json"))
    assert (shown["id"], shown["name"], shown["size"], shown["labels"]) == (key, "lid", 3, {"room": "l"})
    assert [box["id"] for box in value(client("GET", "/boxes/json"))] == [key]
    assert value(client("GET", "/boxes/lid/json"))["id"] == key, "the path takes ID or name"
    assert value(client("GET", f"/boxes/info?box_id={key}"))["name"] == "lid"
    assert client("GET", "/boxes/other/json").status == 404


def test_a_search_by_post_finds_and_makes_nothing(client: Client) -> None:
    keys = [made(client, name, size) for name, size in (("one", 1), ("two", 2), ("three", 2))]
    found = value(client("POST", "/boxes/search", {"filter": {"size": 2}, "sort": "-name"}))
    assert [box["name"] for box in found["items"]] == ["two", "three"]
    assert found["total"] == 2
    assert [box["id"] for box in value(client("POST", "/boxes/search", {"ids": keys[:1]}))["items"]] == keys[:1]
    assert [box["name"] for box in value(client("POST", "/boxes/search", {"query": "thr"}))["items"]] == ["three"]
    assert len(value(client("GET", "/boxes/json"))) == 3


def test_a_batch_makes_each(client: Client) -> None:
    answer = value(client("POST", "/boxes/batch", {"boxes": [{"name": "a"}, {"name": "b"}]}))
    assert [box["name"] for box in answer["boxes"]] == ["a", "b"]
    assert value(client("GET", f"/boxes/{answer['boxes'][1]['id']}/json"))["name"] == "b"


def test_one_is_changed_and_deleted(client: Client) -> None:
    first, second, third = (made(client, name, 1) for name in ("a", "b", "c"))
    assert client("POST", f"/boxes/{first}/update", {"size": 7}).status == 200
    assert value(client("GET", f"/boxes/{first}/json"))["size"] == 7
    assert client("POST", f"/boxes/{first}/remove").status == 204
    assert client("GET", f"/boxes/{first}/json").status == 404
    assert client("POST", "/boxes/delete", {"ids": [second]}).status == 204
    assert client("POST", "/boxes/delete", {}).status == 204, "what names nothing deletes nothing"
    assert [box["id"] for box in value(client("GET", "/boxes/json"))] == [third]


def test_a_verb_after_a_point(client: Client) -> None:
    talk = value(client("POST", "/talks.create", {"name": "plans"}))["talk"]
    assert value(client("GET", "/talks.list"))["talks"] == [talk]


def test_a_slash_at_the_end(client: Client) -> None:
    answer = client("POST", "/notes/", {"name": "milk"})
    note = value(answer)
    assert answer.headers.get("Location") == f"/sandbox/api/notes/{note['id']}/"
    assert value(client("GET", f"/notes/{note['id']}/")) == note
    assert value(client("GET", "/notes/")) == [note]
    assert client("DELETE", f"/notes/{note['id']}/").status == 204
    assert value(client("GET", "/notes/")) == []


@pytest.mark.parametrize(("templates", "meant"), [
    ([("POST", "a/create"), ("POST", "a"), ("GET", "a")], []),
    ([("POST", "a/create")], []),
    ([("POST", "a/create"), ("GET", "a")], [("a", "create")]),
    ([("GET", "a/search"), ("GET", "a")], []),
    ([("POST", "a/{x}/delete"), ("DELETE", "a/{x}")], []),
    ([("POST", "a/{x}/delete"), ("GET", "a/{x}")], [("a/{x}", "delete")]),
    ([("POST", "a/createA"), ("GET", "a/{x}")], [("a", "create")]),
    ([("POST", "a/createB"), ("GET", "a/{x}")], []),
    ([("POST", "a:batchCreate"), ("GET", "a/{x}")], [("a", "several")]),
    ([("GET", "a/{x}/json")], []),
    ([("GET", "a/{x}/json"), ("DELETE", "a/{x}")], [("a/{x}", "read")]),
    ([("GET", "create"), ("GET", "{x}")], []),
])  # fmt: skip
def test_only_what_is_not_told_otherwise_is_meant(
    templates: list[tuple[str, str]], meant: list[tuple[str, str]]
) -> None:
    found = meanings((method, tuple(path.split("/"))) for method, path in templates)
    assert [("/".join(one.segments), one.role) for one in found.values()] == meant


def test_docker_volumes_and_containers(state: Path) -> None:
    client = Client(real("docker.com/engine.json"), state)
    assert client("POST", "/volumes/create", {"Name": "tardis", "Labels": {"a": "b"}}).status == 201
    assert value(client("GET", "/volumes/tardis"))["Labels"] == {"a": "b"}
    assert [one["Name"] for one in value(client("GET", "/volumes"))["Volumes"]] == ["tardis"]
    key = value(client("POST", "/containers/create?name=web", {"Image": "nginx"}))["Id"]
    assert value(client("GET", f"/containers/{key}/json"))["Image"] == "nginx"
    assert [one["Id"] for one in value(client("GET", "/containers/json"))] == [key]
    network = value(client("POST", "/networks/create", {"Name": "net"}))["Id"]
    assert value(client("GET", "/networks/net"))["Id"] == network
    secret = value(client("POST", "/secrets/create", {"Name": "s", "Data": "aGk="}))["ID"]
    assert value(client("GET", f"/secrets/{secret}"))["Spec"]["Name"] == "s"
