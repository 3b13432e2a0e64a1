"""Home, the list of providers, one provider, search."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from playground.catalog.model import Provider
from playground.web import operations
from playground.web.contexts import (
    HomePage,
    OperationGroup,
    ProviderPage,
    ProvidersPage,
    SearchPage,
    TagFragment,
)
from playground.web.site import operation_url, provider_url, this_site

bp = Blueprint("pages", __name__)

ON_HOME = 12
PER_GROUP = 500
OPEN_GROUPS = 60
"""A provider with at most this many operations is drawn open; of a larger one each tag loads as it opens."""


@bp.get("/")
def home() -> str:
    """Say what this is and list the first providers."""
    providers = this_site().store.providers()
    page = HomePage(providers=providers[:ON_HOME], count=len(providers), more=len(providers) > ON_HOME)
    return render_template("providers/home.html", page=page)


@bp.get("/providers")
def providers() -> str:
    """List the providers, filtered by `?q=`."""
    query = request.args.get("q", "").strip()
    page = ProvidersPage(providers=this_site().store.providers(query), query=query)
    return render_template("providers/index.html", page=page)


@bp.get("/search")
def search() -> str:
    """Find operations and providers."""
    query = request.args.get("q", "").strip()[:200]
    found = this_site().store.search(query, 50)
    page = SearchPage(providers=found.providers, operations=found.operations, query=query)
    return render_template("providers/search.html", page=page)


@bp.get("/providers/<path:path>")
def path(path: str) -> str | AnyResponse:
    """Show a provider or one of its operations; a provider's name may hold slashes, so the store splits the path."""
    store = this_site().store
    if path.endswith("/openapi.json"):
        return source(path.removesuffix("/openapi.json"))
    with store.snapshot():  # an `add` in between must not give the new validator to the old page
        name, operation = store.locate(path)
        if not operation:
            return provider_page(name)
        entry = store.entry(name, operation)
        if f"{name}/{entry.operation.name}" != path:
            return redirect(operation_url(name, entry.operation.name), 301)
        return operations.show(entry)


def source(name: str) -> Response:
    """Serve the document a provider was compiled from, as a download and never as a page."""
    data = this_site().store.source(name)
    is_json = data.lstrip()[:1] == b"{"
    response = make_response(data)
    response.headers["Content-Type"] = "application/json" if is_json else "application/yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="openapi.{"json" if is_json else "yaml"}"'
    return response


def provider_page(name: str) -> str | AnyResponse:
    """Show one provider: its facts, its operations by tag, filtered by `?q=` or one tag by `?tag=`."""
    store = this_site().store
    provider = store.provider(name)
    if provider.name != request.path.removeprefix("/providers/").rstrip("/"):
        return redirect(provider_url(provider.name), 301)
    tag, query = request.args.get("tag"), request.args.get("q", "").strip()
    if tag is not None and "HX-Request" in request.headers:
        fragment = TagFragment(operations=store.operations(name, tag=tag, limit=PER_GROUP))
        return render_template("providers/_tag.html", page=fragment)
    page = _page(provider, tag, query)
    template = "_operations.html" if "HX-Request" in request.headers else "provider.html"
    response = make_response(render_template(f"providers/{template}", page=page))
    response.headers["Vary"] = "HX-Request"
    return response


def _page(provider: Provider, tag: str | None, query: str) -> ProviderPage:
    store = this_site().store
    tags = store.tags(provider.name)
    count = sum(one.count for one in tags)
    if query:
        found = store.operations(provider.name, query=query, limit=PER_GROUP)
        groups = [OperationGroup(name="", title="Matches", count=len(found), operations=found)] if found else []
        matches = len(found)
    else:
        groups = [
            OperationGroup(
                name=one.name,
                title=one.title or one.name or "Other",
                count=one.count,
                operations=store.operations(provider.name, tag=one.name, limit=PER_GROUP)
                if count <= OPEN_GROUPS or one.name == tag
                else None,
            )
            for one in tags
        ]
        matches = count
    return ProviderPage(
        provider=provider,
        count=count,
        found=matches,
        groups=tuple(groups),
        query=query,
        schemes=tuple(scheme.name for scheme in provider.security_schemes),
        license=str(provider.license.get("name", "")),
    )
