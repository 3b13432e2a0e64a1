"""The catalogue file: making one, refusing another kind of file before SQLite touches it, noticing a new one.

A file may be replaced, removed, restored or cut off while it is in use. What SQLite keeps beside it (`-wal`, `-shm`) is
found by its name alone, so a log that the old file left would be replayed into the new one
(https://www.sqlite.org/howtocorrupt.html, sections 1.4 and 2.4).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from playground.store.errors import CatalogueMissing, NotACatalogue, StoreError

try:
    import fcntl
except ImportError:  # pragma: no cover - not a POSIX system: two first starts at once may collide there
    _lock = None
else:
    _lock = fcntl.flock

APPLICATION_ID = 0x54727949
"""The `PRAGMA application_id` of a catalogue ("TryI")."""
FORMAT = 13
"""The `PRAGMA user_version` of a catalogue; raised with each change of schema.sql."""


class _Checked(NamedTuple):
    """What is known of a file: its size in bytes when it was looked at, its format."""

    size: int
    version: int


_checking = threading.Lock()
_checked: dict[tuple[Path, tuple[int, int]], _Checked] = {}
"""What is known of every file whose header was read, by path, and by device and inode."""

_MAGIC = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells a file apart from one that takes its place, and from itself after a change from outside."""

    device: int
    inode: int
    changed: int
    size: int

    def is_same_file(self, other: FileState) -> bool:
        """Tell whether both are states of one file."""
        return (self.device, self.inode) == (other.device, other.inode)


def state_of(path: Path) -> FileState:
    """Return the file's state. Raises `CatalogueMissing` if there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise CatalogueMissing(
            f"The catalogue {path} is gone: put the file back, or add its descriptions again with `playground add`."
        ) from None
    except OSError as error:
        raise _unusable(path, error) from None
    return FileState(status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


def files_beside(path: Path) -> frozenset[tuple[int, int]]:
    """Return device and inode of the files that SQLite keeps beside a catalogue."""
    found: set[tuple[int, int]] = set()
    for beside in _names_beside(path):
        with contextlib.suppress(OSError):
            status = beside.stat()
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def remove_left_over(path: Path, left_over: frozenset[tuple[int, int]]) -> None:
    """Remove what the file that was here before has left beside this one; `left_over` are its device and inode."""
    for beside in _names_beside(path):
        with contextlib.suppress(OSError):
            status = beside.stat()
            if (status.st_dev, status.st_ino) in left_over:
                beside.unlink()


def _names_beside(path: Path) -> Iterator[Path]:
    return (path.with_name(path.name + suffix) for suffix in _BESIDE)


def ensure_catalogue(path: Path) -> None:
    """Make an empty catalogue at `path` unless there is a file, and check it. Raises `StoreError`."""
    try:
        if not path.exists():
            _create(path)
        check_file(path)
    except OSError as error:
        raise _unusable(path, error) from None


def check_file(path: Path) -> int:
    """Return the format in the file's header. Raises `NotACatalogue` unless it is a whole catalogue's; it is only read.

    A file is read once: closing it again would take away the locks that this process's connections hold on it, and the
    next writer would believe itself alone and delete the log under them (sqlite.org/howtocorrupt.html, section 2.2).
    It is read again when it has become shorter, which SQLite never does to it. The number of a file that is gone is
    given to the next, so what is known of one at another path counts only where it still stands there too.
    """
    if not path.is_file():
        raise NotACatalogue(f"{path} is not a file: give the catalogue's file name.")
    with _checking:
        status = path.stat()
        identity = (status.st_dev, status.st_ino)
        known = _checked.pop((path, identity), None) or _checked_elsewhere(identity)
        if known is None or status.st_size < known.size:
            known = _Checked(status.st_size, _check_header(path, status.st_size))
        _checked[path, identity] = known._replace(size=status.st_size)
        return known.version


def _checked_elsewhere(identity: tuple[int, int]) -> _Checked | None:
    """Return what is known of a file by another path, such as that of a link, where it still stands."""
    for (path, other), known in _checked.items():
        if other == identity:
            with contextlib.suppress(OSError):
                status = path.stat()
                if (status.st_dev, status.st_ino) == identity:
                    return known
    return None


def check_copy(path: Path) -> None:
    """Raise `NotACatalogue` unless a file that nobody uses yet is a whole catalogue of this version of Playground."""
    check_file(path)
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            check_format(path, connection)
        except sqlite3.DatabaseError:
            raise NotACatalogue(
                f"{path} is not a Playground catalogue: choose another file, or move it away."
            ) from None


def _check_header(path: Path, size: int) -> int:
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NotACatalogue(f"{path} is not a Playground catalogue: choose another file, or move it away.")
    # https://www.sqlite.org/fileformat.html#the_database_header
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotACatalogue(f"{path} is a database of another application: choose another file.")
    page = int.from_bytes(header[16:18], "big")
    if size < int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page):
        raise NotACatalogue(f"{path} is cut off: put the whole file back, or move it away and add its descriptions.")
    return int.from_bytes(header[60:64], "big")


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


def renew_bundled(path: Path) -> bool:
    """Put an empty catalogue in the place of an older Playground's that holds bundled descriptions and nothing else.

    They can be written again, so nobody has to move the file away; names that were removed stay removed. Return whether
    it was done: any other file is left for `open_store` to open, or to refuse.
    """
    try:
        path = path.resolve()  # a link stays one
        if not path.is_file():
            return False
        with folder_lock(path):
            removed = _removed_of_bundled(path)
            if removed is None:
                return False
            _put_empty(path, removed)
            return True
    except (OSError, sqlite3.Error, NotACatalogue):
        return False


def _removed_of_bundled(path: Path) -> list[str] | None:
    """Return the names that were removed from an older catalogue of bundled descriptions; `None` for any other file."""
    if check_file(path) >= FORMAT:  # what this version uses is not opened in passing
        return None
    beside = files_beside(path)
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] >= FORMAT:
                return None  # another file of the same number
            # Both tables are as they were in the first format.
            if connection.execute("SELECT 1 FROM provider WHERE NOT bundled").fetchone() is not None:
                return None
            rows = connection.execute("SELECT name FROM bundled WHERE name NOT IN (SELECT name FROM provider)")
            return [name for (name,) in rows]
    finally:
        remove_left_over(path, files_beside(path) - beside)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_lock(path):
        if not path.exists():
            _put_empty(path)


def _put_empty(path: Path, removed: Iterable[str] = ()) -> None:
    """Put an empty catalogue at a path, in one step; the caller has its folder's lock."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        _write_schema(temporary, removed)
        temporary.chmod(_mode_of(path))
        # Left over from a catalogue that was deleted: SQLite would replay it into the new file.
        for beside in _names_beside(path):
            beside.unlink(missing_ok=True)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _mode_of(path: Path) -> int:
    """Return the mode of the file at a path, or that of a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _write_schema(path: Path, removed: Iterable[str]) -> None:
    schema = resources.files("playground.store").joinpath("schema.sql").read_text("utf-8")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        # What merging the index leaves free can be given back without writing the whole file again.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.executescript(
            f"BEGIN; {schema} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
        )
        with connection:
            connection.executemany("INSERT INTO bundled VALUES (?, '')", ((name,) for name in removed))
        connection.execute("PRAGMA journal_mode = WAL")


@contextlib.contextmanager
def folder_lock(path: Path) -> Iterator[None]:
    """Hold the lock of the folder around a file: one process at a time makes a catalogue, or clears up beside it."""
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        if _lock is not None:
            _lock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _unusable(path: Path, error: OSError) -> StoreError:
    reason = error.strerror or type(error).__name__
    return StoreError(f"The catalogue {path} cannot be used ({reason}): check the path and its permissions.")
