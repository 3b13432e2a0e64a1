"""One object's circumstances, so that its members agree: one person, one place, one company, times in their order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from playground.values.draw import DIGITS, Draw
from playground.values.pools import (
    COLORS,
    COMPANIES,
    FIRST_NAMES,
    LAST_NAMES,
    PLACES,
    PRODUCTS,
    TITLES,
    WORDS,
    Place,
)

T = TypeVar("T")

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+|[^\W\d_]+")
_LONGEST_NAME = 120
_DOMAINS = ("example.com", "example.org", "example.net")
_PLURALS = {"people": "person", "children": "child", "addresses": "address", "statuses": "status", "data": "data",
            "series": "series", "media": "media", "aliases": "alias", "indices": "index", "news": "news"}  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """Split a name into lower-case words: `createdAt`, `created_at` and `Created-At` are `created`, `at`."""
    return tuple(word.lower() for word in _WORD.findall(name[:_LONGEST_NAME]))


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """Return what one of several is called: `customers` are each a `customer`."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@lru_cache(maxsize=4096)
def noun_of(name: str) -> str:
    """Return the noun of a definition's or a property's name: `nullable-simple-user` is a `user`."""
    words = words_of(name)
    return singular(words[-1]) if words else ""


def rule_by_words(rules: Mapping[str, T], words: Sequence[str]) -> T | None:
    """Return the rule for a name's last words, the most of them first, in the plural or the singular."""
    for size in range(min(len(words), 3), 0, -1):
        *before, last = words[-size:]
        rule = rules.get("_".join((*before, last))) or rules.get("_".join((*before, singular(last))))
        if rule is not None:
            return rule
    return None


class Scene:
    """What is true for one object. Everything is drawn when it is first asked for, and stays.

    `beside` are the names of its members, which say what its `name` is the name of.
    """

    __slots__ = ("_color", "_company", "_created", "_person", "_place", "_product", "_slug", "_title", "_updated",
                 "beside", "draw", "identity", "kind", "noun", "now", "outer")  # fmt: skip

    def __init__(self, draw: Draw, now: datetime, kind: str = "", outer: Scene | None = None) -> None:
        """Begin the scene of a thing; `kind` is what its definition, or the member that holds it, is called.

        `outer` is the scene of what the thing is a part of; `identity` is its own identifier, once there is one.
        """
        self.outer = outer
        self.identity: Any = None
        self.draw = draw
        self.now = now
        self.kind = kind
        self.noun = noun_of(kind)
        self.beside: Collection[str] = ()
        self._person: tuple[str, str] | None = None
        self._place: Place | None = None
        self._company = self._product = self._slug = self._title = ""
        self._color: tuple[str, str] | None = None
        self._created: datetime | None = None
        self._updated: datetime | None = None

    def part(self, kind: str) -> Scene:
        """Return the scene of a part of this thing, such as its address: the same person at the same place."""
        part = Scene(self.draw, self.now, kind, self)
        part._person, part._place, part._company = self.person, self.place, self.company
        part._created, part._updated = self.created, self.updated
        return part

    def refer(self, name: str) -> Any:
        """Return the identifier of the thing of this name that this one is a part of, or `None`."""
        scene, steps = self.outer, 0
        while scene is not None and steps < 12:
            if scene.identity is not None and scene.noun == name:
                return scene.identity
            scene, steps = scene.outer, steps + 1
        return None

    @property
    def person(self) -> tuple[str, str]:
        """First and last name."""
        if self._person is None:
            self._person = self.draw.pick(FIRST_NAMES), self.draw.pick(LAST_NAMES)
        return self._person

    @property
    def full_name(self) -> str:
        """First and last name in one text."""
        return " ".join(self.person)

    @property
    def login(self) -> str:
        """A user name that belongs to the person."""
        first, last = self.person
        return f"{first}{last}".lower()

    @property
    def email(self) -> str:
        """The person's address; nobody has it (RFC 2606)."""
        first, last = self.person
        return f"{first}.{last}@{_DOMAINS[0]}".lower()

    @property
    def place(self) -> Place:
        """Where it is."""
        if self._place is None:
            self._place = self.draw.pick(PLACES)
        return self._place

    @property
    def phone(self) -> str:
        """A telephone number of the place that nobody has (E.164)."""
        return "".join(self.draw.pick(DIGITS) if character == "#" else character for character in self.place.phone)

    @property
    def street(self) -> str:
        """Street and house number."""
        return f"{self.draw.between(2, 180)} {self.place.street}"

    @property
    def company(self) -> str:
        """A company."""
        if not self._company:
            self._company = self.draw.pick(COMPANIES)
        return self._company

    @property
    def product(self) -> str:
        """Something that can be bought."""
        if not self._product:
            self._product = self.draw.pick(PRODUCTS)
        return self._product

    @property
    def title(self) -> str:
        """What something written is about."""
        if not self._title:
            self._title = self.draw.pick(TITLES)
        return self._title

    @property
    def slug(self) -> str:
        """A name of small letters and hyphens."""
        if not self._slug:
            self._slug = f"{self.draw.pick(WORDS)}-{self.draw.pick(WORDS)}"
        return self._slug

    @property
    def color(self) -> tuple[str, str]:
        """A colour's name and its hexadecimal form."""
        if self._color is None:
            self._color = self.draw.pick(COLORS)
        return self._color

    @property
    def domain(self) -> str:
        """A host name that is nobody's."""
        return f"{self.slug}.{_DOMAINS[0]}"

    @property
    def created(self) -> datetime:
        """When it was made: this year, and in the past."""
        if self._created is None:
            begin = self.now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
            span = int((self.now - begin).total_seconds())
            self._created = begin + timedelta(seconds=self.draw.between(span // 2, max(span // 2, span * 9 // 10)))
        return self._created

    @property
    def updated(self) -> datetime:
        """When it was changed last: after it was made, and in the past."""
        if self._updated is None:
            span = max(int((self.now - self.created).total_seconds()), 0)
            self._updated = self.created + timedelta(seconds=self.draw.between(span // 4, span))
        return self._updated

    @property
    def due(self) -> datetime:
        """When something ends or is to be done: within the next three months."""
        return self.now + timedelta(seconds=self.draw.between(7 * 86_400, 90 * 86_400))
