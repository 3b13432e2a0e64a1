"""A made-up language: every message in brackets, so that what stands outside brackets is no message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup, Comment, Doctype, Tag
from bs4.element import NavigableString

from playground.web.i18n.message_catalogs import DOMAIN
from tests.support.messages import messages

LANGUAGE = "he"
"""A language that reads from the right, so that this is seen as well."""

SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-stop")
FOREIGN = (
    ".status-text",
    "code", "pre", "kbd", "textarea", "script", "style", "title", "datalist", "[lang='']", "#languages",
    ".values", ".schema .kind", ".described .tabs label", ".tree", ".data", ".match",
    ".label", ".method", ".mono", ".path", ".live-url", ".provider-title", ".brand", ".crumbs", ".wire",
    ".pairs", ".pill", ".target-name", ".targets", ".tag", ".inner > summary", "#body-controls > small",
    "[popovertarget] > [aria-hidden]", ".select[name]:not(.via) option:not([value=''])",
    ".segments[role=radiogroup] label:has(input:not([value='']))",
)  # fmt: skip
"""What holds names, code or texts of descriptions. What is said in one of them is looked at one by one below."""


def drop_pseudo(folder: Path) -> Path:
    """Write the catalogue of the made-up language and return the folder for `PLAYGROUND_LOCALES`."""
    catalog = Catalog(locale=LANGUAGE, domain=DOMAIN)
    for message in messages():
        if isinstance(message.id, str) and message.id:
            catalog.add(message.id, f"[{message.id}]")
        elif message.id:
            catalog.add(message.id, tuple(f"[{message.id[1]}]" for _ in range(catalog.num_plurals)))
    path = folder / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)
    return folder


def untranslated(page: BeautifulSoup, names: frozenset[str]) -> Iterator[str]:
    """Yield what a page says to people outside brackets and elements that are not ours; `names` are names of things."""
    names = names | _own_names(page)
    for foreign in page.select(", ".join(FOREIGN)):
        for element in (foreign, *foreign.select("*")):
            yield from _attributes(element, names)
    for foreign in page.select(", ".join(FOREIGN)):
        foreign.clear()
    for element in page.select("*"):
        yield from _attributes(element, names)
    # Sentences are in pieces where markup stands between them, so their brackets are looked at block by block.
    said: dict[int, list[str]] = {}
    for text in page.find_all(string=True):
        if not isinstance(text, Comment | Doctype):
            said.setdefault(id(_block(text)), []).append(str(text))
    for texts in said.values():
        yield from _left(" ".join(texts), names)


def _own_names(page: BeautifulSoup) -> frozenset[str]:
    """Return the names of a form's fields, which are what the description calls them."""
    named = {part for one in page.select("[name]") for part in re.split(r"[/.~ ]", str(one["name"]))}
    named |= {one.get_text() for one in page.select(".label, .payload dt, .scopes code")}
    return frozenset(name for name in named if len(name) > 1)


def _attributes(element: Tag, names: frozenset[str]) -> Iterator[str]:
    filled = "placeholder" if element.find_parent(class_="field") else ""  # an example of the description's
    for name in SPOKEN:
        if name != filled and (element.name, name) != ("span", "title"):  # the live URL
            yield from _left(str(element.get(name, "")), names)


def _block(text: NavigableString) -> Tag:
    inline = ("b", "strong", "a", "small", "span")
    return next(parent for parent in text.parents if parent.name not in inline)


def _left(text: str, names: frozenset[str]) -> Iterator[str]:
    while (shorter := re.sub(r"\[[^\[\]]*\]", " ", text)) != text:
        text = shorter
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    words = " ".join(text.split())
    if re.search(r"[A-Za-z]{2}", words):
        yield words
