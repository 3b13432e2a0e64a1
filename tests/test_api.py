"""The public Python API: its names, and what they give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import playground
from playground.imports.archives import SourceError
from playground.openapi.problems import DocumentError
from playground.request.errors import RequestError

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://api.shop.example/v1"}],
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    "security": [{"bearer": []}],
    "paths": {
        "/orders/{id}": {
            "post": {
                "operationId": "UpdateOrder",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "content": {"application/json": {"schema": {"type": "object", "properties": {"n": {}}}}}
                },
            }
        }
    },
}


@pytest.mark.parametrize("name", ["updateorder", "UpdateOrder", "updateOrder", "POST /orders/{id}"])
def test_a_request_is_built_by_any_accepted_name(name: str) -> None:
    api = playground.compile_document(DOCUMENT)
    request = playground.build_request(api, name, {"id": "a b", "n": 5})
    assert (request.method, request.url) == ("POST", "https://api.shop.example/v1/orders/a%20b")
    assert request.content.body == b'{"n":5}'
    assert request.headers.get("Authorization") is None
    assert (
        playground.build_request(api.catalog, name, {"id": "x"}, server="http://127.0.0.1:9").url
        == "http://127.0.0.1:9/orders/x"
    )


def test_a_credential_is_put_where_the_description_says() -> None:
    api = playground.compile_document(DOCUMENT)
    request = playground.build_request(
        api, "UpdateOrder", {"id": "x"}, credential={"type": "bearer_token", "token": "t"}
    )
    assert request.headers.get("Authorization") == "Bearer t"


def test_a_snippet_is_that_of_the_page() -> None:
    api = playground.compile_document(DOCUMENT)
    code = playground.snippet(api, "UpdateOrder", "shell_curl", {"id": "x", "n": 5})
    assert code.startswith("curl ") and "https://api.shop.example/v1/orders/x" in code
    with pytest.raises(KeyError, match="nosuch"):
        playground.snippet(api, "UpdateOrder", "nosuch")
    with pytest.raises(KeyError, match="nosuch"):
        playground.snippet(api, "nosuch", "shell_curl")
    with pytest.raises(RequestError):
        playground.build_request(api, "UpdateOrder", {"nosuch": 1})


def test_a_document_comes_from_a_file_with_its_files_or_from_text(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n"
    )
    (tmp_path / "a.yaml").write_text("get: {operationId: a}\n")
    compiled = playground.compile_document(
        tmp_path / "openapi.yaml", name="x", title="Other", server="https://x.example"
    )
    assert [operation.key for operation in compiled.catalog.operations] == ["GET /a"]
    assert (compiled.catalog.provider.title, compiled.catalog.provider.servers[0].url) == ("Other", "https://x.example")
    text = (tmp_path / "openapi.yaml").read_bytes()
    assert playground.compile_document(text, name="x").problems, "text alone has no files"
    with pytest.raises(DocumentError, match=r"\(line 2, column "):
        playground.compile_document(b"{ ")
    with pytest.raises(SourceError, match="There is no file"):
        playground.compile_document(tmp_path / "nosuch.yaml")


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(callable(getattr(playground, name)) for name in playground.__all__)
    assert set(playground.__all__) <= set(dir(playground))
    with pytest.raises(AttributeError, match="nosuch"):
        _ = playground.nosuch


def test_importing_the_package_loads_no_framework() -> None:
    program = "import sys, playground; print(sorted({'flask', 'requests', 'orjson'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
