"""Real descriptions, where this machine has them: every operation is there, every reference leads somewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import yaml

from playground.catalog.codec import decode, encode
from playground.catalog.model import Catalog
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from tests.openapi.documents import SPECS

STRIPE = SPECS / "stripe.json"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
SOME = [
    "amazonaws.com/s3.json",
    "apideck.com/vault.json",
    "archive.org/wayback.json",
    "azure.com/batch-BatchService.json",
    "box.com.json",
    "brainbi.net.json",
    "digitalocean.com.json",
    "discourse.local.json",
    "docker.com/engine.json",
    "github.com/api.github.com.json",
    "googleapis.com/books.json",
    "httpbin.org.json",
    "icons8.com.json",
    "influxdata.com.json",
    "kubernetes.io.json",
    "noosh.com.json",
    "opensuse.org/obs.json",
    "pdfbroker.io.json",
    "stream-io-api.com.json",
    "whatsapp.local.json",
    "xero.com/xero_accounting.json",
]


def read(name: str) -> bytes:
    path = SPECS / name
    if not path.is_file():
        pytest.skip(f"the real description {name} is not on this machine")
    return path.read_bytes()


def described(document: dict[str, Any]) -> list[str]:
    return [
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
        if method in METHODS and path.startswith("/")
    ]


def references(value: Any) -> Iterator[str]:
    """Yield every local reference of an encoded catalog, wherever it stands."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            link = one.get("$ref")
            if isinstance(link, str) and link.startswith("#/$defs/"):
                yield link.removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def check(catalog: Catalog, document: dict[str, Any]) -> None:
    assert [operation.key for operation in catalog.operations] == described(document)
    names = [operation.name for operation in catalog.operations]
    assert len(set(names)) == len(names)
    encoded = encode(catalog)
    assert set(references(encoded)) == set(catalog.definitions)
    # Nothing points into the document any more, but for values: examples hold whole documents now and then.
    orjson.dumps(encoded)
    for operation in catalog.operations:
        keys = [(parameter.location, parameter.name) for parameter in operation.parameters]
        assert len(set(keys)) == len(keys)


def test_stripe_is_read_whole() -> None:
    data = read("stripe.json")
    document = json.loads(data)
    found = compile_document(parse_document(data), name="stripe")
    catalog = found.catalog
    assert found.problems == ()
    assert len(catalog.operations) >= 450
    check(catalog, document)
    assert decode(Catalog, json.loads(json.dumps(encode(catalog)))) == catalog
    by_name = {operation.name: operation for operation in catalog.operations}
    session = by_name["postcheckoutsessionssession"]
    assert session.key == "POST /v1/checkout/sessions/{session}"
    assert [one.name for one in session.parameters_in("path")] == ["session"]
    assert session.request_body is not None
    assert [media_type.name for media_type in session.request_body.media_types] == ["application/x-www-form-urlencoded"]
    assert {security_scheme.name: security_scheme.type for security_scheme in catalog.provider.security_schemes} == {
        "basicAuth": "http",
        "bearerAuth": "http",
    }
    assert [server.url for server in session.servers] == ["https://api.stripe.com/"]


MEASURE = """
import sys, time
import orjson
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document

data = sys.stdin.buffer.read()
document = parse_document(data)

def seconds(work):
    best = 9.0
    for _ in range(5):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best

own = seconds(lambda: parse_document(data)) + seconds(lambda: compile_document(document, name="stripe"))
print(own / seconds(lambda: orjson.loads(data)))
"""


def test_stripe_is_read_quickly() -> None:
    # In a child, because coverage slows Python down and not the JSON parser that it is compared with.
    done = subprocess.run([sys.executable, "-c", MEASURE], input=read("stripe.json"), capture_output=True, check=True)
    assert float(done.stdout) < 20, "times the processor time of a JSON parse"


def test_stripe_as_yaml_is_the_same_document() -> None:
    document = orjson.loads(read("stripe.json"))
    document["paths"] = dict(list(document["paths"].items())[:40])
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    assert parse_document(yaml.dump(document, Dumper=dumper, sort_keys=False).encode()) == document


@pytest.mark.parametrize("name", SOME)
def test_other_real_documents_are_read_whole(name: str) -> None:
    data = read(name)
    found = compile_document(parse_document(data), name="x")
    check(found.catalog, json.loads(data))
    assert [problem for problem in found.problems if problem.severity == "error"] == []
