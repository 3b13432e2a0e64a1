"""How the time of a form grows with its description: schemas of 10, 1,000 and 100,000 parts drawn, filled and sampled.

The exponent is the slope between two sizes on a logarithmic scale: 1 is time in proportion to size, 2 is its square.
Each run has an entry of its own, whose schemas nobody has read before.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.figures import align
from playground.catalog.model import Entry, MediaType, Operation, Parameter, Provider, RequestBody
from playground.forms.fill import fill
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.model import RequestModel
from playground.schema.keywords.metadata import NAMES
from playground.schema.sample import sample

SIZES = (10, 1_000, 100_000)
BOUND = 1.1
RUNS = 3
LEAST = 0.002
"""Seconds: whatever takes less counts as taking this, since it is mostly noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An operation of a size, and a model that fills it."""

    body: Any = None
    parameters: tuple[Parameter, ...] = ()
    definitions: Mapping[str, Any] = field(default_factory=dict)
    model: RequestModel = RequestModel()  # noqa: RUF009 - it is frozen

    def entry(self) -> Entry:
        """Return the operation, as if it had just been read."""
        content = MediaType(name="application/json", schema=self.body if self.body is not None else True)
        request_body = RequestBody(media_types=(content,)) if self.body is not None else None
        operation = Operation(
            name="grow", method="POST", path="/grow", parameters=self.parameters, request_body=request_body
        )
        return Entry(
            provider=Provider(name="growth", title="Growth"), operation=operation, definitions=self.definitions
        )


def _enum(size: int) -> Case:
    values = [f"value {number}" for number in range(size)]
    return Case(body={"enum": values}, model=RequestModel(body=values[-1]))


def _named_enum(size: int) -> Case:
    values = list(range(size))
    names = [f"NAME_{number}" for number in values]
    return Case(body={"enum": values, "x-enum-varnames": names}, model=RequestModel(body=values[-1]))


def _properties(size: int) -> Case:
    properties = {f"p{number}": {"type": "string", "maxLength": 9} for number in range(size)}
    return Case(body={"properties": properties}, model=RequestModel(body=dict.fromkeys(properties, "x")))


def _required(size: int) -> Case:
    case = _properties(size)
    undescribed = [f"u{number}" for number in range(size // 10)]
    return Case(body={**case.body, "required": [*case.body["properties"], *undescribed]}, model=case.model)


def _alternatives(size: int) -> Case:
    names = [f"a{number}" for number in range(size)]
    branches = [{"title": "same", "properties": {name: {"type": "string"}}, "required": [name]} for name in names]
    return Case(body={"type": "object", "oneOf": branches}, model=RequestModel(body={names[-1]: "x"}))


def _heirs(base: Callable[[dict[str, str]], dict[str, Any]]) -> Callable[[int], Case]:
    """Return the cases of a base whose kinds name it in their `allOf`; `base` says how it names them."""

    def case(size: int) -> Case:
        names = [f"Kind{number}" for number in range(size)]
        base_schema = {
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "required": ["kind"],
            **base({name: f"#/$defs/{name}" for name in names}),
        }
        kinds = {
            name: {"allOf": [{"$ref": "#/$defs/Base"}, {"properties": {f"p{number}": {"type": "string"}}}]}
            for number, name in enumerate(names)
        }
        value = {"kind": names[-1], f"p{size - 1}": "x"}
        return Case(
            body={"$ref": "#/$defs/Base"},
            definitions={"Base": base_schema, **kinds},
            model=RequestModel(body=value),
        )

    return case


def _named(targets: dict[str, str]) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "kind", NAMES: targets}}


def _mapped(targets: dict[str, str]) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "kind", "mapping": targets}}


def _listed(targets: dict[str, str]) -> dict[str, Any]:
    return {"discriminator": {"propertyName": "kind"}, "oneOf": [{"$ref": target} for target in targets.values()]}


def _patterns(size: int) -> Case:
    patterns = {f"^k{number}$": {"type": "integer"} for number in range(size)}
    body = {"type": "object", "patternProperties": patterns, "additionalProperties": False}
    return Case(body=body, model=RequestModel(body={f"k{size - 1}": 1}))


def _all_of(size: int) -> Case:
    members = [{"properties": {f"p{number}": {"type": "string"}}} for number in range(size)]
    return Case(body={"allOf": members}, model=RequestModel(body={f"p{size - 1}": "x"}))


def _rows(size: int) -> Case:
    body = {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}
    return Case(body=body, model=RequestModel(body=list(range(size))))


def _parameters(size: int) -> Case:
    parameters = tuple(
        Parameter(name=f"q{number}", location="query", style="form", schema={"type": "string"})
        for number in range(size)
    )
    values = {parameter.name: "x" for parameter in parameters}
    return Case(parameters=parameters, model=RequestModel(parameters={"query": values}))


CASES: dict[str, Callable[[int], Case]] = {
    "enum": _enum,
    "named enum": _named_enum,
    "properties": _properties,
    "required": _required,
    "alternatives": _alternatives,
    "heirs": _heirs(_named),
    "mapped heirs": _heirs(_mapped),
    "listed heirs": _heirs(_listed),
    "patterns": _patterns,
    "allOf": _all_of,
    "rows": _rows,
    "parameters": _parameters,
}


def _draw(case: Case, entry: Entry) -> None:
    build_form(entry, FormState())


def _fill(case: Case, entry: Entry) -> None:
    state = fill(entry, case.model)
    build_form(entry, state)
    parse(entry, state)


def _sample(case: Case, entry: Entry) -> None:
    schemas = [case.body] if case.body is not None else [parameter.schema for parameter in case.parameters]
    for schema in schemas:
        sample(schema, entry.definitions, writing=True)


ACTIONS: dict[str, Callable[[Case, Entry], None]] = {"draw": _draw, "fill": _fill, "sample": _sample}


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Seconds of one action on one case, by size."""

    case: str
    action: str
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The steepest slope between two sizes that follow each other."""
        steps = zip(zip(SIZES, self.seconds, strict=True), zip(SIZES[1:], self.seconds[1:], strict=True), strict=False)
        return max(
            math.log(max(after, LEAST) / max(before, LEAST)) / math.log(larger / smaller)
            for (smaller, before), (larger, after) in steps
        )

    @property
    def kept(self) -> bool:
        """Whether it is within the bound."""
        return self.exponent <= BOUND


def measure(runs: int = RUNS) -> list[Growth]:
    """Measure every action on every case, the fastest of several runs each."""
    growths = []
    gc.collect()
    gc.freeze()  # what is there already is not looked through again before each run
    try:
        for name, make in CASES.items():
            cases = [make(size) for size in SIZES]
            for action, act in ACTIONS.items():
                seconds = tuple(_fastest(act, case, runs) for case in cases)
                growths.append(Growth(case=name, action=action, seconds=seconds))
    finally:
        gc.unfreeze()
    return growths


def _fastest(act: Callable[[Case, Entry], None], case: Case, runs: int) -> float:
    best = math.inf
    for _ in range(runs):
        entry = case.entry()
        gc.collect()
        gc.disable()
        started = time.process_time()
        act(case, entry)
        best = min(best, time.process_time() - started)
        gc.enable()
    return best


def report(runs: int) -> tuple[str, bool]:
    """Return the table of all exponents, and whether each is within the bound."""
    growths = measure(runs)
    rows = [("case", "action", *(f"{size:,}" for size in SIZES), "exponent", "bound", "")]
    rows += [
        (
            growth.case, growth.action, *(f"{seconds * 1000:,.1f} ms" for seconds in growth.seconds),
            f"{growth.exponent:.2f}", f"{BOUND}", "" if growth.kept else "OVER",
        )
        for growth in growths
    ]  # fmt: skip
    return align(rows, left=(0, 1)), all(growth.kept for growth in growths)
