"""The catalogue file: making a new one, and refusing another kind of file before SQLite touches it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from playground.store.errors import NotACatalogue, StoreError

try:
    import fcntl
except ImportError:  # pragma: no cover - not a POSIX system: two first starts at once may collide there
    _lock = None
else:
    _lock = fcntl.flock

APPLICATION_ID = 0x54727949
"""The `PRAGMA application_id` of a catalogue ("TryI")."""
FORMAT = 8
"""The `PRAGMA user_version` of a catalogue; raised with each change of schema.sql."""

_checking = threading.Lock()
_checked: set[tuple[int, int]] = set()
"""Device and inode of every file whose header was read."""

_MAGIC = b"SQLite format 3\x00"


def ensure_catalogue(path: Path) -> None:
    """Make an empty catalogue at `path` unless there is a file, and check it. Raises `StoreError`."""
    try:
        if not path.exists():
            _create(path)
        check_file(path)
    except OSError as error:
        raise _unusable(path, error) from None


def check_file(path: Path) -> None:
    """Raise `NotACatalogue` unless the file's header is a catalogue's; the file is only read.

    A file is read once: closing it again would take away the locks that this process's connections hold on it, and the
    next writer would believe itself alone and delete the log under them (sqlite.org/howtocorrupt.html, section 2.2).
    """
    if not path.is_file():
        raise NotACatalogue(f"{path} is not a file: give the catalogue's file name.")
    with _checking:
        status = path.stat()
        identity = (status.st_dev, status.st_ino)
        if identity not in _checked:
            _check_header(path)
            _checked.add(identity)


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NotACatalogue(f"{path} is not a Playground catalogue: choose another file, or move it away.")
    # https://www.sqlite.org/fileformat.html#the_database_header
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotACatalogue(f"{path} is a database of another application: choose another file.")


def check_format(path: Path, connection: sqlite3.Connection) -> None:
    """Raise `NotACatalogue` unless the schema is the one this version of Playground writes."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotACatalogue(f"{path} is a database of another application: choose another file.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise NotACatalogue(f"{path} was written by a newer Playground: update Playground, or choose another file.")
    if version < FORMAT:
        raise NotACatalogue(
            f"{path} was written by an older Playground: move it away, and add its descriptions with `playground add`."
        )


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(path.parent):
        if path.exists():
            return
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(descriptor)
        temporary = Path(name)
        try:
            _write_schema(temporary)
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
            # Left over from a catalogue that was deleted: SQLite would replay it into the new file.
            for suffix in ("-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def _write_schema(path: Path) -> None:
    schema = resources.files("playground.store").joinpath("schema.sql").read_text("utf-8")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"BEGIN; {schema} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
        )
        connection.execute("PRAGMA journal_mode = WAL")


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _lock is not None:
            _lock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _unusable(path: Path, error: OSError) -> StoreError:
    reason = error.strerror or type(error).__name__
    return StoreError(f"The catalogue {path} cannot be used ({reason}): check the path and its permissions.")
