"""Forms of a real description: the bar a random schema cannot set (skipped where the file is missing)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.catalog.model import Entry
from playground.forms.buttons import with_example
from playground.forms.fields import ChoiceField, DescribedField, Field, OptionField
from playground.forms.inputs import body_of
from playground.forms.operation_form import build_field, build_form
from playground.forms.parse import parse
from playground.forms.shape import Shapes
from playground.forms.state import FormState
from playground.schema.sample import sample
from tests.forms.browser import submit

SPECS = Path(__file__).parents[2] / "../shared/specs"
PAGE_BYTES = 130_000
MOST_FIELDS = 250


def entries(name: str) -> tuple[Entry, ...]:
    compiling = pytest.importorskip("playground.openapi.compile")
    parsing = pytest.importorskip("playground.openapi.parse")
    path = SPECS / name
    if not path.exists():
        pytest.skip(f"{path} is missing")
    catalog = compiling.compile_document(parsing.parse_document(path.read_bytes()), name="x").catalog
    return tuple(
        Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        for operation in catalog.operations
    )


def everything(field: Field) -> Iterator[Field]:
    yield field
    for child in field.children:
        yield from everything(child)


def html_bytes(field: Field) -> int:
    """A guess at a field's HTML: its texts, and 500 bytes of markup."""
    options = field.options if isinstance(field, OptionField | ChoiceField) else ()
    description = field.description if isinstance(field, DescribedField) else ""
    return 500 + len(description) + sum(30 + 2 * len(option.label) for option in options)


@pytest.mark.parametrize("name", ["stripe.json", "docusign.net.json"])
def test_every_operation_has_a_light_form_and_gives_its_sample_back(name: str) -> None:
    for entry in entries(name):
        form = build_form(entry, FormState())
        fields = [one for group in form.groups for field in group.fields for one in everything(field)]
        assert len(fields) <= MOST_FIELDS, entry.operation.name
        assert sum(map(html_bytes, fields)) <= PAGE_BYTES, entry.operation.name
        assert len({one.id for one in fields}) == len(fields), entry.operation.name
        body = body_of(entry, FormState())
        if body is None:
            continue
        state = with_example(entry, None)
        found = parse(entry, state)
        assert found.model.body == sample(body.schema, entry.definitions, writing=True), entry.operation.name
        assert parse(entry, submit(entry, state)).model.body == found.model.body
        assert [problem for problem in found.problems if problem.name.startswith("body")] == [], entry.operation.name


def test_every_deferred_part_of_the_checkout_form_can_be_fetched() -> None:
    entry = next(one for one in entries("stripe.json") if one.operation.name == "postcheckoutsessions")
    form = build_form(entry, FormState())
    waiting = [one.name for group in form.groups for field in group.fields for one in everything(field) if one.deferred]
    assert waiting
    fetched = 0
    while waiting and fetched < 300:
        part = build_field(entry, FormState(), waiting.pop())
        assert not part.deferred
        assert part.children
        waiting += [one.name for one in everything(part) if one.deferred]
        fetched += 1
    assert not waiting


def test_only_a_schema_that_says_nothing_is_a_box_for_json() -> None:
    """Words about a value that do not say what it is: its title, examples, a default, what is no kind of it."""
    if not SPECS.is_dir():
        pytest.skip("the real descriptions are not beside this checkout")
    silent = {"title", "description", "example", "examples", "default", "deprecated", "nullable", "not"}
    silent |= {"readOnly", "writeOnly"}
    boxes = 0
    for path in sorted(SPECS.rglob("*.json")):
        if path.stat().st_size > 300_000:
            continue
        for entry in entries(str(path.relative_to(SPECS))):
            shapes = Shapes(entry.definitions)
            body = entry.operation.request_body
            waiting = [(parameter.schema, 6) for parameter in entry.operation.parameters]
            waiting += [(one.schema, 6) for one in (body.media_types if body is not None else ())]
            while waiting:
                schema, depth = waiting.pop()
                shape = shapes.of(schema)
                if shape.kind == "json":
                    boxes += 1
                    said = {word for word in shape.schema if not word.startswith("x-")} - silent
                    assert not said, (path.name, entry.operation.key, shape.schema)
                inner = [*shape.alternatives, *shape.properties.values()]
                inner += [shape.item(0)] if shape.kind == "array" else []
                waiting += [(one, depth - 1) for one in inner] if depth else []
    assert boxes
