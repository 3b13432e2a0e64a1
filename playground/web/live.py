"""Open pages follow a description that is watched: they ask for its state, and say when it has changed or is broken.

They ask rather than listen: a browser keeps few connections to one site, and a dozen tabs that each hold one would
block every other request. A page that nobody looks at does not ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, jsonify, request, url_for
from werkzeug.wrappers import Response

from playground.request.fingerprint import definition_digest
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import joined
from playground.web.i18n.translate import localize
from playground.web.site import this_site

ADDRESS = "/live"
_PLACE = re.compile(r"(?:/embed)?/providers/(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState:
    """The state of a page: a short text that changes with what it shows, and what is wrong now, if anything is.

    `gone` tells that the operation is not described any more; `digest` is what a link to it carries.
    """

    state: str
    problem: str = ""
    gone: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNote:
    """The place on a page for what there is to say: where it asks, if it does, and what it was drawn with."""

    url: str
    now: LiveState


def live_blueprint() -> Blueprint:
    """Return the route that pages ask, and give templates `live_note()`, which is `None` where nothing is watched."""
    bp = Blueprint("live", __name__)

    @bp.get(ADDRESS)
    def state() -> Response:
        """Return the state of the catalogue, of one provider (`?path=`) or of one of its operations."""
        now = _state_of(request.args.get("path", ""))
        answer = jsonify(state=now.state, problem=localize(now.problem), gone=now.gone, digest=now.digest)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @bp.app_template_global()
    def live_note() -> LiveNote | None:
        watcher = this_site().watcher
        if watcher is None:
            return None
        path = _shown_path()
        url = url_for("live.state", path=path or None) if watcher.follows else ""
        return LiveNote(url=url, now=_state_of(path))

    return bp


def live_key(provider: str = "") -> str:
    """Return what a cached page depends on beside the catalogue: what is wrong with watched descriptions."""
    watcher = this_site().watcher
    if watcher is None:
        return ""
    return watcher.problem(provider) if provider else joined("\n", watcher.problems().values())


def _shown_path() -> str:
    """Return what the page of this request is of: a provider, or one of its operations, by name."""
    place = _PLACE.match(request.path)
    if place is None:
        return ""
    try:
        name, operation = this_site().store.locate(place[1])
        entry = this_site().store.entry(name, operation) if operation else None
    except (ProviderNotFound, OperationNotFound):
        return ""
    return f"{name}/{entry.operation.name}" if entry is not None else name


def _state_of(path: str) -> LiveState:
    site = this_site()
    store = site.store
    try:
        with store.snapshot():
            if not path:
                return LiveState(state=store.revision(), problem=live_key())
            name, operation = store.locate(path)
            problem, state = live_key(name), store.generation(name)
            if not operation:
                return LiveState(state=state, problem=problem)
            try:
                digest = definition_digest(store.entry(name, operation))
            except OperationNotFound:
                return LiveState(state=state, problem=problem, gone=True)
            return LiveState(state=state, problem=problem, digest=digest)
    except ProviderNotFound:
        return LiveState(state="", gone=True)
