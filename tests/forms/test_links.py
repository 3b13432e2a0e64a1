"""The check of links (`bench/links.py`) runs the page's own script, and finds what is lost or should not be there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench import links
from playground.catalog.model import Parameter
from playground.forms.state import FormState
from tests.forms.browser import drawn
from tests.forms.strategies import entry_of
from tests.support.needs import needs

WORD = {"type": "string", "format": "password"}
ENTRY = entry_of(
    Parameter(name="page", location="query", schema={"type": "string"}),
    body={"properties": {"pin": WORD, "clientSecret": {"type": "string"}, "tags": {"items": {"type": "string"}}}},
)
STATE = FormState.of([
    ("query.page", "é/2\n"), ("body/pin", "canary"), ("body/clientSecret", "canary"),
    ("body/more~kept", '{"token": "canary"}'),
    ("body/tags~item", "1"), ("body/tags~item", "0"), ("body/tags/0", "a"), ("body/tags/1", " "),
])  # fmt: skip


def faults() -> list[str]:
    """Return what is wrong with the link of the form."""
    return [what for _, what in links.lost([links.filled(ENTRY, STATE, drawn(ENTRY, STATE))])]


@needs("node")
def test_a_link_says_what_the_form_says_and_nothing_secret() -> None:
    assert faults() == []


@needs("node")
@pytest.mark.parametrize(
    ("module", "right", "wrong", "fault"),
    [
        ("form/carried.js", 'hidden.has(name.replace(/~(kept|bytes)$/, ""))', "false", "secret"),
        ("form/carried.js", "name.split(/[/~]/).some((token) => pattern.test(token))", "false", "secret"),
        ("form/carried.js", "&& holdsSecret(value, pattern)", "&& false", "secret"),
        ("form/carried.js", "(path|query|header|cookie)", "(path|header|cookie)", "became"),
        ("lib/base64.js", 'new TextDecoder("utf-8", { fatal: true })', 'new TextDecoder("latin1")', "became"),
    ],
)  # fmt: skip
def test_a_fault_in_the_modules_is_seen(
    module: str, right: str, wrong: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = tmp_path / "js"
    shutil.copytree(links.MODULES, modules)
    (modules / "package.json").write_text('{"type": "module"}')
    source = (modules / module).read_text()
    assert right in source
    (modules / module).write_text(source.replace(right, wrong))
    monkeypatch.setattr(links, "MODULES", modules)
    assert any(fault in one for one in faults())
