"""`playground diff`."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SHOP, Run, failed


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
