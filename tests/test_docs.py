"""The documentation says what is: every setting with its form, default and an example that works, links, commands."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import click
import pytest

from playground.cli import main
from playground.config import Settings
from playground.environment import VARIABLES as READ
from playground.environment import from_environ

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()
SECTIONS = dict(re.findall(r"^## (PLAYGROUND_\w+)\n(.*?)(?=^## |\Z)", CONFIGURATION, re.M | re.S))
VARIABLES = sorted(READ)
OF_TESTS = {
    "PLAYGROUND_DELAY", "PLAYGROUND_FUZZ", "PLAYGROUND_LONG", "PLAYGROUND_NO_SKIPS", "PLAYGROUND_REGENERATE",
    "PLAYGROUND_SHUFFLE", "PLAYGROUND_SLOW",
}  # fmt: skip
"""Read by tests only."""


def test_the_page_of_settings_is_what_the_code_makes() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "configuration.py"))["make"]()
    assert made == CONFIGURATION, "run: python docs/configuration.py"


def test_every_variable_has_its_section_and_no_other_is_named() -> None:
    assert sorted(SECTIONS) == VARIABLES
    named = {word for page in PAGES for word in re.findall(r"PLAYGROUND_[A-Z_]+", page.read_text())}
    assert named - OF_TESTS == set(VARIABLES)


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_section_names_the_form_that_an_error_names(variable: str) -> None:
    assert _line(variable, "Form") == READ[variable][2]


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_example_is_accepted(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = _line(variable, "Example").strip("`").partition("=")
    assert name == variable
    monkeypatch.chdir(tmp_path)
    for file in ("credentials.json", "rules.json", "logo.svg", "brand.css"):
        (tmp_path / file).write_text("{}")
    for folder in ("locale", "scenarios"):
        (tmp_path / folder).mkdir()
    key = Settings().secret_key
    assert from_environ({variable: value, **_secret(variable, key)}) != from_environ(_secret(variable, key))


@pytest.mark.parametrize(
    "variable", [name for name in VARIABLES if re.search(r"^- Default: `[^`]+`$", SECTIONS[name], re.M)]
)
def test_a_default_that_is_written_is_the_default(variable: str) -> None:
    given = {"PLAYGROUND_SECRET_KEY": "the same for both"}
    assert from_environ({variable: _line(variable, "Default").strip("`"), **given}) == from_environ(given)


def _line(variable: str, label: str) -> str:
    (line,) = re.findall(rf"^- {label}: (.+)$", SECTIONS[variable], re.M)
    return str(line)


def _secret(variable: str, key: str) -> dict[str, str]:
    # Random at every start, which would make any two settings differ.
    return {} if variable == "PLAYGROUND_SECRET_KEY" else {"PLAYGROUND_SECRET_KEY": key}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = page if not path else page.parent / path
        if not target.exists() or (fragment and fragment not in _anchors(target)):
            broken.append(link)
    assert not broken


def _anchors(page: Path) -> set[str]:
    """Return the fragments of a page's headings as forges make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _commands() -> list[str]:
    found = []
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(), re.M | re.S):
            lines = block.replace("\\\n", " ").splitlines()
            found += [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith("playground ")]
    return found


@pytest.mark.parametrize("line", _commands())
def test_a_command_that_is_shown_exists(line: str) -> None:
    command, words = _parse(line)
    with command.make_context(command.name, words, resilient_parsing=False) as context:
        assert context.command is command


def _parse(line: str) -> tuple[click.Command, list[str]]:
    _, name, *words = shlex.split(line, comments=True)
    if name.startswith("-"):
        return main, [name, *words]
    assert name in main.commands, f"there is no command {name}"
    return main.commands[name], words


@pytest.mark.parametrize(
    "line", ["playground nosuch", "playground serve --nosuch", "playground add one", "playground serve --port x"]
)
def test_a_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)):
        test_a_command_that_is_shown_exists(line)


def test_commands_are_found() -> None:
    assert len(_commands()) >= 3


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
ROWS = re.findall(r"^\| (?!I want|---)(.+?) \| (.+) \|$", ARCHITECTURE.partition("## Where do I look?")[2], re.M)
PLACES = (ROOT / "playground", ROOT, ROOT / "templates")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_of_where_to_look_names_what_is_there(row: tuple[str, str]) -> None:
    named = re.findall(r"`([^`]+)`", row[1])
    files = [_file(name) for name in named if re.fullmatch(r"[\w./-]+\.(py|js|html|md|sql|yaml)", name)]
    assert None not in files, named
    texts = [file.read_text() for file in files if file is not None]
    for name in named:
        if re.fullmatch(r"_?[a-zA-Z]\w+", name) and texts:
            assert any(re.search(rf"\b{name}\b", text) for text in texts), f"{name} is in none of {named}"


def test_rows_are_found() -> None:
    assert len(ROWS) >= 30


def _file(name: str) -> Path | None:
    exact = next((place / name for place in PLACES if (place / name).is_file()), None)
    # A name without a folder is one of several in a folder that the row names before.
    return exact or (next(iter(sorted((ROOT / "playground").rglob(name))), None) if "/" not in name else None)


CHANGELOG = (ROOT / "CHANGELOG.md").read_text()


def test_the_changelog_keeps_its_form() -> None:
    headings = set(re.findall(r"^### (.+)$", CHANGELOG, re.M))
    assert headings <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    lines = re.findall(r"^- (.+)$", CHANGELOG, re.M)
    assert lines
    assert [line for line in lines if len(line.split()) > 20] == []
    assert re.search(r"^## 0\.2\.0 - \d{4}-\d\d-\d\d$", CHANGELOG, re.M)


def test_every_section_of_the_protocol_that_the_code_cites_is_there() -> None:
    headings = set(re.findall(r"^## (.+)$", (ROOT / "docs" / "protocol.md").read_text(), re.M))
    sources = [*(ROOT / "playground").rglob("*.py"), *(ROOT / "playground").rglob("*.sql")]
    cited = {
        section
        for source in sources
        for section in re.findall(r"docs/protocol\.md, ([A-Z][a-z]+(?: [a-z]+)*)", source.read_text())
    }
    assert cited
    assert cited <= headings
    unknown = re.compile(r"\bcontract section|\brequirement \d|reference UTDK")
    assert [str(source) for source in sources if unknown.search(source.read_text())] == []
