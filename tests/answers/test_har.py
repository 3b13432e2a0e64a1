from __future__ import annotations

from dataclasses import replace
from typing import Any

from playground.answers.har import as_har
from tests.answers.test_record import RECORD

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
