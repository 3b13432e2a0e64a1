"""The page **Add an API**: a file, a pasted text or a URL becomes an API of the visitor's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from playground.imports.archives import SourceError, unpacked
from playground.imports.discover import find_description, full_address
from playground.imports.sources import Source, fetch_source
from playground.openapi.problems import DEFAULT_LIMITS, DocumentError, Problem
from playground.store import ProviderSummary
from playground.text.wording import say
from playground.transport.egress import EgressPolicy, document_policy
from playground.transport.errors import TransportError
from playground.web.added.keep import COOKIE, AddedKeep, AddingRefusedError, compile_added, key_of, new_token, token_in
from playground.web.site import Site, own_addresses, this_site
from playground.web.visitor import visitor

SHOWN = 50
"""Problems that are listed."""
_SECONDS = 15.0
_MOST_AT_URL = 3_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage:
    """`added/add.html`: what was typed and what became of it, and what the visitor has added before.

    `added` names the new API, `address` is that of its page; `more` counts the problems that are not listed. `kept`
    tells how long, `most` how many bytes.
    """

    own: tuple[tuple[ProviderSummary, str], ...]
    url: str = ""
    text: str = ""
    error: str = ""
    added: str = ""
    operations: int = 0
    address: str = ""
    problems: tuple[Problem, ...] = ()
    more: int = 0
    kept: str = ""
    most: str = ""


def takes_descriptions(site: Site) -> bool:
    """Tell whether visitors may add descriptions to this site."""
    settings = site.settings
    return (settings.local if settings.add is None else settings.add) and not site.alone and not site.inside


def added_blueprint(keep: AddedKeep) -> Blueprint:
    """Return the page's routes, and give templates `add_address()`, empty where nothing can be added."""
    bp = Blueprint("added", __name__)

    @bp.app_template_global()
    def add_address() -> str:
        site = this_site()
        return f"{_root(site)}/add" if takes_descriptions(site) else ""

    @bp.app_template_global()
    def main_address() -> str:
        site = this_site()
        return f"{site.main_root}/" if site.main_root is not None else ""

    @bp.route("/add", methods=["GET", "POST"])
    def add() -> Response:
        """Show the page; a POST adds what its form holds."""
        site = this_site()
        if not takes_descriptions(site) or site.main_root is not None:
            abort(404)
        token = token_in(request.headers.get("Cookie", ""))
        if request.method == "GET":
            return _answer(site, keep, token, AddPage(own=()))
        token = token if key_of(token) else new_token()
        with site.calls.limits.admit(visitor()):
            page = _add(site, keep, token)
        answer = _answer(site, keep, token, page)
        if page.added and not _is_permanent(site):
            answer.set_cookie(
                COOKIE, token, max_age=None if site.settings.local else int(keep.bounds.seconds), httponly=True,
                path=f"{request.script_root}/", samesite="Lax", secure=request.is_secure,
            )  # fmt: skip
        return answer

    return bp


def _is_permanent(site: Site) -> bool:
    return site.settings.local and site.settings.add is True


def _root(site: Site) -> str:
    return request.script_root if site.main_root is None else site.main_root


def _add(site: Site, keep: AddedKeep, token: str) -> AddPage:
    url, text = full_address(request.form.get("url", "").strip()), request.form.get("text", "")
    typed = AddPage(own=(), url=url, text=text)
    main = {provider.name for provider in site.store.providers()}
    try:
        source = _source(site, url, text)
        if _is_permanent(site):
            packed, added = compile_added(source, (), DEFAULT_LIMITS, main.__contains__)
            site.store.write(packed)
            address = f"{request.script_root}/providers/{added.name}"
        else:
            added = keep.add(token, source, main.__contains__)
            address = f"{request.script_root}/added/{key_of(token)}/providers/{added.name}"
    except (SourceError, DocumentError, TransportError, AddingRefusedError) as error:
        return AddPage(own=(), url=typed.url, text=typed.text, error=str(error))
    return AddPage(
        own=(), added=added.title, operations=added.operations, address=address, problems=added.problems[:SHOWN],
        more=max(0, len(added.problems) - SHOWN),
    )  # fmt: skip


def _source(site: Site, url: str, text: str) -> Source:
    """Return what the form holds. Raises `AddingRefusedError`, `SourceError`, `TransportError`."""
    file = request.files.get("file")
    most = _MOST_AT_URL if not site.settings.local else site.settings.max_request_bytes
    if file is not None and file.filename:
        data = file.stream.read(most + 1)
        # A stranger's few bytes could become a hundred million.
        data = unpacked(data, file.filename[:80]) if site.settings.local else data
        return Source(data=data, path=Path(file.filename[:200]))
    if text.strip():
        return Source(data=text.encode("utf-8", "replace"))
    if not url:
        raise AddingRefusedError(say("Choose a file, paste a description, or type its URL."))
    policy = _policy(site, url)
    return find_description(url, lambda place: _fetch(place, policy, site))


def _policy(site: Site, url: str) -> EgressPolicy:
    """Return the policy for what a visitor types: on a hosted site public addresses only, and never this site."""
    policy = document_policy(url, site.settings.private_networks)
    if site.settings.local:
        return policy
    return EgressPolicy(
        subject="document", any_origin=True, opened=site.settings.private_networks, own=own_addresses(),
        own_origins=frozenset((request.host_url.rstrip("/"),)), total_timeout=_SECONDS, max_bytes=_MOST_AT_URL,
    )  # fmt: skip


def _fetch(url: str, policy: EgressPolicy, site: Site) -> Source:
    source = fetch_source(url, policy)
    assert source is not None  # noqa: S101 - nothing was known before
    # A stranger's description is one file: each further one would be a request of ours.
    return source if site.settings.local else Source(data=source.data, url=source.url)


def _answer(site: Site, keep: AddedKeep, token: str, page: AddPage) -> Response:
    key = key_of(token)
    store = keep.store(key) if key else None
    own = store.providers() if store is not None else ()
    base = f"{request.script_root}/added/{key}/providers/"
    shown = AddPage(
        own=tuple((provider, base + provider.name) for provider in own), url=page.url, text=page.text, error=page.error,
        added=page.added, operations=page.operations, address=page.address, problems=page.problems, more=page.more,
        kept=_kept(site), most="" if site.settings.local else "3 MB",
    )  # fmt: skip
    response = make_response(render_template("added/add.html", page=shown), 422 if page.error else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _kept(site: Site) -> str:
    if _is_permanent(site):
        return say("It goes into the catalogue of this site.")
    if site.settings.local:
        return say("It is kept until this site ends.")
    return say(
        "It is kept for a day, and nobody else sees it. Calls go to the sandbox and to servers that the operator lists."
    )
