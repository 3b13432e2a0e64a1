"""The operation page inside somebody else's page: `/embed/providers/…` for an iframe, and the script that makes it.

Who may embed is `PLAYGROUND_FRAME_ANCESTORS`; the same list says to whom the frame tells its height.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from playground.forms.state import FormState
from playground.web.assets import Asset
from playground.web.cache import answer_page
from playground.web.operations import cache, page_key, render_page
from playground.web.site import embed_url, this_site

PANES = ("form", "snippet", "output")


def embed_blueprint(script: Asset) -> Blueprint:
    """Return the routes; `script` is `embed.js`."""
    bp = Blueprint("embed", __name__)

    @bp.get("/embed/providers/<path:path>")
    def show(path: str) -> ResponseReturnValue:
        """Show one operation without the site around it; `?theme=light|dark`, `?panes=form,snippet,output`."""
        store = this_site().store
        with store.snapshot():
            entry = store.entry(*store.locate(path))
            if f"{entry.provider.name}/{entry.operation.name}" != path:
                return redirect(embed_url(entry.provider.name, entry.operation.name), 301)
            theme = request.args.get("theme", "")
            theme = theme if theme in ("light", "dark") else ""
            asked = request.args.get("panes", "").split(",")
            panes = " ".join(pane for pane in PANES if pane in asked) or " ".join(PANES)
            parents = _parents()

            def render() -> str:
                return render_page(
                    entry, FormState(), template="embed/operation.html", theme=theme, panes=panes, parents=parents
                )

            return answer_page(cache.get((*page_key(entry), "embed", theme, panes), render))

    @bp.get("/embed.js")
    def serve() -> Response:
        """Serve the script to any page: it holds no secret, and the frame it makes decides whether it may be shown."""
        response = Response(script.data, mimetype=script.media_type)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    return bp


def _parents() -> tuple[str, ...]:
    """Return the origins that may know the frame's height; patterns name no origin, so they get none."""
    listed = this_site().settings.frame_ancestors
    own = request.host_url.rstrip("/")
    return tuple(own if one == "'self'" else one for one in listed if "*." not in one and one != "'none'")
