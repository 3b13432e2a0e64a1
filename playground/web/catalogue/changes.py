"""The page **Changes** of an API: its versions with what changed, each change judged; the same as Markdown and Atom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, g, make_response, render_template, request

from playground.catalog.model import Provider
from playground.changes.model import ChangedOperation, Comparison
from playground.changes.report import markdown_lines, summary
from playground.imports.judging import judged_versions
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """`catalogue/changes.html` and `catalogue/changes.xml`."""

    provider: Provider
    versions: tuple[ShownVersion, ...]


@bp.app_template_global()
def has_changes(name: str) -> bool:
    """Tell whether an API has more than one version."""
    return len(this_site().store.versions(name)) > 1


@bp.app_template_global()
def changed_url(provider: Provider, operation: ChangedOperation) -> str:
    """Return the address of a changed operation's page, empty for one that is gone."""
    if "changed_names" not in g:
        listed = this_site().store.operations(provider.name, hidden=True)
        g.changed_names = frozenset(one.name for one in listed)
    return operation_url(provider.name, operation.name) if operation.name in g.changed_names else ""


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
