"""Schemas of every OpenAPI version read into one dialect: JSON Schema draft 2020-12 with local `$ref`s.

Each distinct reference target is rewritten once, into `definitions`; a document is never dereferenced. Keywords that
have the wrong shape are dropped, so that readers of the result need no checks of their own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from playground.catalog.model import Schema
from playground.openapi.extensions import shown_properties
from playground.openapi.heirs import SAYING, Heirs, schemas_meant
from playground.openapi.join_files import joined_name
from playground.openapi.keywords import COUNTS, TEXTS, TRANSLATORS, TYPES, drop_keyword, read_nullable
from playground.openapi.pointers import FILES, Where, escape_token, pointer_fragment, tokens_of, where_of
from playground.openapi.problems import Problems, kind_of, quoted
from playground.openapi.references import Anchors, BrokenReferenceError, References, Scope, bare_cycles
from playground.schema.keywords import KEYWORDS
from playground.schema.keywords.keyword import Shape
from playground.schema.keywords.metadata import NAMES, OWN

_BESIDE_REFERENCE = frozenset((
    "title", "summary", "description", "readOnly", "writeOnly", "nullable", "deprecated", "default", "example",
    "examples",
))  # fmt: skip
"""Keywords beside a `$ref` that are read even where the specification says to ignore them (2.0, 3.0)."""
_MOST_SCOPED = 2000
"""How many definitions may be read once more for the way that led to them: ways through n schemas can be 2^n."""
_TOO_MANY_MEANINGS = (
    f"The $dynamicRefs of this document mean more than {_MOST_SCOPED} different things; here the schema's own "
    "$dynamicAnchor is read: give fewer schemas the same one."
)
_MOST_NAMED = 100_000
"""Heirs that discriminators may have together; a chain of n would have n^2 / 2."""
_TOO_MANY_HEIRS = (
    f"The discriminators of this document have more than {_MOST_NAMED:,} kinds by name; this one is given none: "
    "list its kinds in oneOf."
)


class Schemas:
    """Rewrites the schemas of one document and gathers the definitions they reach."""

    def __init__(
        self,
        references: References,
        anchors: Anchors,
        heirs: Heirs,
        problems: Problems,
        *,
        all_siblings: bool,
        max_depth: int,
        named: bool = True,
    ) -> None:
        """`named` says that schemas may refer to each other by name; where it is known that none does, none is read."""
        self._references = references
        self._anchors = anchors
        self._family = heirs
        # The dialect of 3.0 and 2.0 has no such references: their documents are not looked through.
        self._dynamic = all_siblings and named and anchors.dynamic
        self._problems = problems
        self._all_siblings = all_siblings
        self._max_depth = max_depth
        self._nested = {
            name: self._BY_SHAPE[keyword.shape] for name, keyword in KEYWORDS.items() if keyword.shape in self._BY_SHAPE
        }
        self.uses_names = self._dynamic
        """Whether what a reference means depends on names anywhere in the document."""
        self._links: dict[str, dict[str, str] | str] = {}
        self._keys: dict[tuple[tuple[str, ...], Scope], str] = {}
        self._taken: set[str] = set()
        self._pending: deque[tuple[str, Any, Where, Scope]] = deque()
        self._definitions: dict[str, Schema] = {}
        self._base: Where = None
        self._scope: Scope = ()
        self._scoped = self._heirs_named = 0

    def rewrite(self, schema: Any, where: Where, scope: Scope = ()) -> Schema:
        """Return the schema at a place of the document; one that cannot be read becomes `True` with a problem."""
        self._base = where
        self._scope = self._anchors.entered(scope, where) if self._dynamic else ()
        return self._rewrite(schema, where, 0)

    def places(self) -> dict[str, tuple[str, ...]]:
        """Return the place in the document, as reference tokens, of each definition by key."""
        return {key: tokens for (tokens, _), key in self._keys.items()}

    def expect(self, places: Mapping[str, tuple[str, ...]], changed: Iterable[str]) -> None:
        """Take definitions for read that an earlier state of the document had, but for those that have changed.

        Raises `BrokenReferenceError` if the place of a changed one is gone.
        """
        for key, tokens in places.items():
            self._keys[tokens, ()] = key
            self._taken.add(key)
        for key in changed:
            found, target = self._references.find(pointer_fragment(places[key]))
            self._pending.append((key, target, where_of(found), ()))

    def finish(self) -> dict[str, Schema]:
        """Return every definition reached so far, by key."""
        while self._pending:
            key, schema, where, scope = self._pending.popleft()
            self._definitions[key] = self._with_kinds(self.rewrite(schema, where, scope), key, where)
        self._cut_bare_cycles()
        return self._definitions

    def _rewrite(self, schema: Any, where: Where, depth: int) -> Schema:
        if schema.__class__ is not dict:
            if schema is True or schema is False:
                return schema is True
            self._problems.error(
                where,
                f"This schema is {kind_of(schema)}, not an object; any value is allowed: "
                "write an object, true or false.",
            )
            return True
        if depth > self._max_depth:
            self._problems.error(where, f"Schemas are nested deeper than the limit of {self._max_depth} levels.")
            return True
        if self._dynamic and depth and "$id" in schema:
            around, self._scope = self._scope, self._anchors.entered(self._scope, where)
            inner = self._rewrite_object(schema, where, depth)
            self._scope = around
            return inner
        return self._rewrite_object(schema, where, depth)

    def _rewrite_object(self, schema: dict[str, Any], where: Where, depth: int) -> Schema:
        if "$ref" in schema or "$dynamicRef" in schema:
            return self._reference(schema, where, depth)
        # A copy is made for what has to change: most schemas stay as they are, and are the document's own.
        out = schema
        nested, translators, problems = self._nested, TRANSLATORS, self._problems
        for key, value in schema.items():
            kind = value.__class__
            if kind is str:
                if key in TEXTS or (key == "type" and value in TYPES):
                    continue
            elif kind is int and key in COUNTS and value >= 0:
                continue
            translate = translators.get(key)
            if translate is not None:
                if out is schema:
                    out = schema.copy()
                translate(problems, out, key, value, where)
            elif key in nested:
                if out is schema:
                    out = schema.copy()
                nested[key](self, out, key, value, where, depth)
        if "nullable" in out or "x-nullable" in out:
            if out is schema:
                out = schema.copy()
            read_nullable(out)
        return out

    def _one(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        out[key] = self._rewrite(value, (where, key), depth + 1)

    def _several(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        if not isinstance(value, list) or not value:
            drop_keyword(self._problems, out, key, value, where, "a list of schemas that is not empty")
            return
        inner = (where, key)
        out[key] = [self._rewrite(member, (inner, index), depth + 1) for index, member in enumerate(value)]

    def _named(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        if not isinstance(value, dict):
            drop_keyword(self._problems, out, key, value, where, "an object of schemas")
            return
        inner = (where, key)
        if key == "properties":
            value = shown_properties(value, out.get("required"))
        out[key] = {name: self._rewrite(member, (inner, name), depth + 1) for name, member in value.items()}

    def _items(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        if not isinstance(value, list):
            self._one(out, key, value, where, depth)
            return
        # Until draft 2019-09 a list of schemas stood in `items`, and what follows them in `additionalItems`.
        del out["items"]
        if value:
            self._several(out, "prefixItems", value, where, depth)
        if isinstance(rest := out.pop("additionalItems", None), dict | bool):
            self._one(out, "items", rest, where, depth)

    def _discriminator(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        if isinstance(value, str):
            value = {"propertyName": value}
        if not isinstance(value, dict) or not isinstance(value.get("propertyName"), str):
            drop_keyword(self._problems, out, key, value, where, "an object with propertyName")
            return
        out[key] = {name: member for name, member in value.items() if name not in ("mapping", NAMES, OWN)}
        if isinstance(value.get("mapping"), dict):
            out[key]["mapping"] = self._mapped(value["mapping"], ((where, key), "mapping"))
        if out.keys().isdisjoint(("oneOf", "anyOf")):
            # Which schemas name this one is a matter of the whole document.
            self.uses_names = True
            mapped = set(out[key].get("mapping", {}).values())
            links = {name: self.link(reference, where) for name, reference in self._heirs(where).items()}
            if heirs := {name: link["$ref"] for name, link in links.items() if link and link["$ref"] not in mapped}:
                out[key][NAMES] = heirs

    def _mapped(self, mapping: Mapping[str, Any], where: Where) -> dict[str, str]:
        texts = {name: target for name, target in mapping.items() if isinstance(target, str)}
        found = ((name, self.mapping_target(target, (where, name))) for name, target in texts.items())
        return {name: target for name, target in found if target is not None}

    def _with_kinds(self, schema: Schema, key: str, where: Where) -> Schema:
        """Return a definition that inherits a discriminator and has heirs with itself and those as its kinds."""
        if not isinstance(schema, dict) or not schema.keys().isdisjoint(("discriminator", "oneOf", "anyOf")):
            return schema
        found = self._family.between(tokens_of(where)) if schema.keys() & {"allOf", "$ref"} else None
        if found is None:
            return schema
        self.uses_names = True
        links = {name: self.link(reference, where) for name, reference in self._heirs(where).items()}
        kinds = {found.name: "#/$defs/" + escape_token(key)} | {
            name: link["$ref"] for name, link in links.items() if link
        }
        mapping = self._mapped(found.mapping, ((where_of(found.base), "discriminator"), "mapping"))
        of_here = {value: target for value, target in mapping.items() if target in kinds.values()}
        names = {name: target for name, target in kinds.items() if target not in of_here.values()}
        discriminator = {"propertyName": found.property_name, "mapping": of_here, NAMES: names, OWN: kinds[found.name]}
        return {**schema, "discriminator": {name: value for name, value in discriminator.items() if value}}

    def _heirs(self, where: Where) -> Mapping[str, str]:
        """Return the heirs of the schema at a place; heirs of heirs of heirs would be each one's own list of all.

        The members of a schema's `allOf` are that schema's own.
        """
        while where is not None and where[0] is not None and where[0][1] == "allOf":
            where = where[0][0]
        if self._heirs_named > _MOST_NAMED:
            self._problems.warn(where, _TOO_MANY_HEIRS)
            return {}
        heirs = self._family.of(tokens_of(where))
        self._heirs_named += len(heirs)
        return heirs

    def _dependencies(self, out: dict[str, Any], key: str, value: Any, where: Where, depth: int) -> None:
        # Until draft 2019-09 one keyword said both, what is required beside a property and what else has to hold.
        del out[key]
        members = value if isinstance(value, dict) else {}
        names = {name: member for name, member in members.items() if isinstance(member, list)}
        schemas = {name: member for name, member in members.items() if isinstance(member, dict | bool)}
        if names:
            out.setdefault("dependentRequired", names)
        if schemas and "dependentSchemas" not in out:
            self._named(out, "dependentSchemas", schemas, where, depth)

    _BY_SHAPE: ClassVar[dict[Shape, Any]] = {
        "schema": _one,
        "schemas": _several,
        "named schemas": _named,
        "items": _items,
        "discriminator": _discriminator,
        "dependencies": _dependencies,
    }

    def _reference(self, schema: dict[str, Any], where: Where, depth: int) -> Schema:
        link = self.link(schema["$ref"], where) if "$ref" in schema else self._dynamic_link(schema, where)
        if len(schema) == 1:
            return link if link is not None else {}
        beside = {
            key: value
            for key, value in schema.items()
            if key not in ("$ref", "$dynamicRef")
            and (self._all_siblings or key in _BESIDE_REFERENCE or key.startswith("x-"))
        }
        rest = self._rewrite(beside, where, depth + 1)
        if link is None or isinstance(rest, bool):
            return rest
        # A schema of its own that has another one as its base.
        if self._all_siblings and not SAYING.isdisjoint(rest):
            return {**rest, "allOf": [link, *rest.get("allOf", ())]}
        return {**link, **rest}

    def link(self, reference: Any, where: Where, key: str = "$ref") -> dict[str, str] | None:
        """Return `{"$ref": "#/$defs/<key>"}` for a reference's text, or `None` with a problem reported."""
        if not isinstance(reference, str):
            self._problems.error(
                (where, key), f"This {key} is {kind_of(reference)}, not text; it is ignored: write where it leads."
            )
            return None
        link = None if self._scope else self._links.get(reference)
        if link is None:
            link = self._located(reference)
            if not self._scope:
                self._links[reference] = link
        if isinstance(link, str):
            # What a name means inside its own schema says nothing about the next schema: not remembered.
            local = self._local(reference, where)
            if local is not None:
                self.uses_names = True
                return self._define(*local)
            self._references.broken = True
            self._problems.error((where, key), f"{link} Any value is allowed.")
            return None
        return link

    def _dynamic_link(self, schema: dict[str, Any], where: Where) -> dict[str, str] | None:
        """Return the local reference for `$dynamicRef`: what the schemas that lead here mean by it, or its own."""
        self.uses_names = True
        reference = schema["$dynamicRef"]
        name = self._anchors.dynamic_name(str(reference), where) if self._scope else None
        # Without an anchor of its own it means what a $ref does (JSON Schema 2020-12 core, section 8.2.3.2).
        target = dict(self._scope).get(name, reference) if name is not None else reference
        return self.link(target, where, "$dynamicRef")

    def _located(self, reference: str) -> dict[str, str] | str:
        """Return the local reference, or the sentence that says why there is none."""
        try:
            tokens, target = self._references.find(reference)
        except BrokenReferenceError as error:
            return str(error)
        if not isinstance(target, dict | bool):
            return f"The reference {quoted(reference)} points at {kind_of(target)}, not at a schema."
        return self._define(tokens, target)

    def _local(self, reference: str, where: Where) -> tuple[tuple[str, ...], Any] | None:
        """Return the target of a reference that depends on its place: an anchor, an `$id`, or `#/$defs/…`.

        Generators that embed a whole JSON Schema write the last, meant from the schema that holds the reference.
        """
        named = [self._anchors.pointer(reference, where)]
        if reference.startswith(("#/$defs/", "#/definitions/")):
            base = tokens_of(self._base)
            # A definition may lie in another one's schema: what holds that one is meant as well.
            holders = [base, *(base[:at] for at in range(len(base) - 1, 0, -1) if base[at] in ("$defs", "definitions"))]
            named = [*(pointer_fragment(holder) + reference[1:] for holder in holders), *named]
        for pointer in filter(None, named):
            try:
                tokens, target = self._references.find(pointer)
            except BrokenReferenceError:
                continue
            if isinstance(target, dict | bool):
                return tokens, target
        return None

    def _define(self, tokens: tuple[str, ...], target: Any) -> dict[str, str]:
        scope = self._scope if self._scope and self._anchors.is_open(tokens) else ()
        key = self._keys.get((tokens, scope))
        if key is None and scope:
            self._scoped += 1
            if self._scoped > _MOST_SCOPED:
                self._problems.warn(where_of(tokens), _TOO_MANY_MEANINGS)
                scope = ()
                key = self._keys.get((tokens, scope))
        if key is None:
            key = self._new_key(tokens)
            self._keys[tokens, scope] = key
            self._taken.add(key)
            self._pending.append((key, target, where_of(tokens), scope))
        return {"$ref": "#/$defs/" + escape_token(key)}

    def _new_key(self, tokens: tuple[str, ...]) -> str:
        if (len(tokens) == 3 and tokens[:2] == ("components", "schemas")) or (
            len(tokens) == 2 and tokens[0] == "definitions"
        ):
            key = tokens[-1]
        elif tokens[0] == FILES and len(tokens) > 1:
            key = joined_name(tokens)
        else:
            key = "/".join(escape_token(token) for token in tokens)
        free, number = key, 2
        while free in self._taken:
            free, number = f"{key}_{number}", number + 1
        return free

    def mapping_target(self, reference: str, where: Where) -> str | None:
        """Return the local reference a discriminator's mapping value means (a reference, or a schema's name)."""
        outside = f"The discriminator maps to {quoted(reference)}, which is not in this document:"
        for candidate, name in schemas_meant(reference):
            try:
                tokens, target = self._references.find(candidate)
            except BrokenReferenceError:
                continue
            if isinstance(target, dict | bool):
                if name:
                    self._problems.warn(where, f"{outside} the schema {quoted(name)} is read; write its name.")
                return self._define(tokens, target)["$ref"]
        self._references.broken = True
        self._problems.warn(where, f"{outside} correct the name, or add the schema.")
        return None

    def _cut_bare_cycles(self) -> None:
        """Replace definitions that are nothing but references in a circle."""
        tokens_of_key = {key: tokens for (tokens, _), key in self._keys.items()}
        for key in bare_cycles(self._definitions):
            self._definitions[key] = {}
            self._problems.error(
                where_of(tokens_of_key[key]),
                f"The schema {quoted(key)} refers to itself and nothing else; any value is allowed: say what it is.",
            )
