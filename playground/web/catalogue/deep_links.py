"""Fragments of links into other viewers lead to the operation here; a browser sends no fragment, so deep_links.js asks.

Understood: Swagger UI `#/{tag}/{operationId}` and `#/{tag}/{method}_{path}`, Scalar `#tag/{tag}/{METHOD}/{path}`, Redoc
`#tag/{tag}/operation/{operationId}` and `#tag/{tag}/paths/{pointer}/{method}`, Elements `#/operations/{operationId}`,
RapiDoc `#{method}-{path}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlencode

from flask import redirect
from werkzeug.wrappers import Response

from playground.store import OperationNotFound
from playground.web.site import operation_url, provider_url, this_site

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
LONGEST = 2000


def follow(provider: str, link: str) -> Response:
    """Redirect from a fragment to the operation, or the tag, it names. Raises `OperationNotFound`."""
    store = this_site().store
    with store.snapshot():
        parts = parts_of(link)
        name = named(provider, parts) or spelled(provider, parts)
        if name:
            return redirect(operation_url(provider, name), 302)
        tags = {folded(tag.name): tag.name for tag in store.tags(provider)}
        tag = tags.get(folded(parts[-1] if parts else ""))
        if tag:
            return redirect(f"{provider_url(provider)}?{urlencode({'tag': tag})}", 302)
        raise OperationNotFound(provider, "/".join(parts))


def parts_of(link: str) -> tuple[str, ...]:
    """Return a fragment's parts between slashes, each decoded by itself, so that an encoded slash parts nothing."""
    return tuple(unquote(part) for part in link[:LONGEST].lstrip("#").strip("/").split("/") if part)


def names_in(parts: tuple[str, ...]) -> Iterator[str]:
    """Give what the parts may name, the surest reading first: names, operationIds, and `METHOD path`."""
    for place, part in enumerate(parts):
        rest = parts[place + 1 :]
        if part == "paths" and len(rest) > 1 and rest[-1].lower() in METHODS:
            pointer = "/".join(rest[:-1]).replace("~1", "/").replace("~0", "~")
            yield f"{rest[-1].upper()} {pointer if pointer.startswith('/') else '/' + pointer}"
        elif part in ("operation", "operations") and rest:
            yield "/".join(rest)
        elif part.lower() in METHODS and place:
            yield f"{part.upper()} /{'/'.join(rest)}"
    method, dash, path = "/".join(parts).partition("-")
    if dash and method.lower() in METHODS:
        yield f"{method.upper()} /{path.lstrip('/')}"
    for place in range(min(len(parts), 4)):
        yield "/".join(parts[place:])


def named(provider: str, parts: tuple[str, ...]) -> str | None:
    """Return the canonical name of the operation that the parts name in so many words."""
    for name in dict.fromkeys(names_in(parts)):
        try:
            return this_site().store.entry(provider, name).operation.name
        except OperationNotFound:
            continue
    return None


def spelled(provider: str, parts: tuple[str, ...]) -> str | None:
    """Return the operation whose name or `METHOD path` has the letters and digits of the parts.

    The viewers write `_` or `-` for what a fragment had better not hold, so letters and digits are what is left.
    """
    wanted = {key: None for name in names_in(parts) if (key := folded(name))}
    by_name: dict[str, str] = {}
    for operation in this_site().store.operations(provider):
        by_name.setdefault(folded(operation.name), operation.name)
        by_name.setdefault(folded(operation.method + operation.path), operation.name)
    return next((by_name[key] for key in wanted if key in by_name), None)


def folded(text: str) -> str:
    """Return a text's letters and digits, without case."""
    return "".join(character for character in text.casefold() if character.isalnum())
