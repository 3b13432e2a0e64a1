"""Answers and examples of real descriptions: what another validator accepts is no difference from the description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from bench.sandbox import catalog_of, every_answer
from bench.sandbox_judges import Judge
from playground import jsontext
from playground.catalog.model import Catalog, Entry, Operation, Response
from playground.contract.check import THOROUGH, check
from playground.contract.verdict import Finding
from playground.mediatypes import is_json
from playground.messages import Headers, HTTPResponse
from tests.support.needs import need_spec

ANSWERED = {"slack.com.json": 60, "spotify.com.json": 60, "box.com.json": 90, "digitalocean.com.json": 90}
"""Descriptions, and how many of their operations are asked, spread over all of them: 300."""
DOCUMENTED = {"digitalocean.com.json": 1_000, "slack.com.json": 100, "zoom.us.json": 100}
"""Descriptions, and how many of their examples of answers another validator accepts at least."""


def differences(catalog: Catalog, operation: Operation, answer: HTTPResponse) -> list[Finding]:
    entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
    return [finding for finding in check(entry, answer, THOROUGH).findings if finding.severity == "error"]


@pytest.mark.parametrize("name", ANSWERED)
def test_answers_of_the_sandbox_match_their_descriptions(name: str) -> None:
    catalog = catalog_of(need_spec(name), "real")
    step = max(len(catalog.operations) // ANSWERED[name], 1)
    answered = list(every_answer(catalog, step))
    assert len(answered) >= ANSWERED[name]
    wrong = {
        operation.key: found for operation, answer in answered if (found := differences(catalog, operation, answer))
    }
    assert wrong == {}


def examples_of(catalog: Catalog) -> Iterator[tuple[Operation, HTTPResponse]]:
    for operation in catalog.operations:
        for response in operation.responses:
            if response.status.isdecimal():
                yield from ((operation, answer) for answer in _examples(response))


def _examples(response: Response) -> Iterator[HTTPResponse]:
    for content in response.media_types:
        for example in content.examples if is_json(content.name) else ():
            body = jsontext.dumps(example.value).encode()
            headers = Headers.of([("Content-Type", content.name)])
            yield HTTPResponse(status=int(response.status), headers=headers, body=body)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_documented_examples_that_another_validator_accepts_differ_in_nothing(name: str) -> None:
    path: Path = need_spec(name)
    catalog, judge = catalog_of(path, "real"), Judge(orjson.loads(path.read_bytes()))
    accepted = 0
    wrong: dict[str, Any] = {}
    for operation, answer in examples_of(catalog):
        if not judge.problem(operation, answer):
            accepted += 1
            found = [one for one in differences(catalog, operation, answer) if one.part == "content"]
            if found:
                wrong[operation.key] = found
    assert wrong == {}
    assert accepted >= DOCUMENTED[name]
