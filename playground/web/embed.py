"""The operation page inside somebody else's page: `/embed/providers/…` for an iframe, the script that makes it, oEmbed.

`PLAYGROUND_FRAME_ANCESTORS` lists the sites that may embed and learn the height of the frame. The embedding page
chooses from lists: panes, a theme, a server of the description, a language. Values come in the fragment, which no
server sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlencode, urlsplit

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from playground.branding import accent_css, make_accent, read_color
from playground.catalog.model import SANDBOX, Entry
from playground.forms.state import FormState
from playground.imports.earlier import find_entry
from playground.request.server import servers_of
from playground.snippets.registry import TARGETS
from playground.store import OperationNotFound, ProviderNotFound
from playground.web.assets import Asset
from playground.web.errors import answer_error
from playground.web.i18n.languages import language
from playground.web.operation.page import cache, content_mark, page_key, render_page
from playground.web.security import frame_token
from playground.web.site import embed_url, entry_at, frame_parents, operation_url, this_site

PANES = ("form", "snippet", "output")
WIDTH, HEIGHT = 960, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The choices of the embedding page, each empty where it made no valid choice; `panes` is never empty."""

    theme: str
    panes: str
    server: str
    language: str
    accent: str


def embed_blueprint(scripts: Mapping[str, Asset]) -> Blueprint:
    """Return the routes; `scripts` is `embed.js` by language."""
    bp = Blueprint("embed", __name__)
    bp.add_app_template_global(_discovery_url, "oembed_url")

    @bp.get("/embed/providers/<path:path>")
    def show(path: str) -> ResponseReturnValue:
        """Show one operation without the site around it: `theme`, `panes`, `server`, `language`, `accent`."""
        store = this_site().store
        with store.snapshot():
            entry, renamed = find_entry(store, *store.locate(path))
            name = f"{entry.provider.name}/{entry.operation.name}"
            if name != path:
                query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
                return redirect(embed_url(entry.provider.name, entry.operation.name) + query, 302 if renamed else 301)
            chosen = _choices(entry)
            parents, token = frame_parents(), frame_token(name)
            pairs = [("server", chosen.server), ("target", chosen.language)]

            def render() -> str:
                return render_page(
                    entry,
                    FormState.of(pair for pair in pairs if pair[1]),
                    template="embed/operation.html",
                    chosen=chosen,
                    parents=parents,
                    token=token,
                )

            key = page_key(entry)
            return cache.answer((*key, "embed", chosen, parents, token), render, content_mark(key), lasting=False)

    @bp.get("/embed/accent/<digits>.css")
    def accent(digits: str) -> Response:
        """Serve the colours of one accent, made readable in both themes."""
        try:
            color = read_color(f"#{digits}")
        except ValueError:
            return answer_error(404)
        response = Response(accent_css(make_accent(color)), mimetype="text/css")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    @bp.get("/embed.js")
    def serve() -> Response:
        """Serve the script to any page: it holds no secret, and the frame it makes decides whether it may be shown."""
        script = scripts[language().tag]
        response = Response(script.data, mimetype=script.media_type)
        if len(scripts) > 1:
            response.vary.add("Accept-Language")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    @bp.get("/oembed")
    def oembed() -> ResponseReturnValue:
        """Answer an oEmbed consumer (oembed.com, 2.3): the frame for the address of an operation's page."""
        if request.args.get("format", "json") != "json":
            return answer_error(501, "This site answers oEmbed as JSON only: ask with format=json.", as_json=True)
        path = _path_of(request.args.get("url", ""))
        try:
            entry = entry_at(path or "")
        except (ProviderNotFound, OperationNotFound):
            return answer_error(404, "url is not the address of an operation on this site.", as_json=True)
        return jsonify(_oembed(entry))

    return bp


def _oembed(entry: Entry) -> dict[str, str | int]:
    provider, operation = entry.provider, entry.operation
    width, height = _at_most("maxwidth", WIDTH), _at_most("maxheight", HEIGHT)
    source = request.host_url.rstrip("/") + embed_url(provider.name, operation.name)
    title = f"{operation.title} · {provider.title}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": this_site().settings.title,
        "provider_url": request.url_root,
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" '
        'loading="lazy" allow="clipboard-write"></iframe>',
    }


def _at_most(name: str, most: int) -> int:
    text = request.args.get(name, "")
    return min(max(int(text), 200), most) if text.isascii() and text.isdigit() and len(text) < 8 else most


def _path_of(url: str) -> str | None:
    """Return `provider/operation` of a page's address on this site, with or without the frame's prefix."""
    parts = urlsplit(url)
    if parts.netloc != request.host or parts.scheme not in ("http", "https"):
        return None
    path = unquote(parts.path).removeprefix(request.script_root).removeprefix("/embed")
    return path.removeprefix("/providers/") if path.startswith("/providers/") else None


def _discovery_url(provider: str, operation: str) -> str:
    """Return where an oEmbed consumer asks about an operation's page."""
    page = request.host_url.rstrip("/") + operation_url(provider, operation)
    return f"{url_for('embed.oembed', _external=True)}?{urlencode({'url': page, 'format': 'json'})}"


def _choices(entry: Entry) -> Choices:
    asked = request.args
    panes = asked.get("panes", "").replace(",", " ").split()
    servers = {server.url for server in servers_of(entry)}
    mode = this_site().settings.sandbox
    servers = (servers if mode != "only" else set()) | ({SANDBOX} if mode != "off" else set())
    server = SANDBOX if asked.get("server") == "sandbox" else asked.get("server", "")
    try:
        accent = read_color(asked.get("accent", ""))
    except ValueError:
        accent = ""
    return Choices(
        theme=asked["theme"] if asked.get("theme") in ("light", "dark") else "",
        panes=" ".join(pane for pane in PANES if pane in panes) or " ".join(PANES),
        server=server if server in servers else "",
        language=asked["language"] if asked.get("language") in {target.id for target in TARGETS} else "",
        accent=accent.removeprefix("#"),
    )
