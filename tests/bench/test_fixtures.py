"""`python -m bench fixtures`: each kind of fixture is found, tried beside its judge, and counted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.fixtures.archives import outcomes as archives
from bench.fixtures.commands import outcomes as commands
from bench.fixtures.documents import outcomes as documents
from bench.fixtures.message import Sent, describe, differences
from bench.fixtures.mocks import outcomes as mocks
from bench.fixtures.outcome import Outcome, table
from bench.fixtures.schemas import outcomes as schemas
from playground.request.build import build_request
from playground.request.model import RequestModel
from tests.support.needs import need_command
from tests.support.pages import document

REQUEST = {
    "method": "POST", "url": "http://a.test/x?a=1", "headers": [{"name": "X-A", "value": "1"}],
    "postData": {"mimeType": "application/json", "text": '{"b": [1, 2]}'},
}  # fmt: skip


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    paths = {"/x": {"get": {"operationId": "read", "responses": {"200": {"description": "ok"}}}}}
    written(tmp_path, "pass/api.json", document(paths))
    written(tmp_path, "fail/api.json", document({"/x/{id}": {"get": {"responses": {"200": {"description": "ok"}}}}}))
    written(tmp_path, "one.har", {"log": {"entries": [{"request": REQUEST}, {"request": REQUEST}]}})
    group = {"schema": {"type": "integer"}, "tests": [{"description": "a", "data": 1, "valid": True}]}
    written(tmp_path, "draft2020-12/type.json", [group])
    written(tmp_path, "draft4/type.json", [group])
    later = {**group, "schema": {"$schema": "https://dialects.test/later", "type": "integer"}}
    written(tmp_path, "later/type.json", [later, group])
    written(tmp_path, "notes.json", {"a": 1})
    written(tmp_path, "other.json", {**REQUEST, "headers": {"X-A": "1"}})
    return tmp_path


def test_every_kind_is_tried_and_counted(folder: Path) -> None:
    need_command("bash"), need_command("curl")
    written(folder, "a.sh", "curl https://a.test/x -d 'a=1&b=2' -H 'X-A: 1' -b c=d\n")
    written(folder, "b.sh", "cat <<EOF | curl -d @- -H 'Content-Type: application/json' http://a.test/x\n[1]\nEOF\n")
    result = CliRunner().invoke(main, ["fixtures", str(folder)])
    rows = [re.split(r" {2,}", line.strip()) for line in result.output.splitlines()]
    assert rows == [
        ["fixtures", "tried", "right", "told", "wrong", "left out"],
        ["documents", "2", "1", "1", "0", "0"],
        ["curl commands", "2", "2", "0", "0", "0"],
        ["HTTP archives", "2", "2", "0", "0", "0"],
        ["JSON Schema instances", "2", "2", "0", "0", "2"],
        ["left out: JSON Schema instances: 1: its folder is another draft's, a dialect that OpenAPI does not use"],
        [
            "left out: JSON Schema instances: 1: its $schema is https://dialects.test/later, "
            "a dialect that OpenAPI does not use"
        ],
    ]
    assert result.exit_code == 0


def test_what_is_wrong_is_listed_and_fails(folder: Path) -> None:
    group = {"schema": {"type": "integer"}, "tests": [{"description": "no", "data": 1, "valid": False}]}
    written(folder, "draft2020-12/wrong.json", [group])
    written(folder, "pass/broken.json", document({"/x": {"get": {"parameters": [{"in": "query"}]}}}))
    result = CliRunner().invoke(main, ["fixtures", str(folder)])
    assert result.exit_code == 1
    assert "wrong: documents: " in result.output
    assert "wrong: JSON Schema instances: draft2020-12/wrong.json 0 no: " in result.output


@pytest.mark.parametrize("words", [["fixtures"], ["fixtures", "/nowhere/at/all"], ["unknown"]])
def test_what_is_asked_wrongly_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(main, words).exit_code == 2


def test_a_command_that_sends_another_request_than_is_read_is_wrong_unless_that_is_told(tmp_path: Path) -> None:
    need_command("bash"), need_command("curl")
    told = written(tmp_path, "a.sh", "curl http://a.test/x -d @missing.txt")
    unread = written(tmp_path, "b.sh", "Mail -s curl; curl http://a.test/x")
    silent = written(tmp_path, "c.sh", "exit; curl http://a.test/x")
    assert [outcome.verdict for outcome in commands([told, unread, silent])] == ["told", "wrong", "left out"]


def test_an_archive_is_judged_by_what_it_says(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.json", {**REQUEST, "url": "http://a.test/x", "queryString": [{"name": "q", "value": "a b"}]}
    )
    assert [outcome.verdict for outcome in archives([path])] == ["right"]


def test_differences_are_told_by_their_place() -> None:
    sent = Sent(
        method="POST", target="/x%20y?a=1&a=2&b=3",
        headers=(("X-A", "1"), ("Cookie", "c=d"), ("Content-Type", "application/json")), body=b'{"a": 1}',
    )  # fmt: skip
    found = list(differences(build_request(describe(sent), RequestModel(body={"a": 2})), sent))
    assert [words.split(":")[0].split(" {")[0] for words in found] == [
        "query a", "query b", "cookie c", "header x-a", "body",
    ]  # fmt: skip


def test_documents_are_held_to_the_name_of_their_folder(tmp_path: Path) -> None:
    sound = document({"/x": {"get": {"responses": {"200": {"description": "ok"}}}}})
    paths = [written(tmp_path, name, sound) for name in ("pass/a.json", "fail/a.json", "other/a.json")]
    paths.append(written(tmp_path, "other/b.json", '{"openapi": "3.0.0", "paths": 1'))
    assert [outcome.verdict for outcome in documents(paths)] == ["right", "wrong", "right", "told"]


def test_a_fixture_that_contradicts_the_standard_is_told_and_one_of_no_version_is_left_out(tmp_path: Path) -> None:
    empty = written(tmp_path, "specs/invalid/no-paths.yaml", document({}))
    other = written(tmp_path, "specs/invalid/other.yaml", document({}))
    later = written(tmp_path, "pass/a.json", {**document({}), "openapi": "9.0.0"})
    assert [outcome.verdict for outcome in documents([empty, other, later])] == ["told", "wrong", "left out"]


def test_references_of_a_suite_lead_into_its_schema(tmp_path: Path) -> None:
    schema = {
        "properties": {"next": {"$ref": "#"}},
        "$defs": {"n": {"type": "integer"}},
        "items": {"$ref": "#/$defs/n"},
    }
    tests = [
        {"description": str(data), "data": data, "valid": valid}
        for data, valid in (([1], True), (["a"], False), ({"next": {"next": [1]}}, True), ({"next": ["a"]}, False))
    ]
    outcome = schemas([written(tmp_path, "s.json", [{"schema": schema, "tests": tests}])])
    assert [one.verdict for one in outcome] == ["right"] * 4


def test_a_table_counts_by_kind_and_lists_no_more_than_some() -> None:
    many = [Outcome(kind="a", name=str(at), verdict="wrong", reason="r") for at in range(70)]
    text, sound = table([*many, Outcome(kind="b", name="x", verdict="told")])
    assert sound is False
    assert text.count("wrong: a: ") == 61
    assert text.endswith("wrong: a: 10 more")
    assert table([]) == ("fixtures  tried  right  told  wrong  left out", True)


CASE = """====test====
What it is about
====spec====
openapi: 3.0.2
info: {title: Todos, version: '1'}
paths:
  /todos:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        200: {description: All of them, content: {text/plain: {example: hello}}}
====server====
%s -p 4010 ${document}
====command====
%s
====expect====
HTTP/1.1 %s
content-type: %s

%s
"""


def test_cases_of_another_mock_server_are_asked_of_the_sandbox(tmp_path: Path) -> None:
    need_command("bash"), need_command("curl")
    address = "http://localhost:4010/todos"
    cases = {
        "same.txt": CASE % ("mock", f"curl -i {address}", "200 OK", "text/plain", "hello"),
        "other.txt": CASE % ("mock", f"curl -i {address}?page=x", "422 Unprocessable", "text/plain", "no"),
        "unlike.txt": CASE % ("mock", f"curl -i {address}", "200 OK", "text/plain", "good-bye"),
        "proxy.txt": CASE % ("proxy", f"curl -i {address}", "200 OK", "text/plain", "hello"),
    }
    found = {one.name: one for one in mocks([written(tmp_path, name, text) for name, text in cases.items()])}
    verdicts = {name: one.verdict for name, one in found.items()}
    assert verdicts == {"same.txt": "right", "other.txt": "told", "unlike.txt": "wrong", "proxy.txt": "left out"}
    assert "good-bye" in found["unlike.txt"].reason
