"""`RequestModel`: everything a visitor fills in for one request, and nothing secret.

It has no field for a credential, so a permalink, a history entry or a log of it cannot leak one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeAlias

from playground.catalog.model import Location
from playground.mediatypes import OCTETS
from playground.messages import FileOnDisk


class Absent(Enum):
    """The one value that means "absent", which is neither null nor empty."""

    ABSENT = "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class FileValue:
    """A file the visitor chose; the value where a schema says binary.

    A file too large for memory is in `file`, and `content` is empty.
    """

    filename: str
    content: bytes
    content_type: str = OCTETS
    file: FileOnDisk | None = None

    @property
    def data(self) -> bytes:
        """All bytes, from disk if need be; for callers that cannot take them piece by piece."""
        return self.content if self.file is None else self.file.read()

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.content) if self.file is None else self.file.size


Value: TypeAlias = "str | bool | int | float | Sequence[Value] | Mapping[str, Value] | FileValue | None"
"""A JSON value, read only (a float may be a `NumberText`), with a `FileValue` wherever bytes are asked for."""


Brackets: TypeAlias = Literal["index", "empty", "repeat"]
"""How a list inside brackets is written, which no OpenAPI version says: `a[b][0]=`, `a[b][]=`, or `a[b]=` repeated."""


FormObjects: TypeAlias = Literal["json", "brackets"]
"""How an object in an urlencoded body is written where no Encoding Object says: `a={"b":1}`, or `a[b]=1`."""


@dataclass(frozen=True, slots=True)
class Nesting:
    """How nested values are written where the description leaves it open."""

    lists: Brackets = "index"
    objects: FormObjects = "json"


DEFAULT_NESTING: Final = Nesting()


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxPlace:
    """Where the sandbox answers for an API over HTTP, and the header fields that only it receives."""

    address: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestModel:
    """What to send, as values by location.

    `server` is a server's URL template as the operation lists it, `SANDBOX`, or `None` for the default one;
    `media_type` is the request body's, `None` for the first; `body` is the value of the form; `raw`, when not `None`,
    is the text of the raw editor and replaces `body`; `security` names the schemes of the chosen alternative,
    `None` for the default one; `brackets` how lists inside brackets are written, `form_objects` how objects in
    an urlencoded body are where the description says nothing; `sandbox` is where a request to `SANDBOX` goes over HTTP.
    """

    server: str | None = None
    server_variables: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[Location, Mapping[str, Value]] = field(default_factory=dict)
    media_type: str | None = None
    body: Value | Absent = ABSENT
    raw: str | None = None
    security: tuple[str, ...] | None = None
    brackets: Brackets = "index"
    form_objects: FormObjects = "json"
    sandbox: SandboxPlace | None = None

    @property
    def nesting(self) -> Nesting:
        """How nested values are written where the description leaves it open."""
        return Nesting(lists=self.brackets, objects=self.form_objects)

    def parameter(self, location: Location, name: str) -> Value | Absent:
        """Return a parameter's value, or `ABSENT`."""
        return self.parameters.get(location, {}).get(name, ABSENT)
