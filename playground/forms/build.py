"""Fields to draw from schemas and what is filled in, level by level and within a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from playground.forms.draw import draw_field, weight
from playground.forms.fields import (
    ChoiceField,
    Field,
    GroupField,
    KeptField,
    MoreField,
    Option,
)
from playground.forms.names import control, element_id
from playground.forms.parse import chosen_alternative
from playground.forms.shape import Shape, Shapes
from playground.forms.sources import FieldSource, Sources
from playground.forms.state import FormState, is_count, row_tokens
from playground.schema.types import label_of
from playground.text.wording import joined, say_many

BUDGET = 60
"""Fields of one page or fragment; long descriptions and many options count as more than one."""
OPENED_BUDGET = 16
"""Fields of a part that somebody opens and waits for."""
MORE_BUDGET = 120
"""Fields that come at most when more of a large object are asked for, and where a row is added."""


@dataclass(slots=True)
class Builder:
    """Builds fields. `budget` is how many more may be drawn; what the state touches is drawn without regard to it.

    `problems` are sentences by input name.
    """

    shapes: Shapes
    state: FormState
    budget: float = BUDGET
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> Sources:
        """Where the fields come from."""
        return Sources(self.shapes, self.state)

    def build(self, source: FieldSource, depth: int) -> Field:
        """Build the field of a source with `depth` levels of fields below it, and its own level always."""
        return self._grow(self._bare(source), source, max(depth, 1))

    def build_more(self, source: FieldSource, start: int, depth: int) -> Field:
        """Build the fields of a large object from member `start` on, those left out that are drawn already."""
        shape = self.shapes.of(source.schema)
        return self.build_rest(source.name, self.sources.members(source, shape), start, depth)

    def build_rest(self, parent: str, members: Sequence[FieldSource], start: int, depth: int) -> Field:
        """Build a `more` field from the members from `start` on, those left out that are drawn already."""
        left = [
            (index, member) for index, member in enumerate(members) if index >= start and not self._is_drawn(member)
        ]
        level = self._level(parent, left, depth)
        children = tuple(child for child in level if not isinstance(child, MoreField) or child.deferred)
        after = children[-1] if children and isinstance(children[-1], MoreField) else None
        name = f"{control(parent, 'more')}/{start}"
        return MoreField(
            name=name,
            id=element_id(name),
            label=_more(len(left)),
            children=children,
            shown_name=control(parent, "more"),
            shown=after.name.rpartition("/")[2] if after is not None else str(len(members)),
        )

    def build_level(self, parent: str, sources: Sequence[FieldSource], depth: int) -> tuple[Field, ...]:
        """Build fields side by side, the last one a `more` field when the budget is not enough for all."""
        return self._level(parent, list(enumerate(sources)), depth)

    def _bare(self, source: FieldSource) -> Field:
        """Return the field without what is below it, and take it off the budget."""
        if source.kept_only:
            kept = self.state.text(control(source.name, "kept"))
            return KeptField(name=source.name, id=element_id(source.name), label=source.label, kept=kept, filled=1)
        bare = draw_field(source, self.shapes, self.state, self.problems)
        self.budget -= weight(bare)
        return bare

    def _grow(self, bare: Field, source: FieldSource, depth: int) -> Field:
        """Return the field with what is below it, as far as depth and budget allow."""
        if not isinstance(bare, GroupField):
            return bare
        shape = self.shapes.of(source.schema)
        if isinstance(bare, ChoiceField):
            return self._with_alternative(bare, source, shape, depth)
        is_array = shape.kind == "array"
        members = self.sources.items(source, shape) if is_array else self.sources.members(source, shape)
        if not members:
            return bare
        # A row is there because somebody asked for it, so it is drawn however deep it is.
        is_opened = bool(self.state.text(control(source.name, "open")))
        is_seen = is_array or source.row is not None or is_opened or self._has_inputs(source.name)
        if not is_seen and (depth <= 0 or self.budget <= 0):
            return replace(bare, deferred=True, open=False)
        children = self.build_level(source.name, members, depth - 1)
        filled = bare.filled or sum(child.filled for child in children)
        is_open = bare.open or is_opened or filled > 0 or source.required or any(child.row for child in children)
        return replace(bare, children=children, filled=filled, open=is_open)

    def _has_inputs(self, name: str) -> bool:
        """Say whether there are inputs below an object or map; its own controls alone do not ask for its fields."""
        return bool(self.state.children(name)) or bool(row_tokens(self.state, name))

    def _is_drawn(self, source: FieldSource) -> bool:
        """Say whether a field is drawn whatever the budget: something is filled in, or (parameters) it is needed."""
        return self.state.touched(source.name) or source.always

    def _level(self, parent: str, sources: Sequence[tuple[int, FieldSource]], depth: int) -> tuple[Field, ...]:
        """Build one level first, so that all its fields come before anything deeper, then what is below each."""
        level: list[tuple[Field, FieldSource]] = []
        left, first_left = 0, 0
        shown = max((int(text) for text in self.state.get_all(control(parent, "more")) if is_count(text)), default=0)
        for index, source in sources:
            if self.budget <= 0 and level and index >= shown and not self._is_drawn(source):
                first_left = first_left if left else index
                left += 1
                continue
            level.append((self._bare(source), source))
        children = [self._grow(bare, source, depth) for bare, source in level]
        if left or shown:
            name = f"{control(parent, 'more')}/{first_left}"
            more = MoreField(
                name=name,
                id=element_id(name),
                label=_more(left),
                deferred=left > 0,
                shown_name=control(parent, "more") if shown else "",
                shown=str(shown),
            )
            children.append(more)
        return tuple(children)

    def _with_alternative(self, bare: ChoiceField, source: FieldSource, shape: Shape, depth: int) -> Field:
        index, explicit = chosen_alternative(shape, source.name, self.state, self.shapes)
        labels = _distinct([label_of(schema, self.shapes.definitions) for schema in shape.alternatives])
        options = tuple(
            Option(value=str(number), label=label, selected=number == index) for number, label in enumerate(labels)
        )
        self.budget -= len(options) / 8
        picked = explicit and index > 0
        inner = replace(
            source,
            schema=shape.alternatives[index],
            row=None,
            description="",
            picked=picked,
            nullable=shape.nullable,
            is_alternative=True,
        )
        chosen = self._grow(self._bare(inner), inner, depth)
        filled = chosen.filled or bare.filled or int(picked and chosen.kind == "const")
        return replace(
            bare,
            options=options,
            choice_name=control(source.name, "choice"),
            picked=str(index) if index else "",
            parked=self.state.starting(control(source.name, "was") + "/"),
            children=(chosen,),
            filled=filled,
            open=bare.open or (isinstance(chosen, GroupField) and chosen.open) or filled > 0,
        )


def _more(count: int) -> str:
    return say_many("%(num)s more field", "%(num)s more fields", count)


def _distinct(labels: list[str]) -> list[str]:
    """Number the labels that occur more than once: `object 1`, `object 2`."""
    repeated = {label for label, count in Counter(labels).items() if count > 1}
    counts: Counter[str] = Counter()
    distinct = []
    for label in labels:
        counts[label] += 1
        distinct.append(joined(" ", (label, str(counts[label]))) if label in repeated else label)
    return distinct
