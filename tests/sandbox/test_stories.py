"""Whole stories, told to the sandbox as a client of the real API would: what was made is there afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Catalog
from tests.sandbox.clients import Client, compiled, value
from tests.sandbox.entries import SPECS, bundled_catalog, catalog_of, misfits

KEY = {"Authorization": "Bearer sk_test_1"}


def real(name: str) -> Catalog:
    if not (SPECS / name).exists():
        pytest.skip(f"the real description {name} is not beside this checkout")
    return catalog_of(SPECS / name, "real")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


@pytest.fixture(params=["bundled", "real"])
def stripe(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = bundled_catalog("stripe") if request.param == "bundled" else real("stripe.json")
    return Client(catalog, state, headers=KEY)


def test_stripe(stripe: Client) -> None:
    customer = value(stripe("POST", "/v1/customers", "email=ada@example.com&name=Ada&metadata[plan]=gold"))
    assert (customer["email"], customer["name"], customer["metadata"]) == ("ada@example.com", "Ada", {"plan": "gold"})
    assert customer["id"].startswith("cus_")
    product = value(stripe("POST", "/v1/products", "name=Mug"))
    prices = [
        value(stripe("POST", "/v1/prices", f"product={product['id']}&currency=usd&unit_amount={amount}"))
        for amount in (1999, 500)
    ]
    assert [price["unit_amount"] for price in prices] == [1999, 500]
    assert prices[0]["id"] != prices[1]["id"]
    body = f"customer={customer['id']}&mode=payment&success_url=https://shop.example/thanks" + "".join(
        f"&line_items[{at}][price]={price['id']}&line_items[{at}][quantity]={at + 1}" for at, price in enumerate(prices)
    )
    session = value(stripe("POST", "/v1/checkout/sessions", body))
    assert (session["customer"], session["mode"], session["status"]) == (customer["id"], "payment", "open")
    changed = value(stripe("POST", f"/v1/customers/{customer['id']}", "name=Ada+Lovelace"))
    assert (changed["name"], changed["email"], changed["created"]) == (
        "Ada Lovelace", "ada@example.com", customer["created"],
    )  # fmt: skip
    for number in range(4):
        stripe("POST", "/v1/customers", f"email=u{number}@example.com")
    page = value(stripe("GET", "/v1/customers?limit=3"))
    assert [one["email"] for one in page["data"]] == ["u3@example.com", "u2@example.com", "u1@example.com"]
    assert page["has_more"] is True
    rest = value(stripe("GET", f"/v1/customers?limit=3&starting_after={page['data'][-1]['id']}"))
    assert [one["email"] for one in rest["data"]] == ["u0@example.com", "ada@example.com"]
    assert rest["has_more"] is False
    expired = value(stripe("POST", f"/v1/checkout/sessions/{session['id']}/expire"))
    assert expired["status"] == "expired"
    read = value(stripe("GET", f"/v1/checkout/sessions/{session['id']}"))
    assert (read["status"], read["customer"], read["id"]) == ("expired", customer["id"], session["id"])


def test_stripe_lists_the_two_line_items_that_were_bought(state: Path) -> None:
    stripe = Client(real("stripe.json"), state, headers=KEY)
    price = value(stripe("POST", "/v1/prices", "currency=usd&unit_amount=1999&product_data[name]=Mug"))
    body = "mode=payment&success_url=https://a.example/x" + "".join(
        f"&line_items[{at}][price]={price['id']}&line_items[{at}][quantity]={at + 2}" for at in range(2)
    )
    session = value(stripe("POST", "/v1/checkout/sessions", body))
    items = value(stripe("GET", f"/v1/checkout/sessions/{session['id']}/line_items"))["data"]
    assert [item["quantity"] for item in items] == [2, 3]
    assert [item["price"]["id"] for item in items] == [price["id"]] * 2
    assert items[0]["price"]["unit_amount"] == 1999


def test_stripe_says_in_its_own_words_what_is_not_there(stripe: Client) -> None:
    made = value(stripe("POST", "/v1/customers", "email=a@example.com"))
    for path in ("/v1/customers/cus_nope", f"/v1/customers/{made['id']}"):
        if path.endswith(made["id"]):
            assert value(stripe("DELETE", path))["deleted"] is True
        answer = stripe("GET", path)
        assert answer.status == 404
        assert "customer" in value(answer)["error"]["message"]
    refused = stripe("POST", "/v1/customers", "email=a@example.com&frobnicate=1")
    assert refused.status in (400, 402)
    assert "frobnicate" in value(refused)["error"]["message"]


GITHUB = """
openapi: 3.1.0
info: {title: Hub, version: '1'}
paths:
  /repos/{owner}/{repo}/issues:
    parameters: &where
      - {name: owner, in: path, required: true, schema: {type: string}}
      - {name: repo, in: path, required: true, schema: {type: string}}
    get:
      operationId: list
      parameters:
        - {name: state, in: query, schema: {enum: [open, closed, all], default: open}}
        - {name: labels, in: query, schema: {type: string}}
        - {name: per_page, in: query, schema: {type: integer, default: 30, maximum: 100}}
        - {name: page, in: query, schema: {type: integer, default: 1}}
      responses:
        '200':
          description: ok
          headers: {Link: {schema: {type: string}}}
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/issue'}}}}
    post:
      operationId: create
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [title]
              properties:
                title: {type: string}
                body: {type: string}
                labels: {type: array, items: {type: string}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/issue'}}}}
        '422': {$ref: '#/components/responses/invalid'}
  /repos/{owner}/{repo}/issues/{issue_number}:
    parameters: [{name: issue_number, in: path, required: true, schema: {type: integer}}, *o, *r]
    get:
      operationId: read
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/issue'}}}}
        '404': {$ref: '#/components/responses/missing'}
    patch:
      operationId: update
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {state: {enum: [open, closed]}, title: {type: string}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/issue'}}}}
        '404': {$ref: '#/components/responses/missing'}
  /repos/{owner}/{repo}/issues/{issue_number}/comments:
    parameters: [{name: issue_number, in: path, required: true, schema: {type: integer}}, *o, *r]
    get:
      operationId: comments
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/comment'}}}}
    post:
      operationId: comment
      requestBody:
        content: {application/json: {schema: {type: object, required: [body], properties: {body: {type: string}}}}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/comment'}}}}
  /repos/{owner}/{repo}/issues/comments/{comment_id}:
    parameters: [{name: comment_id, in: path, required: true, schema: {type: integer}}, *o, *r]
    get:
      operationId: readComment
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/comment'}}}}
        '404': {$ref: '#/components/responses/missing'}
  /repos/{owner}/{repo}/issues/{issue_number}/labels:
    parameters: [{name: issue_number, in: path, required: true, schema: {type: integer}}, *o, *r]
    get:
      operationId: labels
      responses: &labels
        '200':
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/label'}}}}
    post:
      operationId: addLabels
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {labels: {type: array, items: {type: string}}}}
      responses: *labels
  /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
      - {name: issue_number, in: path, required: true, schema: {type: integer}}
      - *o
      - *r
    delete: {operationId: removeLabel, responses: {'204': {description: gone}}}
components:
  responses:
    invalid: {description: Wrong, content: {application/json: {schema: {$ref: '#/components/schemas/error'}}}}
    missing: {description: Not found, content: {application/json: {schema: {$ref: '#/components/schemas/error'}}}}
  schemas:
    error: {type: object, properties: {message: {type: string}, documentation_url: {type: string}}}
    label:
      type: object
      required: [id, name, color]
      properties: {id: {type: integer}, name: {type: string}, color: {type: string}}
    comment:
      type: object
      required: [id, body, created_at]
      properties:
        id: {type: integer}
        body: {type: string}
        created_at: {type: string, format: date-time}
        issue_url: {type: string, example: 'https://hub.example/repos/octocat/hello/issues/1347'}
    issue:
      type: object
      required: [id, number, title, state, labels, comments, created_at]
      properties:
        id: {type: integer, example: 1}
        number: {type: integer, example: 1347}
        title: {type: string, example: Found a bug}
        body: {type: [string, 'null']}
        state: {type: string, example: open}
        labels: {type: array, items: {$ref: '#/components/schemas/label'}}
        comments: {type: integer}
        html_url: {type: string, example: 'https://hub.example/octocat/hello/issues/1347'}
        url: {type: string, example: 'https://hub.example/repos/octocat/hello/issues/1347'}
        created_at: {type: string, format: date-time}
        updated_at: {type: string, format: date-time}
        closed_at: {type: [string, 'null'], format: date-time}
"""
GITHUB = GITHUB.replace("- {name: owner,", "- &o {name: owner,", 1).replace("- {name: repo,", "- &r {name: repo,", 1)


@pytest.fixture(params=["written", "real"])
def github(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = compiled(GITHUB) if request.param == "written" else real("github.com/api.github.com.json")
    return Client(catalog, state)


def test_github(github: Client) -> None:
    issues = "/repos/ada/engine/issues"
    made = github("POST", issues, {"title": "Broken", "body": "It fails", "labels": ["bug"]})
    assert made.status == 201
    assert made.headers.get("Location") == "/sandbox/api/repos/ada/engine/issues/1"
    issue = value(made)
    assert (issue["number"], issue["title"], issue["body"], issue["state"]) == (1, "Broken", "It fails", "open")
    assert issue["html_url"].endswith("/ada/engine/issues/1"), "its addresses say where it is"
    second = value(github("POST", issues, {"title": "Second"}))
    assert (second["number"], second["id"] != issue["id"]) == (2, True)
    comment = value(github("POST", f"{issues}/1/comments", {"body": "me too"}))
    assert comment["issue_url"].endswith("/repos/ada/engine/issues/1")
    assert value(github("GET", f"{issues}/comments/{comment['id']}"))["body"] == "me too"
    assert [one["id"] for one in value(github("GET", f"{issues}/1/comments"))] == [comment["id"]]
    added = value(github("POST", f"{issues}/1/labels", {"labels": ["urgent", "ui"]}))
    assert [label["name"] for label in added] == ["bug", "urgent", "ui"]
    assert github("DELETE", f"{issues}/1/labels/ui").status in (200, 204)
    read = value(github("GET", f"{issues}/1"))
    names = [label if isinstance(label, str) else label["name"] for label in read["labels"]]
    assert (names, read["comments"]) == (["bug", "urgent"], 1)
    closed = value(github("PATCH", f"{issues}/1", {"state": "closed"}))
    assert closed["state"] == "closed"
    assert closed["closed_at"] >= closed["created_at"][:19]
    assert [one["number"] for one in value(github("GET", issues))] == [2], "closed ones are not listed unless asked for"
    assert {one["number"] for one in value(github("GET", f"{issues}?state=all"))} == {1, 2}
    assert [one["number"] for one in value(github("GET", f"{issues}?state=closed&labels=bug"))] == [1]
    missing = github("GET", f"{issues}/99")
    assert missing.status == 404
    assert "issue" in value(missing)["message"]
    invalid = github("POST", issues, {"body": "no title"})
    assert invalid.status == 422
    assert "body/title" in value(invalid)["message"]


def test_github_pages_with_links(github: Client) -> None:
    issues = "/repos/ada/engine/issues"
    for number in range(5):
        github("POST", issues, {"title": f"Issue {number}"})
    first = github("GET", f"{issues}?per_page=2")
    assert len(value(first)) == 2
    link = first.headers.get("Link") or ""
    assert link == f'</sandbox/api{issues}?per_page=2&page=2>; rel="next"'
    last = github("GET", f"{issues}?per_page=2&page=3")
    assert len(value(last)) == 1
    assert 'rel="prev"' in (last.headers.get("Link") or "")
    assert 'rel="next"' not in (last.headers.get("Link") or "")


BUCKETS = """
openapi: 3.1.0
info: {title: Store, version: '1'}
paths:
  /:
    get:
      operationId: listBuckets
      responses:
        '200':
          description: ok
          content:
            application/xml:
              schema:
                type: object
                xml: {name: ListAllMyBucketsResult}
                properties:
                  Buckets:
                    type: array
                    xml: {wrapped: true}
                    items: {type: object, xml: {name: Bucket}, properties: {Name: {type: string}}}
  /{Bucket}:
    parameters: [&b {name: Bucket, in: path, required: true, schema: {type: string}}]
    put: {operationId: createBucket, responses: {'200': {description: ok}}}
    delete: {operationId: deleteBucket, responses: {'204': {description: gone}, '404': {description: none}}}
    get:
      operationId: listObjects
      parameters:
        - {name: prefix, in: query, schema: {type: string}}
        - {name: max-keys, in: query, schema: {type: integer}}
      responses:
        '200':
          description: ok
          content:
            application/xml:
              schema:
                type: object
                xml: {name: ListBucketResult}
                required: [KeyCount, IsTruncated]
                properties:
                  KeyCount: {type: integer}
                  IsTruncated: {type: boolean}
                  Contents:
                    type: array
                    items:
                      type: object
                      properties: {Key: {type: string}, Size: {type: integer}, ETag: {type: string}}
  /{Bucket}/{Key}:
    parameters: [*b, {name: Key, in: path, required: true, schema: {type: string}}]
    put:
      operationId: putObject
      requestBody: {content: {'*/*': {schema: {type: string, format: binary}}}}
      responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}
    get:
      operationId: getObject
      responses:
        '200': {description: ok, content: {'*/*': {schema: {type: string, format: binary}}}}
        '404':
          description: none
          content:
            application/xml:
              schema: {type: object, xml: {name: Error}, properties: {Code: {type: string}, Message: {type: string}}}
    head: {operationId: headObject, responses: {'200': {description: ok}, '404': {description: none}}}
    delete: {operationId: deleteObject, responses: {'204': {description: gone}}}
"""


def test_a_store_of_files(state: Path) -> None:
    store = Client(compiled(BUCKETS), state)
    assert store("PUT", "/photos").status == 200
    put = store("PUT", "/photos/2026/cat.txt", b"meow", kind="text/plain")
    data = b"\x00\x01woof"
    store("PUT", "/photos/2026/dog.bin", data)
    got = store("GET", "/photos/2026/cat.txt")
    assert (got.body, got.headers.get("Content-Type")) == (b"meow", "text/plain")
    assert store("GET", "/photos/2026/dog.bin").body == data
    head = store("HEAD", "/photos/2026/cat.txt")
    assert (head.status, head.body) == (200, b"")
    listed = store("GET", "/photos").body.decode()
    assert "<KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>" in listed
    assert "<Key>2026/cat.txt</Key><Size>4</Size>" in listed
    assert (put.headers.get("ETag") or "?").strip('"') in listed
    only = store("GET", "/photos?prefix=2026/d").body.decode()
    assert "dog.bin" in only and "cat.txt" not in only
    assert "<Name>photos</Name>" in store("GET", "/").body.decode()
    assert store("DELETE", "/photos/2026/cat.txt").status == 204
    missing = store("GET", "/photos/2026/cat.txt")
    assert missing.status == 404
    assert missing.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?><Error>')
    assert store("GET", "/photos/never").status == 404


KUBERNETES = """
openapi: 3.0.0
info: {title: Cluster, version: '1'}
paths:
  /api/v1/namespaces/{namespace}/configmaps:
    parameters: [&n {name: namespace, in: path, required: true, schema: {type: string}}]
    get:
      operationId: list
      parameters:
        - {name: watch, in: query, schema: {type: boolean}}
        - {name: timeoutSeconds, in: query, schema: {type: integer}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ConfigMapList'}}}}
    post:
      operationId: create
      requestBody: {required: true, content: {'*/*': {schema: {$ref: '#/components/schemas/ConfigMap'}}}}
      responses:
        '201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/ConfigMap'}}}}
        '409': {description: exists, content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}
  /api/v1/namespaces/{namespace}/configmaps/{name}:
    parameters: [*n, {name: name, in: path, required: true, schema: {type: string}}]
    get:
      operationId: read
      responses: &one
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ConfigMap'}}}}
        '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}
        '422': {description: invalid, content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}
    put:
      operationId: replace
      requestBody: {required: true, content: {'*/*': {schema: {$ref: '#/components/schemas/ConfigMap'}}}}
      responses: *one
    patch:
      operationId: patch
      requestBody:
        required: true
        content:
          application/json-patch+json: {schema: {type: object}}
          application/merge-patch+json: {schema: {type: object}}
          application/strategic-merge-patch+json: {schema: {type: object}}
      responses: *one
    delete:
      operationId: remove
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}
        '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}
components:
  schemas:
    Status:
      type: object
      properties: {kind: {type: string}, message: {type: string}, code: {type: integer}, reason: {type: string}}
    Meta:
      type: object
      properties:
        name: {type: string}
        namespace: {type: string}
        labels: {type: object, additionalProperties: {type: string}}
        uid: {type: string}
        resourceVersion: {type: string}
        creationTimestamp: {type: string, format: date-time}
    ConfigMap:
      type: object
      properties:
        apiVersion: {type: string}
        kind: {type: string}
        metadata: {allOf: [{$ref: '#/components/schemas/Meta'}]}
        data: {type: object, additionalProperties: {type: string}}
        hooks: {type: array, items: {type: object, properties: {name: {type: string}, url: {type: string}}}}
      x-kubernetes-group-version-kind: [{group: '', kind: ConfigMap, version: v1}]
    ConfigMapList:
      type: object
      required: [items]
      properties:
        apiVersion: {type: string}
        kind: {type: string}
        items: {type: array, items: {$ref: '#/components/schemas/ConfigMap'}}
        metadata: {type: object, properties: {continue: {type: string}, resourceVersion: {type: string}}}
      x-kubernetes-group-version-kind: [{group: '', kind: ConfigMapList, version: v1}]
"""
MAPS = "/api/v1/namespaces/demo/configmaps"


@pytest.fixture(params=["written", "real"])
def kubernetes(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = compiled(KUBERNETES) if request.param == "written" else real("kubernetes.io.json")
    return Client(catalog, state)


def test_kubernetes(kubernetes: Client) -> None:
    metadata = {"name": "app", "labels": {"a": "1"}}
    sent = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"k": "v"}}
    made = value(kubernetes("POST", MAPS, sent))
    assert made["data"] == {"k": "v"}
    assert (made["metadata"]["name"], made["metadata"]["namespace"]) == ("app", "demo")
    assert made["metadata"]["uid"]
    assert kubernetes("POST", MAPS, {"metadata": {"name": "app"}}).status == 409
    first = made["metadata"]["resourceVersion"]
    patched = value(
        kubernetes("PATCH", f"{MAPS}/app", [{"op": "add", "path": "/data/x", "value": "y"}],
                   kind="application/json-patch+json")
    )  # fmt: skip
    assert patched["data"] == {"k": "v", "x": "y"}
    assert patched["metadata"]["resourceVersion"] != first
    patched = value(
        kubernetes("PATCH", f"{MAPS}/app", {"data": {"k": None, "z": "1"}}, kind="application/merge-patch+json")
    )
    assert patched["data"] == {"x": "y", "z": "1"}
    patched = value(
        kubernetes("PATCH", f"{MAPS}/app", {"metadata": {"labels": {"b": "2"}}},
                   kind="application/strategic-merge-patch+json")
    )  # fmt: skip
    assert patched["metadata"]["labels"] == {"a": "1", "b": "2"}
    assert patched["metadata"]["uid"] == made["metadata"]["uid"]
    listed = value(kubernetes("GET", MAPS))
    assert (listed["kind"], [one["metadata"]["name"] for one in listed["items"]]) == ("ConfigMapList", ["app"])
    assert kubernetes("DELETE", f"{MAPS}/app").status == 200
    assert kubernetes("GET", f"{MAPS}/app").status == 404


def test_kubernetes_refuses_patches_that_cannot_be(state: Path) -> None:
    cluster = Client(compiled(KUBERNETES), state)
    cluster("POST", MAPS, {"metadata": {"name": "app"}, "data": {"k": "v"}})
    patch = [{"op": "remove", "path": "/data/none"}]
    failed = cluster("PATCH", f"{MAPS}/app", patch, kind="application/json-patch+json")
    assert failed.status == 422
    assert "body/0/path leads to nothing" in value(failed)["message"]
    tested = [{"op": "test", "path": "/data/k", "value": "other"}, {"op": "remove", "path": "/data/k"}]
    assert cluster("PATCH", f"{MAPS}/app", tested, kind="application/json-patch+json").status in (409, 422)
    broken = cluster("PATCH", f"{MAPS}/app", {"data": {"k": 5}}, kind="application/merge-patch+json")
    assert broken.status == 422
    assert value(cluster("GET", f"{MAPS}/app"))["data"] == {"k": "v"}, "nothing of it was carried out"


def events(response: Any) -> Iterator[tuple[str, str]]:
    for line in response.body.splitlines():
        event = json.loads(line)
        yield event["type"], event["object"]["metadata"]["name"]


def test_kubernetes_is_watched_as_a_stream(kubernetes: Client) -> None:
    kubernetes("POST", MAPS, {"metadata": {"name": "app"}})
    watched = kubernetes("GET", f"{MAPS}?watch=true&timeoutSeconds=1")
    assert (watched.headers.get("Content-Type") or "").startswith("application/json")
    assert list(events(watched)) == [("ADDED", "app")]


def test_every_answer_of_a_story_fits_its_description(state: Path) -> None:
    catalog = compiled(GITHUB)
    client = Client(catalog, state)
    client("POST", "/repos/a/b/issues", {"title": "x", "labels": ["bug"]})
    issue = value(client("GET", "/repos/a/b/issues/1"))
    assert misfits(issue, {"$ref": "#/$defs/issue"}, catalog.definitions) == []
