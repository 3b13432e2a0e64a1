"""A catalogue at a URL: fetched into a file of this machine, its digest checked, swapped live when it changes.

What is published is two files: the catalogue, and beside it its SHA-256, at the same address with `.sha256` behind the
path, as `sha256sum` writes it. Replicas need no disk in common. Each asks for the short one again and again; a change
is fetched beside the copy in use and put in its place whole, which the store notices by itself (`store/connection.py`).
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from playground.config import Settings
from playground.messages import Headers, HTTPRequest
from playground.origins import origin_of
from playground.store import StoreError
from playground.store.file import check_copy, folder_lock

if TYPE_CHECKING:
    from playground.transport.egress import EgressPolicy

log = logging.getLogger("playground.catalogue")

INTERVAL = 30.0
"""Seconds between two looks at the published digest."""
_MOST_BYTES = 4_000_000_000
_FETCH_SECONDS = 900.0
_DIGEST = re.compile(r"\\?([0-9a-fA-F]{64})(?:[ \t\r\n]|\Z)")
_DIGEST_BYTES = 4096
_REDIRECTS = 5


class RemoteCatalogue:
    """The copy of a published catalogue. Any number of processes may share one copy; one of them fetches at a time."""

    def __init__(self, settings: Settings) -> None:
        """`settings.catalog_url` says where it is published, `settings.catalog` where its copy is kept."""
        assert settings.catalog_url is not None  # noqa: S101 - the caller has asked
        self._url = settings.catalog_url
        self._token = settings.catalog_token
        self._opened = settings.private_networks
        self.copy = settings.catalog
        self._noted = self.copy.with_name(f"{self.copy.name}.sha256")

    def fetch(self) -> bool:
        """Bring the copy up to date, and return whether it changed. Raises `StoreError`; the copy is then as it was."""
        try:
            self.copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Not the lock of the copy's own folder: pages take that one, and would wait.
            with folder_lock(self.copy.parent):
                return self._fetch()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StoreError(
                f"The catalogue cannot be kept in {self.copy.parent} ({reason}): check its permissions, "
                "or name another folder with XDG_CACHE_HOME."
            ) from None

    def prepare(self) -> None:
        """Bring the copy up to date before it is opened; one that is there already serves while nothing answers."""
        try:
            self.fetch()
        except StoreError as error:
            if not self.copy.exists():
                raise
            log.warning("%s The copy fetched before is used.", error)

    def follow(self, ended: threading.Event, interval: float = INTERVAL) -> None:
        """Look for changes until `ended` is set; what fails is logged once as long as it fails in the same way."""
        told = ""
        while not ended.wait(interval):
            try:
                if self.fetch():
                    log.info("the catalogue has been fetched again: it was published anew")
                told = ""
            except StoreError as error:
                if str(error) != told:
                    told = str(error)
                    log.warning("%s The copy fetched before is used.", error)

    def _fetch(self) -> bool:
        published = self._published_digest()
        if self.copy.exists() and self._noted.exists() and self._noted.read_text("ascii", "replace") == published:
            return False
        descriptor, name = tempfile.mkstemp(prefix=f".{self.copy.name}.", suffix=".new", dir=self.copy.parent)
        fetched = Path(name)
        try:
            digest = hashlib.sha256()
            with os.fdopen(descriptor, "wb") as file:
                for piece in self._pieces(self._url, _MOST_BYTES):
                    digest.update(piece)
                    file.write(piece)
            if digest.hexdigest() != published:
                raise StoreError(
                    "The catalogue's address gave another file than its digest names: publish both again, "
                    "the catalogue first."
                )
            check_copy(fetched)
            # Without the note, a process that ends between the two fetches once more than it had to.
            self._noted.unlink(missing_ok=True)
            fetched.replace(self.copy)
            self._noted.write_text(published, "ascii")
        finally:
            fetched.unlink(missing_ok=True)
        return True

    def _published_digest(self) -> str:
        parts = urlsplit(self._url)
        address = urlunsplit(parts._replace(path=parts.path + ".sha256"))
        text = b"".join(self._pieces(address, _DIGEST_BYTES, "the digest of the catalogue")).decode("ascii", "replace")
        found = _DIGEST.match(text)
        if found is None:
            raise StoreError(
                "The catalogue's digest is not one: publish `sha256sum catalog.sqlite` at its address "
                "with `.sha256` behind the path."
            )
        return found[1].lower()

    def _pieces(self, url: str, most: int, what: str = "the catalogue") -> Iterator[bytes]:
        """Yield what is at a URL, over redirects. Raises `StoreError`, whose text never holds the address."""
        from playground.transport.egress import document_policy
        from playground.transport.errors import TransportError
        from playground.transport.exchange import Exchange

        own = origin_of(url)
        policy: EgressPolicy = replace(
            document_policy(url, self._opened), max_bytes=most, total_timeout=_FETCH_SECONDS, subject="document"
        )
        for _ in range(_REDIRECTS + 1):
            fields = [("Accept", "*/*"), ("Accept-Encoding", "identity")]
            if self._token is not None and origin_of(url) == own:
                fields.append(("Authorization", f"Bearer {self._token}"))
            try:
                with Exchange(HTTPRequest(method="GET", url=url, headers=Headers(tuple(fields))), policy) as exchange:
                    status, location = exchange.head.status, exchange.head.headers.get("location")
                    if status in (301, 302, 303, 307, 308) and location:
                        url = urljoin(url, location)
                        continue
                    if status != 200:
                        raise StoreError(f"Asked for {what}, its server answered {status}: see that it is published.")
                    yield from exchange.pieces()
                    if exchange.summary.truncated:
                        raise StoreError(f"Fetching {what} broke off, or it has more than {most} bytes: try again.")
                    return
            except (TransportError, ValueError) as error:
                raise StoreError(f"Fetching {what} failed: {error}") from None
        raise StoreError(f"Fetching {what} failed: more than {_REDIRECTS} redirects.")
