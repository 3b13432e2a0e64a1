"""Every message of the interface, found in templates, Python and scripts; `make messages` updates catalogues.

A message that is new stands in a catalogue with an empty translation; one that is gone is taken out. With a language as
its argument (`python -m tests.support.messages fr`) a catalogue of that language is begun.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from playground.web.i18n.message_catalogs import DOMAIN, OURS
from playground.web.i18n.scripts import messages_of
from tests.support.needs import ROOT

Found: TypeAlias = "tuple[int, str | tuple[str, ...], list[str], str | None]"
"""Line, message (with its plural), comments, context, as Babel's extractors give them."""
KEYWORDS = {"_": None, "gettext": None, "say": None, "ngettext": (1, 2), "many": (1, 2), "say_many": (1, 2)}
OPTIONS = {"trimmed": "true", "silent": "false"}
_NOISE = ('"Project', '"Report', '"POT', '"PO-', '"Last', '"Language-Team', '"MIME', '"Content-Transfer', '"Generated')
_HEADER = "# Messages of Playground. The message ids are the English sentences; see docs/languages.md."


@cache
def messages() -> Catalog:
    """Return every message with the files it stands in, in a stable order."""
    catalog = Catalog(domain=DOMAIN, header_comment=_HEADER, charset="utf-8")
    for path, found in _found():
        for _, text, comments, _ in found:
            catalog.add(text, locations=[(path, 1)], auto_comments=comments)
    return catalog


def _found() -> Iterator[tuple[str, list[Found]]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.parent.name != "dev":
            with path.open("rb") as file:
                yield _name(path), list(extract("jinja2.ext:babel_extract", file, KEYWORDS, (), OPTIONS))
    for path in sorted((ROOT / "playground").rglob("*.py")):
        yield _name(path), list(_in_python(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted((ROOT / "static").rglob("*.js")):
        if "vendor" not in path.parts:
            yield _name(path), _in_script(path.read_text(encoding="utf-8"))


def _in_script(source: str) -> list[Found]:
    return [(line, text, [], None) for line, text in messages_of(source)]


def _in_python(tree: ast.Module) -> Iterator[Found]:
    """Yield the messages of a module; Babel's own extractor overlooks a call inside another one's arguments."""
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        name = cast(ast.Name, call.func).id
        if name in KEYWORDS:
            count = 1 if KEYWORDS[name] is None else 2
            texts = [arg.value for arg in call.args[:count] if isinstance(arg, ast.Constant)]
            if len(texts) == count and all(isinstance(text, str) for text in texts):
                yield call.lineno, cast(str, texts[0]) if count == 1 else (str(texts[0]), str(texts[1])), [], None


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def catalogues() -> list[Path]:
    """Return the catalogues that come with Playground."""
    return sorted(OURS.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Return one catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=DOMAIN, abort_invalid=True)


def update(path: Path, template: Catalog) -> None:
    """Bring a catalogue in line with the messages there are; nothing is guessed."""
    catalog = read(path)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    _write(path, catalog)


def _write(path: Path, catalog: Catalog) -> None:
    catalog.header_comment, catalog.fuzzy = _HEADER, False
    written = BytesIO()
    write_po(written, catalog, width=110, no_location=True, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_NOISE)), encoding="utf-8")


def _start(language: str) -> None:
    path = OURS / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        path.parent.mkdir(parents=True)
        _write(path, Catalog(locale=language, domain=DOMAIN))


if __name__ == "__main__":
    for new in sys.argv[1:]:
        _start(new)
    for catalogue in catalogues():
        update(catalogue, messages())
