"""Answers kept on disk for some minutes, so that a large one is read in slices; several workers share the folder.

An answer is named by a token that only the page that got it knows. A file is named by the token's digest, so that the
folder tells nobody a token, and readable by the site's own user alone. What is kept is what the visitor may see:
secrets are redacted before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playground.contentviews.registry import body_of
from playground.contentviews.view import Body

_TOKEN_BYTES = 18
LONGEST_TOKEN = 64
_VISITOR_DIGITS = 12
_SWEEP_SECONDS = 30.0
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is kept and for how long: bytes of one answer, of one visitor's and of all, and seconds."""

    answer: int = 64_000_000
    visitor: int = 160_000_000
    everybody: int = 2_000_000_000
    visitor_answers: int = 40
    seconds: float = 900.0


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One answer: its content, Content-Type, whether it was cut off, and what its page wants to know again."""

    body: Body
    content_type: str
    about: Mapping[str, Any] = field(default_factory=dict)


def default_folder(catalog: Path) -> Path:
    """Return the folder that the workers of one site share: below the system's temporary folder, by the catalogue."""
    digest = hashlib.sha256(str(catalog.absolute()).encode()).hexdigest()[:_VISITOR_DIGITS]
    return Path(tempfile.gettempdir()) / f"playground-answers-{os.getuid()}-{digest}"


class Keep(Protocol):
    """A place for answers. Neither method raises: an unknown token gives `None`, and so does a place that is full."""

    def put(
        self, visitor: str, data: bytes, content_type: str, about: Mapping[str, Any], *, truncated: bool
    ) -> str | None:
        """Keep an answer and return its token, or `None` where it is too large or cannot be written."""

    def get(self, token: str) -> Kept | None:
        """Return a kept answer, `None` where it is gone."""


def new_token() -> str:
    """Return a token nobody can guess (144 bits)."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest_of(token: str) -> str:
    """Return the name that a token's answer is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()


def packed(data: bytes, content_type: str, about: Mapping[str, Any], *, truncated: bool) -> bytes:
    """Return an answer as it is stored: one line of JSON about it, then its content."""
    head = {"content_type": content_type, "truncated": truncated, "about": about}
    return json.dumps(head).encode() + b"\n" + data


def unpacked(stored: bytes) -> Kept:
    """Return a stored answer. Raises `ValueError` for what `packed` did not make."""
    head, separator, data = stored.partition(b"\n")
    read = json.loads(head)
    if not separator or not isinstance(read, dict):
        raise ValueError("no kept answer")
    content_type = str(read["content_type"])
    body = body_of(data, content_type, truncated=read["truncated"] is True)
    return Kept(body=body, content_type=content_type, about=read["about"])


class FolderKeep:
    """Answers in a folder that the workers of one machine share."""

    def __init__(self, folder: Path, bounds: Bounds | None = None) -> None:
        self._folder = folder
        self._bounds = bounds or Bounds()
        self._recent = RecentlyRead(self._bounds.visitor)
        self._lock = threading.Lock()
        self._swept = 0.0

    def put(
        self, visitor: str, data: bytes, content_type: str, about: Mapping[str, Any], *, truncated: bool
    ) -> str | None:
        """Keep an answer; the visitor's and everybody's oldest go where there is no more room."""
        if len(data) > self._bounds.answer:
            return None
        token = new_token()
        owner = hashlib.sha256(visitor.encode()).hexdigest()[:_VISITOR_DIGITS]
        try:
            self._folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            self._make_room(owner, len(data))
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
                try:
                    file.write(packed(data, content_type, about, truncated=truncated))
                    file.close()
                    Path(file.name).chmod(_FILE_MODE)
                    Path(file.name).replace(self._folder / f"{digest_of(token)}.{owner}")
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError:
            return None
        return token

    def get(self, token: str) -> Kept | None:
        """Return a kept answer that is not too old; the last ones read stay in memory with what was read of them."""
        if not 0 < len(token) <= LONGEST_TOKEN:
            return None
        name = digest_of(token)
        path = next(iter(self._folder.glob(f"{name}.*")), None)
        if path is None or self._is_old(path):
            self._recent.drop(name)
            return None
        if (kept := self._recent.get(name)) is not None:
            return kept
        try:
            kept = unpacked(path.read_bytes())
        except (OSError, ValueError, KeyError):
            return None
        self._recent.put(name, kept)
        return kept

    def _is_old(self, path: Path) -> bool:
        try:
            return time.time() - path.stat().st_mtime > self._bounds.seconds
        except OSError:
            return True

    def _make_room(self, owner: str, size: int) -> None:
        """Remove what is too old, and the oldest answers of a visitor or of all beyond their bounds."""
        with self._lock:
            files = []
            sweep = time.monotonic() - self._swept > _SWEEP_SECONDS or not self._swept
            for entry in os.scandir(self._folder):
                if sweep or entry.name.endswith(owner):
                    with contextlib.suppress(OSError):
                        status = entry.stat()
                        files.append((status.st_mtime, status.st_size, Path(entry.path)))
            if sweep:
                self._swept = time.monotonic()
            now = time.time()
            files.sort(reverse=True)
            total, own, count = size, size, 1
            for modified, length, path in files:
                mine = path.name.endswith(owner)
                total, own, count = total + length, own + length * mine, count + mine
                beyond = mine and (own > self._bounds.visitor or count > self._bounds.visitor_answers)
                if now - modified > self._bounds.seconds or beyond or total > self._bounds.everybody:
                    with contextlib.suppress(OSError):
                        path.unlink()


class RecentlyRead:
    """The answers read last, by name, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> Kept | None:
        """Return an answer that was read lately."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def put(self, name: str, kept: Kept) -> None:
        """Note an answer as read last."""
        with self._lock:
            self._remove(name)
            self._kept[name] = kept
            self._size += len(kept.body.data)
            while self._size > self._most and len(self._kept) > 1:
                self._remove(next(iter(self._kept)))

    def drop(self, name: str) -> None:
        """Forget an answer."""
        with self._lock:
            self._remove(name)

    def _remove(self, name: str) -> None:
        kept = self._kept.pop(name, None)
        if kept is not None:
            self._size -= len(kept.body.data)
