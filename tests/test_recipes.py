"""The recipes for embedding, built with the real tools: the element and the script stand in the page as written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.needs import ROOT, need_file

RECIPES = ROOT / "docs" / "recipes"
SCRIPT = "https://playground.example.com/embed.js"
FILE = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```", re.M | re.S)
DOCUSAURUS = ROOT / ".ci" / "cache" / "docusaurus"

# What a build of another folder left in the packages' cache makes the next one fail, and it costs as much as it saves.
DOCUSAURUS_SETTINGS = {"CI": "1", "DO_NOT_TRACK": "1", "DOCUSAURUS_NO_PERSISTENT_CACHE": "true"}

pytestmark = [pytest.mark.slow]


def unpack(recipe: str, folder: Path) -> None:
    """Write the files of a recipe as a reader would."""
    files = FILE.findall((RECIPES / f"{recipe}.md").read_text())
    assert len(files) >= 2, "the recipe names its files"
    for name, text in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def build(command: list[str], folder: Path, **environ: str) -> None:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def check(page: Path) -> None:
    """Look for what makes the frame: one script, and the element with its values unharmed and its link inside."""
    soup = BeautifulSoup(page.read_text(), "html.parser")
    assert len(soup.select(f'script[src="{SCRIPT}"]')) == 1
    (element,) = soup.select("try-it")
    assert element["operation"] == "stripe/postcheckoutsessionssession"
    assert element["values"] == '{"session":"cs_1"}'
    assert element["theme"] == "auto"
    (link,) = element.select("a")
    assert link["href"] == "https://playground.example.com/providers/stripe/postcheckoutsessionssession"
    assert link.text.strip() == "Try it"


def test_mkdocs_keeps_the_element(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    unpack("mkdocs", tmp_path)
    build([sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q"], tmp_path)
    check(tmp_path / "site" / "index.html")


def test_sphinx_keeps_the_element(tmp_path: Path) -> None:
    pytest.importorskip("sphinx")
    unpack("sphinx", tmp_path)
    build([sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "out"], tmp_path)
    check(tmp_path / "out" / "index.html")


@pytest.mark.long
def test_docusaurus_keeps_the_element(tmp_path: Path) -> None:
    need_file(DOCUSAURUS / "node_modules" / ".bin" / "docusaurus", "Docusaurus")
    (tmp_path / "node_modules").symlink_to(DOCUSAURUS / "node_modules")
    (tmp_path / "package.json").write_text('{"name": "docs", "private": true}')
    unpack("docusaurus", tmp_path)
    node = shutil.which("node") or "node"
    build(
        [node, "node_modules/@docusaurus/core/bin/docusaurus.mjs", "build", "--no-minify"],
        tmp_path,
        **DOCUSAURUS_SETTINGS,
    )
    check(tmp_path / "build" / "index.html")
