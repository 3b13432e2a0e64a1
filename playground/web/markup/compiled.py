"""Compiled templates are kept: for every application of a process, and in the user's cache folder for the next one.

Compiling the templates of an operation page takes longer than drawing fifty of them, and every worker would do it.
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
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_FORM = 3
"""How templates are compiled: another number where other code is made of the same source."""

_compiled: dict[tuple[str, str], CodeType] = {}
"""Code by Jinja's key of a template and the checksum of its source."""


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in this process and, where there is one, in a folder.

    A folder is only used if nobody but this user can write to it: what is in it is run.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if folder is not None and _is_own(folder) else None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template's file, wherever the template lies: installations do not add up."""
        return hashlib.sha256(f"{_FORM} {name}".encode()).hexdigest()[:32]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if it is kept for exactly this source."""
        key = (bucket.key, bucket.checksum)
        if key in _compiled:
            bucket.code = _compiled[key]
        elif self._folder is not None:
            with contextlib.suppress(OSError), (self._folder / bucket.key).open("rb") as file:
                bucket.load_bytecode(file)
            if bucket.code is not None:
                _compiled[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code; a folder that is full or gone is done without."""
        assert bucket.code is not None  # noqa: S101 - Jinja has compiled it just now
        _compiled[bucket.key, bucket.checksum] = bucket.code
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            descriptor, name = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    bucket.write_bytecode(file)
                Path(name).replace(self._folder / bucket.key)
            finally:
                Path(name).unlink(missing_ok=True)


@cache
def templates_folder(made_by: str) -> Path | None:
    """Return the folder for what compilers of one kind make, made if need be; `made_by` tells kinds apart.

    What an earlier version of Playground left is removed. `None` where there is no cache folder that can be written.
    """
    kind = hashlib.sha256(f"{sys.version} {jinja2.__version__} {made_by}".encode()).hexdigest()[:16]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        folder = home / "tryit-playground" / "templates" / kind
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
