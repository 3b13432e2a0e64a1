"""The table of executed snippets: what its marks mean, and what other generators are asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import generators, snippets
from bench.snippets import Row, judged, table
from playground.snippets.registry import TARGETS
from tests.support.needs import need_command
from tests.support.servers import Recorded
from tests.support.snippets.case import Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.executed import EXECUTED, Executed
from tests.support.snippets.execution import Batch


def case_of(name: str) -> Case:
    return next(case for case in CASES if case.name == name)


def test_rows_count_what_is_right_noted_and_wrong() -> None:
    rows = [Row(name="shell_curl", how="executed", marks="..nx! ", reasons=("e: no request",))]
    text = table(rows, list("abcdef"))
    assert text.splitlines()[1].split() == ["shell_curl", "executed", "2", "1", "2", "..nx!"]
    assert "  4 d" in text
    assert text.endswith("shell_curl: e: no request")
    assert rows[0].failed == 2


def test_a_request_that_differs_is_wrong_and_says_how() -> None:
    case = case_of("get_plain")
    same = Recorded(line="GET /get_plain/v1/things HTTP/1.1", headers=(), body=b"")
    other = Recorded(line="GET /get_plain/v1/thing HTTP/1.1", headers=(), body=b"")
    assert judged(case, Batch([same], "", Path())) == (".", "")
    assert judged(case, Batch([other], "", Path()))[0] == "x"
    assert judged(case, Batch([], "", Path()))[0] == "x"


def test_a_target_is_executed_by_every_case(tmp_path: Path) -> None:
    need_command("node")
    node_fetch = next(executed for executed in EXECUTED if executed.target == "node_fetch")
    row = snippets.run(node_fetch, tmp_path)
    assert len(row.marks) == len(snippets.RUNNABLE)
    assert row.failed == 0, row.reasons
    assert row.marks.count("n") == len(node_fetch.cannot)


def test_code_that_does_not_compile_is_wrong_in_every_case(tmp_path: Path) -> None:
    def refuse(*_: Any) -> str:
        raise AssertionError("main.go:1: no\nmore")

    row = snippets.run(Executed(target="go_net_http", run=refuse), tmp_path)
    assert row.failed == len(snippets.RUNNABLE)
    assert row.reasons == ("main.go:1: no",)


def test_every_target_that_runs_is_executed() -> None:
    ids = [executed.target for executed in EXECUTED]
    told_apart = {"har", "http_file", "postman_item", "raw_http", "agent_prompt"}  # files and text
    parsed = {"swift_urlsession", "dart_http", "powershell_invoke_restmethod"}
    assert len(ids) == len(set(ids))
    assert {target.id for target in TARGETS} - set(ids) == told_apart | parsed | {"typescript_utdk"}


def test_requests_are_given_as_archives_hold_them() -> None:
    json = generators.har(case_of("json_plain"), "http://127.0.0.1:1/x")
    assert json["url"] == "http://127.0.0.1:1/x/v1/things"
    assert json["postData"]["text"] == '{"name":"Ada","tags":["a","b"],"none":null,"yes":true}'
    form = generators.har(case_of("form_charset"), "")["postData"]
    assert form["mimeType"] == "application/x-www-form-urlencoded; charset=utf-8"
    assert form["params"] == [{"name": "a", "value": "é"}]
    assert "postData" not in generators.har(case_of("get_plain"), "")


def test_secrets_are_given_as_plain_fields() -> None:
    plain = generators.plain(case_of("two_schemes"))
    assert plain.injections == ()
    assert plain.target == "/v1/things?key=key-123"
    assert dict(plain.headers) == {"Authorization": "Bearer sk_test_123", "X-Key": "sk_test_123"}
    cookie = generators.plain(case_of("key_in_cookie"))
    assert dict(cookie.headers) == {"Cookie": "theme=dark; sid=key-123"}
    assert generators.plain(case_of("headers_repeated")).headers == case_of("headers_repeated").headers
