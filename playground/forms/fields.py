"""`Field`: one input or group of inputs, with all a template needs to draw it and nothing left to work out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.catalog.model import Server
from playground.forms.state import Input
from playground.text.wording import say

FieldKind: TypeAlias = Literal[
    "text", "long_text", "integer", "number", "boolean", "enum", "file", "json", "const", "object", "array", "map",
    "choice", "more", "kept",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a select or a group of radio buttons."""

    value: str
    label: str
    selected: bool = False

    @property
    def is_plain(self) -> bool:
        """Say whether its text in a page is its value: browsers fold the blanks of an option's text."""
        return self.label == self.value and self.value.isprintable() and self.value == " ".join(self.value.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExample:
    """An example the description names; `text` is its value as one text, cut where it is long."""

    name: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What makes a field a row of an array or a map.

    A hidden input `order_name` with value `token` keeps its place. A map's row has its key in the input `key_name`,
    called `key_label` where the description has a word for it.
    `parent` and `token` are what `remove_row` takes.
    """

    parent: str
    token: str
    order_name: str
    key_name: str = ""
    key_id: str = ""
    key: str = ""
    key_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, ready to draw.

    `name` is its input name (contract section 5), `id` an HTML id, `description` raw Markdown. `value` is the input's
    text. `as_options` say how an empty field can be sent (input `as_name`); empty when absent is the only way.
    `children` are an object's fields, an array's or map's rows (each with `row`), or the fields of a choice's chosen
    alternative (one, drawn without its own label; input `choice_name`, `options` the alternatives). `deferred` says
    children were not built: `build_field` with this name makes them. Kind `more` stands for the further fields of a
    large object; its input `as_name` with `as_value` says how many of them stay drawn. `can_add` offers a new row.
    `filled` counts values set here and below. `kept` is JSON that no field can show (input `<name>~kept`), a field of
    kind `kept` shows nothing else. `picked` is the index of a choice's alternative where it is not the first, `parked`
    are the inputs of its other alternatives. `problem` is what is wrong, in a sentence; `focus` says what of it gets
    the focus: `here`, `up`, `down` or `example`. `base64` says a file can be read into the field, `secret` that the
    value is not for showing. `own_name` and `own_type` are what a chosen file is sent as. `generates` names what a
    button can fill in (`uuid`, `now`, `unix`, `millis`). `examples` are a parameter's: one input offers them while
    typing, a button fills them into a list or an object; `example` is the place of the one picked last, empty for the
    first.
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
    radio: bool = False
    multiple: bool = False
    generates: str = ""
    base64: bool = False
    secret: bool = False
    examples: tuple[NamedExample, ...] = ()
    example: str = ""
    own_name: str = ""
    own_type: str = ""
    kept: str = ""
    picked: str = ""
    parked: tuple[Input, ...] = ()
    problem: str = ""
    focus: str = ""


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
class Kept:
    """A value no field can show: the id of the element that tells of it, and its place in words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationForm:
    """A whole operation's form.

    `servers` and `server_fields` (variables of the selected server, inputs `server.<variable>`); `media_types` of the
    body; `body_mode` is `form` or `raw`, `raw_text` the raw editor's text; `examples` fill the body when picked;
    `kept` are the fields of values that no field can show, `parked` the inputs of other media types; `drawn_for` is
    the media type the fields are of, where there are several; `example` the one picked last. `brackets` are the ways
    to write lists inside brackets, `objects` those to write objects in an urlencoded body; empty where none can be.
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
    kept: tuple[Kept, ...] = ()
    parked: tuple[Input, ...] = ()
    drawn_for: str = ""
    example: str | None = None
    examples: tuple[NamedExample, ...] = ()
    brackets: tuple[Option, ...] = ()
    objects: tuple[Option, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the operation asks for nothing at all."""
        return not self.groups


class FieldNotFound(LookupError):  # noqa: N818 - the name the web layer maps to 404
    """No field has this input name; `str()` is a sentence for the visitor."""

    def __init__(self, name: str) -> None:
        super().__init__(say("This operation has no field named %(name)s; reload the page.", name=repr(name[:200])))
        self.name = name
