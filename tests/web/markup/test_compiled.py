"""Compiled templates: kept for this process and the next, for the same source, where nobody else writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from playground.web.made import MadeFiles
from playground.web.markup import compiled
from playground.web.markup.compiled import CompiledTemplates


@pytest.fixture(autouse=True)
def _nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_compiled", {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "templates"
    made.mkdir(mode=0o700)
    return made


class _Counting(Environment):
    """An environment that counts what it compiles."""

    def __init__(self, source: str, folder: Path | None) -> None:
        kept = CompiledTemplates(MadeFiles(folder))
        super().__init__(loader=DictLoader({"page.html": source}), bytecode_cache=kept)
        self.count = 0

    def _generate(self, *args: object, **named: object) -> str:
        self.count += 1
        return super()._generate(*args, **named)  # type: ignore[arg-type]

    def draw(self) -> tuple[str, int]:
        return self.get_template("page.html").render(name="Ada"), self.count


def test_a_process_compiles_a_template_once() -> None:
    assert _Counting("Hello {{ name }}", None).draw() == ("Hello Ada", 1)
    assert _Counting("Hello {{ name }}", None).draw() == ("Hello Ada", 0)
    assert _Counting("Bye {{ name }}", None).draw() == ("Bye Ada", 1)


def test_the_next_process_compiles_it_no_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source, expected in (("Hello {{ name }}", 1), ("Hello {{ name }}", 0), ("Bye {{ name }}", 1)):
        monkeypatch.setattr(compiled, "_compiled", {})
        assert _Counting(source, folder).draw()[1] == expected
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x00" * 400])
def test_a_broken_file_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    _Counting("Hello {{ name }}", folder).draw()
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(content or whole[:-20])
    monkeypatch.setattr(compiled, "_compiled", {})
    assert _Counting("Hello {{ name }}", folder).draw() == ("Hello Ada", 1)
    assert kept.read_bytes() == whole
