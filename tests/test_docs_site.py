"""The built documentation: complete, every link leads somewhere, and no page loads anything from anywhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q", "-f", str(ROOT / ".mkdocs.yml")]
    done = subprocess.run([*command, "-d", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def in_nav(entry: object) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    parts = entry if isinstance(entry, list) else list(entry.values()) if isinstance(entry, dict) else []
    return [name for part in parts for name in in_nav(part)]


def test_every_page_has_its_place_in_the_navigation() -> None:
    listed = in_nav(yaml.safe_load((ROOT / ".mkdocs.yml").read_text())["nav"])
    pages = [str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(pages)


@pytest.mark.slow
def test_pages_load_nothing_from_anywhere_else(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 12
    loaded = (
        "script[src], link[rel=stylesheet], link[rel=icon], link[rel='shortcut icon'], img[src], iframe, source, video"
    )
    for page in pages:
        soup = BeautifulSoup(page.read_text(), "html.parser")
        for element in soup.select(loaded):
            address = str(element.get("src") or element.get("href"))
            assert not urlsplit(address).netloc, (page.name, address)
            path = unquote(urlsplit(address).path)
            assert ((built / path[1:]) if path.startswith("/") else page.parent / path).exists(), (page.name, address)
    for sheet in built.rglob("*.css"):
        assert "@import url(http" not in sheet.read_text(errors="replace"), sheet


@pytest.mark.slow
def test_code_of_ours_is_no_page(built: Path) -> None:
    assert not list(built.rglob("*.py"))
