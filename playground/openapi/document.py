"""One document while it is read: its address, its problems, and readers of its members that report wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar

from playground.catalog.model import Example, ExternalDocs, Schema
from playground.openapi.heirs import Heirs
from playground.openapi.pointers import Where
from playground.openapi.problems import Limits, Problems, kind_of
from playground.openapi.references import Anchors, References
from playground.openapi.schemas import Schemas
from playground.openapi.values import link_text, text, without_user
from playground.origins import origin_of

T = TypeVar("T")
_EXAMPLES = frozenset(("examples", "example", "x-examples", "x-example"))
_OF_EXAMPLE = frozenset(("summary", "description", "value"))


class DocumentReader:
    """Reads the members of one document's objects, follows references, and collects problems."""

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        source_url: str | None,
        limits: Limits,
        all_siblings: bool,
        refused: Mapping[str, str],
        named: bool = True,
    ) -> None:
        self.document = document
        # A password that fetched the document must not get into the servers resolved against its address.
        self.source_url = without_user(source_url) if source_url and origin_of(source_url) else None
        self.limits = limits
        self.problems = Problems()
        self.references = References(document, self.problems, refused)
        self.schemas = Schemas(
            self.references,
            Anchors(document),
            Heirs(document),
            self.problems,
            all_siblings=all_siblings,
            max_depth=limits.depth,
            named=named,
        )
        self._shared: dict[tuple[str, str], Any] = {}
        self._once: dict[tuple[str, int], tuple[object, Any]] = {}

    def forget(self) -> None:
        """Let go of what was read: some of it knows this reader, and the document would stay with both."""
        self._once.clear()
        self._shared.clear()

    def object_in(self, holder: Mapping[str, Any], key: str, where: Where) -> dict[str, Any]:
        """Return a member that should be an object; `{}` when it is absent, or is anything else (a problem)."""
        return self._member(holder, key, where, dict)

    def list_in(self, holder: Mapping[str, Any], key: str, where: Where) -> list[Any]:
        """Return a member that should be a list; `[]` when it is absent, or is anything else (a problem)."""
        return self._member(holder, key, where, list)

    def _member(self, holder: Mapping[str, Any], key: str, where: Where, kind: type[T]) -> T:
        value = holder.get(key)
        if isinstance(value, kind):
            return value
        if value is not None:
            wanted = "an object" if kind is dict else "a list"
            self.problems.error(
                (where, key), f'"{key}" must be {wanted}, not {kind_of(value)}; it is left out: write {wanted}.'
            )
        return kind()

    def members(self, holder: Mapping[str, Any], key: str, where: Where) -> Iterator[tuple[str, Any, Where]]:
        """Yield name, value and place of everything in a member that should be an object.

        Names that begin with `x-` are among them: header names, media types and scheme names may, too.
        """
        if key not in holder:
            return
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
            # The object stays referenced: its id must not pass to another one.
            self._once[key] = (value, read())
        result: T = self._once[key][1]
        return result

    def shared(
        self, value: Any, where: Where, what: str, read: Callable[[dict[str, Any], Where], T | None]
    ) -> T | None:
        """Read an object; what references lead to is read once for the whole document.

        A description beside a reference replaces the target's.
        """
        if not isinstance(value, dict) or "$ref" not in value:
            followed = self.follow(value, where, what)
            return read(*followed) if followed else None
        link = value["$ref"]
        key = (what, link if isinstance(link, str) else "")
        if key in self._shared:
            result: T | None = self._shared[key]
        else:
            followed = self.follow({"$ref": link}, where, what)
            result = read(*followed) if followed else None
            # A broken one is read again, so that each place that needs it gets its problem.
            if result is not None:
                self._shared[key] = result
        description = value.get("description")
        if isinstance(description, str) and is_dataclass(result) and hasattr(result, "description"):
            return replace(result, description=description)  # type: ignore[type-var]
        return result

    def schema_in(self, holder: Mapping[str, Any], where: Where, key: str = "schema") -> Schema:
        """Return the schema of a member, `True` when there is none."""
        schema = holder.get(key)
        return True if schema is None else self.read_schema(schema, (where, key))

    def read_schema(self, schema: Any, where: Where) -> Schema:
        """Return the schema at a place, read once."""
        return self.once("schema", schema, lambda: self.schemas.rewrite(schema, where))

    def examples(self, holder: Mapping[str, Any], where: Where) -> tuple[Example, ...]:
        """Return `examples` (named) and `example` (without a name)."""
        if _EXAMPLES.isdisjoint(holder):
            return ()
        named = holder.get("examples")
        examples: tuple[Example, ...] = ()
        if isinstance(named, dict):
            examples = self.once("examples", named, lambda: self._named_examples(named, (where, "examples")))
        elif isinstance(named, list):
            examples = self.once("examples", named, lambda: tuple(Example(name="", value=value) for value in named))
        if "example" in holder:
            return (*examples, Example(name="", value=holder["example"]))
        return examples or extended_examples(holder)

    def _named_examples(self, named: dict[str, Any], where: Where) -> tuple[Example, ...]:
        examples: list[Example] = []
        for name, value in named.items():
            followed = self.follow(value, (where, name), "example")
            if followed is not None and "externalValue" in followed[0] and "value" not in followed[0]:
                self.problems.warn(followed[1], "An example's externalValue is not fetched; write its value here.")
            if followed is not None and (example := _example(name, followed[0])) is not None:
                examples.append(example)
        return tuple(examples)

    def external_docs(self, holder: Mapping[str, Any], where: Where) -> ExternalDocs | None:
        """Return the External Documentation Object if a link may lead to its address."""
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
    described = holder.get("x-examples")
    examples: list[Example] = []
    if isinstance(described, dict):
        for name, value in described.items():
            # An example named by a media type is a value of it, whatever its members are called.
            wrapped = isinstance(value, dict) and "value" in value and value.keys() <= _OF_EXAMPLE and "/" not in name
            examples.append((_example(name, value) if wrapped else None) or Example(name=name, value=value))
    elif isinstance(described, list):
        examples += [Example(name="", value=value) for value in described]
    if "x-example" in holder:
        examples.append(Example(name="", value=holder["x-example"]))
    return tuple(examples)


def _example(name: str, value: dict[str, Any]) -> Example | None:
    summary = text(value.get("summary") or value.get("description"))
    for key in ("value", "dataValue", "serializedValue"):
        if key in value:
            return Example(name=name, value=value[key], summary=summary)
    # An externalValue is an address: nothing is fetched while a document is read.
    return None
