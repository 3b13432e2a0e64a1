"""`playground sync`: a catalogue that follows what a file lists."""

from __future__ import annotations

import copy
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from playground.cli.failures import Failure
from playground.cli.syncing import Syncing, read_list
from playground.config import Settings
from playground.store import open_store
from tests.cli.conftest import SHOP, Run
from tests.support.servers import RecordingServer, http_answer


@pytest.fixture
def listed(tmp_path: Path, shop: Path) -> Path:
    folder = tmp_path / "specs"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.json").write_text(json.dumps(SHOP))
    path = tmp_path / "apis.yaml"
    path.write_text(
        "shop: shop.json\nteam:\n  source: specs\nnamed:\n  source: shop.json\n  title: Named\n  server: https://n.example\n"
    )
    return path


def test_one_pass_adds_what_is_listed_and_a_second_one_changes_nothing(run: Run, listed: Path, catalog: Path) -> None:
    first = run("sync", str(listed))
    assert first.exit_code == 0, first.stderr
    assert [line.split(" ", 2)[2] for line in first.stdout.splitlines()] == [
        "shop: added, 2 operations.",
        "team/one: added, 2 operations.",
        "team/two: added, 2 operations.",
        "named: added, 2 operations.",
    ]
    with open_store(catalog) as store:
        assert store.provider("named").title == "Named"
        assert store.provider("named").servers[0].url == "https://n.example"
        revision = store.revision()
    assert run("sync", str(listed)).stdout == ""
    with open_store(catalog) as store:
        assert store.revision() == revision


def test_what_changed_is_told_and_kept(run: Run, listed: Path, shop: Path, catalog: Path) -> None:
    run("sync", str(listed))
    changed = copy.deepcopy(SHOP)
    changed["paths"]["/ping"]["get"]["parameters"] = [{"name": "n", "in": "query", "required": True}]
    shop.write_text(json.dumps(changed))
    told = run("sync", str(listed), "--details").stdout
    assert "shop: 1 operation changed (1 breaking)." in told
    assert "!     query.n: was added and is required" in told
    with open_store(catalog) as store:
        newest = store.versions("shop")[0]
    assert newest.changes["changed"][0]["changes"][0]["breaking"] is True


def test_a_broken_one_leaves_its_last_good_state_and_the_others(
    run: Run, listed: Path, shop: Path, catalog: Path
) -> None:
    run("sync", str(listed))
    shop.write_text("{")
    other = listed.parent / "specs" / "two.json"
    other.write_text(json.dumps({**SHOP, "info": {"title": "Two", "version": "1"}}))
    result = run("sync", str(listed))
    assert result.exit_code == 1
    assert result.stderr.count("This is not valid YAML") == 2, "shop and named"
    assert "Its last good state is kept." in result.stderr
    with open_store(catalog) as store:
        assert store.provider("shop").title == "Shop API"
        assert store.provider("team/two").title == "Two"


def test_a_running_api_is_found(run: Run, tmp_path: Path, catalog: Path) -> None:
    def answer(_: Any, request: Any) -> bytes:
        return http_answer(SHOP) if request.target == "/v3/api-docs" else http_answer("", "404 Not Found")

    with RecordingServer(answer) as server:
        (tmp_path / "apis.yaml").write_text(f"shop: {server.url}\n")
        assert "shop: added" in run("sync", str(tmp_path / "apis.yaml")).stdout


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "lists nothing"),
        ("[]", "lists nothing"),
        ("shop: 5", "shop has no source"),
        ("Shop: a.yaml", "cannot be used"),
        ("shop: {source: a.yaml, sever: x}", "'sever'"),
        ("shop: {source: a.yaml, interval: soon}", "write the interval as a number and a unit"),
        ("shop: {source: a.yaml, interval: 0s}", "write the interval as a number and a unit"),
        ("shop: {source: a.yaml, title: 5}", "write server and title as texts"),
        ("shop: [", "(line "),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "apis.yaml"
    path.write_text(text)
    with pytest.raises(Failure, match=r".") as failed:
        read_list(path)
    assert sentence in str(failed.value)


def test_intervals_are_read(tmp_path: Path) -> None:
    path = tmp_path / "apis.yaml"
    entries = (
        f"{name}: {{source: x.yaml, interval: {text}}}" for name, text in (("a", "30s"), ("b", "2H"), ("c", "5"))
    )
    path.write_text("\n".join(entries))
    assert [one.interval for one in read_list(path)] == [30, 7200, 5]


def test_what_is_listed_no_more_is_told_and_removed_when_asked_for(
    run: Run, listed: Path, shop: Path, catalog: Path
) -> None:
    run("add", "mine", str(shop))
    run("sync", str(listed))
    listed.write_text("shop: shop.json\nteam: specs\n")
    (listed.parent / "specs" / "two.json").unlink()
    told = run("sync", str(listed))
    assert told.exit_code == 0
    told_of = [line.split(" ", 2)[2].partition(":")[0] for line in told.stdout.splitlines()]
    assert told_of == ["team", "named", "team/one", "team/two"]
    assert "does not list it any more; it stays" in told.stdout and "--prune" in told.stdout
    with open_store(catalog) as store:
        names = {one.name for one in store.providers()}
    assert names >= {"named", "team/two", "mine"}
    removed = run("sync", str(listed), "--prune").stdout
    assert removed.count("removed, since") == 3 and "mine" not in removed
    with open_store(catalog) as store:
        names = {one.name for one in store.providers()}
    assert names >= {"shop", "team", "mine", "stripe"} and names.isdisjoint({"named", "team/one", "team/two"})
    assert run("sync", str(listed), "--prune").stdout == ""


def test_nothing_is_removed_while_a_source_cannot_be_read(run: Run, listed: Path, catalog: Path) -> None:
    run("sync", str(listed))
    (listed.parent / "specs").rename(listed.parent / "away")
    result = run("sync", str(listed), "--prune")
    assert result.exit_code == 1 and "removed" not in result.stdout
    with open_store(catalog) as store:
        assert {"team/one", "team/two"} <= {one.name for one in store.providers()}


def test_the_file_is_followed(listed: Path, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "own.sqlite") as store:
        listed.write_text("shop: {source: shop.json, interval: 1d}\n")
        syncing = Syncing(store, listed, Settings(), details=False, prune=True)
        assert syncing.run() and syncing.goes_on
        listed.write_text("shop: [")
        thread = threading.Thread(target=syncing.wait)
        thread.start()
        while "is kept up to date" not in capsys.readouterr().err:
            time.sleep(0.05)
        listed.write_text("other: {source: shop.json, interval: 1d}\n")
        thread.join()
        assert syncing.run()
        assert [one.name for one in store.providers()] == ["other"]
