"""Keywords that limit nothing: what a schema is called and for, how it is written, where other schemas are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.schema.keywords.keyword import Keyword, Level, Violation
from playground.schema.mapping import as_mapping, text_of

NAMES = "x-playground-names"
"""Of a discriminator: schemas whose `allOf` names its own, by their names, apart from those in its mapping."""
OWN = "x-playground-own"
"""Of a discriminator that a schema inherits: the reference to that schema, which is one of its kinds."""
_CORE = "references are local by the time a schema is read"


def _check_discriminator(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    """Check an object by the schema that its discriminator names, where that is not one of a choice."""
    discriminator = as_mapping(limit)
    name = value.get(text_of(discriminator, "propertyName"))
    mapping, names = as_mapping(discriminator.get("mapping")), as_mapping(discriminator.get(NAMES))
    target = mapping.get(name, names.get(name)) if isinstance(name, str) else None
    if isinstance(target, str) and not level.schema.keys() & {"oneOf", "anyOf"}:
        yield from level.violations(value, {"$ref": target})


KEYWORDS = (
    Keyword(name="title", shape="text", alone=True),
    Keyword(name="description", shape="text"),
    Keyword(name="default", shape="value", alone=True),
    Keyword(name="example", shape="value", alone=True),
    Keyword(name="examples", shape="examples"),
    Keyword(name="deprecated", shape="flag", alone=True),
    Keyword(name="readOnly", shape="flag", alone=True),
    Keyword(name="writeOnly", shape="flag", alone=True, not_in_forms="a form writes, and so does such a property"),
    Keyword(name="nullable", shape="nullable", alone=True),
    Keyword(
        name="discriminator", shape="discriminator", constrains=("object",), check=_check_discriminator, members=True
    ),
    Keyword(name="xml", shape="value", not_in_forms="says how a value is written, which its field need not know"),
    Keyword(name="externalDocs", shape="value", not_in_forms="the pages link the documents of operations and APIs"),
    Keyword(name="$ref", shape="value"),
    *(
        Keyword(name=name, shape="dropped", not_in_forms=_CORE)
        for name in (
            "$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor",
            "$vocabulary", "$defs", "definitions",
        )
    ),
    Keyword(name="$comment", shape="dropped", not_in_forms="is meant for the authors of schemas"),
)  # fmt: skip
