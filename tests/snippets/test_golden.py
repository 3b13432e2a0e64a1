"""Every case written by every target is its section of `expected/<target>.txt`.

PLAYGROUND_REGENERATE=1 writes the files; read their difference before you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.snippets.registry import TARGETS
from playground.snippets.target import Target, Via
from playground.text.visible import has_hidden
from tests.support.snippets.case import Case
from tests.support.snippets.cases import CASES

EXPECTED = Path(__file__).parent / "expected"
# Of most languages a few calls show all there is to a gateway's: their messages are made by one function.
EVERY_CALL = frozenset({"shell_curl", "node_fetch"})
CALLS = frozenset(
    {"basic", "binary_named", "gateway_options", "get_plain", "json_hostile", "key_in_header", "post_form"}
)
_HEADING = re.compile(r"^--- (\w+ / \w+) ---\n", re.MULTILINE)


def combinations(target: Target) -> Iterator[tuple[Case, Via]]:
    """Yield each case that a target's file holds, with the way it calls the API."""
    for case in CASES:
        if case.golden and len(case.content.body) < 10_000:
            for via in target.vias:
                if via != "gateway" or target.id in EVERY_CALL or case.name in CALLS:
                    yield case, via


def read_sections(text: str) -> dict[str, str]:
    """Return a file's texts by their headings, `case / via`; a blank line is between two sections."""
    _, *pieces = _HEADING.split(text + "\n")
    headings, texts = pieces[::2], pieces[1::2]
    assert len(set(headings)) == len(headings), "a heading is there twice"
    return {heading: code.removesuffix("\n\n") for heading, code in zip(headings, texts, strict=True)}


def write_sections(sections: dict[str, str]) -> str:
    """Return the file of these texts."""
    return "\n".join(f"--- {heading} ---\n{code}\n" for heading, code in sections.items())


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.id)
def test_code_is_the_expected_text(target: Target) -> None:
    written = {f"{case.name} / {via}": target.render(case.request_for(via)).text for case, via in combinations(target)}
    path = EXPECTED / f"{target.id}.txt"
    if os.environ.get("PLAYGROUND_REGENERATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(write_sections(written), encoding="utf-8")
    assert path.exists(), f"{path} is missing: run with PLAYGROUND_REGENERATE=1 and read what it writes"
    expected = read_sections(path.read_text(encoding="utf-8"))
    assert list(expected) == list(written), "a case is missing, left over or in another place"
    for heading, code in written.items():
        assert code == expected[heading], heading
        indented_by_tabs = re.sub(r"(?m)^\t+", "", code)  # as gofmt does
        assert not has_hidden(indented_by_tabs, allow="\n"), f"{heading}: copied code must hold no hidden character"
        assert not _HEADING.search(code), f"{heading}: a line of it reads as a heading"


def test_no_expected_file_is_left_over() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {f"{target.id}.txt" for target in TARGETS}


def test_a_file_gives_back_the_texts_it_was_written_of() -> None:
    sections = {"one / direct": "a\n\nb", "two / gateway": "", "three / sdk": "ends in a line end\n"}
    assert read_sections(write_sections(sections)) == sections
