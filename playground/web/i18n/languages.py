"""Which language a visitor reads: the one chosen here before, else the browser's, else the first one configured.

A choice is a button in the header, a plain form; it is kept in a cookie that holds a language's tag and nothing else.
Whatever a browser asks for, one of the few configured languages comes of it, so nothing that is kept by language grows.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, g, has_request_context, redirect, request, url_for
from flask_babel import Babel, Domain
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response as AnyResponse

from playground.config import Settings
from playground.web.i18n.message_catalogs import DOMAIN, ENGLISH, Language, load_languages

COOKIE = "playground_language"
_YEAR = 365 * 24 * 3600
_POSTED = frozenset({"snippet", "form", "field", "body", "servers", "send", "paste"})
_LONGEST = 1000
"""Characters of `Accept-Language` that are read; browsers send some fifty."""

_ALONE = load_languages((ENGLISH,), None)[ENGLISH]


class _Words(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Flask-Babel's messages, from the catalogues that were read at the start."""

    def get_translations(self) -> object:
        """Return the messages of the reader's language."""
        return language().words


def add_languages(app: Flask, settings: Settings) -> None:
    """Read the catalogues and let every request have its language.

    Raises `SettingsError` if one that is configured is not there.
    """
    languages = load_languages(settings.languages, settings.locales)
    app.extensions["languages"] = languages
    babel = Babel(app, default_domain=DOMAIN, locale_selector=lambda: language().locale, configure_jinja=False)
    babel.domain_instance = _Words(domain=DOMAIN)
    app.jinja_env.globals.update(language=language, languages=lambda: tuple(languages.values()))

    @app.after_request
    def tell(response: Response) -> Response:
        if "language" in g and response.mimetype == "text/html":
            response.headers["Content-Language"] = language().tag
            if len(languages) > 1:
                response.vary.update(("Accept-Language", "Cookie"))
        return response


def languages_of(app: Flask) -> dict[str, Language]:
    """Return the languages of an application by tag, the default first."""
    found: dict[str, Language] = app.extensions["languages"]
    return found


def language() -> Language:
    """Return the language of the visitor; English outside a request."""
    try:
        known: Language = g.language  # read hundreds of times while a page is drawn
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return _ALONE
        known = g.language = _negotiated()
    return known


def _negotiated() -> Language:
    languages: dict[str, Language] = current_app.extensions.get("languages", {})
    if len(languages) < 2:
        return next(iter(languages.values()), _ALONE)
    chosen = languages.get(request.cookies.get(COOKIE, ""))
    if chosen is not None:
        return chosen
    header = request.headers.get("Accept-Language", "")[:_LONGEST]
    asked = parse_accept_header(header, LanguageAccept)
    found = (_named(languages, tag.lower()) for tag, quality in asked if quality > 0)
    return next((one for one in found if one is not None), next(iter(languages.values())))


def _named(languages: dict[str, Language], asked: str) -> Language | None:
    """Return the language a tag names, with or without its last parts (RFC 4647, 3.4); `None` for none.

    Werkzeug's own choice takes any exact match before `en` for `en-GB`, however little it is wanted.
    """
    known = {tag.lower(): one for tag, one in languages.items()}
    parts = asked.split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[tag] for tag in tags if tag in known), None)


def languages_blueprint(languages: dict[str, Language]) -> Blueprint:
    """Return the route that keeps a choice."""
    bp = Blueprint("languages", __name__)

    @bp.post("/language")
    def choose() -> AnyResponse:
        """Keep the chosen language and go back to the page it was chosen on."""
        response = redirect(_back(), 303)
        tag = request.form.get("language", "")
        if tag in languages:
            response.set_cookie(
                COOKIE, tag, max_age=_YEAR, path=f"{request.script_root}/", secure=request.is_secure, httponly=True,
                samesite="Lax",
            )  # fmt: skip
        return response

    return bp


def _back() -> str:
    """Return the path the choice was made on: never one of another site, and the home page where none is said."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return url_for("pages.home")
    if parts.netloc != request.host or not parts.path.startswith("/") or parts.path.startswith("//"):
        return url_for("pages.home")
    if parts.path.startswith("/providers/") and (action := parts.path.rpartition("/"))[2] in _POSTED:
        return action[0]  # the answer to a form, which cannot be asked for again
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
