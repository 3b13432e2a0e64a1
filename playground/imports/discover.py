"""Where a running API keeps its description: what its page of documentation names, and the usual places."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

from playground.imports.archives import ZIP, SourceError, looks_like_description
from playground.imports.sources import Source
from playground.text.wording import say
from playground.transport.errors import TransportError

USUAL_PLACES = (
    "openapi.json",  # FastAPI, Starlette, Hono, Fastify
    "v3/api-docs",  # springdoc
    "swagger.json",  # Flask-RESTX, go-swagger
    "swagger/v1/swagger.json",  # ASP.NET Core with Swashbuckle
    "api/schema/",  # drf-spectacular
    "openapi.yaml",
    "openapi/v1.json",  # ASP.NET Core 9
    "schema/openapi.json",  # Litestar
    "api-docs",  # Rails with rswag, Express
    "api-json",  # NestJS
    "q/openapi",  # Quarkus
    "apispec_1.json",  # flasgger
    "swagger/doc.json",  # Go with swag
    "api/openapi.json",
    "docs/openapi.json",
)
"""Below the address that was given, in this order."""
_NAMED = re.compile(
    r"""(?:\burl["']?\s*:\s*|\bspec-url\s*=\s*|\bdata-url\s*=\s*|\bapiDescriptionUrl\s*=\s*"""
    r"""|\brel\s*=\s*["']?service-desc["']?\s[^>]*?\bhref\s*=\s*)["']([^"'<>\s]+)["']"""
)
"""How pages of Swagger UI, Redoc, Scalar and Elements name their description; `service-desc` is RFC 8631's."""
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body)", re.IGNORECASE | re.DOTALL)
_WITHOUT_SCHEME = re.compile(
    r"(localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|[a-z0-9-]+(?:\.[a-z0-9-]+)*)?:\d{2,5}(?:/.*)?", re.IGNORECASE
)
_READ = 200_000
_MOST_NAMED = 5
Fetch = Callable[[str], Source]
"""Fetches a description. Raises `TransportError`, `SourceError`."""


def find_description(url: str, fetch: Fetch) -> Source:
    """Fetch a description from its URL, or from where a running API keeps it if the URL is the API's own.

    Raises `SourceError`, and `TransportError` where nothing answers at all.
    """
    given: Source | None = None
    failed: TransportError | None = None
    try:
        given = fetch(url)
    except TransportError as error:
        failed = error
    if given is not None and _is_description(given):
        return given
    is_origin = urlsplit(url).path in ("", "/")
    is_place = is_origin or url.endswith("/")
    if given is None and not is_place:
        assert failed is not None  # noqa: S101 - one of both is there
        # What has no name of a file may be where an API begins; whoever means another says so.
        if not _answered(failed) or "." in urlsplit(url).path.rpartition("/")[2]:
            raise failed
        return _first_of(_usual_below(url), fetch) or _raise(failed)
    page = given.data[:_READ].decode("utf-8", "replace") if given is not None and _PAGE.match(given.data) else ""
    if given is not None and not page and not is_origin:
        return given  # whoever reads it says what is wrong with it
    tried = 0
    for place in dict.fromkeys((*_named_in(page, url), *_usual_below(url), *_usual_below(urljoin(url, "/")))):
        tried += 1
        try:
            found = fetch(place)
        except SourceError:
            continue
        except TransportError as error:
            if failed is not None and type(error) is type(failed) and not _answered(error):
                raise failed from None  # nothing listens there
            continue
        if _is_description(found):
            return found
    raise SourceError(
        say(
            "%(url)s has no description at the %(tried)s usual places (/openapi.json, /v3/api-docs, "
            "/swagger.json, …): give the description's own URL.",
            url=url,
            tried=tried,
        )
    )


def _first_of(places: Iterable[str], fetch: Fetch) -> Source | None:
    for place in places:
        with contextlib.suppress(SourceError, TransportError):
            found = fetch(place)
            if _is_description(found):
                return found
    return None


def _raise(error: Exception) -> NoReturn:
    raise error


def _answered(error: TransportError) -> bool:
    from playground.transport.errors import DocumentUnavailable

    return isinstance(error, DocumentUnavailable)


def _is_description(source: Source) -> bool:
    return source.data.startswith(ZIP) or looks_like_description(source.data)


def _named_in(page: str, url: str) -> Iterator[str]:
    """Yield the addresses of the same origin that a page of documentation names as its description."""
    origin = urlsplit(url)[:2]
    named = []
    for match in _NAMED.finditer(page):
        try:
            target = urljoin(url, html.unescape(match[1].replace("\\/", "/")))
        except ValueError:
            continue
        if urlsplit(target)[:2] == origin:
            named.append(target)
    yield from list(dict.fromkeys(named))[:_MOST_NAMED]


def _usual_below(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    path = parts.path if parts.path.endswith("/") else parts.path + "/"
    base = parts._replace(path=path, query="", fragment="").geturl()
    yield from (urljoin(base, place) for place in USUAL_PLACES)


def full_address(source: str) -> str:
    """Return a source with the scheme that people leave out: `localhost:8000`, `:8000/api`. A file stays a file."""
    match = _WITHOUT_SCHEME.fullmatch(source)
    if match is None or Path(source).exists():
        return source
    return f"http://{'' if match[1] else 'localhost'}{source}"
