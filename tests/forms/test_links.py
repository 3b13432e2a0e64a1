"""The check of links (`bench/links.py`) runs the page's own script, and finds what is lost or should not be there."""

from __future__ import annotations

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


def told(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is wrong with the link of the form by a script."""
    path = folder / "draft.js"
    path.write_text(script)
    monkeypatch.setattr(links, "SCRIPT", path)
    return [what for _, what in links.lost([links.filled(ENTRY, STATE, drawn(ENTRY, STATE))])]


@needs("node")
@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("", "", None),
        ("!hidden.has(", "![].includes(", "secret"),
        ("!named(name)", "true", "secret"),
        ("(name.endsWith(\"~kept\") && holdsSecret(value))", "false", "secret"),
        ("(path|query|header|cookie)", "(path|header|cookie)", "became"),
        ("String.fromCharCode(...new TextEncoder().encode(JSON.stringify(pairs)))", "JSON.stringify(pairs)", "became"),
    ],
)  # fmt: skip
def test_a_link_says_what_the_form_says_and_nothing_secret(
    right: str, wrong: str, said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = links.SCRIPT.read_text()
    assert right in script
    found = told(script.replace(right, wrong) if right else script, tmp_path, monkeypatch)
    assert (found == []) if said is None else any(said in one for one in found)
