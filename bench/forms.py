"""Server time and size of forms: every form drawn, nested parts opened, first pages of the heaviest descriptions.

Round trips over loopback HTTP on the real server, beside an empty view of the same application, taking turns. Sizes are
bytes of HTML as it comes, before compression.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

from bench.client import Answer, Client, multipart
from bench.descriptions import import_description
from bench.figures import Figure, Sample, align
from bench.serving import EMPTY, site
from playground.cli.folder import compile_file
from playground.forms.fields import ChoiceField, DescribedField, Field, OptionField
from playground.forms.operation_form import build_form
from playground.forms.state import FormState
from playground.store import Store, open_store

FORM_BOUND = 12
OPENED_BOUND = 5
PAGE_BOUND = 150_000
RUNS = 200
HEAVY = ("docusign.net.json", "microsoft.com/graph.json", "kubernetes.io.json", "stripe.json")
"""Descriptions with the heaviest forms there are; of each, the operations whose forms hold most are fetched."""
MOST_PAGES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Heaviest:
    """The largest first page of one description."""

    name: str
    operation: str
    size: int

    @property
    def kept(self) -> bool:
        """Whether it is within the bound."""
        return self.size <= PAGE_BOUND


def report(data: bytes, specs: Path, runs: int, scratch: Path) -> tuple[list[Figure], str, bool]:
    """Measure on a description's bytes and on those below `specs`; return figures, lines on pages, whether all kept."""
    measured = figures(data, runs, scratch / "forms.sqlite")
    pages = [page for name in HEAVY if (specs / name).is_file() for page in [heaviest(specs / name, name, scratch)]]
    rows = [("largest first page", "bytes", "bound", "operation", "")]
    rows += [
        (page.name, f"{page.size:,}", f"{PAGE_BOUND:,}", page.operation, "" if page.kept else "OVER") for page in pages
    ]
    slowest = _slowest(measured[1])
    kept = all(page.kept for page in pages) and measured[0].kept and slowest <= OPENED_BOUND
    told = (
        f"nested part, opened: its p95 is {slowest:.2f} times the empty view's, bound {OPENED_BOUND}"
        f"{'' if slowest <= OPENED_BOUND else '  OVER'}"
    )
    return measured, f"{told}\n\n{align(rows, left=(0, 3, 4))}", kept


def figures(data: bytes, runs: int, catalog: Path) -> list[Figure]:
    """Measure a whole form, drawn anew for each operation in turn, and a nested part, opened one after the other."""
    import_description(data, catalog)
    with open_store(catalog) as store:
        names = [operation.name for operation in store.operations("stripe")]
        Random(3).shuffle(names)
        parts = list(_parts(store, names))
    Random(4).shuffle(parts)
    forms = [f"/providers/stripe/{name}/form" for name in names]
    opened = [(f"/providers/stripe/{name}/field", [("~field", part)]) for name, part in parts]
    with site(catalog) as port, Client(port) as client:

        def draw(turn: int) -> Answer:
            return client.post(forms[turn % len(forms)], multipart([("target", "shell_curl")]))

        def open_part(turn: int) -> Answer:
            address, inputs = opened[turn % len(opened)]
            return client.post(address, multipart(inputs))

        return [
            _compare(client, "form, built and drawn", draw, runs, FORM_BOUND),
            _compare(client, "nested part, opened", open_part, runs, OPENED_BOUND),
        ]


def _slowest(opened: Figure) -> float:
    """Return how many times the slowest of 20 empty views the slowest of 20 nested parts is."""
    return opened.measured.p95 / opened.reference.p95


def _compare(client: Client, name: str, ask: Callable[[int], Answer], runs: int, bound: float) -> Figure:
    for turn in range(10):
        ask(turn)
    # The description that this process has read must not be searched for garbage while an answer is waited for.
    gc.collect()
    gc.disable()
    pairs = [(client.get(EMPTY).seconds, ask(turn).seconds) for turn in range(runs)]
    gc.enable()
    references, measured = zip(*pairs, strict=True)
    return Figure(
        measured=Sample(name=name, seconds=measured),
        reference=Sample(name="empty Flask view", seconds=references),
        bound=bound,
    )


def _parts(store: Store, names: list[str]) -> list[tuple[str, str]]:
    """Return the nested parts that are fetched when they are opened, by operation."""
    found: list[tuple[str, str]] = []
    for name in names:
        entry = store.entry("stripe", name)
        waiting = [field for group in build_form(entry, FormState()).groups for field in group.fields]
        while waiting:
            field = waiting.pop()
            waiting += field.children
            if field.deferred:
                found.append((name, field.name))
    return found


def heaviest(path: Path, name: str, scratch: Path) -> Heaviest:
    """Fetch the first pages of a description whose forms hold most, and return the largest."""
    catalog = scratch / f"{quote(name, safe='')}.sqlite"
    packed = compile_file(path, "heavy")
    if isinstance(packed, str):
        raise RuntimeError(packed)
    with open_store(catalog) as store:
        store.write(packed)
        listed = store.operations("heavy")
        sized = sorted(((_size(store, provider.name), provider.name) for provider in listed), reverse=True)
    with site(catalog) as port, Client(port) as client:
        sizes = [(len(client.get(f"/providers/heavy/{quote(one)}").body), one) for _, one in sized[:MOST_PAGES]]
    size, operation = max(sizes)
    return Heaviest(name=name, operation=operation, size=size)


def _size(store: Store, name: str) -> int:
    """Guess how much a form holds, without drawing it."""
    entry = store.entry("heavy", name)
    groups = build_form(entry, FormState()).groups
    return len(entry.operation.description) + sum(_held(field) for group in groups for field in group.fields)


def _held(field: Field) -> int:
    listed = field.options if isinstance(field, OptionField | ChoiceField) else ()
    description = field.description if isinstance(field, DescribedField) else ""
    options = sum(30 + len(option.label) for option in listed)
    return 500 + len(description) + options + sum(map(_held, field.children))
