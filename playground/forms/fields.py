"""`Field`: one input or group of inputs, with all a template needs to draw it and nothing left to work out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.catalog.model import Server

FieldKind: TypeAlias = Literal[
    "text", "long_text", "integer", "number", "boolean", "enum", "file", "json", "const", "object", "array", "map",
    "choice", "more",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a select or a group of radio buttons."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExample:
    """An example the description names; `text` is its value as one text."""

    name: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What makes a field a row of an array or a map.

    A hidden input `order_name` with value `token` keeps its place. A map's row has its key in the input `key_name`.
    `parent` and `token` are what `remove_row` takes.
    """

    parent: str
    token: str
    order_name: str
    key_name: str = ""
    key_id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, ready to draw.

    `name` is its input name (contract section 5), `id` an HTML id, `description` raw Markdown. `value` is the input's
    text. `as_options` say how an empty field can be sent (input `as_name`); empty when absent is the only way.
    `children` are an object's fields, an array's or map's rows (each with `row`), or the fields of a choice's chosen
    alternative (one, drawn without its own label; input `choice_name`, `options` the alternatives). `deferred` says
    children were not built: `build_field` with this name makes them. Kind `more` stands for the further fields of a
    large object. `generates` names what a button can fill in (`uuid`, `now`, `unix`, `millis`). `can_add` offers a new row. `filled` counts values set here and below.
    """

    name: str
    id: str
    label: str
    kind: FieldKind
    type_text: str = ""
    limits_text: str = ""
    required: bool = False
    nullable: bool = False
    deprecated: bool = False
    description: str = ""
    default_text: str = ""
    placeholder: str = ""
    value: str = ""
    filename: str = ""
    options: tuple[Option, ...] = ()
    as_name: str = ""
    as_options: tuple[Option, ...] = ()
    as_value: str = ""
    choice_name: str = ""
    children: tuple[Field, ...] = ()
    row: Row | None = None
    can_add: bool = False
    add_text: str = ""
    open: bool = False
    filled: int = 0
    deferred: bool = False
    input_type: str = "text"
    inputmode: str = ""
    maxlength: int | None = None
    pattern: str = ""
    searchable: bool = False
    multiple: bool = False
    generates: str = ""
    examples: tuple[NamedExample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One titled group of the form; `location` is a parameter location or `body`."""

    title: str
    location: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerChoice:
    """One server with its input value; `selected` is the one the state names, `None` in the state means none is."""

    server: Server
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationForm:
    """A whole operation's form.

    `servers` and `server_fields` (variables of the selected server, inputs `server.<variable>`); `media_types` of the
    body; `body_mode` is `form` or `raw`, `raw_text` the raw editor's text; `examples` fill the body when picked;
    `unshown` are JSON Pointers to values of the raw text the form has no field for. `brackets` are the ways to write
    lists inside brackets, empty where none can be.
    """

    groups: tuple[Group, ...]
    servers: tuple[ServerChoice, ...] = ()
    server_fields: tuple[Field, ...] = ()
    media_types: tuple[Option, ...] = ()
    media_type: str = ""
    has_body: bool = False
    body: Field | None = None
    body_required: bool = False
    body_description: str = ""
    body_mode: str = "form"
    raw_text: str = ""
    unshown: tuple[str, ...] = ()
    examples: tuple[NamedExample, ...] = ()
    brackets: tuple[Option, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the operation asks for nothing at all."""
        return not self.groups


class FieldNotFound(LookupError):  # noqa: N818 - the name the web layer maps to 404
    """No field has this input name; `str()` is a sentence for the visitor."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This operation has no field named {name[:200]!r}; reload the page.")
        self.name = name
