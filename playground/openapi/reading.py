"""One document while it is read: where it came from, what was found wrong, and how its values are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from playground.catalog.model import Example, ExternalDocs, Schema
from playground.openapi.anchors import Anchors
from playground.openapi.dialect import Schemas
from playground.openapi.keywords import scalar_text
from playground.openapi.limits import Limits
from playground.openapi.pointers import Where
from playground.openapi.problems import Problems, kind_of
from playground.openapi.references import References
from playground.origins import origin_of

T = TypeVar("T")
_OF_EXAMPLE = frozenset(("summary", "description", "value"))


class Reading:
    """The state of reading one document; every value is taken from it through here."""

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        source_url: str | None,
        limits: Limits,
        all_siblings: bool,
        refused: Mapping[str, str],
    ) -> None:
        self.document = document
        self.source_url = _without_user(source_url) if source_url and origin_of(source_url) else None
        self.limits = limits
        self.problems = Problems()
        self.references = References(document, self.problems, refused)
        self.schemas = Schemas(
            self.references, Anchors(document), self.problems, all_siblings=all_siblings, max_depth=limits.depth
        )
        self._shared: dict[tuple[str, str], Any] = {}
        self._once: dict[tuple[str, int], tuple[object, Any]] = {}

    def object_in(self, holder: Mapping[str, Any], key: str, where: Where) -> dict[str, Any]:
        """Return a member that should be an object; `{}` when it is absent, or is not one (a problem)."""
        return self._member(holder, key, where, dict)

    def list_in(self, holder: Mapping[str, Any], key: str, where: Where) -> list[Any]:
        """Return a member that should be a list; `[]` when it is absent, or is not one (a problem)."""
        return self._member(holder, key, where, list)

    def _member(self, holder: Mapping[str, Any], key: str, where: Where, kind: type[T]) -> T:
        value = holder.get(key)
        if isinstance(value, kind):
            return value
        if value is not None:
            wanted = "an object" if kind is dict else "a list"
            self.problems.error((where, key), f'"{key}" must be {wanted}, not {kind_of(value)}; it is left out.')
        return kind()

    def members(self, holder: Mapping[str, Any], key: str, where: Where) -> Iterator[tuple[str, Any, Where]]:
        """Yield name, value and place of everything in a member that should be an object.

        Names that begin with `x-` are among them: header names, media types and scheme names may, too.
        """
        inner: Where = (where, key)
        for name, value in self.object_in(holder, key, where).items():
            yield name, value, (inner, name)

    def follow(self, value: Any, where: Where, what: str) -> tuple[dict[str, Any], Where] | None:
        """Return an object after its references, or `None` with a problem reported."""
        if value.__class__ is dict and "$ref" not in value:
            return value, where
        return self.references.follow(value, where, what)

    def once(self, kind: str, value: object, read: Callable[[], T]) -> T:
        """Read an object of the document once, however many references lead to it."""
        key = (kind, id(value))
        if key not in self._once:
            # The object is kept as well: its id must not pass to another one.
            self._once[key] = (value, read())
        kept: T = self._once[key][1]
        return kept

    def shared(
        self, value: Any, where: Where, what: str, read: Callable[[dict[str, Any], Where], T | None]
    ) -> T | None:
        """Read an object; what references lead to is read once for the whole document.

        A description beside a reference stands in the place of the target's.
        """
        if not isinstance(value, dict) or "$ref" not in value:
            found = self.follow(value, where, what)
            return read(*found) if found else None
        link = value["$ref"]
        key = (what, link if isinstance(link, str) else "")
        if key in self._shared:
            result: T | None = self._shared[key]
        else:
            found = self.follow({"$ref": link}, where, what)
            result = read(*found) if found else None
            # What is broken is not kept: each place that needs it is told.
            if result is not None:
                self._shared[key] = result
        description = value.get("description")
        if isinstance(description, str) and is_dataclass(result) and hasattr(result, "description"):
            return replace(result, description=description)  # type: ignore[type-var]
        return result

    def schema_in(self, holder: Mapping[str, Any], where: Where, key: str = "schema") -> Schema:
        """Return the schema of a member, `True` when there is none."""
        schema = holder.get(key)
        if schema is None:
            return True
        return self.once("schema", schema, lambda: self.schemas.rewrite(schema, (where, key)))

    def examples(self, holder: Mapping[str, Any], where: Where) -> tuple[Example, ...]:
        """Return `examples` (named) and `example` (without a name)."""
        named = holder.get("examples")
        found: tuple[Example, ...] = ()
        if isinstance(named, dict):
            found = self.once("examples", named, lambda: self._named_examples(named, (where, "examples")))
        elif isinstance(named, list):
            found = self.once("examples", named, lambda: tuple(Example(name="", value=value) for value in named))
        if "example" in holder:
            return (*found, Example(name="", value=holder["example"]))
        return found or extended_examples(holder)

    def _named_examples(self, named: dict[str, Any], where: Where) -> tuple[Example, ...]:
        found: list[Example] = []
        for name, value in named.items():
            followed = self.follow(value, (where, name), "example")
            if followed is not None and "externalValue" in followed[0] and "value" not in followed[0]:
                self.problems.warn(followed[1], "An example's externalValue is not fetched; write its value here.")
            if followed is not None and (kept := _example(name, followed[0])) is not None:
                found.append(kept)
        return tuple(found)

    def external_docs(self, holder: Mapping[str, Any], where: Where) -> ExternalDocs | None:
        """Return the External Documentation Object, if its address is one a link may lead to."""
        docs = self.object_in(holder, "externalDocs", where)
        url = link_text(docs.get("url"))
        if docs and not url:
            self.problems.warn(
                ((where, "externalDocs"), "url"),
                "This address is not http or https; it is left out: write a web address.",
            )
        return ExternalDocs(url=url, description=text(docs.get("description"))) if url else None


def extended_examples(holder: Mapping[str, Any]) -> tuple[Example, ...]:
    """Return `x-examples` (named values, named Example Objects or a list) and `x-example` (without a name)."""
    given = holder.get("x-examples")
    found: list[Example] = []
    if isinstance(given, dict):
        for name, value in given.items():
            # One named by a media type is a value of it, whatever its members are called.
            wrapped = isinstance(value, dict) and "value" in value and value.keys() <= _OF_EXAMPLE and "/" not in name
            found.append((_example(name, value) if wrapped else None) or Example(name=name, value=value))
    elif isinstance(given, list):
        found += [Example(name="", value=value) for value in given]
    if "x-example" in holder:
        found.append(Example(name="", value=holder["x-example"]))
    return tuple(found)


def _example(name: str, value: dict[str, Any]) -> Example | None:
    summary = text(value.get("summary") or value.get("description"))
    for key in ("value", "dataValue", "serializedValue"):
        if key in value:
            return Example(name=name, value=value[key], summary=summary)
    # An externalValue is an address: nothing is fetched while a document is read.
    return None


def text(value: Any) -> str:
    """Return text as it is, a number or flag as text, anything else as empty text."""
    if value.__class__ is str:
        return str(value)
    return scalar_text(value) if isinstance(value, str | int | float) else ""


def flag(value: Any) -> bool:
    """Return a flag; older documents write it as text."""
    return value is True or value == "true"


def _without_user(url: str) -> str:
    # A password that fetched the document must not end up in the servers that are resolved against its address.
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def link_text(value: Any) -> str:
    """Return an address a link may lead to (http or https), else empty text."""
    url = text(value).strip()
    return url if origin_of(url) else ""
