"""The generated packages: `/sdk/<provider>.tgz` for `npm install`, `/sdk/<provider>.mjs` as one module.

A built package is cached until its description changes. The gateway's address, as the visitor sees this site, is put in
afterwards.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from playground.catalog.names import package_name
from playground.sdk.package import BuiltAPI, build_api, make_module, make_package, members_of, write_tarball
from playground.store import ProviderNotFound, Store
from playground.web.site import prefilled_gateway, this_site

_KEPT_BYTES = 40_000_000
T = TypeVar("T")


class _Kept(Generic[T]):
    """The most recently built values, up to a number of bytes. Only one thread builds: it takes seconds."""

    def __init__(self, size_of: Callable[[T], int]) -> None:
        self._made: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._size_of = size_of
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what has that key, made now if it is not here."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key][0]
            value = make()
            self._made[key] = value, (size := self._size_of(value))
            self._size += size
            while self._size > _KEPT_BYTES and len(self._made) > 1:
                self._size -= self._made.popitem(last=False)[1][1]
            return value


def sdk_blueprint() -> Blueprint:
    """Return the routes, with what they keep."""
    bp = Blueprint("sdk", __name__)
    files: _Kept[bytes] = _Kept(len)
    apis: _Kept[BuiltAPI] = _Kept(lambda api: sum(map(len, api.declarations.values())))

    def api(provider: str) -> BuiltAPI:
        store = this_site().store
        return apis.get((provider, store.generation(provider)), lambda: read_api(store, provider))

    @bp.get("/sdk/<path:provider>.tgz")
    def package(provider: str) -> AnyResponse:
        """Serve the package as npm installs it; a name that only begins others serves them all, as subpaths."""
        store, gateway = this_site().store, prefilled_gateway()
        with store.snapshot():
            names = members_of(provider, {known.name: known.operations for known in store.providers()})
            if not names:
                raise ProviderNotFound(provider)
            key = ("tgz", provider, gateway, *(store.generation(name) for name in names))
            data = files.get(
                key, lambda: write_tarball(make_package(package_name(provider), [api(name) for name in names], gateway))
            )
        return _answer(data, "application/gzip", f"utdk-{provider.replace('/', '-')}.tgz")

    @bp.get("/sdk/<path:provider>.mjs")
    def module(provider: str) -> AnyResponse:
        """Serve the package's code as one module."""
        store, gateway = this_site().store, prefilled_gateway()
        with store.snapshot():
            key = ("mjs", provider, gateway, store.generation(provider))
            data = files.get(key, lambda: make_module(api(provider), gateway))
        return _answer(data, "text/javascript")

    return bp


def read_api(store: Store, provider: str) -> BuiltAPI:
    """Build the part of a package for one provider, hidden operations too: their pages name the package."""
    entries = [store.entry(provider, operation.name) for operation in store.operations(provider, hidden=True)]
    definitions = entries[0].definitions if entries else {}
    return build_api(store.provider(provider), entries, definitions)


def _answer(data: bytes, media_type: str, filename: str = "") -> AnyResponse:
    response = Response(data, mimetype=media_type)
    if filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    # It holds the gateway's address as this visitor uses it, which a shared cache does not know.
    response.headers["Cache-Control"] = "private, no-cache"
    # Public code without a visitor's data: a page of any origin may import the module.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    return response.make_conditional(request)
