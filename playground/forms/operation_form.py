"""Everything an operation asks for, as groups of fields to draw (docs/protocol.md, Inputs of the operation page)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.catalog.model import LOCATIONS, SANDBOX, Entry, Location, Parameter, Server, ServerVariable
from playground.forms.appearance import (
    MOST_DRAWN,
    MOST_FOUND,
    MOST_OPTIONS,
    every_option,
    matching_options,
    matching_texts,
    named_examples,
)
from playground.forms.build import BUDGET, MORE_BUDGET, OPENED_BUDGET, Builder
from playground.forms.fields import (
    Added,
    Field,
    FieldNotFound,
    Group,
    Kept,
    OperationForm,
    Option,
    OptionField,
    ServerChoice,
    TextField,
)
from playground.forms.fill import kept_names, shown_body_text
from playground.forms.inputs import BodyInput, added_to, body_of, parameters_of
from playground.forms.names import BODY, control, element_id, escape, is_typable, place_text
from playground.forms.shape import Shape, Shapes, shapes_of
from playground.forms.sources import FieldSource, Sources, body_source
from playground.forms.state import FormState, is_count
from playground.mediatypes import kind_of
from playground.request.bodies.form import is_styled
from playground.request.server import servers_of
from playground.secrets.detect import is_secret
from playground.text.wording import say

_TITLES: tuple[tuple[Location, str], ...] = (
    ("path", say("Parameters")),
    ("query", say("Query")),
    ("header", say("Headers")),
    ("cookie", say("Cookies")),
)


def build_form(
    entry: Entry,
    state: FormState,
    *,
    depth: int = 2,
    budget: float = BUDGET,
    problems: Mapping[str, str] | None = None,
) -> OperationForm:
    """Build the whole form for an operation and what is filled in so far.

    Objects have their fields down to `depth` levels and while `budget` (in fields) lasts; deeper ones are `deferred`
    unless something is filled in them. `problems` are sentences by input name, shown beside the fields.
    """
    builder = Builder(shapes_of(entry), state, budget, problems or {})
    groups: list[Group] = []
    for location, title in _TITLES:
        sources = builder.sources.parameters(entry, location)
        if sources:
            groups.append(Group(title=title, location=location, fields=builder.build_level(location, sources, 1)))
    body = body_of(entry, state)
    field = None
    if body is not None:
        field = builder.build(body_source(body), depth)
        groups.append(Group(title=say("Input"), location=BODY, fields=(field,)))
    servers = servers_of(entry)
    chosen = state.get("server")
    request_body = entry.operation.request_body
    mode = "raw" if body is not None and state.get("body~mode") == "raw" else "form"
    return OperationForm(
        groups=tuple(groups),
        servers=tuple(ServerChoice(server=server, selected=server.url == chosen) for server in servers),
        server_fields=tuple(_variable_field(variable, state) for variable in _server_variables(servers, chosen)),
        media_types=_media_types(entry, body),
        media_type=body.media_type.name if body is not None else "",
        has_body=body is not None,
        body=field,
        body_required=body is not None and body.required,
        body_description=request_body.description if request_body is not None else "",
        body_mode=mode,
        raw_text=shown_body_text(entry, state) if body is not None else "",
        kept=_kept(state) if body is not None and mode == "form" else (),
        parked=state.starting(control(BODY, "stored") + "/"),
        drawn_for=body.media_type.name if body is not None and len(_media_types(entry, body)) > 1 else "",
        example=state.get(control(BODY, "example")),
        examples=named_examples(body.media_type.examples) if body is not None else (),
        objects=object_options(body, state, builder.shapes),
        brackets=bracket_options(entry, body, state, builder.shapes),
        added=tuple(_added(entry, state)),
    )


def build_field(
    entry: Entry,
    state: FormState,
    name: str,
    *,
    depth: int = 2,
    budget: float | None = None,
    problems: Mapping[str, str] | None = None,
) -> Field:
    """Build one field with what is below it, for a fragment: any input name, a row's, or a `more` field's.

    Without a `budget` it is a page's, and for more of a large object about as many fields as it shows already. Raises
    `FieldNotFound` for a name the operation has no field for.
    """
    parent, more, start = name.rpartition("~more/")
    asked_for_more = bool(more) and is_count(start)
    if budget is None:
        budget = min(max(int(start), OPENED_BUDGET), MORE_BUDGET) if asked_for_more else BUDGET
    builder = Builder(shapes_of(entry), state, budget, problems or {})
    if asked_for_more:
        if parent in LOCATIONS:
            return builder.build_rest(parent, builder.sources.parameters(entry, parent), int(start), 1)
        source, _ = builder.sources.in_force(builder.sources.find(entry, parent))
        return builder.build_more(source, int(start), depth)
    return builder.build(builder.sources.find(entry, name), depth)


def find_options(entry: Entry, state: FormState, name: str) -> tuple[Option, ...]:
    """Return the options of a long list that match what is typed into its input. Raises `FieldNotFound`."""
    for variable in _server_variables(servers_of(entry), state.get("server")):
        if name == _variable_name(variable):
            return _found(variable, state.text(name))
    sources = Sources(shapes_of(entry), state)
    _, shape = sources.in_force(sources.find(entry, name))
    return matching_options(shape, state.text(name))


def field_shape(entry: Entry, state: FormState, name: str) -> Shape:
    """Return the schema of an input read as a form. Raises `FieldNotFound`."""
    sources = Sources(shapes_of(entry), state)
    return sources.shape(sources.find(entry, name))


def list_options(entry: Entry, argument: str, typed: str) -> tuple[Option, ...]:
    """Return all options of an argument that match a text; of a list those of its items. Raises `FieldNotFound`.

    The argument is named as in flat arguments (`zone`, `address.country`) or as its input (`body/address/country`).
    """
    state = FormState()
    sources = Sources(shapes_of(entry), state)
    source = _named_source(entry, sources, argument)
    shape = sources.in_force(source)[1]
    if shape.kind == "array":
        shape = sources.shape(sources.find(entry, f"{source.name}/0"))
    return every_option(shape, typed)


def _named_source(entry: Entry, sources: Sources, argument: str) -> FieldSource:
    steps = "/".join(escape(step) for step in argument.split("."))
    inputs = [name for name, parameter in parameters_of(entry) if parameter.name == argument]
    for name in (argument, *inputs, f"{BODY}/{steps}", f"{BODY}/{escape(argument)}"):
        try:
            return sources.find(entry, name)
        except FieldNotFound:
            continue
    raise FieldNotFound(argument)


def _media_types(entry: Entry, body: BodyInput | None) -> tuple[Option, ...]:
    request_body = entry.operation.request_body
    if request_body is None or body is None:
        return ()
    chosen = body.media_type.name
    names = dict.fromkeys(media_type.name for media_type in request_body.media_types)
    return tuple(Option(value=name, label=name, selected=name == chosen) for name in names)


def _added(entry: Entry, state: FormState) -> Iterator[Added]:
    for name, location, label in added_to(entry, state):
        texts = tuple(text for text in state.get_all(name) if text)
        secret = is_secret(entry, Parameter(name=label, location=location))
        yield Added(name=name, id=element_id(name), location=location, label=label, values=texts, secret=secret)


def _kept(state: FormState) -> tuple[Kept, ...]:
    return tuple(Kept(id=element_id(name) + "-field", label=place_text(name)) for name in kept_names(state))


def _server_variables(servers: tuple[Server, ...], chosen: str | None) -> tuple[ServerVariable, ...]:
    """Return the variables of the chosen server (the first one when none is chosen)."""
    # The sandbox answers for the first described server, so its variables count.
    server = next(
        (listed for listed in servers if listed.url == chosen),
        servers[0] if servers and chosen in (None, "", SANDBOX) else None,
    )
    return server.variables if server is not None else ()


def _variable_name(variable: ServerVariable) -> str:
    return f"server.{escape(variable.name)}"


def _found(variable: ServerVariable, typed: str) -> tuple[Option, ...]:
    found = matching_texts(variable.enum, typed)[:MOST_FOUND]
    return tuple(Option(value=text, label=text, selected=text == typed) for text in found)


def _variable_field(variable: ServerVariable, state: FormState) -> Field:
    name = _variable_name(variable)
    value = state.text(name) or variable.default
    searchable = len(variable.enum) > MOST_OPTIONS and all(map(is_typable, (value, *variable.enum)))
    found_by_typing = searchable and len(variable.enum) > MOST_DRAWN
    if found_by_typing and value not in variable.enum:
        options = _found(variable, value)
    else:
        listed = (value,) if found_by_typing else variable.enum
        options = tuple(Option(value=text, label=text, selected=text == value) for text in listed)
    filled = int(bool(state.text(name)))
    if not variable.enum:
        return TextField(
            name=name, id=element_id(name), label=variable.name, kind="text", type_text="string",
            description=variable.description, default_text=variable.default, placeholder=variable.default,
            value=value, filled=filled,
        )  # fmt: skip
    return OptionField(
        name=name, id=element_id(name), label=variable.name, kind="enum", type_text="string",
        description=variable.description, default_text=variable.default, value=value, options=options,
        count=len(variable.enum), searchable=searchable, found_by_typing=found_by_typing, filled=filled,
    )  # fmt: skip


_WAYS = {"index": "a[0]=", "empty": "a[]=", "repeat": "a="}
_OBJECTS = {"json": 'a={"b":1}', "brackets": "a[b]=1"}


def bracket_options(entry: Entry, body: BodyInput | None, state: FormState, shapes: Shapes) -> tuple[Option, ...]:
    """Return the ways to write a list inside brackets; empty where no value of the operation is written in brackets."""
    if not (_in_query(entry, shapes) or _is_deep_body(body) or _has_objects(body, shapes)):
        return ()
    return _options(_WAYS, state.get("brackets"))


def object_options(body: BodyInput | None, state: FormState, shapes: Shapes) -> tuple[Option, ...]:
    """Return the ways to write an object in an urlencoded body; empty where the description leaves none open."""
    return _options(_OBJECTS, state.get("objects")) if _has_objects(body, shapes) else ()


def _options(labels: Mapping[str, str], chosen: str | None) -> tuple[Option, ...]:
    known = chosen if chosen in labels else next(iter(labels))
    return tuple(Option(value=value, label=label, selected=value == known) for value, label in labels.items())


def _in_query(entry: Entry, shapes: Shapes) -> bool:
    for parameter in entry.operation.parameters_in("query"):
        if parameter.media_type or not parameter.explode:
            continue
        shape = shapes.of(parameter.schema)
        if not shape.is_leaf and (parameter.style == "deepObject" or _is_deep(shape, shapes)):
            return True
    return False


def _is_deep_body(body: BodyInput | None) -> bool:
    if body is None or kind_of(body.media_type.name) not in ("form", "multipart"):
        return False
    return any(encoding.style == "deepObject" for encoding in body.media_type.encoding.values())


def _has_objects(body: BodyInput | None, shapes: Shapes) -> bool:
    """Say whether an urlencoded body may hold an object that no Encoding Object speaks of."""
    if body is None or kind_of(body.media_type.name) != "form":
        return False
    encodings = body.media_type.encoding
    for name, schema in shapes.of(body.schema).properties.items():
        encoding, shape = encodings.get(name), shapes.of(schema)
        is_open = encoding is None or not (encoding.content_type or is_styled(encoding))
        if is_open and not shape.is_leaf and (shape.kind != "array" or _is_deep(shape, shapes)):
            return True
    return False


def _is_deep(shape: Shape, shapes: Shapes) -> bool:
    """Say whether a value of this shape may hold a list or an object below its first level."""
    if shape.kind == "array":
        return not shapes.of(shape.item(0)).is_leaf
    if shape.kind == "choice":
        return any(
            _is_deep(shapes.of(alternative), shapes)
            for alternative in shape.alternatives[:8]
            if alternative is not shape.schema
        )
    members = list(shape.properties.values())[:50]
    if shape.extra is not None and shape.extra is not True:
        members.append(shape.extra)
    return any(not shapes.of(member).is_leaf for member in members)
