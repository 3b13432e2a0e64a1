"""Fields: inputs and groups of inputs, each with all that a template needs to draw it."""

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
    """What every field has; its class, one of those below, has the rest.

    `name` is its input name (docs/protocol.md), `id` an HTML id. `row` is set where it is a row. `filled` counts the
    values set here and below. `kept` is JSON that no field can show (input `<name>~kept`). `problem` is what is wrong,
    in a sentence; `focus` says what of it gets the focus: `here`, `up`, `down` or `example`. The value of a `secret`
    one is not for showing.
    """

    name: str
    id: str
    label: str
    kind: FieldKind
    row: Row | None = None
    filled: int = 0
    kept: str = ""
    problem: str = ""
    focus: str = ""
    secret: bool = False

    @property
    def children(self) -> tuple[Field, ...]:
        """The fields inside this one."""
        return ()

    @property
    def deferred(self) -> bool:
        """Whether fields inside it were not built: `build_field` with this name makes them."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedField(Field):
    """A field with a schema: `description` is raw Markdown.

    `as_options` are the ways to send it empty (input `as_name`), none where leaving it out is the only one.
    `examples` are a parameter's: a line offers them while typing, a button fills them into other fields; `example` is
    the place of the one picked last, empty for the first.
    """

    type_text: str = ""
    limits_text: str = ""
    pattern: str = ""
    required: bool = False
    nullable: bool = False
    deprecated: bool = False
    description: str = ""
    default_text: str = ""
    as_name: str = ""
    as_options: tuple[Option, ...] = ()
    as_value: str = ""
    examples: tuple[NamedExample, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(DescribedField):
    """A value that is typed. `base64` says a file can be read into it.

    `generates` is what a button can fill in: `uuid`, `now`, `unix` or `millis`.
    """

    kind: Literal["text", "long_text", "integer", "number", "json"]
    value: str = ""
    placeholder: str = ""
    input_type: str = "text"
    inputmode: str = ""
    generates: str = ""
    base64: bool = False

    @property
    def control(self) -> Literal["line", "text_area"]:
        """The control that a template draws."""
        return "text_area" if self.kind in ("long_text", "json") else "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionField(DescribedField):
    """A value of a list of so many as `count`.

    Many are `searchable`; of so many that they are `found_by_typing` only the one filled in is among the `options`.
    """

    kind: Literal["enum", "boolean"]
    value: str = ""
    options: tuple[Option, ...] = ()
    count: int = 0
    searchable: bool = False
    found_by_typing: bool = False
    radio: bool = False

    @property
    def control(self) -> Literal["radios", "searchable", "choice"]:
        """The control that a template draws."""
        return "radios" if self.radio else "searchable" if self.searchable else "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstField(DescribedField):
    """A value that has to be there and has no other."""

    kind: Literal["const"] = "const"
    value: str = ""

    @property
    def control(self) -> Literal["const"]:
        """The control that a template draws."""
        return "const"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(DescribedField):
    """A file. `own_name` and `own_type` are what it is sent as, `filename` is the chosen one's."""

    kind: Literal["file"] = "file"
    filename: str = ""
    own_name: str = ""
    own_type: str = ""

    @property
    def control(self) -> Literal["file"]:
        """The control that a template draws."""
        return "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupField(DescribedField):
    """A field of fields."""

    children: tuple[Field, ...] = ()
    open: bool = False
    deferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectField(GroupField):
    """The properties of an object, and rows of further ones where `can_add` offers them; a map has rows only."""

    kind: Literal["object", "map"]
    can_add: bool = False
    add_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListField(GroupField):
    """The rows of an array; `multiple` says that several files can be chosen at once."""

    kind: Literal["array"] = "array"
    can_add: bool = True
    add_text: str = ""
    multiple: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(GroupField):
    """A choice among alternatives (`options`, input `choice_name`).

    Its only child is the alternative in force, drawn without a label of its own. `picked` is that one's index where it
    is not the first, `parked` are the inputs of the others.
    """

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    choice_name: str = ""
    picked: str = ""
    parked: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreField(Field):
    """The further fields of a large object: `deferred` ones are fetched, others are its children.

    The input `shown_name` with `shown` says how many fields of the object stay drawn.
    """

    kind: Literal["more"] = "more"
    children: tuple[Field, ...] = ()
    deferred: bool = False
    shown_name: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField(Field):
    """A value for which the description has no field: it is sent as it was written."""

    kind: Literal["kept"] = "kept"


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
class Added:
    """A parameter that the visitor added: its input's name and id, where it goes, its own name and its texts."""

    name: str
    id: str
    location: str
    label: str
    values: tuple[str, ...]
    secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationForm:
    """A whole operation's form.

    `servers` and `server_fields` (variables of the selected server, inputs `server.<variable>`); `media_types` of the
    body; `body_mode` is `form` or `raw`, `raw_text` the raw editor's text; `examples` fill the body when picked;
    `kept` are the fields of values that no field can show, `parked` the inputs of other media types; `drawn_for` is
    the media type the fields are of, where there are several; `example` the one picked last. `brackets` are the ways
    to write lists inside brackets, `objects` those to write objects in an urlencoded body; empty where none can be.
    `added` are parameters that the description does not have.
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
    added: tuple[Added, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the operation asks for nothing at all."""
        return not self.groups


class FieldNotFound(LookupError):  # noqa: N818 - the name the web layer maps to 404
    """No field has this input name; `str()` is a sentence for the visitor."""

    def __init__(self, name: str) -> None:
        super().__init__(say("This operation has no field named %(name)s; reload the page.", name=repr(name[:200])))
        self.name = name
