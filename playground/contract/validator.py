"""What a schema does not allow in a value, as `jsonschema` says it (JSON Schema 2020-12), at a bounded cost.

Schemas are the catalogue's: the dialects of OpenAPI are translated already, and every reference is local. Descriptions
and answers come from strangers, so four things differ from the library: each comparison of a keyword with a value is
counted, and after so many the check stops; patterns and what else can take long for its size run in the table of
keywords; a circle of references asks nothing new; and what OpenAPI adds is read (`discriminator`, `nullable`, the
direction of `readOnly` and `writeOnly`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, reference_key
from playground.schema.keywords import CHECKS, KEYWORDS
from playground.schema.keywords.keyword import Violation
from playground.schema.keywords.logic import fits_several, only_demands
from playground.schema.keywords.objects import is_judged, patterned, undescribed_text
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import as_mapping, as_names, as_schema, as_schema_map, as_schemas, text_of
from playground.schema.regex import matches
from playground.schema.types import is_hidden
from playground.text.visible import reveal
from playground.text.wording import say

_SHARE = 64
"""Members of a keyword's value that count as one comparison more."""
_LONGEST_NAME = 200

Step: TypeAlias = "str | int"


class TooLongError(Exception):
    """A check takes more comparisons than it may."""


@dataclass(slots=True)
class Budget:
    """How many comparisons of one keyword with one value are left."""

    left: int

    def spend(self, limit: Any = None) -> None:
        """Count one comparison, and more for a long list. Raises `TooLongError`."""
        self.left -= 1 + (len(limit) // _SHARE if isinstance(limit, list | tuple | dict) else 0)
        if self.left < 0:
            raise TooLongError


class Into(str):
    """The step of a schema path that follows a reference: the key of the definition it leads to."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a value breaks: where in the value, the keyword and its value, the way to it in the schema, words.

    `certain` is false where the schema itself leaves open what it means.
    """

    at: tuple[Step, ...]
    keyword: str
    limit: Any
    path: tuple[Step, ...]
    words: str
    certain: bool = True


def breaches(value: Any, schema: Schema, definitions: Definitions, budget: Budget) -> Iterator[Breach]:
    """Yield what a schema does not allow in a value that was answered; of a choice, what its nearest branch misses.

    Raises `TooLongError` when nothing of the budget is left, or where value or schema are nested too deeply.
    """
    judge = _Judge(definitions, budget)
    try:
        for error in _validator()(_written(schema), _resolver=judge).iter_errors(value):
            yield from _told(error, judge, (), ())
    except RecursionError:
        raise TooLongError from None


def _written(schema: Schema) -> Schema:
    # The library leaves the way out of an error about `false`.
    return True if schema is True else dict(as_mapping(schema))


@dataclass(slots=True)
class _Judge:
    """What one check has in common; the library takes it for the resolver of its references."""

    definitions: Definitions
    budget: Budget
    followed: set[tuple[str, int]] = field(default_factory=set)
    _read: dict[int, tuple[Any, Any]] = field(default_factory=dict)

    def lookup(self, reference: str) -> SimpleNamespace:
        """Return the schema that a reference leads to, as the library reads it."""
        self.budget.spend()
        return SimpleNamespace(contents=self.target({"$ref": reference}), resolver=self)

    def in_subresource(self, _resource: object) -> _Judge:
        """Return what resolves references further in: all of them are read from here."""
        return self

    def target(self, schema: Mapping[str, Any]) -> Schema:
        """Return the schema that a `$ref` leads to; `True` where there is none."""
        key = reference_key(schema)
        return True if key is None else _written(as_schema(self.definitions.get(key, True)))

    def written(self, limit: Any, shape: str) -> Any:
        """Return the schemas that a keyword holds as the library reads them; those of a list's items are read once."""
        known = self._read.get(id(limit))
        if known is None:
            made: Any = (
                [_written(subschema) for subschema in as_schemas(limit)]
                if shape == "schemas"
                else {str(key): _written(subschema) for key, subschema in as_schema_map(limit).items()}
            )
            # What was read stays with what was made of it: else something else could have the same id.
            known = self._read[id(limit)] = (limit, made)
        return known[1]

    def is_sent_only(self, name: str, schema: Mapping[str, Any]) -> bool:
        """Say whether a property is described as one that no answer holds."""
        declared = as_mapping(schema.get("properties"))
        return is_hidden(flatten(as_schema(declared.get(name, True)), self.definitions), writing=False)


@dataclass(frozen=True, slots=True)
class _Level:
    """One value beside one schema, as a check of the table of keywords asks for it (`keyword.Level`)."""

    validator: Any
    schema: Mapping[str, Any]
    keyword: str

    def target(self, schema: Mapping[str, Any]) -> Schema:
        return _judge(self.validator).target(schema)

    def violations(self, value: Any, schema: Schema, *below: Step) -> Iterator[Violation]:
        for error in self.validator.descend(value, _written(schema)):
            yield Violation(_words(error, self.validator), str(error.validator), (*below, *error.path))

    def fits(self, value: Any, schema: Schema) -> bool:
        return next(self.validator.descend(value, _written(schema)), None) is None

    def is_hidden(self, name: str) -> bool:
        return _judge(self.validator).is_sent_only(name, self.schema)

    def violation(self, message: str, *below: Step) -> Violation:
        return Violation(message, self.keyword, below)


def _judge(validator: Any) -> _Judge:
    judge = validator._resolver  # noqa: SLF001 - given to it by `breaches`
    assert isinstance(judge, _Judge)  # noqa: S101
    return judge


@cache
def _validator() -> Any:
    """Return the library's class with our keywords; it is imported when the first answer is checked."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    known = Draft202012Validator.VALIDATORS
    own = {
        **{name: _from_table(name) for name in _BOUNDED},
        "$ref": _reference,
        "additionalProperties": _additional,
        "anyOf": _choice(known["anyOf"]),
        "discriminator": _discriminator,
        "items": _items,
        "oneOf": _choice(known["oneOf"]),
        "patternProperties": _patterns,
        "required": _required,
    }
    left_out = ("$dynamicRef", "dependencies")
    checks = {name: check for name, check in {**known, **own}.items() if name not in left_out}
    return extend(Draft202012Validator, {name: _counted(name, check) for name, check in checks.items()})


_BOUNDED = ("format", "multipleOf", "pattern", "unevaluatedItems", "unevaluatedProperties", "uniqueItems")
"""Keywords that the table checks: the library runs any pattern, compares each item with each, or divides floats."""

Check: TypeAlias = Callable[[Any, Any, Any, Any], Any]


def _counted(name: str, check: Check) -> Check:
    shape = KEYWORDS[name].shape if name in KEYWORDS else ""

    def run(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[Any]:
        judge = validator._resolver  # noqa: SLF001 - given to it by `breaches`
        judge.budget.spend(limit)
        if instance is None and schema.get("nullable") is True:
            return
        if shape in ("schemas", "named schemas"):
            limit = judge.written(limit, shape)
            if shape == "schemas" and not limit:
                return
        yield from check(validator, limit, instance, schema) or ()

    return run


def _error(words: str, *below: Step, keyword: str | None = None) -> Any:
    from jsonschema.exceptions import ValidationError

    error = ValidationError(words, path=below)
    if keyword is not None:
        error._set(validator=keyword)  # noqa: SLF001 - it has no other way
    return error


def _from_table(name: str) -> Check:
    constrained = KEYWORDS[name].constrains

    def check(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if constrained and type_of_value(instance) not in constrained:
            return
        for violation in CHECKS[name](instance, limit, _Level(validator, schema, name)):
            yield _error(violation.message, *violation.at)

    return check


def _reference(validator: Any, reference: Any, instance: Any, schema: Any) -> Iterator[Any]:
    judge = _judge(validator)
    key = reference_key({"$ref": reference})
    if key is None or key not in judge.definitions:
        return
    place = (key, id(instance))
    if place in judge.followed:
        return  # a way back to here asks nothing new
    judge.followed.add(place)
    try:
        yield from validator.descend(instance, judge.target(schema), schema_path=Into(key))
    finally:
        judge.followed.discard(place)


def _additional(validator: Any, additional: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, Mapping) or additional is True or not is_judged(schema):
        return
    declared = as_mapping(schema.get("properties"))
    for name, member in instance.items():
        if name in declared or patterned(name, schema):
            continue
        if additional is False:
            yield _error(undescribed_text(_name(name)), name)
        else:
            yield from validator.descend(member, as_schema(additional), path=name)


def _patterns(validator: Any, patterns: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, Mapping) or not is_judged(schema):
        return
    for pattern, inner in as_mapping(patterns).items():
        for name, member in instance.items():
            if matches(str(pattern), name):
                yield from validator.descend(member, as_schema(inner), path=name, schema_path=str(pattern))


def _name(name: str) -> str:
    """Return a member's name as a sentence shows it."""
    return reveal(name[:_LONGEST_NAME])


def _items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, list):
        return
    for number in range(len(as_schemas(schema.get("prefixItems"))), len(instance)):
        if items is False:
            yield _error(say("The description allows no item at this place."), number)
            return
        yield from validator.descend(instance[number], as_schema(items), path=number)


def _required(validator: Any, names: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, Mapping):
        return
    for name in as_names(names):
        if name not in instance and not _judge(validator).is_sent_only(name, schema):
            yield _error(say("%(key)s is missing.", key=_name(name)), name)


def _choice(library: Check) -> Check:
    def choose(validator: Any, branches: Any, instance: Any, schema: Any) -> Iterator[Any]:
        number = _named_branch(branches, instance, schema)
        if number is not None:
            yield from validator.descend(instance, branches[number], schema_path=number)
            return
        yield from library(validator, branches, instance, schema)

    return choose


def _named_branch(branches: Any, instance: Any, schema: Any) -> int | None:
    """Return the number of the branch that the discriminator's value names (OpenAPI 3.1, section 4.8.25)."""
    discriminator = as_mapping(schema.get("discriminator"))
    value = instance.get(text_of(discriminator, "propertyName")) if isinstance(instance, Mapping) else None
    if not isinstance(value, str):
        return None
    target = as_mapping(discriminator.get("mapping")).get(value)
    for number, branch in enumerate(branches):
        reference = as_mapping(branch).get("$ref")
        if reference is not None and (reference == target or (target is None and reference_key(branch) == value)):
            return number
    return None


def _discriminator(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """Check an object by the schema that names this one in its `allOf`, where the object says that it is one."""
    if not isinstance(instance, Mapping) or schema.keys() & {"oneOf", "anyOf"}:
        return
    from playground.schema.keywords.metadata import NAMES

    discriminator = as_mapping(limit)
    name = instance.get(text_of(discriminator, "propertyName"))
    targets = {**as_mapping(discriminator.get(NAMES)), **as_mapping(discriminator.get("mapping"))}
    target = targets.get(name) if isinstance(name, str) else None
    if isinstance(target, str):
        yield from validator.descend(instance, {"$ref": target})


def _told(error: Any, judge: _Judge, at: tuple[Step, ...], path: tuple[Step, ...]) -> Iterator[Breach]:
    """Yield what an error of the library says; of a choice that nothing fits, what the nearest branch says."""
    at, path = (*at, *error.path), (*path, *error.schema_path)
    if error.validator in ("anyOf", "oneOf"):
        branches = as_schemas(error.validator_value)
        if not error.context:
            several = not only_demands(branches)
            words = fits_several(2) if several else _words(error, None)
            yield Breach(at, str(error.validator), error.validator_value, path, words, certain=not several)
            return
        nearest = _nearest(error.context)
        if nearest and not only_demands(branches):
            for inner in nearest:
                yield from _told(inner, judge, at, path)
            return
    if error.validator == "not" and error.validator_value == {}:
        yield Breach(at, "false", False, path[:-1], _words(error, None))
        return
    yield Breach(at, str(error.validator), error.validator_value, path, _words(error, None))


def _nearest(errors: Any) -> list[Any]:
    """Return the errors of the nearest branch: of the value's kind, against no distinguishing value, with fewest."""
    branches: dict[Any, list[Any]] = {}
    for error in errors:
        branches.setdefault(error.schema_path[0], []).append(error)
    of_kind = [found for found in branches.values() if not any(_is_kind(error) for error in found)]
    return min(of_kind, key=lambda found: (sum(map(_tells_apart, found)), len(found)), default=[])


def _is_kind(error: Any) -> bool:
    return not error.path and error.validator in ("type", "const", "enum", "not")


def _tells_apart(error: Any) -> bool:
    return len(error.path) == 1 and error.validator in ("const", "enum")


def _words(error: Any, validator: Any) -> str:
    """Return the sentence that the table of keywords has for an error; our own are sentences already."""
    name = str(error.validator or "")
    if name in _OWN_WORDS or name not in CHECKS:
        return error.message if name in _OWN_WORDS else say("The description allows nothing here.")
    level = _Failed(validator, as_mapping(error.schema), name)
    violation = next(iter(CHECKS[name](error.instance, error.validator_value, level)), None)
    return violation.message if violation is not None else say("This is not what the description says.")


_OWN_WORDS = frozenset((*_BOUNDED, "additionalProperties", "items", "required"))


class _Failed(_Level):
    """A level whose check has failed, asked for its sentence only: whatever is below fits nothing."""

    def violations(self, value: Any, schema: Schema, *below: Step) -> Iterator[Violation]:
        yield self.violation(say("This is not what the description says."), *below)

    def fits(self, value: Any, schema: Schema) -> bool:
        return self.keyword == "not"
