"""`believable`: a value for a schema as a real server or client would send it; the same one for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.values.draw import Draw, seed_of, today
from playground.values.maker import LEVELS, Maker
from playground.values.scene import Scene
from playground.values.shapes import Shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a value is made for and from.

    `writing` is for requests (members that are `readOnly` are left out, else `writeOnly` ones); `required_only` leaves
    out optional members; `examples` lets the description's examples come first; `now` is what times are counted from,
    this day where it is not given; `kind` says what the thing is called; `index` is its place among several, of which
    the examples show only the first; `known` gives the identifier of an existing
    thing by the name of what refers to it (`customer`), or `None`. `shapes` keeps what was read of the schemas: give
    the same one where many values are made for one operation.
    """

    definitions: Definitions
    writing: bool = False
    required_only: bool = False
    seed: int | str = 0
    examples: bool = True
    now: datetime | None = None
    kind: str = ""
    index: int = 0
    known: Callable[[str], Any] | None = field(default=None, compare=False)
    shapes: Shapes | None = field(default=None, compare=False)


def believable(schema: Schema, name: str, context: Context) -> Any:
    """Return a JSON value that fits the schema, for a property or a thing of this name.

    Depth and breadth are bounded, so a recursive schema ends. A schema that nothing fits gives a value of about its
    kind. Never the word `string`, and no two equal items in a list, unless the schema leaves nothing else.
    """
    seed = context.seed if isinstance(context.seed, int) else seed_of(context.seed)
    maker = Maker(
        Draw(seed),
        context.definitions,
        writing=context.writing,
        required_only=context.required_only,
        examples=context.examples,
        known=context.known,
    )
    shape = (context.shapes or Shapes(context.definitions)).of(schema)
    scene = Scene(maker.draw, context.now or today(), context.kind or shape.kind or name)
    return maker.value(shape, name, scene, (), LEVELS, context.index)
