"""The tree keeps its own rules: tests mirror sources, files stay small, templates hold nothing active."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for path in (ROOT / "playground").rglob("*.py") if path.name not in ("__init__.py", "__main__.py")
)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".svg"))
LONGEST_LINE = 120
"""Characters, in Python and in templates; a remark to a tool at the end of a line is not counted."""
_REMARK = re.compile(r"  # (noqa|type: ignore|fmt: skip).*")
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts)
STYLESHEETS = sorted((ROOT / "static").rglob("*.css"))
HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


def test_every_package_has_tests() -> None:
    packages = {path.relative_to(ROOT / "playground").parts[0] for path in SOURCES if path.parent.name != "playground"}
    missing = {name for name in packages if not any((ROOT / "tests" / name).glob("test_*.py"))}
    assert not missing


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert text.startswith('"""'), "a module starts with its one sentence"
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", [*SOURCES, *TEMPLATES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_is_longer_than_an_editor_is_wide(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), 1)
    long = [number for number, line in lines if len(_REMARK.sub("", line)) > LONGEST_LINE]
    assert long == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_inline(path: Path) -> None:
    text = path.read_text()
    assert "|safe" not in text.replace(" ", "")
    assert not re.search(r"\son\w+\s*=", text), "no inline handler"
    assert not re.search(r"\sstyle\s*=", text), "no inline style"
    assert "hx-on" not in text
    assert "hx-vals" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "no inline script"


def test_markup_is_made_in_one_place() -> None:
    makers = [path for path in SOURCES if re.search(r"\bMarkup\(", path.read_text())]
    assert [path.name for path in makers] == ["prose.py"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_is_readable_and_writes_no_html(path: Path) -> None:
    text = path.read_text()
    assert max(map(len, text.splitlines())) <= 100
    assert len(text.splitlines()) <= 200
    assert text.startswith("// "), "a script starts with its one sentence"
    pattern = r"\b(innerHTML|outerHTML|srcdoc)\s*[+?|&]*=(?!=)|insertAdjacentHTML|document\.write|\beval\b|new Function"
    assert not re.search(pattern, text)


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_stylesheet_is_readable(path: Path) -> None:
    text = path.read_text()
    assert max(map(len, text.splitlines())) <= 120
    assert text.startswith("/* "), "a stylesheet starts with what it is for"


def test_htmx_is_vendored_unmodified() -> None:
    data = (ROOT / "static" / "vendor" / "htmx@2.0.11" / "htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX_SHA256


def test_no_file_names_a_registry_or_this_machine() -> None:
    pattern = re.compile(r"https?://(registry\.|pypi|files\.pythonhosted|deb\.debian)|/root/|/work/")
    for path in [*ROOT.glob("*"), *SOURCES, *(ROOT / "docs").rglob("*"), *(ROOT / ".ci").glob("run")]:
        if (
            path.is_file()
            and path.suffix in (".md", ".toml", ".txt", ".py", ".html", ".css", ".js", "")
            and path.name != ".git"  # in a linked work tree it names a place
            and not path.name.startswith(".coverage")
        ):
            assert not pattern.search(path.read_text(errors="replace")), path


def test_only_transport_opens_connections() -> None:
    # The import linter knows whole packages only; these stand inside packages that others need for harmless parts.
    pattern = re.compile(r"\b(http\.client|http\.server|urllib\.request|asyncio|ssl)\b")
    users = {
        path.parent.name for path in SOURCES if re.search(rf"^(import|from) {pattern.pattern}", path.read_text(), re.M)
    }
    assert users <= {"transport"}
