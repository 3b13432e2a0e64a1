"""The process that applies overlays: it bounds itself, reads its input, writes its result, and ends.

An overlay may be a stranger's, and an expression can ask for more work than anybody has.
"""

from __future__ import annotations

import resource
import sys

from playground.openapi.overlay import Applying, read_overlay
from playground.openapi.problems import DocumentError
from playground.store.packing import pack_value, unpack_value


def main() -> None:
    """Read overlays, by name, and the description; write the description and notes on it, or an error."""
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
