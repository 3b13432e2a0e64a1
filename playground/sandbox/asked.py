"""A request as the sandbox works on it, and what the memory says in answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from playground.catalog.model import Entry
from playground.messages import HTTPRequest
from playground.sandbox.generate import Making
from playground.sandbox.judge import Objection, body_value
from playground.sandbox.negotiate import Preferences
from playground.sandbox.places import Place
from playground.sandbox.refusal import Cause
from playground.sandbox.routes import Route, Routes
from playground.sandbox.wire import Received
from playground.store.cache import RecentlyUsed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, read, with the place its path leads to.

    `path` is encoded and begins where the templates do, `base` is the address before it. `entry_of` gives another
    operation of the API by name. `visitor` is whose resources it is about. `made_up` are lists made up lately, which
    stay true as long as the `generation` of the API's description does.
    """

    entry: Entry
    request: HTTPRequest
    received: Received
    route: Route
    routes: Routes
    place: Place
    path: str
    base: str
    preferences: Preferences
    make: Making
    entry_of: Callable[[str], Entry]
    visitor: str = ""
    made_up: RecentlyUsed[Hashable, Any] = field(default_factory=lambda: RecentlyUsed(1))
    generation: str = ""

    @property
    def address(self) -> str:
        """The address that was asked for, without its query."""
        return self.base + self.path

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query's pairs as they were sent, decoded where that is needed to write them again."""
        return parse_qsl(self.request.url.partition("#")[0].partition("?")[2], keep_blank_values=True)[:100]

    @property
    def query(self) -> Mapping[str, Any]:
        """The query's values by the names of parameters."""
        return self.received.model.parameters.get("query", {})

    @cached_property
    def body(self) -> Any:
        """The body's value."""
        return body_value(self.received.model, self.received.media_type)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What the memory says in answer.

    `value` is the whole answer's JSON value where `has_value`; `content` bytes of `media_type` where a file is kept.
    `status` is 0 for the operation's first success. `refusal` is why the request is not carried out.
    """

    value: Any = None
    has_value: bool = False
    content: bytes | None = None
    media_type: str = ""
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    refusal: tuple[Cause, Objection] | None = None
    tag: str = ""
    total: int | None = None


def refused(cause: Cause, place: str, words: str) -> Outcome:
    """Return the outcome of a request that is not carried out."""
    return Outcome(refusal=(cause, Objection("body" if place.startswith("body") else "parameter", place, words)))
