"""Known secrets replaced by `•••` in streams, texts and log lines, however they are spelled, wherever they are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from playground.messages import Headers, HTTPResponse
from playground.secrets.detect import SECRET_ENDING
from playground.secrets.spellings import Spelling, spellings_of

MASK = "•••"
_MASK = MASK.encode()

_SHORTEST_RUN = 6
"""Bytes of a secret at a cut that would give something away; fewer stay."""

_HEAD = 32
"""Bytes of a spelling that candidates are searched by; the rest is compared where they are found."""

_CHECKS, _BYTES_A_CHECK = 20_000, 64
"""Places that are looked at closely, and one more for so many bytes; content that has more of them is made to be slow,
and loses as many bytes as the longest secret has wherever one may begin."""


_NEVER = re.compile(b"(?!)")


class Redactor:
    """Replaces every secret by `•••` in bytes and texts.

    Content may be cut anywhere: what is left of a secret at the end, or at the beginning (a range), is replaced too if
    it is six bytes or longer.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._by_first: dict[int, list[Spelling]]
        self._spellings = spellings_of(secrets)
        if not self._spellings:
            self._longest, self._by_first, self._first, self._head = 0, {}, _NEVER, _NEVER
            return
        self._longest = max((spelling.longest for spelling in self._spellings), default=0)
        self._by_first = {}
        for spelling in self._spellings:
            for first in {way[0] for way in spelling.pieces[0]}:
                self._by_first.setdefault(first, []).append(spelling)
        firsts = b"".join(re.escape(bytes((first,))) for first in self._by_first)
        self._first = re.compile(b"[" + firsts + b"]" if firsts else b"(?!)")
        heads = dict.fromkeys(head for spelling in self._spellings for head in _heads(spelling))
        self._head = re.compile(b"|".join(heads) or b"(?!)")

    def __bool__(self) -> bool:
        return bool(self._spellings)

    def whole(self, data: bytes) -> bytes:
        """Return content that is all there without the secrets."""
        return RedactedStream(self).end(data) if self._spellings else data

    def text(self, text: str) -> str:
        """Return text without the secrets; a text that holds none is returned itself (it may be translatable)."""
        if not self._spellings or not text:
            return text
        data = text.encode("utf-8", "surrogatepass")
        clean = RedactedStream(self, begun=True).end(data)
        return text if clean == data else clean.decode("utf-8", "replace")

    def over(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces without the secrets, also without those that span two of them."""
        stream = RedactedStream(self)
        for piece in pieces:
            if clean := stream.feed(piece):
                yield clean
        if rest := stream.end():
            yield rest

    def spans(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield where secrets stand, in order; those that overlap as one."""
        position, left = 0, _CHECKS + len(data) // _BYTES_A_CHECK
        while (match := self._head.search(data, position)) is not None:
            start = match.start()
            if left <= 0:
                end = min(start + self._longest, len(data))
            else:
                left -= 1
                whole = self._end_at(data, start)
                if whole is None:
                    position = start + 1
                    continue
                end, left = self._grown(data, start + 1, whole, left)
            yield start, end
            position = end

    def _grown(self, data: bytes, low: int, end: int, left: int) -> tuple[int, int]:
        """Return the end of a run of secrets that begin one inside the other, and how many checks are left."""
        grows = True
        while grows:
            grows = False
            for place in reversed([match.start() for match in self._first.finditer(data, low, end)]):
                if left <= 0:
                    return min(end + self._longest, len(data)), left
                left -= 1
                further = self._end_at(data, place)
                if further is not None and further > end:
                    low, end, grows = place + 1, further, True
                    break
        return end, left

    def _end_at(self, data: bytes, start: int) -> int | None:
        """Return where the longest secret that begins here ends."""
        ends = (spelling.end(data, start) for spelling in self._by_first.get(data[start], ()))
        return max((end for end in ends if end is not None), default=None)

    def open_from(self, data: bytes) -> int:
        """Return where the first run begins that reaches the end and could go on to be a secret; else the length."""
        first = len(data)
        for spelling in self._spellings:
            low = max(0, len(data) - spelling.longest + 1)
            for way in spelling.pieces[0]:
                # By two bytes, which few places have; the last byte stands alone.
                place = data.find(way[:2], low)
                if place < 0 and data.endswith(way[:1]):
                    place = len(data) - 1
                while 0 <= place < first:
                    if spelling.is_open(data, place):
                        first = place
                    following = data.find(way[:2], place + 1)
                    place = len(data) - 1 if following < 0 and place < len(data) - 1 else following
        return first

    def opening(self, data: bytes, *, final: bool) -> int | None:
        """Return how many first bytes are the end of a secret that began before; `None` while that is open."""
        best = 0
        for spelling in self._spellings if data else ():
            text = spelling.plainest
            place = text.find(data[:_SHORTEST_RUN], 1)
            while place > 0:
                rest = text[place:]
                if data.startswith(rest):
                    best = max(best, len(rest))
                elif rest.startswith(data):
                    if not final:
                        return None
                    best = max(best, len(data))
                place = text.find(data[:_SHORTEST_RUN], place + 1)
        return best if best >= _SHORTEST_RUN else 0


class RedactedStream:
    """Bytes that come in pieces, without the secrets, also where a secret spans two of them.

    Only bytes that may be the beginning of a secret are held back until the next piece; `end` gives them out. What
    comes out does not depend on where the pieces end. `begun` says that nothing was cut off at the beginning.
    """

    def __init__(self, redactor: Redactor, *, begun: bool = False) -> None:
        self._redactor = redactor
        self._begun = begun
        self._held = b""
        self._covered = 0

    def feed(self, piece: bytes) -> bytes:
        """Return what can be given out of everything so far."""
        return self._give(self._held + piece, final=False) if self._redactor else piece

    def end(self, piece: bytes = b"") -> bytes:
        """Return what was held back, and the last piece."""
        return self._give(self._held + piece, final=True) if self._redactor else piece

    def _give(self, data: bytes, *, final: bool) -> bytes:
        opening = 0
        if not self._begun:
            length = self._redactor.opening(data, final=final)
            if length is None:
                self._held = data
                return b""
            self._begun, opening = bool(data), length
        open_from = self._redactor.open_from(data)
        spans = list(self._redactor.spans(data))
        if opening:
            spans.insert(0, (0, opening))
        hold = open_from
        if final:
            hold = len(data)
            if hold - open_from >= _SHORTEST_RUN:
                spans = [*(span for span in spans if span[0] < open_from), (open_from, hold)]
        out: list[bytes] = []
        position = self._covered
        for start, end in spans:
            if start >= hold:
                break
            if start >= position:
                out += (data[position:start], _MASK)
            position = max(position, end)
        out.append(data[position:hold])
        self._held, self._covered = data[hold:], max(0, position - hold)
        return b"".join(out)


def _heads(spelling: Spelling) -> Iterator[bytes]:
    """Yield expressions for what the spelling begins with, one for each way of its first piece.

    Each begins with a literal, so that places are looked for at the speed of a search for bytes.
    """
    first, *others = spelling.pieces
    following, length = b"", 0
    for ways in others:
        if length >= _HEAD:
            break
        following += b"(?:" + b"|".join(re.escape(way[:_HEAD]) for way in ways) + b")"
        length += len(ways[-1])
    for way in first:
        yield re.escape(way[:_HEAD]) + (following if len(way) < _HEAD else b"")


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """Return text with every secret replaced by `•••`."""
    return Redactor(secrets).text(text)


def redact_response(response: HTTPResponse, secrets: Iterable[str]) -> HTTPResponse:
    """Return a response with every secret replaced by `•••`, in header fields, reason and content."""
    redactor = Redactor(secrets)
    if not redactor:
        return response
    return replace(redact_head(response, redactor), body=redactor.whole(response.body))


def redact_head(head: HTTPResponse, redactor: Redactor) -> HTTPResponse:
    """Return a response with secrets replaced in its reason and header fields."""
    if not redactor:
        return head
    headers = Headers.of((redactor.text(name), redactor.text(value)) for name, value in head.headers)
    return replace(head, headers=headers, reason=redactor.text(head.reason))


# What could be a credential by the company it keeps, in whatever a logger is given.
_IN_LINES = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b((?:proxy-)?authorization\s*[:=]\s*)(?:\w+\s+)?[^\s,;&]+", rf"\1{MASK}"),
        (rf"\b([\w-]*(?:cookie|api[-_]?key|token|{SECRET_ENDING})\s*[:=]\s*)[^\s,;&]+", rf"\1{MASK}"),
        (r"\b(bearer|basic|digest)\s+[^\s,;\"'•]{4,}", rf"\1 {MASK}"),
        (r"(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@", rf"\1{MASK}@"),
        (r"(\bhttps?://[^\s?#]*)\?\S+", rf"\1?{MASK}"),
        (r"\beyJ[\w-]+\.[\w-]+\.?[\w-]*", MASK),
        (r"\b(?:sk|pk|rk|ghp|gho|xox[abp]|AKIA)[-_]?[a-z0-9_-]{12,}", MASK),
    )
)


def redact_line(text: str) -> str:
    """Return a log line without what could be a credential; the secrets themselves need not be known."""
    for pattern, instead in _IN_LINES:
        text = pattern.sub(instead, text)
    return text
