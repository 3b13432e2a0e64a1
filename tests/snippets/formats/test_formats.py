"""Targets that are no program: the message is sent as it is, the files are imported again."""

from __future__ import annotations

import base64
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given

from playground import jsontext
from playground.messages import MultipartContent
from playground.snippets.formats.shown import BASE64, CRLF, ESCAPED
from playground.snippets.registry import find_target
from tests.support.rows import each
from tests.support.servers import RecordingServer, http_answer
from tests.support.snippets.case import SECRETS, Case, local_files
from tests.support.snippets.cases import CASES
from tests.support.snippets.drawn import cases, draws
from tests.support.snippets.execution import Batch, assert_request_arrived

RUNNABLE = tuple(case for case in CASES if case.runs)
every_case = each("case", RUNNABLE, ids=lambda case: case.name)


def _text(target: str, case: Case, **more: Any) -> str:
    return find_target(target).render(case.request_for("direct", **more)).text


def _filled(text: str) -> str:
    for name, value in SECRETS.items():
        text = text.replace(f"${name}", value).replace(f"{{{{$processEnv {name}}}}}", value)
        text = text.replace(f"{{{{{name}}}}}", value)
    return re.sub(r"<base64 of (.*)>", lambda found: base64.b64encode(found[1].encode()).decode(), text)


def _content(case: Case, shown: str, notes: tuple[str, ...], file: str) -> bytes:
    """Return the bytes that a reader who follows the notes makes of shown content."""
    if BASE64 in notes:
        return base64.b64decode(shown)
    data = (shown.replace("\n", "\r\n") if CRLF in notes else shown).encode("utf-8", "surrogatepass")
    files = {file.replace("{}", local_file.name).encode(): local_file.data for local_file in local_files(case.content)}
    longest = sorted(files, key=len, reverse=True)  # one file's name may begin another's
    return re.sub(b"|".join(map(re.escape, longest)), lambda found: files[found[0]], data) if files else data


def _seen(head: str, notes: tuple[str, ...]) -> str:
    """Return the head as a reader understands it who follows the note about characters that cannot be seen."""
    return re.sub(r"\\u\{([0-9A-F]+)\}", lambda one: chr(int(one[1], 16)), head) if ESCAPED in notes else head


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
def test_message_is_the_request_when_sent(case: Case, tmp_path: Path) -> None:
    _message_is_sent(case, tmp_path)


def _message_is_sent(case: Case, tmp_path: Path) -> None:
    with RecordingServer(http_answer({"ok": True}, headers={"Connection": "close"})) as server:
        rendered = find_target("raw_http").render(case.request_for("direct", base=f"{server.url}/{case.name}"))
        lines = rendered.text.split("\n")
        while lines[0].startswith("# "):
            lines.pop(0)
        head, _, shown = "\n".join(lines).partition("\n\n")
        body = _content(case, shown, rendered.notes, "<contents of {}>")
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            first, end, fields = _seen(head, rendered.notes).partition("\n")
            for name in case.secrets.values():
                first = first.replace(f"${name}", quote(SECRETS[name], safe=""))  # which a note asks for
            connection.sendall(_filled(first + end + fields).replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
            while connection.recv(4096):
                pass
        assert_request_arrived(case, Batch(server.requests, "", tmp_path))


@every_case
def test_archive_holds_the_request(case: Case) -> None:
    _archive_holds(case)


def _archive_holds(case: Case) -> None:
    archive = jsontext.loads(_text("har", case))
    case = case.spelled("{{{{{}}}}}".format)
    assert archive["log"]["version"] == "1.2"
    entry = archive["log"]["entries"][0]
    assert entry.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
    request, wanted = entry["request"], case.request("https://api.stripe.com")
    assert request.keys() >= {"cookies", "queryString", "headersSize", "bodySize", "httpVersion"}
    assert (request["method"], request["bodySize"]) == (wanted.method, len(wanted.body))
    assert request["url"].startswith(wanted.url)
    assert request["url"] == wanted.url or case.injections
    named = [(one["name"], one["value"]) for one in request["headers"]]
    assert [pair for pair in case.headers if pair[0] != "Cookie" and pair not in named] == []
    data = request.get("postData", {"text": ""})
    body = base64.b64decode(data["text"]) if data.get("_encoding") == "base64" else data["text"].encode()
    assert body == wanted.body


@every_case
def test_http_file_holds_the_request(case: Case) -> None:
    _http_file_holds(case)


def _http_file_holds(case: Case) -> None:
    rendered = find_target("http_file").render(case.request_for("direct"))
    first, *lines = rendered.text.split("\n")
    assert first.startswith("### ")
    while lines[0].startswith("# "):
        lines.pop(0)
    head, _, shown = "\n".join(lines).partition("\n\n")
    start, *fields = _seen(head, rendered.notes).split("\n")
    case = case.spelled("{{{{$processEnv {}}}}}".format)
    wanted = case.request("https://api.stripe.com")
    method, _, url = start.partition(" ")
    assert method == wanted.method
    assert url == wanted.url or (case.injections and url.startswith(wanted.url))
    named = [tuple(field.split(":", 1)) for field in fields]
    for name, value in case.headers:
        assert name == "Cookie" or (name, f" {value}" if value else "") in named
    multipart = isinstance(case.content, MultipartContent)
    notes = (*rendered.notes, CRLF) if multipart and BASE64 not in rendered.notes else rendered.notes
    assert _content(case, shown, notes, "< ./{}") == wanted.body


@every_case
def test_collection_holds_the_request(case: Case) -> None:
    _collection_holds(case)


def _collection_holds(case: Case) -> None:
    collection = jsontext.loads(_text("postman_item", case))
    case = case.spelled("{{{{{}}}}}".format)
    assert collection["info"]["schema"].endswith("/v2.1.0/collection.json")
    request = collection["item"][0]["request"]
    wanted = case.request("https://api.stripe.com")
    assert request["method"] == wanted.method
    url = request["url"]
    assert url["raw"] == wanted.url or (case.injections and url["raw"].startswith(wanted.url))
    query = "&".join(
        one["key"] if one["value"] is None else f"{one['key']}={one['value']}" for one in url.get("query", ())
    )
    path = "/".join(url["path"])
    assert f"{url['protocol']}://{'.'.join(url['host'])}/{path}{'?' if 'query' in url else ''}{query}" == url["raw"]
    named = [(one["key"], one["value"]) for one in request["header"]]
    body = request.get("body", {"mode": "raw", "raw": ""})
    left_out = {"Cookie"} | ({"Content-Type"} if body["mode"] in ("urlencoded", "formdata") else set())
    assert [pair for pair in case.headers if pair[0] not in left_out and pair not in named] == []
    if body["mode"] == "raw":
        assert body["raw"].encode() == wanted.body
    elif body["mode"] == "urlencoded":
        assert urlencode([(one["key"], one["value"]) for one in body["urlencoded"]]).encode() == wanted.body
    elif body["mode"] == "formdata":
        assert isinstance(case.content, MultipartContent)
        kinds = [(part.name, "text" if part.filename is None else "file") for part in case.content.parts]
        assert [(one["key"], one["type"]) for one in body["formdata"]] == kinds
    else:
        assert body["file"]["src"] in request["description"]


@pytest.mark.fuzz
@given(case=cases())
@draws()
def test_whatever_is_typed_is_read_back_from_files(case: Case) -> None:
    _archive_holds(case)
    _http_file_holds(case)
    _collection_holds(case)


@pytest.mark.fuzz
@given(case=cases())
@draws(60)
def test_whatever_is_typed_is_the_message(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    _message_is_sent(case, tmp_path_factory.mktemp("message"))


@every_case
def test_prompt_keeps_data_inside_its_fences(case: Case) -> None:
    text = _text("agent_prompt", case)
    outside = re.sub(r"(?ms)^(`{3,})\n.*?\n\1$", "", text)
    assert "touch canary" not in outside.replace(case.operation, "")
    assert "`" not in outside
    head = f"{case.method} https://api.stripe.com{case.spelled('${}'.format).target}"
    assert head in text


def test_prompt_names_variables_and_no_values() -> None:
    case = next(case for case in CASES if case.name == "two_schemes")
    assert "$MAPS_KEY" in _text("agent_prompt", case)
    assert "environment variables" in _text("agent_prompt", case)
