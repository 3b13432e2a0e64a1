"""HTTP messages as values: what goes over the wire, and what came back (RFC 9110).

`HTTPRequest` is final: its URL is encoded once, its header fields are ordered, its content is bytes. Snippets, the
gateway, the sandbox and exports all take this one value, so what is shown, sent and copied is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

PIECE = 65_536
"""Bytes of the pieces that content on disk is read in."""


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in order, repeats kept; names compare without case."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Headers:
        """Make headers from any iterable of name and value."""
        return cls(tuple((name, value) for name, value in pairs))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(key.lower() == name.lower() for key, _ in self.pairs)

    def get(self, name: str) -> str | None:
        """Return the first value of a field, or `None`."""
        return next((value for key, value in self.pairs if key.lower() == name.lower()), None)

    def get_all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, in order."""
        return tuple(value for key, value in self.pairs if key.lower() == name.lower())

    def adding(self, name: str, value: str) -> Headers:
        """Return headers with one more field at the end."""
        return Headers((*self.pairs, (name, value)))

    def replacing(self, name: str, value: str) -> Headers:
        """Return headers where the field has this one value, at its old place or at the end."""
        pairs: list[tuple[str, str]] = []
        placed = False
        for key, old in self.pairs:
            if key.lower() != name.lower():
                pairs.append((key, old))
            elif not placed:
                pairs.append((key, value))
                placed = True
        return Headers(tuple(pairs)) if placed else self.adding(name, value)

    def without(self, name: str) -> Headers:
        """Return headers without any field of this name."""
        return Headers(tuple(pair for pair in self.pairs if pair[0].lower() != name.lower()))


@dataclass(frozen=True, slots=True, eq=False)
class FileOnDisk:
    """A file too large for memory: `file` is open for reading, and `size` its length in bytes."""

    file: BinaryIO
    size: int

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes from the start, piece by piece."""
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece

    def read(self) -> bytes:
        """Return the whole file, for a JSON body that carries it as base64."""
        return b"".join(self.pieces())


class _Whole:
    """Content in memory."""

    __slots__ = ()

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        raise NotImplementedError

    @property
    def length(self) -> int:
        """How many bytes."""
        return len(self.body)

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes, in one piece or none."""
        body = self.body
        if body:
            yield body


@dataclass(frozen=True, slots=True)
class NoContent(_Whole):
    """A message without content."""

    @property
    def body(self) -> bytes:
        """The content's bytes: none."""
        return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContent(_Whole):
    """Text that is not JSON; sent as UTF-8."""

    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, kw_only=True)
class JSONContent(_Whole):
    """JSON text, exactly as it is sent."""

    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent(_Whole):
    """`application/x-www-form-urlencoded`: the pairs before encoding, and the text that is sent."""

    pairs: tuple[tuple[str, str], ...]
    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a multipart message (RFC 7578). `filename` is `None` for a plain field.

    A part of a sequence (`multipart/mixed`) is `unnamed`: it has no Content-Disposition, or one without a name. A file
    that is too large for memory is in `file`, and `data` is empty.
    """

    name: str
    data: bytes
    filename: str | None = None
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    file: FileOnDisk | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartContent:
    """`multipart/form-data` (or another multipart type) with its boundary."""

    parts: tuple[Part, ...]
    boundary: str

    @property
    def body(self) -> bytes:
        """The content's bytes, names escaped as browsers escape them (HTML Standard, multipart/form-data)."""
        return b"".join(self.pieces())

    @property
    def length(self) -> int:
        """How many bytes, without reading files."""
        return sum(len(piece) if isinstance(piece, bytes) else piece.size for piece in self._framed())

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes: what is in memory together, files on disk piece by piece."""
        in_memory: list[bytes] = []
        for piece in self._framed():
            if isinstance(piece, bytes):
                in_memory.append(piece)
                continue
            yield b"".join(in_memory)
            in_memory = []
            yield from piece.pieces()
        yield b"".join(in_memory)

    def _framed(self) -> Iterator[bytes | FileOnDisk]:
        for part in self.parts:
            disposition = "attachment" if part.unnamed else f'form-data; name="{_escape(part.name)}"'
            if part.filename is not None:
                disposition += f'; filename="{_escape(part.filename)}"'
            fields = [] if disposition == "attachment" else [("Content-Disposition", disposition)]
            if part.content_type is not None:
                fields.append(("Content-Type", part.content_type))
            head = "".join(f"{name}: {value}\r\n" for name, value in (*fields, *part.headers))
            yield f"--{self.boundary}\r\n{head}\r\n".encode("utf-8", "surrogatepass")
            yield part.data if part.file is None else part.file
            yield b"\r\n"
        yield f"--{self.boundary}--\r\n".encode()


def _escape(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryContent:
    """Bytes that are neither text nor a form; a file too large for memory is in `file`, and `data` is empty."""

    data: bytes
    filename: str | None = None
    file: FileOnDisk | None = None

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.data if self.file is None else self.file.read()

    @property
    def length(self) -> int:
        """How many bytes."""
        return len(self.data) if self.file is None else self.file.size

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes: at once, or from disk piece by piece."""
        if self.file is not None:
            yield from self.file.pieces()
        elif self.data:
            yield self.data


Content: TypeAlias = NoContent | TextContent | JSONContent | FormContent | MultipartContent | BinaryContent


@dataclass(frozen=True, slots=True, kw_only=True)
class HTTPRequest:
    """A request, final: method, target URI encoded once, ordered header fields (with Content-Type), content.

    `repr` shows neither headers, query nor content, since they may hold a credential.
    """

    method: str
    url: str
    headers: Headers = Headers()
    content: Content = NoContent()

    def __repr__(self) -> str:
        return f"<HTTPRequest {self.method} {self.url.partition('?')[0]}>"

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.content.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of an exchange beside its message.

    `address` is the class of the address, never the address; `reused` says that the connection was open already; `tls`
    is `TLSv1.3` or the like, empty without; `http` the answer's version; `wire_bytes` and `decoded_bytes` count its
    content; `added` are the header fields sent beside the message's own, `dropped` the names of those not sent on a
    redirect to another origin; `redirects` are status and Location of each answer followed, credentials masked; `cut`
    says why content is missing: `limit`, `deadline`, `stopped`, `broken`, empty if none is.
    """

    address: str = ""
    reused: bool = False
    tls: str = ""
    http: str = ""
    wire_bytes: int = 0
    decoded_bytes: int = 0
    added: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    redirects: tuple[tuple[int, str], ...] = ()
    cut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HTTPResponse:
    """An answer: status, header fields as received, decoded content.

    `truncated` says the content was cut at a limit; `duration_ms` is the whole exchange; `timings` names its steps in
    milliseconds; `origin` is `network`, `sandbox` or `gateway`; `facts` are those of an exchange over the network.
    """

    status: int
    reason: str = ""
    headers: Headers = Headers()
    body: bytes = b""
    truncated: bool = False
    duration_ms: float = 0.0
    timings: tuple[tuple[str, float], ...] = field(default=())
    origin: str = "network"
    facts: Facts | None = None

    def __repr__(self) -> str:
        return f"<HTTPResponse {self.status} {len(self.body)} bytes>"

    @property
    def media_type(self) -> str:
        """The media type without parameters, lower case; empty if none was declared."""
        return (self.headers.get("content-type") or "").partition(";")[0].strip().lower()
