"""Keywords that compare a value with whole schemas: `allOf`, `anyOf`, `oneOf`, `not`, `if`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from playground.catalog.model import Schema
from playground.schema.keywords.arrays import both
from playground.schema.keywords.keyword import NOT_MERGED, Keyword, Level, Maker, Violation, not_merged
from playground.schema.mapping import as_mapping, as_schema, as_schemas, names_of
from playground.text.wording import joined, say

ALSO = "x-playground-also"
"""Schemas that hold beside a flat one: what `allOf` says twice and one keyword cannot say at once."""
_DEMANDS = frozenset({"required", "not", "title", "description"})


def only_demands(branches: tuple[Schema, ...]) -> bool:
    """Say whether branches are no forms of their own: they only require or rule out what is described beside them."""
    return all(as_mapping(branch).keys() <= _DEMANDS for branch in branches)


def _check_all(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for schema in as_schemas(limit):
        yield from level.violations(value, schema)


def _joined_lists(first: Any, second: Any) -> list[Schema]:
    return [*as_schemas(first), *as_schemas(second)]


def _combine_choices(keyword: str) -> Callable[[Any, Any], Any]:
    """Return how two choices become one: each branch of one holds together with the other choice."""

    def combine(first: Any, second: Any) -> Any:
        outer, inner = as_schemas(first), as_schemas(second)
        if not outer or not inner:
            return second if inner else first
        if only_demands(outer) and only_demands(inner):
            return NOT_MERGED
        if only_demands(outer):
            outer, inner = inner, outer
        return [branch if _is_null(branch) else both(branch, {keyword: list(inner)}) for branch in outer]

    return combine


def _is_null(branch: Schema) -> bool:
    return as_mapping(branch).get("type") in ("null", ["null"])


def _check_any(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    branches = as_schemas(limit)
    if branches and not any(level.fits(value, branch) for branch in branches):
        yield level.violation(_fits_none(branches))


def _check_one(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    branches = as_schemas(limit)
    if not branches:
        return
    fitting = [branch for branch in branches if level.fits(value, branch)]
    if not fitting:
        yield level.violation(_fits_none(branches))
    elif len(fitting) > 1 and only_demands(branches):
        names = _demanded(tuple(fitting))
        yield level.violation(say("Only one of these is allowed at a time: %(names)s.", names=names))
    elif len(fitting) > 1:
        yield level.violation(fits_several(len(fitting)))


def _fits_none(branches: tuple[Schema, ...]) -> str:
    names = _demanded(branches) if only_demands(branches) else ""
    if names:
        return say("One of these is required: %(names)s.", names=names)
    return say("This fits none of the kinds the description offers.")


def fits_several(count: int) -> str:
    """Say that a value fits several branches of `oneOf`."""
    return say("This fits %(count)s of the kinds the description offers, and it asks for exactly one.", count=count)


def _demanded(branches: tuple[Schema, ...]) -> str:
    """Return what branches require, as text: `card / iban, holder`."""
    lists = (joined(", ", names_of(as_mapping(branch), "required")[:4]) for branch in branches[:6])
    return joined(" / ", filter(None, lists))


def _combine_not(first: Any, second: Any) -> Any:
    return first if first == second else {"anyOf": [first, second]}


def rules_out_everything(schema: Mapping[str, Any]) -> bool:
    """Say whether nothing fits a flat schema (`false`, `{"not": {}}`)."""
    negated = schema.get("not")
    return negated is True or negated == {}


def _check_not(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if rules_out_everything(level.schema):
        yield level.violation(say("The description allows nothing here."))
    elif isinstance(limit, Mapping) and level.fits(value, limit):
        yield level.violation(say("This is what the description rules out."))


def _check_if(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    keyword = "then" if level.fits(value, as_schema(limit)) else "else"
    if keyword in level.schema:
        yield from level.violations(value, as_schema(level.schema[keyword]))


def _with_condition(value: Any, maker: Maker) -> Any:
    """Make a sample that meets the condition it falls under, where the first one does not."""
    condition = {name: maker.schema[name] for name in ("if", "then", "else") if name in maker.schema}
    if maker.has_room and not maker.fits(value, condition):
        rest = {name: part for name, part in maker.schema.items() if name not in condition}
        for name in ("then", "else"):
            if name in condition:
                candidate = maker.make({"allOf": [rest, as_schema(condition[name])]})
                if maker.fits(candidate, condition):
                    return candidate
    return value


def _with_branch(value: Any, maker: Maker) -> Any:
    """Make a sample of an object meet one of several lists of required names, and of `oneOf` no second one."""
    if not isinstance(value, dict):
        return value
    for keyword in ("anyOf", "oneOf"):
        branches = as_schemas(maker.schema.get(keyword))
        if branches and only_demands(branches):
            value = next(_meeting(value, keyword, branches, maker), value)
    return value


def _meeting(value: dict[str, Any], keyword: str, branches: tuple[Schema, ...], maker: Maker) -> Iterator[Any]:
    whole = {keyword: branches}
    if maker.fits(value, whole):
        yield value
    declared = as_mapping(maker.schema.get("properties"))
    needed = set(names_of(maker.schema, "required"))
    demanded = {name for branch in branches for name in names_of(as_mapping(branch), "required")}
    for branch in islice(branches, 20):
        wanted = names_of(as_mapping(branch), "required")
        kept = {name: member for name, member in value.items() if name in needed or name not in demanded}
        missing = (name for name in wanted if name not in kept)
        added = {name: value.get(name) or maker.make(as_schema(declared.get(name, True))) for name in missing}
        # Declared properties stay in their order.
        names = [name for name in dict.fromkeys((*declared, *kept, *added)) if name in kept or name in added]
        candidate = {name: kept[name] if name in kept else added[name] for name in names}
        if maker.fits(candidate, whole):
            yield candidate


def _without_ruled_out(value: Any, maker: Maker) -> Any:
    """Drop the optional properties of an object that `not` rules out together; take another value for any other."""
    ruled_out = maker.schema.get("not")
    if not isinstance(ruled_out, Mapping) or not maker.fits(value, ruled_out):
        return value
    if not isinstance(value, dict):
        near = (value + 1, value - 1, value + 2, value + 10) if type(value) in (int, float) else ()
        return next((other for other in (*near, *_OTHERS) if maker.fits(other, maker.schema)), value)
    needed = set(names_of(maker.schema, "required"))
    for name in [name for name in value if name not in needed][:50]:
        candidate = {key: member for key, member in value.items() if key != name}
        if not maker.fits(candidate, ruled_out):
            return candidate
    return value


_OTHERS: tuple[Any, ...] = ("text", "a", "1", "abc def", 1, 1.5, True, False, {}, [], None)
"""Values that are tried where `not` rules a sample out."""
KEYWORDS = (
    Keyword(name="allOf", shape="schemas", combine=_joined_lists, check=_check_all, members=True),
    Keyword(name=ALSO, shape="dropped", combine=_joined_lists, check=_check_all),
    Keyword(name="anyOf", shape="schemas", combine=_combine_choices("anyOf"), check=_check_any, amend=_with_branch),
    Keyword(name="oneOf", shape="schemas", combine=_combine_choices("oneOf"), check=_check_one, amend=_with_branch),
    Keyword(name="not", shape="schema", combine=_combine_not, check=_check_not, amend=_without_ruled_out),
    Keyword(name="if", shape="schema", combine=not_merged, check=_check_if, amend=_with_condition),
    Keyword(name="then", shape="schema", belongs_to="if"),
    Keyword(name="else", shape="schema", belongs_to="if"),
)  # fmt: skip
