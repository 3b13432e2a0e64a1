"""What one keyword of JSON Schema is: its shape, what it implies, how two of it merge, how it is checked and worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal, Protocol, TypeAlias

from playground.catalog.model import Schema

Shape: TypeAlias = Literal[
    "schema", "schemas", "named schemas", "items", "discriminator", "type", "text", "media type", "flag", "nullable",
    "number", "exclusive bound", "count", "names", "dependencies", "enum", "examples", "value", "dropped",
]  # fmt: skip
"""What a keyword's value has to be, as `openapi` reads it; a `dropped` one says nothing once references are local."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing in a value that its schema does not allow.

    `at` are the property names and positions that lead from the value to it; `keyword` is the one that is broken there.
    """

    message: str
    keyword: str
    at: tuple[str | int, ...] = ()


class Level(Protocol):
    """One value beside one schema: what the check of a keyword asks of the keywords beside its own and below."""

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema that holds the keyword."""

    def target(self, schema: Mapping[str, Any]) -> Schema:
        """Return the schema that a `$ref` leads to; `True` where there is none."""

    def violations(self, value: Any, schema: Schema, *below: str | int) -> Iterator[Violation]:
        """Yield what a schema does not allow in a value; `below` leads to it from this level's value."""

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether a schema allows a value."""

    def is_hidden(self, name: str) -> bool:
        """Say whether a property plays no part in the direction the value goes (`readOnly`, `writeOnly`)."""

    def violation(self, message: str, *below: str | int) -> Violation:
        """Return a violation of the keyword that is being checked."""


class Maker(Protocol):
    """One sample in the making: what a keyword may ask of the schema around it when it mends the sample."""

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema that holds the keyword, flat."""

    @property
    def has_room(self) -> bool:
        """Whether more members may be added to the sample."""

    @property
    def is_exhausted(self) -> bool:
        """Whether the sample is so large that not even required members are added."""

    @property
    def required_only(self) -> bool:
        """Whether optional members are left out."""

    def flat(self, schema: Schema) -> Mapping[str, Any]:
        """Return a schema with references followed and `allOf` merged."""

    def make(self, schema: Schema) -> Any:
        """Return a sample of a schema one level deeper."""

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether a schema allows a value."""

    def is_hidden(self, name: str) -> bool:
        """Say whether a property plays no part in the direction the sample goes."""


class NotMerged(Enum):
    """The answer of a `combine` that cannot write two values as one: both schemas have to be kept side by side."""

    NOT_MERGED = "not merged"


NOT_MERGED: Final = NotMerged.NOT_MERGED

Combine: TypeAlias = Callable[[Any, Any], Any]
Check: TypeAlias = Callable[[Any, Any, Level], Iterator[Violation]]
Words: TypeAlias = Callable[[Mapping[str, Any]], str]
Amend: TypeAlias = Callable[[Any, Maker], Any]


def second(_: Any, value: Any) -> Any:
    """Let an annotation of the second schema win: it is the more specific one."""
    return value


def not_merged(first: Any, value: Any) -> Any:
    """Keep both: one value cannot say what two say."""
    return NOT_MERGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """One keyword of JSON Schema 2020-12 or of OpenAPI's dialects.

    `constrains` are the types of value it says something about, empty for all; `implies` is the type of a schema that
    names none. `combine` merges the values of two schemas that both hold (`allOf`); `belongs_to` names the keyword it
    means nothing without, which it goes with. `check` yields what it does not allow; `members` says that it looks
    into an object's or array's members or picks among schemas, each of which a form draws and checks by itself.
    `words` says a limit in words and `amend` makes a sample obey, each for a group of keywords that share it.
    `alone` says something without other schemas, so an export repeats it. `not_in_forms` is why a form has nothing to
    show of it.
    """

    name: str
    shape: Shape
    constrains: tuple[str, ...] = ()
    implies: str = ""
    combine: Combine = second
    belongs_to: str = ""
    check: Check | None = None
    members: bool = False
    words: Words | None = None
    amend: Amend | None = None
    alone: bool = False
    not_in_forms: str = ""
