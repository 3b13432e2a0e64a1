"""A story told to the sandbox of Kubernetes: created, patched three ways, watched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.clients import Client, real, value, written

MAPS = "/api/v1/namespaces/demo/configmaps"


@pytest.fixture(params=["written", "real"])
def kubernetes(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = written("cluster") if request.param == "written" else real("kubernetes.io.json")
    return Client(catalog, state)


def test_kubernetes(kubernetes: Client) -> None:
    sent = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "app", "labels": {"a": "1"}},
        "data": {"k": "v"},
    }
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
    cluster = Client(written("cluster"), state)
    cluster("POST", MAPS, {"metadata": {"name": "app"}, "data": {"k": "v"}})
    failed = cluster(
        "PATCH", f"{MAPS}/app", [{"op": "remove", "path": "/data/none"}], kind="application/json-patch+json"
    )
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
