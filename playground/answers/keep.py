"""Answers kept on disk for some minutes, so that a large one is read in slices; several workers share the folder.

An answer is named by a token that only the page that got it knows. It is stored under the token's digest, so that the
folder tells nobody a token, and readable by the site's own user alone. What is kept is what the visitor may see:
secrets are redacted before. Small answers of a visitor share a file, a shelf, since making a file takes longer than all
else of keeping one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import orjson

from playground.contentviews.registry import body_of
from playground.contentviews.view import Body

_TOKEN_BYTES = 18
_VISITOR_DIGITS = 12
_TOKEN = re.compile(rf"[0-9a-f]{{{_VISITOR_DIGITS}}}[A-Za-z0-9_-]{{24}}")
_NAME = re.compile(r"[0-9]{20}\.([0-9]{1,12})\.[0-9a-f]{64}")
_SHELF = re.compile(r"[0-9]{20}\.[0-9a-f]{16}\.shelf")
_PLACE = re.compile(rb"([0-9a-f]{64}) ([0-9]{20}) ([0-9]{1,6})\n")
"""What stands before an answer on a shelf: its token's digest, when it came, and its bytes."""
_OURS = re.compile(rf"{_NAME.pattern}|{_SHELF.pattern}|[0-9a-f]{{64}}\.[0-9a-f]{{12}}")
"""Answers, also as earlier versions named them."""
_SWEEP_SECONDS = 30.0
_MOST_VISITORS = 10_000
_MOST_RECENT = 32
"""Answers that a process has at hand: what is read of a small one takes many times its bytes."""
_SMALL = 10_000
"""Bytes of an answer, with what is kept about it, that has its place on a shelf."""
_MOST_ON_SHELF = 8
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
_MORE = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


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
    """A place for answers. No method raises: an unknown token gives `None`, and so does a place that is full."""

    def put(self, visitor: str, kept: Kept) -> str | None:
        """Keep an answer and return its token, or `None` where it is too large or cannot be written."""

    def get(self, token: str) -> Kept | None:
        """Return a kept answer, `None` where it is gone."""

    def problem(self) -> str:
        """Return a sentence where answers cannot be kept now, empty where they can."""


@lru_cache(maxsize=1024)
def owner_of(visitor: str) -> str:
    """Return the name under which a visitor's answers stand together; it tells no address."""
    return hashlib.sha256(visitor.encode()).hexdigest()[:_VISITOR_DIGITS]


def new_token(owner: str) -> str:
    """Return a token nobody can guess (144 bits), which begins with whose answer it is of."""
    return owner + secrets.token_urlsafe(_TOKEN_BYTES)


def owner_in(token: str) -> str | None:
    """Return whose answer a token is of, `None` where it is no token."""
    return token[:_VISITOR_DIGITS] if _TOKEN.fullmatch(token) else None


def digest_of(token: str) -> str:
    """Return the name that a token's answer is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()


def head_of(kept: Kept) -> bytes:
    """Return what is stored before an answer's content: one line of JSON about it."""
    body = kept.body
    head = {
        "content_type": kept.content_type,
        "truncated": body.truncated,
        "cut": body.cut,
        "coding": body.coding,
        "about": dict(kept.about),
    }
    try:
        return orjson.dumps(head, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a lone surrogate, say
        return json.dumps(head).encode() + b"\n"


def unpacked(stored: bytes) -> Kept:
    """Return a stored answer: its head and its content. Raises `ValueError` for anything else."""
    head, separator, data = stored.partition(b"\n")
    read = json.loads(head)
    if not separator or not isinstance(read, dict) or not isinstance(read.get("about"), dict):
        raise ValueError("no kept answer")
    content_type = str(read.get("content_type", ""))
    body = body_of(
        data,
        content_type,
        truncated=read.get("truncated") is True,
        cut=str(read.get("cut", "")),
        coding=str(read.get("coding", "")),
    )
    return Kept(body=body, content_type=content_type, about=read["about"])


class FolderKeep:
    """Answers in a folder that the workers of one machine share, below it a folder for each visitor.

    A file's name says when the answer came, its bytes and its token's digest, so that a visitor's bounds are held by
    reading names alone; all visitors' together are looked through now and then. A shelf is written by one process,
    and goes as a whole.
    """

    def __init__(self, folder: Path, bounds: Bounds | None = None) -> None:
        self._folder = folder
        self._bounds = bounds or Bounds()
        self._recent = RecentlyRead(self._bounds.visitor)
        self._lock = threading.Lock()
        self._unread: dict[str, tuple[int, int]] = {}
        bounds = self._bounds
        room = min(bounds.visitor_answers, min(bounds.visitor, bounds.everybody) // _SMALL) // 5
        self._on_shelf = min(_MOST_ON_SHELF, room)
        self._shelves: dict[str, tuple[str, int]] = {}
        self._swept = float("-inf")
        self._room = 0

    def put(self, visitor: str, kept: Kept) -> str | None:
        """Keep an answer; the visitor's and everybody's oldest go where there is no more room."""
        data = kept.body.data
        if len(data) > self._bounds.answer:
            return None
        owner = owner_of(visitor)
        token = new_token(owner)
        name = digest_of(token)
        folder, head = f"{self._folder}/{owner}", head_of(kept)
        is_small = len(head) + len(data) <= _SMALL and self._on_shelf > 1
        # Nobody asks for it before it is whole: only then is its token known to anybody.
        try:
            self._make_room(folder, len(data))
            if is_small:
                self._shelve(folder, name, head, data)
            else:
                self._write(f"{folder}/{time.time_ns():020}.{len(data)}.{name}", head, data)
        except OSError:
            return None
        # It is asked for next, mostly of this worker: what was read of a large one to show it is at hand.
        # A small one is as quickly read again as it is let go of later.
        if not is_small:
            self._recent.put(name, kept)
        return token

    def get(self, token: str) -> Kept | None:
        """Return a kept answer that is not too old; the last ones read stay in memory with what was read of them."""
        owner = owner_in(token)
        if owner is None:
            return None
        name = digest_of(token)
        files = [f"{self._folder}/{owner}/{file}" for file in _listed(f"{self._folder}/{owner}")]
        path = next((file for file in files if file.endswith(name)), None)
        stored = None if path is not None else self._on_shelves(files, name)
        if stored is None if path is None else self._is_old(path):
            self._recent.drop(name)
            return None
        if (kept := self._recent.get(name)) is not None:
            return kept
        try:
            kept = unpacked(Path(path).read_bytes() if path is not None else stored or b"")
        except (OSError, ValueError):
            return None
        self._recent.put(name, kept)
        return kept

    def problem(self) -> str:
        """Return a sentence where the folder may not be written."""
        there = next(folder for folder in (self._folder, *self._folder.absolute().parents) if folder.exists())
        return (
            "" if os.access(there, os.W_OK | os.X_OK) else "the folder for answers cannot be written, so none is kept"
        )

    def _shelve(self, folder: str, name: str, head: bytes, data: bytes) -> None:
        """Put a small answer on the visitor's shelf, on a new one where that is full or was removed."""
        place = f"{name} {time.time_ns():020} {len(head) + len(data)}\n".encode()
        with self._lock:
            shelf, left = self._shelves.pop(folder, ("", 0))
            if left > 1:
                self._shelves[folder] = shelf, left - 1
        if left:
            try:
                file = os.open(shelf, _MORE)
            except FileNotFoundError:
                pass
            else:
                try:
                    # One call, so that what two threads add stands one after the other.
                    if os.writev(file, (place, head, data)) < len(place) + len(head) + len(data):
                        with self._lock:
                            self._shelves.pop(folder, None)  # nothing could be read behind what is broken off
                        raise OSError(errno.ENOSPC, "no room")
                finally:
                    os.close(file)
                return
        shelf = f"{folder}/{time.time_ns():020}.{secrets.token_hex(8)}.shelf"
        self._write(shelf, place, head, data)
        with self._lock:
            if len(self._shelves) >= _MOST_VISITORS:
                self._shelves.clear()
            self._shelves[folder] = shelf, self._on_shelf - 1

    def _on_shelves(self, files: list[str], name: str) -> bytes | None:
        """Return what is stored under a name on one of the shelves and is not too old."""
        for path in files:
            if not path.endswith(".shelf") or self._is_old(path):
                continue
            with contextlib.suppress(OSError):
                if (stored := _stored(Path(path).read_bytes(), name.encode(), self._bounds.seconds)) is not None:
                    return stored
        return None

    def _write(self, path: str, *pieces: bytes) -> None:
        try:
            file = os.open(path, _NEW, _FILE_MODE)
        except FileNotFoundError:
            self._folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            Path(path).parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            file = os.open(path, _NEW, _FILE_MODE)
        try:
            left = [memoryview(piece) for piece in pieces if piece]
            while left:
                written = os.writev(file, left)
                while left and written >= len(left[0]):
                    written -= len(left.pop(0))
                left[:1] = [piece[written:] for piece in left[:1]]
        except BaseException:
            with contextlib.suppress(OSError):
                Path(path).unlink()
            raise
        finally:
            os.close(file)

    def _is_old(self, path: str) -> bool:
        try:
            return time.time() - Path(path).stat().st_mtime > self._bounds.seconds
        except OSError:
            return True

    def _make_room(self, folder: str, size: int) -> None:
        """Remove a visitor's oldest answers beyond the bounds; now and then also what is too old or beyond all's."""
        own, count = size, 1
        if self._is_due(folder, size):
            for name in sorted(_listed(folder), reverse=True):
                length, answers = _held(folder, name)
                if answers:
                    own, count = own + length, count + answers
                    if own > self._bounds.visitor or count > self._bounds.visitor_answers:
                        with contextlib.suppress(OSError):
                            Path(folder, name).unlink()
        with self._lock:
            self._room -= size
            if self._room >= 0 and time.monotonic() - self._swept < _SWEEP_SECONDS:
                return
            self._swept = time.monotonic()
            self._room = self._bounds.everybody - self._sweep(size)

    def _is_due(self, folder: str, size: int) -> bool:
        """Tell whether a visitor has so many new answers that the folder is read again: an eighth of the bounds."""
        with self._lock:
            known = self._unread.get(folder)
            count, total = (0, 0) if known is None else (known[0] + 1, known[1] + size)
            due = known is None or count * 8 >= self._bounds.visitor_answers or total * 8 >= self._bounds.visitor
            if known is None and len(self._unread) >= _MOST_VISITORS:
                self._unread.clear()
            self._unread[folder] = (0, 0) if due else (count, total)
        return due

    def _sweep(self, size: int) -> int:
        """Remove what is too old, and the oldest answers beyond what all may take; return the bytes that are left."""
        files = []
        for folder, _, names in os.walk(self._folder):
            # A folder that somebody chose may hold other files: they are nobody's to remove.
            for name in filter(_OURS.fullmatch, names):
                with contextlib.suppress(OSError):
                    status = Path(folder, name).stat()
                    files.append((status.st_mtime, status.st_size, Path(folder, name)))
        # Some room is made beyond what is needed, so that not every answer looks through all.
        now, total, most = time.time(), size, self._bounds.everybody * 9 // 10
        for modified, length, path in sorted(files, reverse=True):
            if now - modified > self._bounds.seconds or total + length > most:
                with contextlib.suppress(OSError):
                    path.unlink()
                    path.parent.rmdir()  # where that was the last one
            else:
                total += length
        return total


def _held(folder: str, name: str) -> tuple[int, int]:
    """Return the bytes of a file, and how many answers it holds; of a shelf at least so many."""
    if (read := _NAME.fullmatch(name)) is not None:
        return int(read[1]), 1
    if _SHELF.fullmatch(name) is not None:
        with contextlib.suppress(OSError):
            size = Path(folder, name).stat().st_size
            return size, -(-size // _SMALL)
    return 0, 0


def _stored(shelf: bytes, name: bytes, seconds: float) -> bytes | None:
    """Return what stands on a shelf under a name and came within so many seconds."""
    at = 0
    while (place := _PLACE.match(shelf, at)) is not None:
        at = place.end() + int(place[3])
        if place[1] == name:
            is_old = time.time_ns() - int(place[2]) > seconds * 1e9
            return None if is_old or at > len(shelf) else shelf[place.end() : at]
    return None


def _listed(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


class RecentlyRead:
    """The answers read last, by name, up to a number of bytes and `_MOST_RECENT` of them."""

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
            while len(self._kept) > 1 and (self._size > self._most or len(self._kept) > _MOST_RECENT):
                self._remove(next(iter(self._kept)))

    def drop(self, name: str) -> None:
        """Forget an answer."""
        with self._lock:
            self._remove(name)

    def _remove(self, name: str) -> None:
        kept = self._kept.pop(name, None)
        if kept is not None:
            self._size -= len(kept.body.data)
