"""What is made of files at each start, and is the same each time, kept in the user's cache folder for the next process.

It is only used where nobody but this user can write: templates are code, and messages stand in pages.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

_DIGEST = 32


class MadeFiles:
    """Files by name in a folder; without one, or where it cannot be used, none is found and none is kept.

    Each begins with its digest, so one that is cut or changed is none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if folder is not None and _is_own(folder) else None

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a name, `None` for nothing."""
        if self._folder is None:
            return None
        try:
            kept = (self._folder / name).read_bytes()
        except OSError:
            return None
        digest, data = kept[:_DIGEST], kept[_DIGEST:]
        return data if hashlib.sha256(data).digest() == digest else None

    def put(self, name: str, data: bytes) -> None:
        """Keep data under a name; a folder that is full or gone is done without."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            descriptor, written = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                Path(written).replace(self._folder / name)
            finally:
                Path(written).unlink(missing_ok=True)


@cache
def made_folder(kind: str, made_by: str) -> Path | None:
    """Return the folder for files of a kind (`templates`), made if need be; `made_by` tells those who make them apart.

    What an earlier version of Playground left of that kind is removed. `None` where there is no cache folder that can
    be written.
    """
    maker = hashlib.sha256(f"{sys.version} {made_by}".encode()).hexdigest()[:16]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        folder = home / "tryit-playground" / kind / maker
        if not folder.is_dir():
            for other in folder.parent.glob("*"):
                shutil.rmtree(other, ignore_errors=True)
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except (OSError, RuntimeError):  # the latter: a user without a home
        return None
    return folder


def _is_own(folder: Path) -> bool:
    if not hasattr(os, "getuid"):  # Windows: the user's folder is the user's
        return True
    try:
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
