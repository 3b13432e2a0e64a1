"""Lists as a description has them: filters, order and pages by its own parameters, and an envelope that agrees."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.model import Entry, Parameter
from playground.request.model import ABSENT, RequestModel
from playground.sandbox.searching import holds
from playground.schema.mapping import as_mapping, number_of
from playground.values.scene import word_set, words_of

LIMITS = word_set(
    "limit per_page page_size pagesize max_results maxresults max max_items max_keys count size first top "
    "take rows results_per_page items_per_page num_results page_limit maxkeys perpage record_count "
    "number_of_results max_page_size"
)
_AFTER = word_set(
    "starting_after after cursor page_token next_token continuation_token marker continue start_after "
    "start_cursor pagination_token bookmark next_cursor after_id since_id next_page_token startkey"
)
_BEFORE = word_set("ending_before before before_id end_cursor max_id")
OFFSETS = word_set("offset skip start start_index startindex from start_at startat page_offset")
PAGES = word_set("page page_number p page_no current_page page_num page_index pagenumber")
_SORTS = word_set("sort sort_by order_by orderby sortby sort_field sort_column sorting")
_ORDERS = word_set("order direction sort_order sort_dir sort_direction dir order_direction sortorder")
_SEARCHES = word_set("q query search search_text keyword term filter_text search_term")
_PREFIXES = word_set("prefix name_prefix starts_with")
_IGNORED = word_set("expand fields include select embed format pretty filter watch delimiter encoding_type list_type")
_ANY = frozenset(("all", "any", "*", ""))
_BOUNDS = {"gte": (1, True), "gt": (1, False), "lte": (-1, True), "lt": (-1, False)}
_FILTERS = (("filter",), ("filters",), ("where",), ("query",), ("criteria",), ("conditions",))
_USUAL, _MOST = 20, 1000
_MOST_ASKED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list: its items, how many there are of all, and how the next one and the one before are asked for.

    `after` and `before` are the query's pairs that ask for them, empty where there is none; `cursors` are the names of
    all parameters that say which page.
    """

    items: Sequence[Any]
    total: int
    limit: int
    number: int = 1
    offset: int = 0
    token: str = ""
    after: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    cursors: tuple[str, ...] = ()


def listed(entry: Entry, model: RequestModel, resources: Sequence[Any], key_of: Callable[[Any], str]) -> Page:
    """Return the page of resources that a request asks for by its described query parameters."""
    reader = _Query(entry, model)
    chosen = [resource for resource in resources if reader.keeps(resource)]
    reader.sort(chosen)
    return reader.page(chosen, key_of)


def filters(entry: Entry, model: RequestModel) -> dict[str, Any]:
    """Return the values that a request's filters ask for, by the name of what they filter by."""
    reader = _Query(entry, model)
    values = {name: reader.value(name) for name, role in reader.roles.items() if role == "filter"}
    return {name: value for name, value in values.items() if value is not ABSENT and not isinstance(value, Mapping)}


def plain_name(name: str) -> str:
    """Return a name's words joined with `_`, in small letters."""
    return "_".join(words_of(name))


@dataclass(frozen=True, slots=True)
class _Roles:
    """The query parameters of an operation, and what each is for; kept with its entry."""

    parameters: Mapping[str, Parameter]
    roles: Mapping[str, str]


def _roles(entry: Entry) -> _Roles:
    parameters = {parameter.name: parameter for parameter in entry.operation.parameters_in("query")}
    return _Roles(parameters, {name: _role(name, parameter) for name, parameter in parameters.items()})


class _Query:
    """A list operation's query parameters by what they are for."""

    def __init__(self, entry: Entry, model: RequestModel) -> None:
        known = entry.cache.get(_Roles, lambda: _roles(entry))
        self.parameters, self.roles = known.parameters, known.roles
        self.values: Mapping[str, Any] = model.parameters.get("query", {})
        if isinstance(model.body, Mapping) and entry.operation.method.upper() != "GET":
            sent, filtered = _asked_in(model.body)
            more = {name: Parameter(name=name, location="query") for name in sent if name not in self.parameters}
            self.parameters = {**self.parameters, **more}
            roles = {name: "filter" if name in filtered else _role(name, parameter) for name, parameter in more.items()}
            self.roles = {**self.roles, **roles}
            self.values = {**sent, **self.values}

    def value(self, name: str) -> Any:
        return self.values.get(name, ABSENT)

    def named(self, role: str) -> Parameter | None:
        return next((self.parameters[name] for name, own in self.roles.items() if own == role), None)

    def given(self, role: str) -> Any:
        parameter = self.named(role)
        return ABSENT if parameter is None else self.value(parameter.name)

    def keeps(self, resource: Any) -> bool:
        """Say whether a resource is one of those that the filters ask for."""
        if not isinstance(resource, Mapping):
            return True
        for name, parameter in self.parameters.items():
            role, value = self.roles[name], self.value(name)
            if role == "filter":
                if value is ABSENT:
                    value = as_mapping(parameter.schema).get("default", ABSENT)
                if value is not ABSENT and not (_agrees(resource, name, value) and _is_within(resource, name, value)):
                    return False
            elif role in _TEXTS and isinstance(value, str) and value and not _TEXTS[role](resource, value):
                return False
        return True

    def sort(self, resources: list[Any]) -> None:
        """Put the resources in the order that is asked for."""
        by = self.given("sort")
        if not isinstance(by, str) or not by:
            return
        direction = self.given("order")
        down = by.startswith("-") or (isinstance(direction, str) and direction.lower().startswith("desc"))
        wanted, _, word = by.lstrip("+-").replace(":", " ").partition(" ")
        down = down or word.strip().lower() == "desc"
        names = {wanted, f"{wanted}_at", f"{wanted}At"}
        resources.sort(key=lambda resource: _sortable(_member(resource, names)), reverse=down)

    def page(self, resources: list[Any], key_of: Callable[[Any], str]) -> Page:
        """Return one page: by a cursor, an offset or a page's number, whatever the description has."""
        limit = self._limit()
        start, number = 0, 1
        after, before, offset, page = (self.given(role) for role in ("after", "before", "offset", "page"))
        keys = [key_of(resource) for resource in resources]
        if after is not ABSENT and str(after):
            text = str(after)
            found = _from_token(text)
            start = found if found is not None else keys.index(text) + 1 if text in keys else _later(keys, text)
        elif before is not ABSENT and str(before) in keys:
            end = keys.index(str(before))
            start = max(end - limit, 0)
            limit_here = end - start
            return self._made(resources, start, limit_here, limit, 1, keys)
        elif isinstance(offset, int | float):
            first = int(number_of(as_mapping(_schema(self.named("offset"))), "minimum") or 0)
            start = max(int(offset) - (first if first == 1 else 0), 0)
        elif isinstance(page, int | float):
            first = 0 if _counts_from_zero(self.named("page")) else 1
            number = max(int(page), first)
            start = (number - first) * limit
        return self._made(resources, start, limit, limit, number, keys)

    def _made(self, resources: list[Any], start: int, count: int, limit: int, number: int, keys: list[str]) -> Page:
        items = resources[start : start + count]
        end = start + len(items)
        after: dict[str, str] = {}
        before: dict[str, str] = {}
        token = ""
        if end < len(resources):
            token = _token(end)
            if (parameter := self.named("page")) is not None:
                after = {parameter.name: str(number + 1)}
            elif (parameter := self.named("offset")) is not None:
                after = {parameter.name: str(end)}
            elif (parameter := self.named("after")) is not None:
                after = {parameter.name: keys[end - 1] if self._takes_keys(parameter) and end else token}
        if start > 0 and (parameter := self.named("page")) is not None:
            before = {parameter.name: str(number - 1)}
        elif start > 0 and (parameter := self.named("offset")) is not None:
            before = {parameter.name: str(max(start - limit, 0))}
        elif start > 0 and (parameter := self.named("before")) is not None and start < len(keys):
            before = {parameter.name: keys[start]}
        roles = ("after", "before", "offset", "page")
        return Page(
            items=items, total=len(resources), limit=limit, number=number, offset=start, token=token, after=after,
            before=before, cursors=tuple(name for name, role in self.roles.items() if role in roles),
        )  # fmt: skip

    def _takes_keys(self, parameter: Parameter) -> bool:
        plain = plain_name(parameter.name)
        return plain.startswith(("starting_after", "start_after", "after_id", "since_id", "marker", "startkey"))

    def _limit(self) -> int:
        parameter = self.named("limit")
        value = self.given("limit")
        schema = as_mapping(_schema(parameter))
        if value is ABSENT:
            value = schema.get("default", _USUAL)
        most = number_of(schema, "maximum")
        limit = int(value) if isinstance(value, int | float) and not isinstance(value, bool) else _USUAL
        return max(1, min(limit, int(most) if most is not None and most >= 1 else _MOST, _MOST))


def _asked_in(body: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return what a search asks for in its body, by names as a query would have them, and which of them only filter."""
    asked: dict[str, Any] = {}
    filtered: set[str] = set()
    for name, value in list(body.items())[:_MOST_ASKED]:
        words = words_of(name)
        if isinstance(value, Mapping) and words[-1:] in _FILTERS:
            inner = dict(list(value.items())[:_MOST_ASKED])
            asked |= inner
            filtered |= inner.keys()
        elif words[-1:] == ("ids",) and isinstance(value, list):
            asked["_".join((*words[:-1], "id"))] = value
        else:
            asked[name] = value
    return asked, filtered


def _role(name: str, parameter: Parameter) -> str:
    plain = plain_name(name)
    roles = (
        ("limit", LIMITS), ("after", _AFTER), ("before", _BEFORE), ("offset", OFFSETS), ("page", PAGES),
        ("sort", _SORTS), ("order", _ORDERS), ("search", _SEARCHES), ("prefix", _PREFIXES), ("ignored", _IGNORED),
    )  # fmt: skip
    short = plain.removeprefix("odata_")
    role = next((role for role, names in roles if plain in names or short in names), "filter")
    # "before" and "after" a date are no cursors.
    about = f"{as_mapping(parameter.schema).get('format', '')} {parameter.description[:200]}".lower()
    if role in ("after", "before", "offset") and re.search(r"\bdates?\b|\btime|8601", about):
        return "ignored"
    return role


def _schema(parameter: Parameter | None) -> Any:
    return {} if parameter is None else parameter.schema


def _counts_from_zero(parameter: Parameter | None) -> bool:
    schema = as_mapping(_schema(parameter))
    return schema.get("default") == 0 or schema.get("minimum") == 0


def _token(position: int) -> str:
    return base64.urlsafe_b64encode(f"from:{position}".encode()).decode("ascii").rstrip("=")


def _from_token(text: str) -> int | None:
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    found = re.fullmatch("from:([0-9]{1,9})", plain)
    return int(found[1]) if found is not None else None


def _later(keys: list[str], text: str) -> int:
    """Return where keys come after a text that is none of them; nowhere if they have no such order."""
    if keys != sorted(keys):
        return len(keys)
    return sum(key <= text for key in keys)


def _member(resource: Any, names: set[str]) -> Any:
    """Return the member of one of the names, also of `filter[name]`, and below `attributes` as JSON:API has it."""
    if not isinstance(resource, Mapping):
        return None
    names = {_INSIDE.sub(r"\1", name) for name in names}
    plain = {plain_name(name) for name in names}
    for part in (resource, resource.get("attributes")):
        for name, value in part.items() if isinstance(part, Mapping) else ():
            if name in names or plain_name(name) in plain:
                return value
    return None


_INSIDE = re.compile(r"^(?:filters?|where)\[([^\[\]]+)\]$")


def _sortable(value: Any) -> tuple[int, float, str]:
    if isinstance(value, bool | int | float):
        return (1, float(value), "")
    return (2, 0.0, value.lower()) if isinstance(value, str) else (0, 0.0, "")


def _agrees(resource: Mapping[str, Any], name: str, value: Any) -> bool:
    """Say whether a resource has a value, or none that could be compared."""
    member = _member(resource, {name})
    if isinstance(value, Mapping):
        bounds = [(key, bound) for key, bound in value.items() if key in _BOUNDS]
        if bounds and isinstance(member, int | float):
            return all(_within(member, key, bound) for key, bound in bounds)
        if isinstance(member, Mapping):
            return all(_agrees(member, key, inner) for key, inner in value.items())
        return True
    if member is None:
        return name not in resource or value in (None, "")
    wanted = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    wanted = [piece for text in wanted for piece in (text.split(",") if isinstance(member, list) else [text])]
    if any(text.lower() in _ANY for text in wanted):
        return True
    if isinstance(member, list):
        names = {str(text) for item in member for text in _texts(item)}
        return all(text in names for text in wanted)
    if isinstance(member, Mapping):
        texts = set(_texts(member))
        return not texts or any(text in texts for text in wanted)
    shown = {True: "true", False: "false"}.get(member, str(member)) if isinstance(member, bool) else str(member)
    return any(text.lower() == shown.lower() for text in wanted)


_LEAST = word_set("min minimum gte gt from since after start")
_GREATEST = word_set("max maximum lte lt to until before end")


def _is_within(resource: Mapping[str, Any], name: str, value: Any) -> bool:
    """Say whether a resource is within a bound that a filter's name speaks of: `min_total`, `created_before`."""
    words = words_of(name)
    if len(words) < 2 or isinstance(value, list | Mapping):
        return True
    for at, rest in ((0, words[1:]), (-1, words[:-1])):
        sign = 1 if words[at] in _LEAST else -1 if words[at] in _GREATEST else 0
        plain = "_".join(rest)
        member = _member(resource, {plain, f"{plain}_at", f"{plain}_date", f"{plain}_on"}) if sign else None
        if isinstance(member, str) and isinstance(value, str) and _DATED.match(member) and _DATED.match(value):
            return (member[: len(value)] >= value) if sign > 0 else (member[: len(value)] <= value)
        if isinstance(member, int | float) and not isinstance(member, bool):
            return _within(member, "gte" if sign > 0 else "lte", value)
    return True


_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [str(value[name]) for name in ("id", "name", "login", "key", "slug", "email") if name in value]
    return [str(value)]


def _within(member: float, key: str, bound: Any) -> bool:
    try:
        limit = float(bound)
    except (TypeError, ValueError):
        return True
    sign, equal = _BOUNDS[key]
    return sign * member > sign * limit or (equal and member == limit)


def _begins(resource: Mapping[str, Any], text: str) -> bool:
    names = [
        value
        for name, value in resource.items()
        if plain_name(name) in ("key", "name", "path") and isinstance(value, str)
    ]
    return not names or names[0].startswith(text)


_TEXTS = {"search": holds, "prefix": _begins}
