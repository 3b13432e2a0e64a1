"""One field of each kind from its source, without what is below it, and how much of a page it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict

from playground.forms.appearance import (
    InputHints,
    as_options,
    generated_kind,
    input_hints,
    is_long_list,
    is_searchable,
    leaf_options,
    reads_as_radio,
    value_text,
)
from playground.forms.fields import (
    ChoiceField,
    ConstField,
    DescribedField,
    FileField,
    GroupField,
    ListField,
    NamedExample,
    ObjectField,
    Option,
    OptionField,
    Row,
    TextField,
)
from playground.forms.names import control, element_id
from playground.forms.shape import Shape, ShapeKind, Shapes, is_encoded, is_long
from playground.forms.sources import FieldSource
from playground.forms.state import FormState
from playground.schema.mapping import text_of
from playground.text.wording import say

FIELD_BYTES = 600
"""About how much HTML one field is."""
_ADD = {"array": say("Add item"), "map": say("Add entry"), "object": say("Add property")}


DrawnKind: TypeAlias = ShapeKind | Literal["const", "long_text"]
TextKind: TypeAlias = Literal["text", "long_text", "integer", "number", "json"]


class _Common(TypedDict):
    """What fields of every kind take from their source."""

    name: str
    id: str
    label: str
    row: Row | None
    filled: int
    kept: str
    problem: str
    focus: str
    secret: bool
    type_text: str
    limits_text: str
    pattern: str
    required: bool
    nullable: bool
    deprecated: bool
    description: str
    default_text: str
    as_name: str
    as_options: tuple[Option, ...]
    as_value: str
    examples: tuple[NamedExample, ...]
    example: str


def draw_field(source: FieldSource, shapes: Shapes, state: FormState, problems: Mapping[str, str]) -> DescribedField:
    """Return the field of a source; `problems` are sentences by input name."""
    shape = shapes.of(source.schema)
    value = state.text(source.name) if shape.is_leaf else ""
    kind = _kind_of(source, shape, value)
    hints = input_hints(shape, value)
    common = _common(source, shape, shapes, state, kind, hints)
    if not source.is_alternative:
        common["problem"] = problems.get(source.name, "")
    common["filled"] = int(bool((value and kind != "const") or common["as_value"] or common["kept"]))
    is_open = source.row is not None
    match kind:
        case "const":
            return ConstField(value=value_text(shape.values[0]), **common)
        case "enum" | "boolean":
            return _options(source, shape, value, kind, common)
        case "file":
            return _file(source, state, common)
        case "array":
            takes_files = shapes.of(shape.item(0)).kind == "file"
            return ListField(add_text=_ADD[kind], multiple=takes_files, open=is_open, **common)
        case "object" | "map":
            return ObjectField(kind=kind, can_add=shape.rows, add_text=_ADD[kind], open=is_open, **common)
        case "choice":
            return ChoiceField(open=is_open, **common)
        case _:
            return _text(source, shape, value, kind, hints, common)


def _kind_of(source: FieldSource, shape: Shape, value: str) -> DrawnKind:
    if shape.fixed and (source.required or source.picked):
        return "const"
    if shape.kind == "file" and value:
        # A file can be given as its text (docs/protocol.md, Command line shapes); a file input could not keep that.
        return "long_text"
    if shape.kind in ("text", "integer", "number") and (source.long or is_long(shape, value)):
        return "long_text"
    return shape.kind


def _common(
    source: FieldSource, shape: Shape, shapes: Shapes, state: FormState, kind: DrawnKind, hints: InputHints
) -> _Common:
    name = source.name
    type_text, limits_text = shapes.words(shape)
    ways = _ways(source, shape, kind, state.text(control(name, "as")))
    return {
        "name": name,
        # An alternative has its choice's input name: an id must be one element's, and nothing is shown twice.
        "id": f"{element_id(name)}-c" if source.is_alternative else element_id(name),
        "label": source.label,
        "row": source.row,
        "filled": 0,
        "kept": "" if source.is_alternative else state.text(control(name, "kept")),
        "problem": "",
        "focus": "" if source.is_alternative else _focus(state, source),
        "secret": shape.kind == "text" and text_of(shape.schema, "format") == "password",
        "type_text": type_text,
        "limits_text": limits_text,
        "pattern": hints.pattern,
        "required": source.required,
        "nullable": shape.nullable,
        "deprecated": source.deprecated or shape.schema.get("deprecated") is True,
        "description": source.description or text_of(shape.schema, "description"),
        "default_text": hints.default,
        "as_name": control(name, "as") if ways else "",
        "as_options": ways,
        "as_value": next((way.value for way in ways if way.selected), ""),
        "examples": () if source.is_alternative else source.examples,
        "example": state.text(control(name, "example")) if len(source.examples) > 1 else "",
    }


def _ways(source: FieldSource, shape: Shape, kind: DrawnKind, chosen: str) -> tuple[Option, ...]:
    """Return how the field can be sent when nothing is filled in."""
    if chosen == "absent" and source.required:
        return (
            Option(value="", label=say("Send it")),
            Option(value="absent", label=say("Leave out"), selected=True),
        )
    if source.can_be_empty and kind not in ("const", "choice"):
        return as_options(shape, chosen, can_be_null=shape.nullable or source.nullable)
    return ()


def _options(
    source: FieldSource, shape: Shape, value: str, kind: Literal["enum", "boolean"], common: _Common
) -> OptionField:
    options = leaf_options(shape, value)
    return OptionField(
        kind=kind,
        value=value,
        options=options,
        count=len(shape.options),
        searchable=(searchable := is_searchable(shape, value)),
        found_by_typing=is_long_list(shape, value),
        radio=source.alone and not searchable and reads_as_radio(options),
        **common,
    )


def _file(source: FieldSource, state: FormState, common: _Common) -> FileField:
    files = state.files_of(source.name)
    common["filled"] = common["filled"] or int(bool(files))
    return FileField(
        filename=files[0].filename if files else "",
        own_name=state.text(control(source.name, "filename")),
        own_type=state.text(control(source.name, "type")),
        **common,
    )


def _text(
    source: FieldSource, shape: Shape, value: str, kind: TextKind, hints: InputHints, common: _Common
) -> TextField:
    example = next((example.text for example in source.examples), "")
    by_type = common["type_text"] if shape.kind in ("text", "integer", "number") else ""
    return TextField(
        kind=kind,
        value=value,
        placeholder=example or hints.placeholder or by_type,
        input_type=hints.input_type,
        inputmode=hints.inputmode,
        generates=generated_kind(shape, source.label) if kind == shape.kind else "",
        base64=kind == "long_text" and is_encoded(shape.schema),
        **common,
    )


def _focus(state: FormState, source: FieldSource) -> str:
    word, _, wanted = state.text("~focus").partition(" ")
    # A map's row is moved by its token, and drawn by its value's name.
    row = f"{source.row.parent}/{source.row.token}" if source.row is not None else source.name
    return word if wanted and wanted in (source.name, row) else ""


def weight(drawn: DescribedField) -> float:
    """Return how many fields of common size a field is as HTML; its names are in it several times."""
    size = 330 + 4 * len(drawn.id) + 3 * len(drawn.name) + len(drawn.label)
    size += len(drawn.type_text) + len(drawn.limits_text) + len(drawn.default_text) + len(drawn.kept)
    if drawn.description:
        size += 80 + len(drawn.description) + len(drawn.id)
    if drawn.as_name:
        size += 130 + len(drawn.as_name) + len(drawn.label)
    size += sum(30 + len(example.text) + len(example.label) for example in drawn.examples)
    if isinstance(drawn, GroupField):
        size += 700
    elif isinstance(drawn, TextField):
        size += len(drawn.placeholder) + len(drawn.value)
    elif isinstance(drawn, OptionField):
        size += len(drawn.value)
        size += sum(len(option.label) + (18 if option.is_plain else 28 + len(option.value)) for option in drawn.options)
    elif isinstance(drawn, ConstField):
        size += len(drawn.value)
    return size / FIELD_BYTES
