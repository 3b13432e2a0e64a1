"""Overlays on their way to a description: read from files and URLs, kept with it, applied in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playground.openapi.overlay import Applying, OverlayError, read_overlay
from playground.openapi.parse import read_text
from playground.openapi.problems import DocumentError, LimitError, Limits
from playground.store.packing import pack_value, unpack_value

MOST_OVERLAYS = 20
LIMITS = Limits(size=5_000_000, nodes=500_000, aliases=1_000, repeated=100_000, string=1_000_000)
SECONDS = 60
"""Processor time that all overlays of a description may take, and a third of the time in all."""
MEMORY = 6_000_000_000
"""Bytes of address space that they may take."""
_START = "import sys; sys.path[:] = {path!r}; from playground.imports.overlays import apply_here; apply_here()"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayFile:
    """An overlay as it was read: the name that sentences call it by, its text, and where it is."""

    name: str
    text: str
    path: Path | None = None
    url: str | None = None

    def value(self) -> Any:
        """Return the document. Raises `OverlayError`, which begins with the overlay's name."""
        try:
            return read_text(self.text.encode("utf-8", "surrogatepass"), limits=LIMITS).document
        except DocumentError as error:
            raise OverlayError(f"{self.name}: {error}") from None

    def target(self) -> str:
        """Return where the description lies that the overlay extends, empty where it says nothing of it."""
        extends = read_overlay(self.value()).extends
        if not extends or self.url is not None:
            return urljoin(self.url or "", extends) if extends else ""
        if "://" in extends or self.path is None:
            return extends
        return str((self.path.parent / extends.partition("#")[0]).resolve())


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaid:
    """A description with overlays applied, and sentences about what they did not do."""

    document: dict[str, Any]
    notes: tuple[str, ...] = ()


def overlay_of(data: bytes, name: str, *, path: Path | None = None, url: str | None = None) -> OverlayFile:
    """Return an overlay that was read. Raises `OverlayError` unless it is one."""
    if len(data) > LIMITS.size:
        raise OverlayError(f"{name} has {len(data)} bytes; an overlay has {LIMITS.size} at most.")
    overlay = OverlayFile(name=name, text=data.decode("utf-8", "replace"), path=path, url=url)
    try:
        read_overlay(overlay.value())
    except OverlayError as error:
        text = str(error)
        raise OverlayError(text if text.startswith(f"{name}: ") else f"{name}: {text}") from None
    return overlay


def apply_overlays(document: dict[str, Any], overlays: Sequence[OverlayFile], source: str = "") -> Overlaid:
    """Return a description with overlays applied, one after the other. Raises `OverlayError`, `LimitError`.

    `source` is where the description is, to be compared with what an overlay says that it extends.
    """
    if len(overlays) > MOST_OVERLAYS:
        raise OverlayError(f"There are {len(overlays)} overlays; {MOST_OVERLAYS} are applied at most.")
    asked = pack_value([[[overlay.name, overlay.value()] for overlay in overlays], document])
    try:
        # The interpreter runs our own module and nothing of the overlay's: it is data on its input.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-c", _START.format(path=sys.path), str(SECONDS), str(MEMORY)],
            input=asked,
            capture_output=True,
            timeout=SECONDS * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_much(overlays) from None
    if done.returncode or not done.stdout:
        raise _too_much(overlays)
    answer = unpack_value(done.stdout)
    if "error" in answer:
        raise OverlayError(f"{answer['name']}: {answer['error']}")
    notes = list(answer["notes"])
    notes += [
        f"{overlay.name} is for {target}, and was applied to {source}."
        for overlay in overlays
        if source and (target := overlay.target()) and target != source
    ]
    return Overlaid(document=answer["document"], notes=tuple(notes))


def _too_much(overlays: Sequence[OverlayFile]) -> LimitError:
    names = ", ".join(overlay.name for overlay in overlays)
    return LimitError("overlays", f"{names}: this takes more time or memory than an overlay gets; select less.")


def kept_overlays(overlays: Iterable[OverlayFile]) -> list[list[str]]:
    """Return overlays as the catalogue keeps them with their description."""
    return [[overlay.name, overlay.text] for overlay in overlays]


def read_kept(origin: Mapping[str, Any]) -> tuple[OverlayFile, ...]:
    """Return the overlays that the catalogue keeps with a description."""
    return tuple(OverlayFile(name=name, text=text) for name, text in origin.get("overlays", ()))


def apply_here() -> None:
    """Read overlays, by name, and the description; write the description and notes on it, or an error."""
    import resource

    seconds, memory = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    overlays, document = unpack_value(sys.stdin.buffer.read())
    applying = Applying(document)
    notes: list[str] = []
    answer: dict[str, object] = {}
    for name, value in overlays:
        try:
            applying.apply(read_overlay(value))
        except DocumentError as error:
            answer = {"error": str(error), "name": name}
            break
        notes += [f"{name}: {note}" for note in applying.notes]
        applying.notes.clear()
    sys.stdout.buffer.write(pack_value(answer or {"notes": notes, "document": document}))
