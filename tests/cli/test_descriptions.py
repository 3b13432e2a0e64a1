"""`add` and `check`."""

from __future__ import annotations

import contextlib
import copy
import gzip
import json
import socket
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from playground.store import open_store
from tests.cli.conftest import SHOP, Process, Run, command, digest, environment, failed


def test_add_puts_a_description_into_the_catalogue(run: Run, shop: Path, catalog: Path) -> None:
    result = run("add", "my/shop", str(shop))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Shop API: 2 operations, added as my/shop.\n", "")
    with open_store(catalog) as store:
        assert store.entry("my/shop", "updateorder").operation.summary == "Update an order"
        assert store.source("my/shop") == shop.read_bytes()
        assert not store.provider("my/shop").sandbox_first


def test_add_reads_standard_input_yaml_and_gzip(run: Run, tmp_path: Path) -> None:
    assert run("add", "a", "-", input=json.dumps(SHOP).encode()).exit_code == 0
    assert run("add", "b", "-", input=b"openapi: 3.0.0\ninfo: {title: Y, version: 1}\npaths: {}\n").exit_code == 0
    packed = tmp_path / "shop.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(SHOP).encode()))
    assert run("add", "c", str(packed)).stdout == "Shop API: 2 operations, added as c.\n"


def test_add_takes_a_title_a_server_and_a_prefix(run: Run, shop: Path, catalog: Path) -> None:
    result = run(
        "add", "shop", str(shop), "--title", "Mine", "--server", "http://127.0.0.1:9/x", "--strip-prefix", "Update"
    )
    assert result.stdout == "Mine: 2 operations, added as shop.\n"
    with open_store(catalog) as store:
        entry = store.entry("shop", "order")
        assert entry.operation.operation_id == "Order"
        assert (entry.operation.servers or entry.provider.servers)[0].url.rstrip("/") == "http://127.0.0.1:9/x"


def test_add_prints_problems(run: Run, tmp_path: Path) -> None:
    document = json.loads(json.dumps(SHOP))
    for number in range(12):
        document["paths"][f"/bad/{number}"] = {"get": {"operationId": f"bad{number}", "parameters": "none"}}
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document))
    lines = run("add", "shop", str(path)).stdout.splitlines()
    assert "problems (" in lines[1]
    assert len(lines) == 13
    assert lines[2].split()[1].startswith("/paths/~1bad~10")
    assert lines[-1].endswith(f"more: `playground check {path}` shows all.")


@pytest.mark.parametrize(
    ("name", "like"),
    [("Stripe", "stripe"), ("a b", "a-b"), ("../x", "x"), ("a//b", "a/b"), (".", "my-api"), ("é", "my-api"),
     ("a/..", "a"), ("x" * 300, "x" * 200), ("", "my-api"), ("a\nb", "a-b")],
)  # fmt: skip
def test_add_refuses_other_names_and_proposes_one(run: Run, shop: Path, name: str, like: str) -> None:
    line = failed(run("add", "--", name, str(shop)))
    assert "cannot be used: write lower-case letters" in line
    assert line.endswith(f'for example "{like}".')


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("broken.json", b'{"openapi": "3.1.0", ', "broken.json: "),
        ("broken.yaml", b"openapi: [3.1.0\n", "broken.yaml: "),
        ("not-openapi.json", b'{"hello": 1}', "not-openapi.json: "),
        ("list.json", b"[1]", "list.json: "),
        ("page.html", b"<!doctype html><title>x</title>", "HTML"),
        ("empty.json", b"", "empty"),
        ("binary.json", bytes(range(256)), "binary.json: "),
        ("cut.gz", gzip.compress(b"{}" * 5000, mtime=0)[:30], "not a whole gzip file"),
        ("bomb.gz", gzip.compress(b" " * 100_000_100, 9), "unpacks to more than"),
    ],
)
def test_add_refuses_what_is_no_description_and_changes_nothing(
    run: Run, shop: Path, catalog: Path, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    run("add", "x", str(shop))
    before = digest(catalog)
    (tmp_path / name).write_bytes(data)
    assert words in failed(run("add", "x", str(tmp_path / name)))
    assert digest(catalog) == before


def test_add_says_what_is_wrong_with_a_path(run: Run, tmp_path: Path) -> None:
    assert "There is no file " in failed(run("add", "x", str(tmp_path / "missing-file")))
    assert "holds no OpenAPI description" in failed(run("add", "x", str(tmp_path)))
    assert "cannot be read" in failed(run("add", "x", "/dev/null/x"))
    assert "cannot be read" in failed(run("add", "x", "a\0b"))


def test_add_says_what_is_wrong_with_a_url(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert f"127.0.0.1:{port}" in failed(run("add", "x", f"http://127.0.0.1:{port}/openapi.json"))
    assert failed(run("add", "x", "http://user@host/openapi.json"))
    assert failed(run("add", "x", "https://"))


def test_check_lists_problems_and_fails_on_an_error(run: Run, tmp_path: Path, shop: Path) -> None:
    assert run("check", str(shop)).stdout == "2 operations, no problems.\n"
    assert run("check", "-", "--json", input=json.dumps(SHOP).encode()).stdout == "[]\n"
    document = {**SHOP, "paths": {**SHOP["paths"], "/bad": {"get": "nothing"}}}
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document))
    result = run("check", str(path))
    assert "left out" in failed(result)
    assert result.stdout.startswith("error /paths/~1bad/get: ")
    problems = json.loads(run("check", str(path), "--json").stdout)
    assert [set(problem) for problem in problems] == [{"pointer", "severity", "message"}]
    assert problems[0]["severity"] == "error"


def test_check_json_of_no_description_is_json_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{")
    result = run("check", str(path), "--json")
    assert "x.json: " in failed(result)
    assert json.loads(result.stdout)[0]["pointer"] == ""


def test_a_description_cannot_write_to_the_terminal(run: Run) -> None:
    document = json.dumps({**SHOP, "info": {"title": "A\x1b[2J\nB", "version": "\x07"}})
    assert "\x1b" not in run("add", "x", "-", input=document.encode()).stdout
    assert not {"\x1b", "\x07"} & set(run("list").stdout)


def test_files_that_a_description_names_are_read_inside_its_folder_only(
    run: Run, tmp_path: Path, catalog: Path
) -> None:
    folder = tmp_path / "api"
    (folder / "parts").mkdir(parents=True)
    (tmp_path / "secret.json").write_text('{"title": "secret"}')
    (folder / "parts" / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "parts" / "User.yaml").write_text("type: object\nproperties: {name: {type: string}}\n")
    main = folder / "openapi.yaml"
    main.write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      requestBody:\n"
        "        content: {application/json: {schema: {$ref: parts/User.yaml}}}\n"
        "      responses: {200: {description: d, content: {a/b: {schema: {$ref: parts/link.json}},"
        " c/d: {schema: {$ref: ../secret.json}}}}}\n"
    )
    result = run("add", "joined", str(main))
    assert result.exit_code == 0, result.output
    assert result.stdout.count("error ") == 2
    assert "lies outside" in result.stdout
    assert "lies above" in result.stdout
    with open_store(catalog) as store:
        assert dict(store.entry("joined", "POST /a").definitions) == {
            "User": {"type": "object", "properties": {"name": {"type": "string"}}}
        }
        kept = store.source("joined")
    assert b"secret" not in kept.replace(b"../secret.json", b"")
    # What is kept is one document that says the same.
    alone = tmp_path / "alone.json"
    alone.write_bytes(kept)
    assert run("add", "again", str(alone)).exit_code == 0
    with open_store(catalog) as store:
        assert "User" in store.entry("again", "POST /a").definitions


def test_add_waits_for_a_locked_catalogue_and_says_so(process: Process, shop: Path, catalog: Path) -> None:
    assert process("add", "one", str(shop)).returncode == 0
    with contextlib.closing(sqlite3.connect(catalog, isolation_level=None)) as locker:
        locker.execute("BEGIN IMMEDIATE")
        with subprocess.Popen(
            command("add", "two", str(shop)), env=environment(catalog), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as adding:
            assert adding.stderr is not None
            line = adding.stderr.readline().decode()
            locker.rollback()
            stdout, stderr = adding.communicate()
    waits = f"Waiting for {catalog}: another process has it locked, perhaps another `playground add`."
    assert line == f"playground: {waits}\n"
    assert (adding.returncode, stderr) == (0, b"")
    assert b"added as two" in stdout


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    after = copy.deepcopy(SHOP)
    del after["paths"]["/ping"]
    after["paths"]["/new"] = {"get": {"operationId": "new"}}
    content = after["paths"]["/orders/{id}"]["post"]["requestBody"]["content"]
    content["application/json"]["schema"]["properties"]["note"]["maxLength"] = 5
    for name, document in (("old", SHOP), ("new", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    return str(tmp_path / "old.json"), str(tmp_path / "new.json")


def test_what_differs_is_listed_and_breaking_ends_with_one(run: Run, pair: tuple[str, str]) -> None:
    result = run("diff", *pair)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "! - GET /ping",
        "  + GET /new",
        "! ~ POST /orders/{id}",
        "!     body/note: maxLength 5 was added",
        "1 operation added, 1 removed, 1 changed (2 breaking).",
    ]
    assert run("diff", pair[0], pair[0]).stdout == "No operation differs.\n"


@pytest.mark.parametrize(
    ("order", "fail_on", "status"),
    [((0, 1), "breaking", 1), ((0, 1), "nothing", 0), ((0, 0), "any", 0), ((1, 0), "any", 1)],
)
def test_the_exit_status_is_chosen(
    run: Run, pair: tuple[str, str], order: tuple[int, int], fail_on: str, status: int
) -> None:
    assert run("diff", *(pair[at] for at in order), "--fail-on", fail_on).exit_code == status


def test_there_are_formats_for_people_and_programs(run: Run, pair: tuple[str, str]) -> None:
    told: dict[str, Any] = json.loads(run("diff", *pair, "--format", "json").stdout)
    assert told["counts"] == {"added": 1, "removed": 1, "changed": 1, "breaking": 2}
    assert told["changed"][0]["changes"][0]["rule"] == "limit-tightened"
    markdown = run("diff", *pair, "--format", "markdown").stdout
    assert "- **Breaking:** `body/note` maxLength 5 was added" in markdown


def test_versions_of_the_catalogue_are_compared(run: Run, pair: tuple[str, str]) -> None:
    run("add", "shop", pair[0])
    run("add", "shop", pair[1])
    assert "! - GET /ping" in run("diff", "shop@1", "shop").stdout
    assert run("diff", "shop@2", "shop").stdout == "No operation differs.\n"
    assert "it has shop@2, shop@1" in failed(run("diff", "shop@7", "shop"))
    assert "is no version" in failed(run("diff", "shop@x", "shop"))
    assert "There is no file nosuch.yaml" in failed(run("diff", "nosuch.yaml", "shop"))
    assert "nosuch" in failed(run("diff", "nosuch", "shop"))
