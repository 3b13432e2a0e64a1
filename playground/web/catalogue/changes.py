"""The page **Changes** of an API: its versions with what changed, each change judged; the same as Markdown and Atom."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, g, make_response, render_template, request

from playground.catalog.model import Entry, Provider
from playground.changes.model import ChangedOperation, Comparison, from_json
from playground.changes.report import Grouped, grouped, markdown_lines, summary, told_texts
from playground.imports.earlier import day_of, judged_versions
from playground.store import ProviderVersion
from playground.text.wording import say, say_many
from playground.web.site import operation_url, provider_url, this_site

CHANGES_FORMS = ("changes", "changes.md", "changes.atom")
"""The last parts of the addresses below a provider's own."""
bp = Blueprint("changes", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """One version on the page: `date` as people read it, `at` as machines do; `label` is the document's own version.

    `comparison` is `None` for the oldest one that is kept.
    """

    number: int
    at: str
    date: str
    label: str
    operations: int
    summary: str
    comparison: Comparison | None
    groups: Grouped | None
    moved: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """`catalogue/changes.html` and `catalogue/changes.xml`."""

    provider: Provider
    versions: tuple[ShownVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """The latest version that changed an operation: its place on the page, in words, and whether a caller may fail."""

    anchor: str
    words: str
    breaking: bool


_changed_lately: OrderedDict[str, Mapping[str, LastChange]] = OrderedDict()
_lock = threading.Lock()
_APIS_KEPT = 32


def last_change(entry: Entry) -> LastChange | None:
    """Return the latest change of an operation that the versions kept tell of, `None` if there is none."""
    store, name = this_site().store, entry.provider.name
    generation = store.generation(name)
    with _lock:
        known = _changed_lately.get(generation)
    if known is None:
        known = dict(_last_changes(store.versions(name)))
        with _lock:
            _changed_lately[generation] = known
            while len(_changed_lately) > _APIS_KEPT:
                _changed_lately.popitem(last=False)
    return known.get(entry.operation.key)


def _last_changes(versions: Sequence[ProviderVersion]) -> Iterator[tuple[str, LastChange]]:
    """Yield the changes of each operation, by its key, the latest of each last."""
    for version in reversed(versions):
        date = day_of(version.at)
        comparison = from_json(version.changes)
        if comparison is None:
            # It was not judged as it was written, and no page of an operation waits for that.
            for key in version.changes.get("changed", ()):
                words = say("Changed on %(date)s", date=date)
                yield key, LastChange(anchor=f"version-{version.number}", words=words, breaking=False)
            continue
        for operation in comparison.changed:
            count = len({change.place for change in operation.changes}) + operation.more
            words = (
                say_many("Changed on %(date)s: %(num)s field", "Changed on %(date)s: %(num)s fields", count, date=date)
                if count
                else say("Changed on %(date)s: texts", date=date)
            )
            anchor = f"version-{version.number}-{operation.name}"
            yield operation.key, LastChange(anchor=anchor, words=words, breaking=operation.breaking)


@bp.app_template_global()
def has_changes(name: str) -> bool:
    """Tell whether an API has more than one version."""
    return len(this_site().store.versions(name)) > 1


@bp.app_template_global()
def changed_url(provider: Provider, operation: ChangedOperation) -> str:
    """Return the address of a changed operation's page, empty for one that is gone."""
    if "changed_names" not in g:
        listed = this_site().store.operations(provider.name, hidden=True)
        g.changed_names = frozenset(change.name for change in listed)
    return operation_url(provider.name, operation.name) if operation.name in g.changed_names else ""


bp.app_template_global("told_texts")(told_texts)


@bp.app_template_global()
def feed_address(provider: Provider) -> str:
    """Return the whole address of an API's page."""
    return request.host_url.rstrip("/") + provider_url(provider.name)


def render_changes(name: str) -> str:
    """Return the page."""
    return render_template("catalogue/changes.html", page=_page(name))


def changes_file(name: str, form: str) -> Response:
    """Return the Markdown or the Atom feed."""
    page = _page(name)
    if form == "changes.md":
        response = make_response("\n".join(_markdown(page)) + "\n")
        response.mimetype = "text/markdown"
    else:
        response = make_response(render_template("catalogue/changes.xml", page=page))
        response.mimetype = "application/atom+xml"
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    return response


def _page(name: str) -> ChangesPage:
    store = this_site().store
    with store.snapshot():
        provider = store.provider(name)
        judged = judged_versions(store, name)
    versions = tuple(
        ShownVersion(
            number=version.number,
            at=datetime.fromtimestamp(version.at, UTC).isoformat(timespec="seconds"),
            date=datetime.fromtimestamp(version.at, UTC).strftime("%Y-%m-%d %H:%M UTC"),
            label=version.label,
            operations=version.operations,
            summary=summary(comparison) if comparison is not None else "",
            comparison=comparison,
            groups=grouped(comparison) if comparison is not None else None,
            moved=dict(comparison.renamed) if comparison is not None else {},
        )
        for version, comparison in judged
    )
    return ChangesPage(provider=provider, versions=versions)


def _markdown(page: ChangesPage) -> Iterator[str]:
    yield f"# Changes of {page.provider.title}"
    for version in page.versions:
        yield ""
        yield f"# {version.date}{f', version {version.label}' if version.label else ''}"
        if version.comparison is None:
            yield f"\n{version.operations} operations; nothing earlier is kept."
            continue
        yield f"\n{version.summary[:1].upper()}{version.summary[1:]}."
        yield from markdown_lines(version.comparison)
