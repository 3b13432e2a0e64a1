"""HTTP messages as values: what goes over the wire, and what came back (RFC 9110).

`HTTPRequest` is final: its URL is encoded once, its header fields are ordered, its content is bytes. Snippets, the
gateway, the sandbox and exports all take this one value, so what is shown, sent and copied is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


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
        kept: list[tuple[str, str]] = []
        placed = False
        for key, old in self.pairs:
            if key.lower() != name.lower():
                kept.append((key, old))
            elif not placed:
                kept.append((key, value))
                placed = True
        return Headers(tuple(kept)) if placed else self.adding(name, value)

    def without(self, name: str) -> Headers:
        """Return headers without any field of this name."""
        return Headers(tuple(pair for pair in self.pairs if pair[0].lower() != name.lower()))


@dataclass(frozen=True, slots=True)
class NoContent:
    """A message without content."""

    @property
    def body(self) -> bytes:
        """The content's bytes: none."""
        return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContent:
    """Text that is not JSON; sent as UTF-8."""

    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, kw_only=True)
class JSONContent:
    """JSON text, exactly as it is sent."""

    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent:
    """`application/x-www-form-urlencoded`: the pairs before encoding, and the text that is sent."""

    pairs: tuple[tuple[str, str], ...]
    text: str

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.text.encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a multipart message (RFC 7578). `filename` is `None` for a plain field."""

    name: str
    data: bytes
    filename: str | None = None
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipartContent:
    """`multipart/form-data` (or another multipart type) with its boundary."""

    parts: tuple[Part, ...]
    boundary: str

    @property
    def body(self) -> bytes:
        """The content's bytes, names escaped as browsers escape them (HTML Standard, multipart/form-data)."""
        lines: list[bytes] = []
        for part in self.parts:
            disposition = f'form-data; name="{_escape(part.name)}"'
            if part.filename is not None:
                disposition += f'; filename="{_escape(part.filename)}"'
            fields = [("Content-Disposition", disposition)]
            if part.content_type is not None:
                fields.append(("Content-Type", part.content_type))
            head = "".join(f"{name}: {value}\r\n" for name, value in (*fields, *part.headers))
            lines.append(f"--{self.boundary}\r\n{head}\r\n".encode("utf-8", "surrogatepass") + part.data + b"\r\n")
        return b"".join(lines) + f"--{self.boundary}--\r\n".encode()


def _escape(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryContent:
    """Bytes that are neither text nor a form."""

    data: bytes
    filename: str | None = None

    @property
    def body(self) -> bytes:
        """The content's bytes."""
        return self.data


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
class HTTPResponse:
    """An answer: status, header fields as received, decoded content.

    `truncated` says the content was cut at a limit; `duration_ms` is the whole exchange; `timings` names its steps in
    milliseconds; `origin` is `network`, `sandbox` or `gateway`.
    """

    status: int
    reason: str = ""
    headers: Headers = Headers()
    body: bytes = b""
    truncated: bool = False
    duration_ms: float = 0.0
    timings: tuple[tuple[str, float], ...] = field(default=())
    origin: str = "network"

    def __repr__(self) -> str:
        return f"<HTTPResponse {self.status} {len(self.body)} bytes>"

    @property
    def media_type(self) -> str:
        """The media type without parameters, lower case; empty if none was declared."""
        return (self.headers.get("content-type") or "").partition(";")[0].strip().lower()
