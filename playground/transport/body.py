"""Reads an answer's content piece by piece, within limits, and takes its content coding off (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

CHUNK = 65_536
MAX_CODINGS = 3


class Decoder(Protocol):
    """Takes one coding off, piece by piece."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what the bytes decode to, in pieces of at most `CHUNK`."""

    def end(self) -> Iterator[bytes]:
        """Yield what was held back; afterwards `complete` tells whether the content ended where it should."""

    @property
    def complete(self) -> bool:
        """Whether the content ended where it should."""


class Plain:
    """Content without a coding, or with one that is left on."""

    complete = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the bytes as they are."""
        if data:
            yield data

    def end(self) -> Iterator[bytes]:
        """Yield nothing more."""
        return iter(())


class Inflater:
    """Takes `gzip` or `deflate` off; bytes of another kind come out as they went in.

    deflate means zlib, but some servers send it raw; a gzip answer may hold several members.
    """

    def __init__(self, name: str) -> None:
        self._windows = [15, -15] if name == "deflate" else [31]
        self._members = name != "deflate"
        self._inflate = zlib.decompressobj(self._windows[0])
        self._seen = b""  # what came so far, while nothing has come out: it may still turn out to be something else
        self._begun = False
        self._raw = False
        self._over = False
        self._broken = False

    @property
    def complete(self) -> bool:
        """Whether every member ended where it should; content that came as it is counts as complete."""
        return self._raw or (not self._broken and (self._over or not (self._begun or self._seen)))

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what the bytes decode to, in pieces of at most `CHUNK`."""
        if self._raw:
            yield from Plain().feed(data)
            return
        if self._broken or (not data):
            return
        if not self._begun:
            self._seen += data
        while data:
            if self._over:
                if not (self._members and data[:1] == b"\x1f"):
                    return  # padding after the last member
                self._inflate, self._over = zlib.decompressobj(31), False
            try:
                piece = self._inflate.decompress(data, CHUNK)
            except zlib.error:
                yield from self._otherwise()
                return
            if piece:
                self._begun, self._seen = True, b""
                yield piece
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._over, data = True, self._inflate.unused_data

    def end(self) -> Iterator[bytes]:
        """Yield what the decoder still holds."""
        if not (self._raw or self._broken or self._over):
            try:
                rest = self._inflate.flush()
            except zlib.error:
                return
            if rest:
                self._begun = True
                yield rest

    def _otherwise(self) -> Iterator[bytes]:
        if self._begun or self._over:
            self._broken = True
            return
        self._windows.pop(0)
        seen, self._seen = self._seen, b""
        if self._windows:
            self._inflate = zlib.decompressobj(self._windows[0])
            yield from self.feed(seen)
        else:
            self._raw = True
            yield from Plain().feed(seen)


class Chain:
    """Several codings, the last one applied taken off first."""

    def __init__(self, decoders: list[Decoder]) -> None:
        self._decoders = decoders

    @property
    def complete(self) -> bool:
        """Whether each coding ended where it should."""
        return all(decoder.complete for decoder in self._decoders)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what the bytes decode to."""
        return self._through(iter((data,)), 0)

    def end(self) -> Iterator[bytes]:
        """Yield what each decoder still holds, through those behind it."""
        for place, decoder in enumerate(self._decoders):
            yield from self._through(decoder.end(), place + 1)

    def _through(self, pieces: Iterator[bytes], place: int) -> Iterator[bytes]:
        if place == len(self._decoders):
            yield from pieces
            return
        for piece in pieces:
            yield from self._through(self._decoders[place].feed(piece), place + 1)


def decoder_for(codings: str) -> Decoder:
    """Return the decoder for a Content-Encoding: `gzip` and `deflate`, up to three; anything else stays on."""
    names = [name for name in (word.strip().lower() for word in codings.split(",")) if name and name != "identity"]
    if len(names) > MAX_CODINGS or any(name not in ("gzip", "x-gzip", "deflate") for name in names):
        return Plain()
    decoders: list[Decoder] = [Inflater(name) for name in reversed(names)]
    return decoders[0] if len(decoders) == 1 else Chain(decoders) if decoders else Plain()
