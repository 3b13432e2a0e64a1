"""`list`, `values` and `remove`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, failed
from tests.support.sdk.packages import run_module


def test_list_shows_providers_with_counts(run: Run, shop: Path) -> None:
    run("add", "shop", str(shop))
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["playground", "shop", "stripe", "tour"]
    assert lines[1].split(maxsplit=3) == ["shop", "2", "2", "Shop API"]
    listed = json.loads(run("list", "--json").stdout)
    assert listed[1] == {"name": "shop", "title": "Shop API", "version": "2", "summary": "", "operations": 2}


def test_list_shows_the_operations_of_one(run: Run, shop: Path) -> None:
    run("add", "shop", str(shop))
    assert run("list", "shop").stdout.splitlines() == [
        "updateorder  POST  /orders/{id}  Update an order",
        "ping         GET   /ping",
    ]
    assert json.loads(run("list", "shop", "--json").stdout)[1]["path"] == "/ping"


def test_remove_takes_a_provider_out_for_good(run: Run) -> None:
    assert run("remove", "stripe").stdout == "Removed stripe.\n"
    assert "stripe" not in run("list").stdout
    assert failed(run("remove", "stripe")).endswith("list of providers (`playground list`).")


ZONES = [f"zone-{number:05}" for number in range(20_000)]
LISTED: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Listed", "version": "1"},
    "paths": {
        "/x": {
            "post": {
                "operationId": "make",
                "parameters": [
                    {
                        "name": "zone",
                        "in": "query",
                        "schema": {"enum": ZONES},
                    },
                    {"name": "sizes", "in": "query", "schema": {"type": "array", "items": {"enum": ["s", "m", "l"]}}},
                    {"name": "plain", "in": "query", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "a": {
                                        "properties": {
                                            "kind": {"enum": [1, 2, 3], "x-enum-varnames": ["ONE", "TWO", "THREE"]}
                                        }
                                    },
                                    "b.c": {"enum": ["dotted"]},
                                },
                                "additionalProperties": False,
                            }
                        }
                    }
                },
                "responses": {"200": {"description": "d"}},
            }
        }
    },
}


@pytest.fixture
def listed(run: Run, tmp_path: Path) -> Callable[..., list[str]]:
    (tmp_path / "listed.json").write_text(json.dumps(LISTED))
    run("add", "listed", str(tmp_path / "listed.json"))
    return lambda *arguments: run("values", "listed", "make", *arguments).stdout.splitlines()


def test_the_values_of_an_argument_are_listed_and_found_by_typing(listed: Callable[..., list[str]]) -> None:
    assert len(listed("zone")) == 20_000
    assert listed("zone", "1999")[:3] == ["zone-01999", "zone-11999", "zone-19990"]
    assert listed("query.zone", "ZONE-1999")[0] == "zone-19990"
    assert listed("sizes") == ["s", "m", "l"]
    assert listed("a.kind") == listed("body/a/kind") == ["1 (ONE)", "2 (TWO)", "3 (THREE)"]
    assert listed("a.kind", "tw") == ["2 (TWO)"]
    assert listed("b.c") == ["dotted"]
    assert json.loads("".join(listed("a.kind", "2", "--json"))) == [{"value": "2", "label": "2 (TWO)"}]


def test_values_of_what_lists_none_are_refused_with_the_reason(run: Run, listed: Callable[..., list[str]]) -> None:
    def fault(*arguments: str) -> str:
        return failed(run("values", "listed", "make", *arguments))

    assert fault("plain") == "plain has no list of values: any that fits its type can be sent."
    assert fault("zone", "nowhere").startswith("None of the 20,000 values of zone holds 'nowhere'")
    assert fault("other") == "make takes no argument 'other': its page and its package name them all."


def test_an_unknown_name_leads_to_the_list(run: Run) -> None:
    assert failed(run("list", "nosuch")).endswith("(`playground list`).")
    assert failed(run("request", "stripe", "nosuch")) == (
        'The provider "stripe" has no operation "nosuch": look its name up in its list of operations '
        "(`playground list stripe`)."
    )
    assert failed(run("request", "strip", "nosuch")).endswith('did you mean "stripe".')


def test_a_catalogue_at_a_url_is_not_written(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_CATALOG", "http://127.0.0.1:1/catalog.sqlite")
    for words in (["remove", "shop"], ["add", "shop", str(shop)], ["add-all", str(shop.parent)]):
        sentence = failed(run(*words))
        assert sentence.startswith("The catalogue is fetched from a URL (PLAYGROUND_CATALOG): change it")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "sdk"


def added(run: Run, shop: Path) -> None:
    assert run("add", "shop", str(shop)).exit_code == 0


def test_it_writes_a_package_that_npm_and_node_take(run: Run, shop: Path, folder: Path, tmp_path: Path) -> None:
    added(run, shop)
    result = run("sdk", "shop", "-o", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Wrote @utdk/shop with 2 operations: npm install {folder}\n"
    assert json.loads((folder / "package.json").read_text())["name"] == "@utdk/shop"
    code = f"import {{ createShopClient }} from '{(folder / 'index.js').as_uri()}'; await createShopClient().ping();"
    done = run_module(tmp_path, code)
    assert "No gateway: give gatewayUrl" in done.stderr


def test_a_gateway_can_be_baked_in(run: Run, shop: Path, folder: Path) -> None:
    added(run, shop)
    assert run("sdk", "shop", "-o", str(folder), "--gateway", "https://gateway.example").exit_code == 0
    assert "https://gateway.example" in (folder / "index.js").read_text()
    words = failed(run("sdk", "shop", "-o", str(folder), "--gateway", "javascript:1"))
    assert words == "--gateway: write an address like https://gateway.example.com."


def test_an_earlier_version_is_replaced_and_anything_else_is_left_alone(run: Run, shop: Path, folder: Path) -> None:
    added(run, shop)
    assert run("sdk", "shop", "-o", str(folder)).exit_code == 0
    (folder / "index.js").write_text("old")
    assert run("sdk", "shop", "-o", str(folder)).exit_code == 0
    assert (folder / "index.js").read_text() != "old"
    other = folder.parent
    (other / "precious.txt").write_text("mine")
    assert "holds other things than @utdk/shop: choose a new or empty one" in failed(
        run("sdk", "shop", "-o", str(other))
    )
    assert sorted(path.name for path in other.iterdir()) == ["precious.txt", "sdk"]


def test_an_unknown_provider_is_one_line_and_nothing_is_written(run: Run, folder: Path) -> None:
    assert "playground list" in failed(run("sdk", "nothing", "-o", str(folder)))
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_one_line(run: Run, shop: Path, tmp_path: Path) -> None:
    added(run, shop)
    (tmp_path / "file").write_text("")
    assert "file" in failed(run("sdk", "shop", "-o", str(tmp_path / "file" / "below")))


def test_a_folder_must_be_named(run: Run) -> None:
    assert run("sdk", "stripe").exit_code == 2
