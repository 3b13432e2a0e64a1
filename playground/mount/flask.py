"""The site inside a Flask application: as an extension, or as a blueprint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from playground.mount.wsgi import Document, wsgi

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Playground:
    """An extension: `Playground(app, spec)`, or `playground = Playground()` and `playground.init_app(app, spec)`.

    The site is in front of the application, which it calls in this process.
    """

    def __init__(
        self, app: Flask | None = None, document: Document | Callable[[], Document] | None = None,
        url_prefix: str = "/docs", **options: Any,
    ) -> None:  # fmt: skip
        """`options` are those of `playground.wsgi`."""
        if app is not None and document is not None:
            self.init_app(app, document, url_prefix, **options)

    def init_app(
        self, app: Flask, document: Document | Callable[[], Document], url_prefix: str = "/docs", **options: Any
    ) -> None:
        """Put the site in front of an application, below a path."""
        inner = app.wsgi_app
        site = wsgi(document, **{"app": inner, "debug": app.debug, **options})
        app.wsgi_app = DispatcherMiddleware(inner, {url_prefix.rstrip("/"): site})  # type: ignore[method-assign]


def blueprint(document: Document | Callable[[], Document], name: str = "playground", **options: Any) -> Blueprint:
    """Return a blueprint with the site, to be registered with a `url_prefix`; `options` are those of `wsgi`.

    What the application does around a request, a sign-in for one, is done around these pages as well.
    """
    bp = Blueprint(name, __name__)
    site: WSGIApplication | None = None

    @bp.record_once
    def make(state: Any) -> None:
        nonlocal site
        site = wsgi(document, **{"app": state.app.wsgi_app, "debug": state.app.debug, **options})

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    @bp.route("/", defaults={"path": ""}, methods=methods, provide_automatic_options=False)
    @bp.route("/<path:path>", methods=methods, provide_automatic_options=False)
    def show(path: str) -> Response:
        """Hand the request on to the site, which sees its own addresses only."""
        assert site is not None  # noqa: S101 - a blueprint answers once it is registered
        rest = f"/{path}"
        whole = request.environ.get("PATH_INFO", "")
        mount = (
            whole[: len(whole) - len(rest.encode("utf-8").decode("latin-1"))]
            if whole.endswith(rest.encode("utf-8").decode("latin-1"))
            else whole.rstrip("/")
        )
        script = request.environ.get("SCRIPT_NAME", "") + mount
        return Response.from_app(site, {**request.environ, "SCRIPT_NAME": script, "PATH_INFO": whole[len(mount) :]})

    return bp
