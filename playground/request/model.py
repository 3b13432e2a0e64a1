"""`RequestModel`: everything a visitor fills in for one request, and nothing secret.

It has no field for a credential, so a permalink, a history entry or a log of it cannot leak one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

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

    A file too large for memory is in `file`, and `content` is empty. Of one that is only shown (`RequestModel.shown`)
    the bytes are `left_out`, and `content` says how many there are.
    """

    filename: str
    content: bytes
    content_type: str = OCTETS
    file: FileOnDisk | None = None
    left_out: int = 0

    @property
    def data(self) -> bytes:
        """All bytes, from disk if need be; for callers that cannot take them piece by piece."""
        return self.content if self.file is None else self.file.read()

    @property
    def base64(self) -> str:
        """All bytes as base64 text, or the name of the file that it is of."""
        return f"base64 of {self.filename}" if self.left_out else b64encode(self.data).decode("ascii")

    @property
    def size(self) -> int:
        """How many bytes."""
        return self.left_out or (len(self.content) if self.file is None else self.file.size)


LONGEST_SHOWN: Final = 250_000
"""Characters of one text that code and previews show."""

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

    @property
    def files(self) -> tuple[FileValue, ...]:
        """Every file in the parameters and the body."""
        return tuple(leaf for leaf in self._leaves() if isinstance(leaf, FileValue))

    @property
    def shown(self) -> RequestModel:
        """The model as code and previews show it, which hold neither large files nor long texts, but say how large.

        Itself where there is none. What is shown of 32 MB would take 1.8 GB, and a core for a minute.
        """
        leaves = tuple(self._leaves())
        if not any(map(_is_large, leaves)):
            return self
        known: list[tuple[str, int]] = []

        def changed(leaf: Any) -> Any:
            if not _is_large(leaf):
                return leaf
            if isinstance(leaf, str):
                return f"({len(leaf):,} characters)"
            known.append((leaf.filename, leaf.size))
            # Another file of that name and size is another one.
            number = known.count(known[-1])
            said = f"({leaf.size:,} bytes of {leaf.filename}{f', {number}' if number > 1 else ''})"
            return replace(leaf, content=said.encode("utf-8", "replace"), file=None, left_out=leaf.size)

        parameters = {location: map_leaves(values, changed) for location, values in self.parameters.items()}
        return replace(self, parameters=parameters, body=map_leaves(self.body, changed), raw=changed(self.raw))

    def _leaves(self) -> Iterator[Any]:
        waiting: list[Any] = [self.raw, self.body, *self.parameters.values()]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                waiting.extend(value.values())
            elif isinstance(value, list | tuple):
                waiting.extend(value)
            else:
                yield value


def _is_large(leaf: object) -> bool:
    if isinstance(leaf, str):
        return len(leaf) > LONGEST_SHOWN
    return isinstance(leaf, FileValue) and leaf.file is not None


def map_files(value: Any, change: Callable[[FileValue], Any]) -> Any:
    """Return a JSON value with every `FileValue` in it replaced."""
    return map_leaves(value, lambda leaf: change(leaf) if isinstance(leaf, FileValue) else leaf)


def map_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a JSON value with everything in it replaced that is neither object nor array."""
    if isinstance(value, Mapping):
        return {name: map_leaves(part, change) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [map_leaves(part, change) for part in value]
    return change(value)
