"""What a whole object or choice says against its description, in sentences; advice, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.forms.shape import Shape, Shapes
from playground.request.model import Value
from playground.schema.fit import fits
from playground.schema.mapping import names_of, schema_list
from playground.schema.types import label_of
from playground.text.wording import joined, say

_MOST_TRIED = 20


def missing_beside(shape: Shape, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield names that are asked for because another one is given (`dependentRequired`), and that other name."""
    asked = shape.schema.get("dependentRequired", shape.schema.get("dependencies"))
    if not isinstance(asked, Mapping):
        return
    for given in asked:
        if given in values and isinstance(asked[given], list | tuple):
            for name in names_of(asked, given):
                if name not in values:
                    yield name, given


def choice_problem(shape: Shape, value: Any, shapes: Shapes) -> str:
    """Say that a value fits none of a choice's alternatives, or several of a `oneOf`, which asks for exactly one."""
    if len(shape.alternatives) > _MOST_TRIED:
        return ""
    if not any(fits(value, alternative, shapes.definitions) for alternative in shape.alternatives):
        return say("This fits none of the kinds the description offers.")
    if not schema_list(shape.schema, "oneOf"):
        return ""
    # Objects that say nothing of other names take those of each other; that is hardly ever what is meant.
    fitting = [
        alternative for alternative in shape.alternatives if fits(value, alternative, shapes.definitions, closed=True)
    ]
    if len(fitting) < 2:
        return ""
    names = list(dict.fromkeys(label_of(one, shapes.definitions) for one in fitting))
    if len(names) < 2:
        return say(
            "This fits %(count)s of the kinds the description offers, and it asks for exactly one.", count=len(fitting)
        )
    return say(
        "This fits %(count)s of the kinds the description offers (%(kinds)s), and it asks for exactly one.",
        count=len(fitting),
        kinds=joined(", ", names[:4]),
    )
