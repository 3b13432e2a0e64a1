"""A progress line on stderr: only on a terminal, and only for what takes over a second."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self

from playground.text.visible import terminal_line

_WIDTH = 24
_PATIENCE = 1.0


class Progress:
    """`with Progress(4) as progress: progress.step("compiling")`; redrawn by a thread during the work."""

    def __init__(self, total: int, *, unit: str = "", weight: float = 0) -> None:
        """`weight` is that of all steps together, where some are much heavier than others: time left goes by it."""
        self.total = total
        self.done = 0
        self._weight = weight
        self._weighed = 0.0
        self._unit = unit
        self._label = ""
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._drawn = False
        self._thread = threading.Thread(target=self._draw, daemon=True) if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Remove the line."""
        self._stop.set()
        if self._thread is not None and self._thread.is_alive():
            self._thread.join()
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False

    def step(self, label: str = "", *, done: int = 1, weight: float = 0) -> None:
        """Note that one more step is done, its weight, and what is done next."""
        self.done += done
        self._weighed += weight
        self._label = label

    def line(self) -> str:
        """Return the line as it would be drawn now."""
        seconds = time.monotonic() - self._began
        share = min(1.0, self._share())
        bar = "#" * int(share * _WIDTH)
        parts = [f"[{bar:.<{_WIDTH}}] {self.done}/{self.total}"]
        if self._unit and self.done:
            rate = self.done / max(seconds, 0.001)
            left = seconds * (1 - share) / max(share, 0.001)
            parts += [
                f"{rate:.0f} {self._unit}/s" if rate >= 10 else f"{rate:.1f} {self._unit}/s",
                f"{_time(left)} left",
            ]
        else:
            parts.append(f"{seconds:.0f} s")
        return "  ".join([*parts, terminal_line(self._label)]).rstrip()

    def _share(self) -> float:
        if self._weight:
            return self._weighed / self._weight
        return self.done / self.total if self.total else 1.0

    def _draw(self) -> None:
        if self._stop.wait(_PATIENCE):
            return
        while True:
            self._drawn = True
            sys.stderr.write(f"\r{self.line()[: shutil.get_terminal_size().columns - 1]}\x1b[K")
            sys.stderr.flush()
            if self._stop.wait(0.2):
                return


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
