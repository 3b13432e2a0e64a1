"""`list` and `remove`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, failed


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


def test_an_unknown_name_leads_to_the_list(run: Run) -> None:
    assert failed(run("list", "nosuch")).endswith("(`playground list`).")
    assert failed(run("request", "stripe", "nosuch")) == (
        'The provider "stripe" has no operation "nosuch": look its name up in its list of operations '
        "(`playground list stripe`)."
    )
    assert failed(run("request", "strip", "nosuch")).endswith('did you mean "stripe".')
