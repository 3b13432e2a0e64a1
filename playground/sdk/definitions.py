"""The named types of a package: the definitions its operations reach, each once, and once more where input differs.

TypeScript refuses an alias that is made of itself (`type A = B & …; type B = A | …`); members and items may lead back,
for they are read only when needed. So references directly in a type are followed as a graph, and one on a
cycle is left out: a choice that leads back to its own base first, then whatever is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import reference_key, references_in
from playground.schema.mapping import as_mapping, schema_list, text_of
from playground.sdk.types import Identifiers, Mode, Naming, comment, write_type

SCHEMAS, INPUTS = "schemas", "inputs"
"""The modules of named types: of responses, and of requests."""


class NamedTypes:
    """Names definitions as they are referred to, and writes them when all are known."""

    def __init__(self, definitions: Definitions) -> None:
        self._source = definitions
        self._identifiers = Identifiers(("FileArgument",))
        self._names: dict[str, str] = {}
        self._wanted: dict[Mode, dict[str, None]] = {"input": {}, "output": {}}

    def naming(self, mode: Mode) -> Naming:
        """Return how operations' own types are written: names are in the modules `schemas` and `inputs`."""
        modules = {"input": INPUTS, "output": SCHEMAS}
        return Naming(
            definitions=self._source, name=lambda key, way: f"{modules[way]}.{self._name(key, way)}", mode=mode
        )

    def write(self) -> dict[Mode, str]:
        """Return the declarations of everything referred to so far, for either module."""
        loaded = self._load()
        differing = _differing(loaded)
        barred = _barred(loaded)
        written: dict[Mode, list[str]] = {"output": [], "input": []}
        for mode in ("input", "output"):
            done: set[str] = set()
            while waiting := [key for key in self._wanted[mode] if key not in done]:
                for key in waiting:
                    done.add(key)
                    written[mode].append(self._declare(key, mode, loaded, barred, differing))
        return {mode: "".join(texts) for mode, texts in written.items()}

    def _declare(
        self,
        key: str,
        mode: Mode,
        loaded: Mapping[str, Schema],
        barred: Mapping[tuple[str, str], str],
        differing: frozenset[str],
    ) -> str:
        name = self._name(key, mode)
        if mode == "input" and key not in differing:
            self._wanted["output"].setdefault(key)
            return f"export type {name} = {SCHEMAS}.{name};\n"
        schema = loaded[key]
        naming = Naming(
            definitions=loaded,
            name=self._name,
            barred=lambda other, choice: barred.get((key, other)) in (("any", "choice") if choice else ("any",)),
            mode=mode,
        )
        plain = as_mapping(schema)
        text = write_type(schema, naming)
        head = comment([text_of(plain, "description")], deprecated=plain.get("deprecated") is True)
        return f"{head}export type {name} = {text};\n"

    def _name(self, key: str, mode: Mode) -> str:
        self._wanted[mode].setdefault(key)
        if key not in self._names:
            self._names[key] = self._identifiers.take(key)
        return self._names[key]

    def _load(self) -> dict[str, Schema]:
        """Return every definition that can be reached, read once: the store reads them one by one."""
        loaded: dict[str, Schema] = {}
        waiting = [*self._wanted["input"], *self._wanted["output"]]
        while waiting:
            key = waiting.pop()
            if key in loaded or key not in self._source:
                continue
            loaded[key] = self._source[key]
            waiting.extend(references_in(loaded[key]))
        return loaded


def _direct(schema: Schema) -> Iterator[tuple[str, bool]]:
    """Yield the keys directly in a type, and whether as a branch of a choice."""
    waiting: list[tuple[Schema, bool]] = [(schema, False)]
    while waiting:
        part, choice = waiting.pop()
        plain = as_mapping(part)
        key = reference_key(plain)
        if key is not None:
            yield key, choice
        waiting.extend((member, False) for member in schema_list(plain, "allOf"))
        for keyword in ("oneOf", "anyOf"):
            waiting.extend((member, True) for member in schema_list(plain, keyword))


def _barred(loaded: Mapping[str, Schema]) -> dict[tuple[str, str], str]:
    """Return the pairs (definition, reference in it) that would make a circle: `choice` there only, or `any`."""
    edges = {key: [edge for edge in _direct(schema) if edge[0] in loaded] for key, schema in loaded.items()}
    groups = _circles({key: [other for other, _ in targets] for key, targets in edges.items()})
    barred: dict[tuple[str, str], str] = {}
    left: dict[str, list[str]] = {}
    for key, targets in edges.items():
        for other, choice in targets:
            if choice and groups[key] == groups[other]:
                barred[key, other] = "choice"
            else:
                left.setdefault(key, []).append(other)
    groups = _circles({key: left.get(key, []) for key in loaded})
    for key, others in left.items():
        for other in others:
            if groups[key] == groups[other]:
                barred[key, other] = "any"
    return barred


def _circles(edges: Mapping[str, list[str]]) -> dict[str, int]:
    """Return a number for each key, the same for keys that lead to each other (Tarjan's algorithm, without recursion).

    A key alone has a number of its own, so an edge from a key to itself counts as a circle.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    group: dict[str, int] = {}
    stack: list[str] = []
    for root in edges:
        if root in order:
            continue
        work = [(root, iter(edges[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            key, rest = work[-1]
            following = next((other for other in rest if other not in order or other not in group), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == order[key]:
                    while True:
                        member = stack.pop()
                        group[member] = order[key]
                        if member == key:
                            break
            elif following in order:
                low[key] = min(low[key], order[following])
            else:
                order[following] = low[following] = len(order)
                stack.append(following)
                work.append((following, iter(edges[following])))
    return group


def _differing(loaded: Mapping[str, Schema]) -> frozenset[str]:
    """Return the definitions whose input is not their output: they, or what they refer to, have one-way members."""
    users: dict[str, list[str]] = {}
    differing: set[str] = set()
    for key, schema in loaded.items():
        for other in references_in(schema):
            users.setdefault(other, []).append(key)
        if _has_direction(schema):
            differing.add(key)
    waiting = list(differing)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in differing:
                differing.add(user)
                waiting.append(user)
    return frozenset(differing)


def _has_direction(schema: Any) -> bool:
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if part.get("readOnly") is True or part.get("writeOnly") is True or part.get("format") == "binary":
                return True
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return False
