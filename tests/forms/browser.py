"""What a browser would submit from a drawn form: every control of the field tree, filled or not."""

from __future__ import annotations

from collections.abc import Iterator

from playground.forms.fields import Field, OperationForm
from playground.forms.state import FormState


def submit(form: OperationForm, state: FormState) -> FormState:
    """The inputs of the drawn form; files are those of the state whose file inputs are drawn."""
    pairs: list[tuple[str, str]] = []
    drawn: set[str] = set()
    for group in form.groups:
        for field in group.fields:
            for one in _everything(field):
                pairs += _controls(one)
                drawn.add(one.name)
    if form.has_body:
        pairs += [("media_type", form.media_type), ("body~mode", form.body_mode), ("body~raw", form.raw_text)]
    return FormState.of(pairs, [(name, file) for name, file in state.files if name in drawn])


def _everything(field: Field) -> Iterator[Field]:
    yield field
    for child in field.children:
        yield from _everything(child)


def _controls(field: Field) -> Iterator[tuple[str, str]]:
    if field.row is not None and field.row.order_name:
        yield field.row.order_name, field.row.token
    if field.row is not None and field.row.key_name:
        yield field.row.key_name, field.row.key
    if field.as_name:
        yield field.as_name, field.as_value
    if field.kind == "choice":
        yield field.choice_name, next(option.value for option in field.options if option.selected)
    elif field.kind in ("enum", "boolean"):
        yield field.name, next(option.value for option in field.options if option.selected)
    elif field.kind in ("text", "long_text", "integer", "number", "json"):
        yield field.name, field.value
