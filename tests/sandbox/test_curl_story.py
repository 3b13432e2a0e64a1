"""Stories told by the curl commands that pages show, run as they are pasted against a sandbox that listens."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from playground.catalog.model import SANDBOX, Catalog, Entry
from playground.request.arguments import from_arguments
from playground.request.model import FileValue, SandboxPlace
from playground.sandbox.service import Sandbox
from playground.sandbox.source import MemorySource
from playground.snippets.registry import make_snippet
from playground.web.sandbox_api import Serving, create_sandbox_app
from tests.sandbox.clients import real, written
from tests.support.needs import needs

pytestmark = needs("curl")


@dataclass(frozen=True)
class Teller:
    """Runs an operation's curl command, and returns what it prints."""

    catalog: Catalog
    address: str

    def command(
        self, key: str, arguments: dict[str, Any], media_type: str | None, file: FileValue | None = None
    ) -> str:
        operation = next(one for one in self.catalog.operations if one.key == key)
        entry = Entry(provider=self.catalog.provider, operation=operation, definitions=self.catalog.definitions)
        model = from_arguments(entry, arguments, server=SANDBOX, media_type=media_type)
        model = model if file is None else replace(model, body=file)
        place = SandboxPlace(address=self.address, headers=(("Playground-Visitor", "ada"),))
        return make_snippet(entry, replace(model, sandbox=place), target="shell_curl").text

    def text(
        self, key: str, arguments: dict[str, Any] | None = None, media_type: str | None = None,
        file: FileValue | None = None, folder: Path | None = None,
    ) -> str:  # fmt: skip
        command = self.command(key, arguments or {}, media_type, file)
        keys = dict.fromkeys(re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", command), "AKIDEXAMPLE")
        done = subprocess.run(
            ["sh", "-c", command.replace("curl ", "curl -s --max-time 10 ", 1)], capture_output=True, text=True,
            check=False, cwd=folder, env={"PATH": os.environ["PATH"], "no_proxy": "*", **keys},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        return done.stdout

    def __call__(self, key: str, arguments: dict[str, Any] | None = None, media_type: str | None = None) -> Any:
        return json.loads(self.text(key, arguments, media_type))


@contextmanager
def telling(catalog: Catalog, state: Path) -> Iterator[Teller]:
    sandbox = Sandbox(MemorySource(catalog), state)
    serving = Serving(sandbox=sandbox, provider=catalog.provider.name)
    server = make_server("127.0.0.1", 0, create_sandbox_app(serving, loopback=True), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Teller(catalog, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        sandbox.close()


def test_stripe_by_curl(state: Path) -> None:
    with telling(real("stripe.json"), state) as stripe:
        customer = stripe("POST /v1/customers", {"email": "ada@example.com", "name": "Ada"})
        product = stripe("POST /v1/products", {"name": "Mug"})
        price = stripe("POST /v1/prices", {"product": product["id"], "currency": "usd", "unit_amount": 1999})
        items = [{"price": price["id"], "quantity": 2}, {"price": price["id"], "quantity": 1}]
        asked = {"customer": customer["id"], "mode": "payment", "success_url": "https://shop.example/thanks"}
        session = stripe("POST /v1/checkout/sessions", {**asked, "line_items": items})
        assert (session["amount_total"], session["customer"]) == (3 * 1999, customer["id"])
        assert (
            stripe("POST /v1/customers/{customer}", {"customer": customer["id"], "name": "Ada L."})["name"] == "Ada L."
        )
        second = stripe("POST /v1/customers", {"email": "grace@example.com"})
        page = stripe("GET /v1/customers", {"limit": 1})
        assert ([one["id"] for one in page["data"]], page["has_more"]) == ([second["id"]], True)
        rest = stripe("GET /v1/customers", {"limit": 1, "starting_after": second["id"]})
        assert ([one["id"] for one in rest["data"]], rest["has_more"]) == ([customer["id"]], False)
        lines = stripe("GET /v1/checkout/sessions/{session}/line_items", {"session": session["id"]})
        assert [one["quantity"] for one in lines["data"]] == [2, 1]
        stripe("POST /v1/checkout/sessions/{session}/expire", {"session": session["id"]})
        assert stripe("GET /v1/checkout/sessions/{session}", {"session": session["id"]})["status"] == "expired"


@pytest.mark.parametrize("described", ["written", "real"])
def test_github_by_curl(described: str, state: Path) -> None:
    catalog = written("hub") if described == "written" else real("github.com/api.github.com.json")
    repo = {"owner": "ada", "repo": "engine"}
    with telling(catalog, state) as github:
        issue = github("POST /repos/{owner}/{repo}/issues", {**repo, "title": "It halts", "labels": ["bug"]})
        one = {**repo, "issue_number": issue["number"]}
        path = "/repos/{owner}/{repo}/issues/{issue_number}"
        comment = github(f"POST {path}/comments", {**one, "body": "Not always."})
        assert [each["id"] for each in github(f"GET {path}/comments", one)] == [comment["id"]]
        names = [label["name"] for label in github(f"POST {path}/labels", {**one, "labels": ["wontfix"]})]
        assert "wontfix" in names
        closed = github(f"PATCH {path}", {**one, "state": "closed"})
        assert (closed["state"], closed["title"], closed["closed_at"] is not None) == ("closed", "It halts", True)
        assert github(f"GET {path}", one)["comments"] == 1


@pytest.mark.parametrize("described", ["written", "real"])
def test_kubernetes_by_curl(described: str, state: Path) -> None:
    catalog = written("cluster") if described == "written" else real("kubernetes.io.json")
    maps = "/api/v1/namespaces/{namespace}/configmaps"
    one = {"namespace": "demo", "name": "app"}
    with telling(catalog, state) as cluster:
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "app"}, "data": {"k": "v"}}
        cluster(f"POST {maps}", {"namespace": "demo", "body": body})
        for patch, kind, data in (
            ([{"op": "add", "path": "/data/x", "value": "y"}], "json-patch", {"k": "v", "x": "y"}),
            ({"data": {"k": None}}, "merge-patch", {"x": "y"}),
            ({"data": {"z": "1"}}, "strategic-merge-patch", {"x": "y", "z": "1"}),
        ):
            patched = cluster(f"PATCH {maps}/{{name}}", {**one, "body": patch}, f"application/{kind}+json")
            assert patched["data"] == data
        watched = cluster.text(f"GET {maps}", {"namespace": "demo", "watch": True, "timeoutSeconds": 1})
        first = json.loads(watched.splitlines()[0])
        assert (first["type"], first["object"]["metadata"]["name"]) == ("ADDED", "app")
        cluster(f"DELETE {maps}/{{name}}", one)
        assert cluster(f"GET {maps}", {"namespace": "demo"})["items"] == []


def test_a_store_of_files_by_curl(state: Path, tmp_path: Path) -> None:
    (tmp_path / "cat.txt").write_bytes(b"meow")
    with telling(written("store"), state) as store:
        store.text("PUT /{Bucket}", {"Bucket": "photos"})
        assert "<KeyCount>0</KeyCount>" in store.text("GET /{Bucket}", {"Bucket": "photos"})
        one = {"Bucket": "photos", "Key": "cat.txt"}
        file = FileValue(filename="cat.txt", content=b"meow", content_type="text/plain")
        store.text("PUT /{Bucket}/{Key}", one, file=file, folder=tmp_path)
        assert store.text("GET /{Bucket}/{Key}", one) == "meow"
        assert "<Key>cat.txt</Key>" in store.text("GET /{Bucket}", {"Bucket": "photos"})
        store.text("DELETE /{Bucket}/{Key}", one)
        assert "<Error>" in store.text("GET /{Bucket}/{Key}", one)
