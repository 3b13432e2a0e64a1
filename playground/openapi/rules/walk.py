"""A walk over a whole document that checks each object against its table and the rules of its kind.

Objects that nothing refers to are checked as well. Where the reading of the document (compile.py) has reported a place,
with what it made of it, the walk reports nothing more.
"""

from __future__ import annotations

import difflib
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where, pointer_text, tokens_of, where_of
from playground.openapi.problems import kind_of, quoted
from playground.openapi.references import BrokenReferenceError
from playground.openapi.rules.objects import Kind, ObjectType, families_with, objects_of
from playground.openapi.values import UnquotedNumber

Rule: TypeAlias = Callable[["Walk", dict[str, Any], Where], None]
"""Checks one object at a place and reports what breaks the specification."""

_URL_FAULT = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""A token of HTTP: the name of a header field or a method (RFC 9110 section 5.6.2)."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_BESIDE_REFERENCE = ("$ref", "summary", "description")


class Walk:
    """One walk over the document of `reader`; `family` is its version (`3.1`), `rules` are those of each object."""

    def __init__(self, reader: DocumentReader, family: str, rules: Mapping[str, tuple[Rule, ...]]) -> None:
        self.reader = reader
        self.family = family
        self.operation_ids = frozenset(_operation_ids(reader.document))
        self.security_schemes = _security_schemes(reader.document)
        self.seen_ids: set[str] = set()
        self._objects = objects_of(family)
        self._rules = rules
        self._seen: set[tuple[int, str]] = set()
        self._pending: deque[tuple[str, Any, Where]] = deque()
        self._read_schemas(Kind("object", object="OpenAPI"), reader.document, None)
        reader.schemas.finish()
        self._reported = {problem.pointer for problem in reader.problems.listed()}

    @property
    def document(self) -> Mapping[str, Any]:
        """The document that is checked."""
        return self.reader.document

    def run(self) -> None:
        """Check the document and everything that its references lead to."""
        self._check_object("OpenAPI", self.document, None)
        while self._pending:
            self._check_object(*self._pending.popleft())

    def warn(self, where: Where, message: str) -> None:
        """Report a broken rule, unless the reading has reported its place."""
        if pointer_text(where) not in self._reported:
            self.reader.problems.warn(where, message)

    def error(self, where: Where, message: str) -> None:
        """Report a broken rule that leaves something without effect, unless the reading has reported its place."""
        if pointer_text(where) not in self._reported:
            self.reader.problems.error(where, message)

    def require(self, value: Mapping[str, Any], field: str, where: Where, who: str) -> None:
        """Report a field that is missing, `This Info Object has no "title": add it.`, unless the reading has."""
        if value.get(field) is None and pointer_text((where, field)) not in self._reported:
            self.warn(where, f'{who} "{field}": add it.')

    def has_field(self, name: str, field: str) -> bool:
        """Tell whether an object has a field in this version."""
        return field in self._objects[name].fields

    def resolve(self, value: Any) -> dict[str, Any]:
        """Return an object after its references, `{}` where they lead to none; reports nothing."""
        for _ in range(20):
            if not isinstance(value, dict):
                return {}
            if not isinstance(value.get("$ref"), str):
                return value
            try:
                _, value = self.reader.references.find(value["$ref"])
            except BrokenReferenceError:
                return {}
        return {}

    def _check_object(self, name: str, value: Any, where: Where) -> None:
        if not isinstance(value, dict):
            self._wrong(value, where, "an object")
            return
        if (id(value), name) in self._seen:
            return
        self._seen.add((id(value), name))
        kind = self._objects[name]
        for field, member in value.items():
            if field in kind.fields:
                self._check(kind.fields[field], member, (where, field))
            elif kind.others is not None and not field.startswith("x-"):
                self._check(kind.others, member, (where, field))
            elif not field.startswith("x-"):
                self._unknown(kind, field, where)
        for field in kind.required:
            self.require(value, field, where, f"This {kind.title} has no")
        for rule in self._rules.get(name, ()):
            rule(self, value, where)

    def _check(self, kind: Kind, value: Any, where: Where) -> None:
        if kind.form == "object":
            self._check_member(kind, value, where)
        elif kind.form == "list":
            if not isinstance(value, list):
                self._wrong(value, where, "a list")
            elif kind.inner is not None:
                for index, member in enumerate(value):
                    self._check(kind.inner, member, (where, index))
        elif kind.form == "map":
            if not isinstance(value, dict):
                self._wrong(value, where, "an object")
            elif kind.inner is not None and kind.inner.form != "any":
                for name, member in value.items():
                    self._check(kind.inner, member, (where, name))
        elif kind.form == "flag":
            if not isinstance(value, bool):
                self._wrong(value, where, "true or false")
        elif kind.form != "any":
            self._check_text(kind, value, where)

    def _read_schemas(self, kind: Kind, value: Any, where: Where) -> None:
        """Read the schemas that nothing has reached, so that wrong keywords in them are reported."""
        if kind.object == "Schema":
            if value is not None:
                self.reader.read_schema(value, where)
        elif kind.form == "list" and kind.inner is not None and isinstance(value, list):
            for index, member in enumerate(value):
                self._read_schemas(kind.inner, member, (where, index))
        elif kind.form == "map" and kind.inner is not None and isinstance(value, dict):
            for name, member in value.items():
                self._read_schemas(kind.inner, member, (where, name))
        elif kind.form == "object" and isinstance(value, dict):
            fields, others = self._objects[kind.object].fields, self._objects[kind.object].others
            for field, member in value.items():
                inner = fields.get(field, others)
                if inner is not None and isinstance(member, dict | list):
                    self._read_schemas(inner, member, (where, field))

    def _check_member(self, kind: Kind, value: Any, where: Where) -> None:
        """Check an object in a field; what a Reference Object leads to is checked once, in its own place."""
        if kind.object == "Schema" and isinstance(value, bool):
            if self.family in ("2.0", "3.0") and (where is None or where[1] != "additionalProperties"):
                self.warn(
                    where, "A schema must be an object in this version, not true or false: write {} or {not: {}}."
                )
            return
        if isinstance(value, dict) and "$ref" in value and (kind.reference or kind.object == "Schema"):
            self._check_reference(kind.object, value, where)
            # JSON Schema takes keywords beside a reference (OpenAPI 3.1, section 4.8.24).
            if kind.object != "Schema" or self.family in ("2.0", "3.0") or len(value) == 1:
                return
        self._check_object(kind.object, value, where)

    def _check_reference(self, name: str, value: dict[str, Any], where: Where) -> None:
        link = value["$ref"]
        if not isinstance(link, str):
            self._wrong(link, (where, "$ref"), "text")
            return
        if name != "Schema" or self.family in ("2.0", "3.0"):
            self._check_beside(value, where)
        if name == "Schema" and self.family not in ("2.0", "3.0") and not link.startswith("#/"):
            return  # by name or address: read_schemas reports those that lead nowhere
        try:
            tokens, target = self.reader.references.find(link)
        except BrokenReferenceError as error:
            self.error(where if name != "Schema" else (where, "$ref"), f"{error} Nothing is read here.")
            return
        if isinstance(target, dict) and "$ref" not in target and (id(target), name) not in self._seen:
            self._pending.append((name, target, where_of(tokens)))

    def _check_beside(self, value: dict[str, Any], where: Where) -> None:
        """Check that nothing is written beside a reference that is ignored there (3.1 section 4.8.23)."""
        for field in value:
            if field not in _BESIDE_REFERENCE and not field.startswith("x-"):
                self.warn(
                    (where, field), f"{quoted(field)} is ignored beside a $ref: move it to the target, or remove it."
                )

    def _check_text(self, kind: Kind, value: Any, where: Where) -> None:
        if isinstance(value, UnquotedNumber):
            self.warn(where, f'{_named(where)} is written as a number: put it in quotes, "{value}".')
        elif isinstance(value, bool | int | float):
            self.warn(where, f"{_named(where)} must be text, not {kind_of(value)}: put it in quotes.")
        elif not isinstance(value, str):
            self._wrong(value, where, "text")
        elif kind.form == "choice" and value not in kind.choices:
            choices = ", ".join(kind.choices)
            allowed = f"one of {choices}" if len(kind.choices) > 1 else choices
            close = difflib.get_close_matches(value, kind.choices, 1)
            advice = f"did you mean {close[0]}?" if close else "correct it."
            self.warn(where, f"{_named(where)} is {quoted(value)}, but must be {allowed}: {advice}")
        elif kind.form == "url" and _URL_FAULT.search(value.strip()):
            self.warn(
                where, f"{_named(where)} is no address ({quoted(value)}): write a URL, or a path relative to one."
            )
        elif kind.form == "email" and not _EMAIL.fullmatch(value):
            self.warn(where, f"{_named(where)} is no e-mail address: write it as name@example.com.")

    def _wrong(self, value: Any, where: Where, wanted: str) -> None:
        remedy = "remove the key, or give it a value" if value is None else f"write {wanted} in its place"
        # What the reading has to leave out, it has reported as an error.
        self.warn(where, f"{_named(where)} must be {wanted}, not {kind_of(value)}: {remedy}.")

    def _unknown(self, kind: ObjectType, field: str, where: Where) -> None:
        elsewhere = [family for family in families_with(kind.name, field) if family != self.family]
        close = difflib.get_close_matches(field, kind.fields, 1, 0.75)
        if close:
            advice = f"did you mean {close[0]}?"
        elif elsewhere:
            advice = f"it is one of OpenAPI {' and '.join(elsewhere)}; this document is {self.family}."
        else:
            advice = "correct its name, or begin it with x-."
        self.warn((where, field), f"{quoted(field)} is not a field of the {kind.title}: {advice}")


def _named(where: Where) -> str:
    """Name a value by its key: `"title"`, `Item 2 of "tags"`."""
    tokens = tokens_of(where)
    if not tokens:
        return "The document"
    if isinstance(where, tuple) and isinstance(where[1], int):
        return f"Item {where[1] + 1} of {quoted(tokens[-2])}" if len(tokens) > 1 else f"Item {where[1] + 1}"
    return quoted(tokens[-1])


def _operation_ids(document: Mapping[str, Any]) -> Iterator[str]:
    for key in ("paths", "webhooks"):
        items = document.get(key)
        for item in items.values() if isinstance(items, dict) else ():
            for operation in item.values() if isinstance(item, dict) else ():
                if isinstance(operation, dict) and isinstance(operation.get("operationId"), str):
                    yield operation["operationId"]


def _security_schemes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    schemes = document.get("securityDefinitions", schemes)
    return schemes if isinstance(schemes, dict) else {}
