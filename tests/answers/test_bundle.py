from __future__ import annotations

import json
from dataclasses import replace

import pytest

from playground.answers.bundle import CODE, data_of, file_name
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
