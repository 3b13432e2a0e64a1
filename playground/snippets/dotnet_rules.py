"""What .NET's `System.Uri` and `HttpClient` do to a request, in C# and in PowerShell."""

from __future__ import annotations

import re

from playground.snippets.address import PATH, QUERY, has_dot_segments, has_odd_escapes, is_within, target_of
from playground.snippets.body import repeated
from playground.snippets.message import Message

REFUSED_HEADERS = frozenset({"connection", "content-length", "expect", "host", "transfer-encoding", "upgrade"})


def dotnet_notes(message: Message) -> tuple[str, ...]:
    """Return one sentence for each thing that will not arrive as it is described."""
    notes: list[str] = []
    if _is_rewritten(message):
        notes.append("System.Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.")
    if repeated(message):
        notes.append("HttpClient joins repeated header fields into one.")
    return tuple(notes)


def _is_rewritten(message: Message) -> bool:
    within = is_within(message, path=PATH + "\\[\\]", query=QUERY + "\\[\\]")
    target = target_of(message)
    # Beside escapes that are not ASCII, Mono resolves those of RFC 2396's marks and of the colon too; .NET drops bidi
    # controls.
    marks = re.search(r"%(?:2[1789A]|3A)", target) and re.search(r"%[89A-F]", target)
    bidi = re.search(r"%E2%80%(?:8[EF]|A[A-E])", target)
    return has_dot_segments(message) or has_odd_escapes(message) or not within or bool(marks or bidi)
