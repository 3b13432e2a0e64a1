"""The language of the visitor: the one chosen on this site, else the browser's, else the first one configured.

A choice is a button in the header, which submits a plain form. A cookie keeps it and holds nothing but a language's
tag. Any request gets one of the few configured languages, so nothing that is cached by language can grow.
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

current_globals = g._get_current_object  # noqa: SLF001
"""What `g` stands for: the language is read hundreds of times while a page is drawn, and a proxy takes its time."""
_ALONE = load_languages((ENGLISH,), None)[ENGLISH]


class _Words(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Flask-Babel's messages, from the catalogues that were read at the start."""

    def get_translations(self) -> object:
        """Return the messages of the reader's language."""
        return language().words


def add_languages(app: Flask, settings: Settings) -> None:
    """Read the catalogues and let every request have its language.

    Raises `SettingsError` if a configured one does not exist.
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
    languages: dict[str, Language] = app.extensions["languages"]
    return languages


def language() -> Language:
    """Return the language of the visitor; English outside a request."""
    try:
        known: Language = current_globals().language
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return _ALONE
        known = g.language = _negotiated()
    return known


def _negotiated() -> Language:
    languages: dict[str, Language] = current_app.extensions.get("languages", {})
    return negotiate(languages, request.cookies.get(COOKIE, ""), request.headers.get("Accept-Language", ""))


def negotiate(languages: dict[str, Language], chosen: str, accepted: str) -> Language:
    """Return a visitor's language from the chosen one, empty for none, and the browser's `Accept-Language`."""
    first = next(iter(languages.values()), _ALONE)
    if len(languages) < 2:
        return first
    if (known := languages.get(chosen)) is not None:
        return known
    asked = parse_accept_header(accepted[:_LONGEST], LanguageAccept)
    matches = (_named(languages, tag.lower()) for tag, quality in asked if quality > 0)
    return next((match for match in matches if match is not None), first)


def _named(languages: dict[str, Language], asked: str) -> Language | None:
    """Return the language that a tag names, with or without its last parts (RFC 4647, 3.4), or `None`.

    Werkzeug's own choice prefers any exact match to `en` for `en-GB`, even one of low quality.
    """
    known = {tag.lower(): language for tag, language in languages.items()}
    parts = asked.split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[tag] for tag in tags if tag in known), None)


def languages_blueprint(languages: dict[str, Language]) -> Blueprint:
    """Return the route that remembers a choice."""
    bp = Blueprint("languages", __name__)

    @bp.post("/language")
    def choose() -> AnyResponse:
        """Remember the chosen language and go back to the page on which it was chosen."""
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
    """Return the path on which the choice was made: never one of another site; the home page if it is unknown."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return url_for("pages.home")
    if parts.netloc != request.host or not parts.path.startswith("/") or parts.path.startswith("//"):
        return url_for("pages.home")
    if (
        parts.path.startswith(f"{request.script_root}/providers/")
        and (action := parts.path.rpartition("/"))[2] in _POSTED
    ):
        return action[0]  # the answer to a form, which has no address for GET
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
