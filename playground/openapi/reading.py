"""One document while it is read: where it came from, what was found wrong, and how its values are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playground.catalog.model import Example, ExternalDocs, Schema
from playground.openapi.dialect import Schemas
from playground.openapi.keywords import scalar_text
from playground.openapi.limits import Limits
from playground.openapi.pointers import Where
from playground.openapi.problems import Problems, kind_of
from playground.openapi.references import References

T = TypeVar("T")


class Reading:
    """The state of reading one document; every value is taken from it through here."""

    def __init__(
        self, document: Mapping[str, Any], *, source_url: str | None, limits: Limits, all_siblings: bool
    ) -> None:
        self.document = document
        self.source_url = source_url if source_url and origin_of(source_url) else None
        self.limits = limits
        self.problems = Problems()
        self.references = References(document, self.problems)
        self.schemas = Schemas(self.references, self.problems, all_siblings=all_siblings, max_depth=limits.depth)
        self._shared: dict[tuple[str, str], Any] = {}

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

    def shared(
        self, value: Any, where: Where, what: str, read: Callable[[dict[str, Any], Where], T | None]
    ) -> T | None:
        """Read an object; what a bare reference leads to is read once for the whole document."""
        bare = isinstance(value, dict) and len(value) == 1 and isinstance(value.get("$ref"), str)
        key = (what, value["$ref"]) if bare else None
        if key is not None and key in self._shared:
            kept: T | None = self._shared[key]
            return kept
        found = self.follow(value, where, what)
        result = read(*found) if found else None
        # What is broken is not kept: each place that needs it is told.
        if key is not None and result is not None:
            self._shared[key] = result
        return result

    def schema_in(self, holder: Mapping[str, Any], where: Where, key: str = "schema") -> Schema:
        """Return the schema of a member, `True` when there is none."""
        return self.schemas.rewrite(holder[key], (where, key)) if holder.get(key) is not None else True

    def examples(self, holder: Mapping[str, Any], where: Where) -> tuple[Example, ...]:
        """Return `examples` (named) and `example` (without a name)."""
        found: list[Example] = []
        named = holder.get("examples")
        if isinstance(named, dict):
            for name, value in named.items():
                followed = self.follow(value, ((where, "examples"), name), "example")
                if followed is not None and (kept := _example(name, followed[0])) is not None:
                    found.append(kept)
        elif isinstance(named, list):
            found.extend(Example(name="", value=value) for value in named)
        if "example" in holder:
            found.append(Example(name="", value=holder["example"]))
        return tuple(found)

    def external_docs(self, holder: Mapping[str, Any], where: Where) -> ExternalDocs | None:
        """Return the External Documentation Object, if its address is one a link may lead to."""
        docs = self.object_in(holder, "externalDocs", where)
        url = link_text(docs.get("url"))
        if docs and not url:
            self.problems.warn(((where, "externalDocs"), "url"), "This address is not http or https; it is left out.")
        return ExternalDocs(url=url, description=text(docs.get("description"))) if url else None


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


def origin_of(url: str) -> str:
    """Return `scheme://host[:port]` of an http or https address, empty for anything else."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() in ("http", "https") and parts.hostname and "{" not in parts.netloc:
            # Without the user and password that an address may carry.
            return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2]}"
    except ValueError:
        pass
    return ""


def link_text(value: Any) -> str:
    """Return an address a link may lead to (http or https), else empty text."""
    url = text(value).strip()
    return url if origin_of(url) else ""
