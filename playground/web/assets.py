"""Stylesheets and scripts as few immutable files: joined at start from `static/`, named by their content's hash.

The sources stay a folder for each behaviour and a file for each component; a page asks for one stylesheet, one head
script, htmx and one script, each cached by the browser for a year. Nothing is built ahead: comments and blanks are left
out, names stay. The icons are so small that every page holds them (`templates/icons.svg`): no first picture waits for a
file of theirs.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, request
from rcssmin import cssmin
from rjsmin import jsmin
from werkzeug.utils import get_content_type

from playground.web.encodings import Encoding, chosen_encoding, compress
from playground.web.i18n.languages import language
from playground.web.i18n.scripts import localise
from playground.web.logs import request_id_of
from playground.web.metrics import counts_of
from playground.web.modules import join_modules
from playground.web.security import ALONE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTMX = "vendor/htmx@2.0.11/htmx.min.js"
STYLES = (
    "tokens",
    "base",
    "layout",
    "blocks/answer",
    "blocks/badge",
    "blocks/card",
    "blocks/code",
    "blocks/controls",
    "blocks/embed",
    "blocks/field",
    "blocks/lists",
    "blocks/live",
    "blocks/navigation",
    "blocks/outgoing",
    "blocks/palette",
    "blocks/prose",
    "blocks/right_to_left",
    "blocks/forced_colors",
    "blocks/print",
    "blocks/play_bar",
    "blocks/sheet",
    "blocks/operation",
    "blocks/send_bar",
    "blocks/response",
    "blocks/history",
    "blocks/credentials",
    "blocks/confirm",
    "blocks/snippet",
    "blocks/panes",
    "blocks/paste",
)
"""The stylesheets below `static/css`, generic to specific: of two rules alike in weight the later one holds."""

PAGE_STYLES = (
    "blocks/catalogue",
    "blocks/adding",
    "blocks/changes",
    "blocks/home",
    "blocks/owner",
    "blocks/patterns",
    "blocks/scenarios",
)
"""Those that no operation page waits for: the asset `pages`, which every other page asks for after `style`."""


class Loading(Enum):
    """When a browser asks for a script."""

    HEAD = "before the first paint"
    PAGE = "once the page is read"
    LAZY = "where it is wanted, by `import()`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script as a browser knows it: the modules below `static/js` that it begins with, in order."""

    loading: Loading
    modules: tuple[str, ...]


SCRIPTS = {
    "boot": Script(loading=Loading.HEAD, modules=("page/boot.js", "page/early.js")),
    "script": Script(
        loading=Loading.PAGE,
        modules=(
            "page/htmx.js",
            "page/copy.js",
            "credentials/start.js",
            "page/download.js",
            "form/draft.js",
            "form/gateway_url.js",
            "form/new_value.js",
            "page/more.js",
            "page/navigation.js",
            "palette/open.js",
            "paste/start.js",
            "form/files.js",
            "form/redraw.js",
            "form/send.js",
            "form/sandbox.js",
            "form/focus.js",
            "scenarios/start.js",
            "history/start.js",
            "answer/start.js",
            "page/shortcuts.js",
            "snippet/start.js",
            "snippet/target.js",
            "snippet/announce.js",
            "page/theme.js",
        ),
    ),
    "credentials": Script(loading=Loading.PAGE, modules=("credentials/credentials.js",)),
    "panel": Script(loading=Loading.LAZY, modules=("credentials/panel.js",)),
    "following": Script(
        loading=Loading.LAZY,
        modules=("snippet/live.js", "form/variables.js", "form/problems.js"),
    ),
    "maker": Script(loading=Loading.LAZY, modules=("form/generate.js", "form/from_file.js")),
    "keys": Script(loading=Loading.LAZY, modules=("page/keys_sheet.js",)),
    "oauth": Script(loading=Loading.LAZY, modules=("credentials/oauth.js",)),
    "provider": Script(loading=Loading.PAGE, modules=("catalogue/deep_links.js", "catalogue/groups.js")),
    "data_set": Script(loading=Loading.LAZY, modules=("form/data_set.js",)),
    "palette": Script(loading=Loading.LAZY, modules=("palette/palette.js",)),
    "events": Script(loading=Loading.PAGE, modules=("events/fill.js",)),
    "live": Script(loading=Loading.PAGE, modules=("live/follow.js",)),
    "callback": Script(loading=Loading.HEAD, modules=("credentials/callback.js",)),
    "scenarios": Script(
        loading=Loading.LAZY,
        modules=(
            "scenarios/demo.js",
            "scenarios/add.js",
            "scenarios/take.js",
            "scenarios/play.js",
            "scenarios/page.js",
        ),
    ),
    "history": Script(loading=Loading.LAZY, modules=("history/answers.js", "history/linked.js", "history/list.js")),
    "views": Script(
        loading=Loading.LAZY, modules=("answer/views.js", "answer/part.js", "answer/earlier.js", "handles/start.js")
    ),
    "paste": Script(loading=Loading.LAZY, modules=("paste/hand_over.js",)),
    "embed": Script(loading=Loading.HEAD, modules=("embed/host.js",)),
    "frame": Script(loading=Loading.HEAD, modules=("embed/frame.js",)),
}
"""Every script by its key; `static/js` has a folder for each behaviour, and when it is loaded is said here alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandFile:
    """A file of the operator's: the key by which templates know it, and its bytes."""

    key: str
    extension: str
    media_type: str
    data: bytes


_ENGLISH = NullTranslations()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file as served: its name holds the first 12 hex digits of its SHA-256."""

    name: str
    media_type: str
    data: bytes

    @property
    def compressed(self) -> bytes:
        """The bytes that a browser gets which takes gzip."""
        return _packed(self.data, "gzip")


def load_assets(
    static: Path, brand: Sequence[BrandFile] = (), words: NullTranslations | None = None
) -> dict[str, Asset]:
    """Read and join the assets below `static`; keys are `style`, `pages`, `htmx` and those of `SCRIPTS`.

    Scripts of ours speak the language of `words` (English without). Files of the operator come last: one named `style`
    is appended to both of our stylesheets, any other is an asset of its own.
    """
    texts = {
        "style": [_read_style(static / "css" / f"{name}.css") for name in STYLES],
        "pages": [_read_style(static / "css" / f"{name}.css") for name in PAGE_STYLES],
        "htmx": [(static / HTMX).read_bytes()],
        **{key: [_join_script(static / "js", script, words or _ENGLISH)] for key, script in SCRIPTS.items()},
    }
    kinds = dict.fromkeys(texts, ("js", "text/javascript")) | dict.fromkeys(("style", "pages"), ("css", "text/css"))
    for file in brand:
        if file.key == "style":
            texts["pages"].append(file.data)
        texts.setdefault(file.key, []).append(file.data)
        kinds.setdefault(file.key, (file.extension, file.media_type))
    return {key: _join(key, *kinds[key], b"\n".join(parts)) for key, parts in texts.items()}


@cache
def _read_style(path: Path) -> bytes:
    text: str = cssmin(path.read_text("utf-8"))
    return text.encode("utf-8")


@lru_cache(maxsize=256)  # another site in the same process has the same scripts
def _join_script(root: Path, script: Script, words: NullTranslations) -> bytes:
    joined = join_modules(
        root,
        script.modules,
        shrink=lambda code: jsmin(localise(code, words)),
        is_module=script.loading is Loading.LAZY,
    )
    return joined.encode("utf-8")


@lru_cache(maxsize=128)  # most are the same in every language
def _join(key: str, extension: str, media_type: str, data: bytes) -> Asset:
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Asset(
        name=f"{key}-{digest}.{extension}",
        media_type=media_type,
        data=data,
    )


def _answer(asset: Asset, encodings: str) -> tuple[bytes, dict[str, str]]:
    encoding = chosen_encoding(encodings)
    headers = {
        "Content-Type": get_content_type(asset.media_type, "utf-8"),
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable",
        # Public files; a sandboxed frame without an origin of its own could not load them otherwise.
        "Cross-Origin-Resource-Policy": "cross-origin",
        # Modules are fetched by CORS, also by our own page in a frame that has no origin.
        "Access-Control-Allow-Origin": "*",
    }
    if encoding is None:
        return asset.data, headers
    return _packed(asset.data, encoding), {**headers, "Content-Encoding": encoding}


@lru_cache(maxsize=256)  # each once, when the first browser asks
def _packed(data: bytes, encoding: Encoding) -> bytes:
    return compress(data, encoding, often=True)


def give_assets_first(app: Flask, assets: Mapping[str, Mapping[str, Asset]]) -> None:
    """Answer requests for assets before the application sees them: the first paint of a page waits for two of them.

    All other requests reach the application, which answers unknown names; where only some hosts are trusted, all do.
    """
    if app.config["TRUSTED_HOSTS"]:
        return
    known = {f"/assets/{asset.name}": asset for by_key in assets.values() for asset in by_key.values()}
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
        seconds = time.perf_counter() - began
        counts.add(method, "assets.serve", 200, seconds, seconds)
        return [data] if method == "GET" else []

    app.wsgi_app = answer  # type: ignore[method-assign]


def assets_blueprint(assets: Mapping[str, Mapping[str, Asset]]) -> Blueprint:
    """Return the routes that serve the assets (by language, then key), and give templates `asset(key)`."""
    bp = Blueprint("assets", __name__)
    by_name = {asset.name: asset for by_key in assets.values() for asset in by_key.values()}

    @bp.get("/assets/<name>")
    def serve(name: str) -> Response:
        asset = by_name.get(name) or abort(404)
        data, headers = _answer(asset, request.headers.get("Accept-Encoding", ""))
        return Response(data, headers=headers)

    @bp.app_template_global()
    def asset(key: str) -> str:
        # The address has no place for anything that would have to be quoted.
        return f"{request.script_root}/assets/{assets[language().tag][key].name}"

    return bp
