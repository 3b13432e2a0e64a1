"""Stylesheets and scripts as few immutable files: joined at start from `static/`, named by their content's hash.

The sources stay one behaviour or block a file; a page asks for one stylesheet, one head script, htmx and one
script, each cached by the browser for a year. Nothing is built ahead: comments and indentation are left out, names
and lines stay, so what runs is readable. The icons are so small that every page holds them (`templates/icons.svg`): no
first picture waits for a file of theirs.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, request, url_for
from werkzeug.utils import get_content_type

from playground.web.i18n.languages import language
from playground.web.i18n.scripts import localise
from playground.web.logs import request_id_of
from playground.web.metrics import counts_of
from playground.web.security import ALONE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTMX = "vendor/htmx@2.0.11/htmx.min.js"
STYLES = ("css/tokens.css", "css/base.css", "css/layout.css")
"""In this order, then every file of `css/blocks`: generic to specific."""

LAZY = ("scenarios", "paste", "panel", "oauth", "callback")
"""Scripts of their own files: a page fetches them when they are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandFile:
    """A file of the operator's: what a page calls it, and what it holds."""

    key: str
    extension: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file as served: its name holds the first 12 hex digits of its SHA-256."""

    name: str
    media_type: str
    data: bytes
    compressed: bytes


def load_assets(
    static: Path, brand: Sequence[BrandFile] = (), words: NullTranslations | None = None
) -> dict[str, Asset]:
    """Read and join the assets below `static`; keys are `style`, `boot`, `script`, `htmx`, `embed`, `frame`,
    and the names in `LAZY`.

    Scripts of ours speak the language of `words` (English without). Files of the operator come last: one named `style`
    goes on where ours ends, any other is an asset of its own.
    """
    styles = [static / name for name in STYLES] + sorted((static / "css" / "blocks").glob("*.css"))
    scripts = [path for path in sorted((static / "js").glob("*.js")) if path.name != "boot.js"]
    sources = {
        "style": ("css", "text/css", styles),
        "boot": ("js", "text/javascript", [static / "js" / "boot.js"]),
        "script": ("js", "text/javascript", scripts),
        "htmx": ("js", "text/javascript", [static / HTMX]),
        "embed": ("js", "text/javascript", [static / "embed" / "embed.js"]),
        **{key: ("js", "text/javascript", [static / "lazy" / f"{key}.js"]) for key in LAZY},
        "frame": ("js", "text/javascript", [static / "embed" / "frame.js"]),
    }
    texts = {key: [_read(path, words) for path in paths] for key, (*_, paths) in sources.items()}
    for file in brand:
        texts.setdefault(file.key, []).append(file.data)
    kinds = {file.key: (file.extension, file.media_type) for file in brand}
    kinds |= {key: (extension, media_type) for key, (extension, media_type, _) in sources.items()}
    return {key: _join(key, *kinds[key], b"\n".join(parts)) for key, parts in texts.items()}


def _read(path: Path, words: NullTranslations | None) -> bytes:
    data = path.read_bytes()
    if path.suffix not in (".css", ".js") or "vendor" in path.parts:
        return data
    text = data.decode("utf-8")
    if path.suffix == ".js":
        text = localise(text, words or NullTranslations())
    return _slim(text, path.suffix).encode("utf-8")


def _slim(text: str, suffix: str) -> str:
    # No string of ours goes on over a line's end (a test looks), so no line is a part of one.
    if suffix == ".css":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=128)  # most are the same in every language
def _join(key: str, extension: str, media_type: str, data: bytes) -> Asset:
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Asset(
        name=f"{key}-{digest}.{extension}",
        media_type=media_type,
        data=data,
        compressed=gzip.compress(data, 9, mtime=0),
    )


def _answer(asset: Asset, encodings: str) -> tuple[bytes, dict[str, str]]:
    small = "gzip" in encodings
    headers = {
        "Content-Type": get_content_type(asset.media_type, "utf-8"),
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable",
        # Public files; a sandboxed frame without an origin of its own could not load them otherwise.
        "Cross-Origin-Resource-Policy": "cross-origin",
        # Modules are fetched by CORS, also by our own page in a frame that has no origin.
        "Access-Control-Allow-Origin": "*",
    }
    return (asset.compressed, {**headers, "Content-Encoding": "gzip"}) if small else (asset.data, headers)


def give_assets_first(app: Flask, assets: Mapping[str, Mapping[str, Asset]]) -> None:
    """Answer for the assets before anything else of the application is asked: a page's first picture waits for two.

    What is no asset goes on to the application, with its errors; so does everything where only some hosts are trusted.
    """
    if app.config["TRUSTED_HOSTS"]:
        return
    known = {f"/assets/{one.name}": one for of_language in assets.values() for one in of_language.values()}
    counts, inner = counts_of(app), app.wsgi_app

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asset = known.get(environ.get("PATH_INFO", ""))
        method = environ["REQUEST_METHOD"]
        if asset is None or method not in ("GET", "HEAD"):
            return inner(environ, start_response)
        began = time.perf_counter()
        data, headers = _answer(asset, environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers["X-Request-ID"] = request_id_of(environ.get("HTTP_X_REQUEST_ID", ""))
        start_response("200 OK", [*headers.items(), *ALONE.items(), ("Content-Length", str(len(data)))])
        counts.add(method, "assets.serve", 200, time.perf_counter() - began)
        return [data] if method == "GET" else []

    app.wsgi_app = answer  # type: ignore[method-assign]


def assets_blueprint(assets: Mapping[str, Mapping[str, Asset]]) -> Blueprint:
    """Return the routes that serve the assets (by language, then key), and give templates `asset(key)`."""
    bp = Blueprint("assets", __name__)
    by_name = {asset.name: asset for of_language in assets.values() for asset in of_language.values()}

    @bp.get("/assets/<name>")
    def serve(name: str) -> Response:
        asset = by_name.get(name) or abort(404)
        data, headers = _answer(asset, request.headers.get("Accept-Encoding", ""))
        return Response(data, headers=headers)

    @bp.app_template_global()
    def asset(key: str) -> str:
        return url_for("assets.serve", name=assets[language().tag][key].name)

    return bp
