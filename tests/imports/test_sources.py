"""Descriptions of several files: below one root, from folders, archives and addresses, and nothing from outside."""

from __future__ import annotations

import gzip
import io
import json
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from playground.store import open_store
from tests.cli.conftest import SHOP, Run, failed
from tests.support.servers import Recorded, RecordingServer, http_answer

ERROR = {"type": "object", "properties": {"code": {"type": "integer"}}}


def _main(reference: str, **more: Any) -> str:
    content = {"application/json": {"schema": {"$ref": reference}}}
    paths = {"/a": {"get": {"responses": {"400": {"description": "d", "content": content}}}}}
    return json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths, **more})


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """`spec/api/openapi.json` names `../common/Error.json`, as OpenAPI's own example does."""
    for folder in ("spec/api", "spec/common", "spec/.hidden"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "spec/api/openapi.json").write_text(_main("../common/Error.json"))
    (tmp_path / "spec/common/Error.json").write_text(json.dumps(ERROR))
    (tmp_path / "spec/.hidden/token.json").write_text('{"title": "canary-7141"}')
    (tmp_path / "outside.json").write_text('{"title": "canary-7142"}')
    return tmp_path / "spec"


def _definitions(catalog: Path, name: str) -> dict[str, Any]:
    with open_store(catalog) as store:
        return dict(store.entry(name, "GET /a").definitions)


def test_a_file_beside_the_folder_needs_a_root_that_holds_both(run: Run, tree: Path, catalog: Path) -> None:
    main = str(tree / "api/openapi.json")
    refused = run("add", "x", main)
    assert "lies above the root, where nothing is read; choose a root that holds both" in refused.stdout
    assert f"Files are read below {tree / 'api'}, the folder that holds it; --root chooses another" in refused.stdout
    result = run("add", "x", main, "--root", str(tree))
    assert result.stdout == "T: 1 operation, added as x.\n"
    assert _definitions(catalog, "x") == {"Error": ERROR}
    assert run("check", main, "--root", str(tree)).stdout == "1 operation, no problems.\n"
    assert "is not below the root" in failed(run("add", "x", main, "--root", str(tree / "common")))
    assert "is not below the root" in failed(run("add", "x", main, "--root", str(tree / "missing")))


def test_the_repository_is_the_root_and_is_told(run: Run, tree: Path, catalog: Path) -> None:
    (tree / ".git").mkdir()
    result = run("add", "x", str(tree / "api/openapi.json"))
    assert result.stdout.splitlines() == [
        "T: 1 operation, added as x.",
        f"1 file joined, read below {tree}, the repository that holds it; --root chooses another folder.",
    ]
    assert _definitions(catalog, "x") == {"Error": ERROR}


def test_a_home_folder_under_version_control_is_no_root(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / ".git").mkdir()
    monkeypatch.setenv("HOME", str(tree))
    assert "lies above the root" in run("add", "x", str(tree / "api/openapi.json")).stdout


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("../../outside.json", "lies above the root"),
        ("../.hidden/token.json", "begin with a dot are read in its own folder only"),
        ("../link.json", "lies outside the root"),
        ("../common/link/outside.json", "lies outside the root"),
        ("../common/missing.json", "no such file"),
        ("../common", "no such file"),
        ("file:///etc/passwd", "addresses are not fetched"),
        ("../common/notes.txt", "cannot be used"),
    ],
)
def test_nothing_outside_the_root_is_read(
    run: Run, tree: Path, catalog: Path, tmp_path: Path, reference: str, reason: str
) -> None:
    (tree / "link.json").symlink_to(tmp_path / "outside.json")
    (tree / "common/link").symlink_to(tmp_path)
    (tree / "common/notes.txt").write_text("canary-7143")
    (tree / "api/openapi.json").write_text(_main(reference))
    result = run("add", "x", str(tree / "api/openapi.json"), "--root", str(tree))
    assert reason in result.stdout, result.stdout
    with open_store(catalog) as store:
        assert b"canary" not in store.source("x")


def test_a_folder_holds_its_description_by_a_usual_name_or_alone(run: Run, tree: Path, catalog: Path) -> None:
    assert run("add", "x", str(tree)).stdout == "T: 1 operation, added as x.\n"
    assert _definitions(catalog, "x") == {"Error": ERROR}
    (tree / "other.yaml").write_text("swagger: '2.0'\ninfo: {title: O, version: '1'}\npaths: {}\n")
    assert run("add", "y", str(tree)).stdout == "O: 0 operations, added as y.\n"
    (tree / "another.yaml").write_text("openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths: {}\n")
    line = failed(run("add", "z", str(tree)))
    assert "holds several descriptions (another.yaml, other.yaml): name one of them" in line
    (tree / "openapi.yml").write_text("openapi: 3.0.0\ninfo: {title: U, version: '1'}\npaths: {}\n")
    assert run("add", "z", str(tree)).stdout == "U: 0 operations, added as z.\n"
    assert "holds no OpenAPI description" in failed(run("add", "z", str(tree / "common")))


def _zip(files: dict[str, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_an_archive_is_its_own_root(run: Run, tmp_path: Path, catalog: Path) -> None:
    files: dict[str, bytes | str] = {
        "api-1.0/api/openapi.json": _main("../common/Error.json"),
        "api-1.0/common/Error.json": json.dumps(ERROR),
        "__MACOSX/api-1.0/openapi.json": "{}",
    }
    path = tmp_path / "api.zip"
    path.write_bytes(_zip(files))
    assert run("add", "x", str(path)).stdout == "T: 1 operation, added as x.\n"
    assert _definitions(catalog, "x") == {"Error": ERROR}
    assert run("add", "y", "-", input=path.read_bytes()).exit_code == 0
    assert "its own root" in failed(run("add", "x", str(path), "--root", str(tmp_path)))


@pytest.mark.parametrize(
    ("files", "whole", "words"),
    [
        ({"notes.txt": "x"}, True, "holds no OpenAPI description"),
        ({"a.json": _main("b.json"), "c.json": _main("b.json")}, True, "several descriptions (a.json, c.json)"),
        ({"openapi.json": _main("b.json")}, False, "not a whole .zip file"),
        ({"openapi.json": "{" + " " * 100_000_001}, True, "holds no OpenAPI description"),
        ({"openapi.json": _main("x") + " " * 100_000_001}, True, "the limit is 100,000,000 bytes"),
    ],
    ids=["no description", "several", "cut", "blank", "bomb"],
)
def test_an_archive_that_is_none_is_refused(
    run: Run, tmp_path: Path, files: dict[str, bytes | str], whole: bool, words: str
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(_zip(files) if whole else _zip(files)[:60])
    assert words in failed(run("add", "x", str(path)))


def test_an_archive_reaches_nothing_outside_itself(run: Run, tmp_path: Path, catalog: Path) -> None:
    (tmp_path / "secret.json").write_text('{"title": "canary-7144"}')
    path = tmp_path / "x.zip"
    references = ("../secret.json", f"{tmp_path}/secret.json", "..\\secret.json", "a/../../secret.json")
    schemas = {f"S{number}": {"$ref": reference} for number, reference in enumerate(references)}
    files: dict[str, bytes | str] = {
        "openapi.json": _main("#/components/schemas/S0", components={"schemas": schemas}),
        "../secret.json": '{"title": "canary-7145"}',
    }
    path.write_bytes(_zip(files))
    result = run("check", str(path))
    assert result.stdout.count("is not followed") == len(references), result.stdout
    assert "canary" not in result.output


FETCHED: dict[str, bytes] = {
    "/v1/api/openapi.json": _main("../common/Error.json").encode(),
    "/v1/api/near.json": _main("parts/Error.json?v=2#/it").encode(),
    "/v1/api/parts/Error.json?v=2": json.dumps({"it": ERROR}).encode(),
    "/v1/common/Error.json": gzip.compress(json.dumps(ERROR).encode()),
    "/secret.json": b'{"title": "canary-7146"}',
}


def _serve(_: socket.socket, request: Recorded) -> bytes:
    if request.target == "/v1/api/moved.json":
        return http_answer(status="302 Found", headers={"Location": "/secret.json"})
    if request.target in FETCHED:
        return http_answer(FETCHED[request.target])
    return http_answer(status="404 Not Found")


def test_a_url_reads_below_its_folder_or_a_root_of_its_origin(run: Run, catalog: Path) -> None:
    with RecordingServer(_serve) as server:
        near = run("add", "near", f"{server.url}/v1/api/near.json")
        assert near.stdout.splitlines() == [
            "T: 1 operation, added as near.",
            f"1 file joined, read below {server.url}/v1/api/, where it was fetched; --root chooses another folder.",
        ]
        assert list(_definitions(catalog, "near").values()) == [ERROR]
        main = f"{server.url}/v1/api/openapi.json"
        assert f"does not lead below {server.url}/v1/api/" in run("add", "far", main).stdout
        assert run("add", "far", main, "--root", f"{server.url}/v1").stdout == "T: 1 operation, added as far.\n"
        assert _definitions(catalog, "far") == {"Error": ERROR}
        assert "is not below the root" in failed(run("add", "far", main, "--root", "https://other.example/v1/"))
        assert "is not below the root" in failed(run("add", "far", main, "--root", f"{server.url}/v2"))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("/secret.json", "does not lead below"),
        ("../../secret.json", "does not lead below"),
        ("..%2f..%2fsecret.json", "does not lead below"),
        ("%2e%2e/%2e%2e/secret.json", "does not lead below"),
        ("https://other.example/a.json", "does not lead below"),
        ("//other.example/a.json", "does not lead below"),
        ("file:///etc/passwd", "does not lead below"),
        ("moved.json", "answered 302 instead of the file"),
        ("missing.json", "answered 404 instead of the file"),
    ],
)
def test_a_url_reaches_nothing_outside_its_root(run: Run, catalog: Path, reference: str, reason: str) -> None:
    FETCHED["/v1/api/odd.json"] = _main(reference).encode()
    with RecordingServer(_serve) as server:
        result = run("add", "x", f"{server.url}/v1/api/odd.json")
        asked = [request.target for request in server.requests]
    assert reason in result.stdout, result.output
    assert all(target.startswith("/v1/api/") for target in asked)
    with open_store(catalog) as store:
        assert b"canary" not in store.source("x")


def test_a_root_of_another_kind_is_refused(run: Run, shop: Path) -> None:
    assert "--root is a URL" in failed(run("add", "x", str(shop), "--root", "https://a.example/"))
    assert run("add", "x", "-", "--root", str(shop.parent), input=json.dumps(SHOP).encode()).exit_code == 0


def test_add_all_reads_below_the_folder_it_is_given(run: Run, tree: Path, catalog: Path) -> None:
    run("add-all", str(tree))
    with open_store(catalog) as store:
        assert "Error" in store.entry("api/openapi", "GET /a").definitions
