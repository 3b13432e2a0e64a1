"""Every case written by every target is the file under `expected/`; PLAYGROUND_REGENERATE=1 writes the files anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from playground.snippets.registry import TARGETS
from playground.snippets.target import Target, Via
from playground.text.visible import has_hidden
from tests.snippets.case import Case
from tests.snippets.cases import CASES

EXPECTED = Path(__file__).parent / "expected"
# Of most languages a few calls show all there is to a gateway's: their messages are made by one function.
EVERY_CALL = frozenset({"shell_curl", "node_fetch"})
CALLS = frozenset(
    {"basic", "binary_named", "gateway_options", "get_plain", "json_hostile", "key_in_header", "post_form"}
)
COMBINATIONS = [
    (case, target, via)
    for case in CASES
    if case.golden and len(case.content.body) < 10_000
    for target in TARGETS
    for via in target.vias
    if via != "gateway" or target.id in EVERY_CALL or case.name in CALLS
]


def _file(case: Case, target: Target, via: Via) -> Path:
    return EXPECTED / case.name / f"{target.id}.{via}.{target.extension}"


@pytest.mark.parametrize(
    ("case", "target", "via"), COMBINATIONS, ids=lambda value: getattr(value, "name", getattr(value, "id", value))
)
def test_code_is_the_expected_text(case: Case, target: Target, via: Via) -> None:
    text = target.render(case.given(via)).text
    path = _file(case, target, via)
    if os.environ.get("PLAYGROUND_REGENERATE") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert path.exists(), f"{path} is missing: run with PLAYGROUND_REGENERATE=1 and read what it writes"
    assert text + "\n" == path.read_text(encoding="utf-8")
    indented_by_tabs = re.sub(r"(?m)^\t+", "", text)  # as gofmt does
    assert not has_hidden(indented_by_tabs, allow="\n"), "copied code must hold no hidden character"


def test_no_expected_file_is_left_over() -> None:
    wanted = {_file(*combination) for combination in COMBINATIONS}
    assert {path for path in EXPECTED.rglob("*") if path.is_file()} == wanted
