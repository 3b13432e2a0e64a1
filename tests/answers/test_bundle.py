from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from playground.answers.bundle import CODE, as_har, data_of, file_name
from playground.answers.record import read_record, write_record
from playground.snippets.registry import find_target
from tests.answers.test_record import RECORD


def test_a_file_is_named_by_its_operation_and_time() -> None:
    assert file_name(RECORD, "html") == "stripe-getcustomers-20261130100000.html"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c", "\x00", "", "名前", "x" * 500])
def test_no_name_leads_anywhere(name: str) -> None:
    made = file_name(replace(RECORD, provider=name, operation=name, at="\n/.."), "har")
    assert made.isascii()
    assert made.endswith("-bundle.har")
    assert not {"/", "\\", "\n"} & set(made)
    assert len(made) < 100


def test_the_data_is_json_and_har_for_people_to_read() -> None:
    assert write_record(read_record(data_of(RECORD, "json"))) == write_record(RECORD)
    assert json.loads(data_of(RECORD, "har"))["log"]["version"] == "1.2"
    assert data_of(RECORD, "har").count("\n") > 50


def test_the_code_of_a_bundle_is_that_of_targets() -> None:
    assert [find_target(target).id for target, _ in CODE] == [target for target, _ in CODE]


# What HAR 1.2 requires, by object (http://www.softwareishard.com/blog/har-12-spec/).
REQUIRED: dict[str, set[str]] = {
    "log": {"version", "creator", "entries"},
    "creator": {"name", "version"},
    "entry": {"startedDateTime", "time", "request", "response", "cache", "timings"},
    "request": {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"},
    "response": {
        "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize",
        "bodySize",
    },
    "content": {"size", "mimeType"},
    "timings": {"send", "wait", "receive"},
}  # fmt: skip


def entry_of(**changed: Any) -> dict[str, Any]:
    log = as_har(replace(RECORD, **changed))["log"]
    assert log.keys() >= REQUIRED["log"]
    assert log["creator"].keys() >= REQUIRED["creator"]
    (entry,) = log["entries"]
    assert isinstance(entry, dict)
    return entry


def test_every_required_member_is_there() -> None:
    entry = entry_of()
    assert entry.keys() >= REQUIRED["entry"]
    for name in ("request", "response", "timings"):
        assert entry[name].keys() >= REQUIRED[name]
    assert entry["response"]["content"].keys() >= REQUIRED["content"]
    assert entry["request"]["queryString"] == [{"name": "limit", "value": "1"}]


def test_the_times_add_up_with_tls_as_a_part_of_connecting() -> None:
    timings = entry_of()["timings"]
    assert (timings["connect"], timings["ssl"], timings["wait"]) == (5.0, 3.0, 4.0)
    counted = ("blocked", "dns", "connect", "send", "wait", "receive")
    assert sum(timings[name] for name in counted if timings[name] >= 0) == RECORD.duration_ms


def test_without_steps_all_of_the_time_is_waiting() -> None:
    timings = entry_of(timings=())["timings"]
    assert (timings["dns"], timings["wait"], timings["receive"]) == (-1, 12.5, 0)


def test_a_body_that_was_sent_is_post_data_and_cookies_are_named() -> None:
    entry = entry_of(
        request_body="a=1",
        request_headers=(("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", "a=•••; b=2")),
        headers=(("Set-Cookie", "sid=•••; Path=/"), ("Set-Cookie", "\x00=;;"), ("Location", "/x")),
    )
    assert entry["request"]["postData"]["mimeType"] == "application/x-www-form-urlencoded"
    assert entry["request"]["bodySize"] == 3
    assert entry["response"]["redirectURL"] == "/x"
    assert {"name": "b", "value": "2"} in entry["request"]["cookies"]


def test_binary_content_is_base64_and_a_cut_is_told() -> None:
    content = entry_of(body=b"\x00\x01", size=10, truncated=True)["response"]["content"]
    assert (content["text"], content["encoding"], content["size"]) == ("AAE=", "base64", 10)
    assert content["comment"] == "the first 2 bytes"
