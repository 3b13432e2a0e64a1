"""`scenario run` sends the steps in order and carries values; `scenario check` sends nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, SHOP, Run, failed
from tests.support.servers import RecordingServer, http_answer

TOKEN = '{"type": "bearer_token", "token": "canary-token"}'
UPDATE: dict[str, Any] = {
    "operation": "shop/updateorder",
    "arguments": {"id": "{{order}}", "note": "of {{order}}"},
    "media_type": "application/json",
}
PING: dict[str, Any] = {"operation": "shop/ping", "title": "Ping", "take": {"order": "/orders/0/id"}}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(*steps: Any) -> str:
        path = tmp_path / "scenario.json"
        path.write_text(json.dumps({"playground": "scenario", "version": 1, "title": "T", "steps": steps}))
        return str(path)

    return written


def test_values_are_carried_from_one_answer_into_the_next(shop_run: Run, api: RecordingServer, write: Any) -> None:
    api.answer = http_answer(b'{"orders": [{"id": "o 1"}]}')
    result = shop_run("scenario", "run", write(PING, UPDATE), "--credential", TOKEN)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("1. Ping: 200 OK, 27 bytes in ")
    assert lines[1].startswith("2. shop/updateorder: 200 OK")
    first, second = api.requests
    assert first.line == "GET /v2/ping HTTP/1.1"
    assert second.line == "POST /v2/orders/o%201 HTTP/1.1"
    assert json.loads(second.body) == {"note": "of o 1"}
    assert first.header("Authorization") == second.header("Authorization") == "Bearer canary-token"


def test_a_run_for_programs_is_a_json_object_a_line(shop_run: Run, api: RecordingServer, write: Any) -> None:
    api.answer = http_answer(b'{"orders": [{"id": "x"}]}')
    result = shop_run("scenario", "run", write(PING, UPDATE), "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["step"], one["operation"], one["status"]) for one in told] == [
        (1, "shop/ping", 200),
        (2, "shop/updateorder", 200),
    ]


def test_an_unexpected_answer_stops_the_run(shop_run: Run, api: RecordingServer, write: Any) -> None:
    api.answer = http_answer(b'{"why": "gone"}', "404 Not Found")
    line = failed(shop_run("scenario", "run", write({"operation": "shop/ping"}, UPDATE)))
    assert line == 'Step 1: the answer is 404, expected 200 to 299. It says: {"why": "gone"}.'
    assert len(api.requests) == 1
    assert shop_run("scenario", "run", write({"operation": "shop/ping", "expect": [404]})).exit_code == 0


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"operation": "shop/nothing"}], "Step 1: "),
        ([{"operation": "nobody/ping"}], "Step 1: "),
        ([{"operation": "shop/ping", "arguments": {"x": 1}}], "Step 1: This operation takes no input"),
        ([UPDATE, {"operation": "shop/ping", "take": {"order": "/id"}}], "Step 1 needs {{order}}, which only a later"),
        ([{"operation": "shop/ping", "take": {"order": "/none"}}], "Step 1: The answer has nothing at /none"),
        ([], "has no steps"),
        ([{"operation": "shop"}], "/steps/0/operation must be"),
    ],
)
def test_what_cannot_be_played_is_one_line_with_its_step(
    shop_run: Run, write: Any, steps: list[Any], said: str
) -> None:
    assert said in failed(shop_run("scenario", "run", write(*steps)))


def test_a_credential_goes_only_to_its_provider(
    shop_run: Run, api: RecordingServer, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = {**SHOP, "servers": [{"url": f"{api.url}/other/"}]}
    assert shop_run("add", "other", "-", input=json.dumps(document).encode()).exit_code == 0
    both = write({"operation": "shop/ping"}, {"operation": "other/ping"})
    assert "write an object of credentials by provider" in failed(
        shop_run("scenario", "run", both, "--credential", TOKEN)
    )
    assert not api.requests
    result = shop_run("scenario", "run", both, "--credential", f'{{"shop": {TOKEN}}}')
    assert result.exit_code == 0, result.stderr
    assert [request.header("Authorization") for request in api.requests] == ["Bearer canary-token", None]


def test_check_sends_nothing(shop_run: Run, api: RecordingServer, write: Any) -> None:
    result = shop_run("scenario", "check", write(PING, UPDATE))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "1. GET /ping  Ping\n2. POST /orders/{id}\n"
    assert "Step 1 needs {{order}}" in failed(shop_run("scenario", "check", write(UPDATE, PING)))
    assert not api.requests


def test_a_scenario_is_read_from_standard_input(run: Run) -> None:
    text = json.dumps(
        {
            "playground": "scenario",
            "version": 1,
            "steps": [{"operation": "stripe/getcustomers", "server": "sandbox"}],
        }
    )
    result = run("scenario", "run", "-", input=text.encode())
    assert result.exit_code == 0, result.stderr
    assert "200 OK" in result.stdout


def test_a_file_that_is_none_is_one_line(run: Run, tmp_path: Path) -> None:
    assert "check the path" in failed(run("scenario", "run", str(tmp_path / "none.json")))
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe\xff")
    assert "UTF-8" in failed(run("scenario", "check", str(tmp_path / "bad.json")))


def test_the_scenario_of_the_guide_can_be_played(run: Run) -> None:
    guide = (ROOT / "docs" / "scenarios.md").read_text()
    text = guide.partition("```json\n")[2].partition("```")[0]
    for command in ("check", "run"):
        result = run("scenario", command, "-", input=text.encode())
        assert result.exit_code == 0, result.stderr
    assert result.stdout.count("200 OK") == 2


def test_a_record_holds_each_exchange_and_no_secret(
    shop_run: Run, api: RecordingServer, write: Any, tmp_path: Path
) -> None:
    api.answer = http_answer(b'{"orders": [{"id": "o 1"}], "token": "made-by-api"}')
    page = tmp_path / "record.html"
    step = {"operation": "shop/ping", "expect": [404]}
    result = shop_run("scenario", "run", write(PING, step), "--credential", TOKEN, "--record", str(page))
    assert result.exit_code == 1
    text = page.read_text()
    assert "1. Ping" in text and "the answer is 200, expected 404" in text and f"GET {api.url}/v2/ping" in text
    assert "canary" not in text and "made-by-api" not in text
    assert failed(shop_run("scenario", "run", write(PING), "--input", "a=b")).startswith(
        "--input, --inputs, --workflow"
    )


def test_checks_of_a_step_are_judged_and_stop_the_run(shop_run: Run, api: RecordingServer, write: Any) -> None:
    api.answer = http_answer({"orders": [{"id": 1}], "note": "canary-token"})
    good = {"operation": "shop/ping", "expect": [200], "check": ["/orders/0/id == 1", "$.orders[*] exists"]}
    result = shop_run("scenario", "run", write(good))
    assert result.exit_code == 0 and result.stdout.splitlines()[1:] == [
        "  + /orders/0/id == 1",
        "  + $.orders[*] exists",
    ]
    bad = {**good, "check": ["/note == other", "contract"]}
    result = shop_run("scenario", "run", write(bad, good), "--json", "--credential", TOKEN)
    assert [one["passed"] for one in json.loads(result.stdout)["checks"]] == [False, False]
    assert "Step 1: the answer does not meet /note == other" in result.stderr and "canary" not in result.stderr
    assert len(api.requests) == 2
