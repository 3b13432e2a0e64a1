"""Everything an operation asks for, as groups of fields to draw (contract section 5, point 6)."""

from __future__ import annotations

from collections.abc import Mapping

from playground.catalog.model import LOCATIONS, SANDBOX, Entry, Location, Parameter, Server, ServerVariable
from playground.forms.bracket_choice import bracket_options
from playground.forms.drawing import named_examples
from playground.forms.fields import Field, FieldNotFound, Group, OperationForm, Option, Row, ServerChoice
from playground.forms.from_schema import BUDGET, Builder, Spot, property_spot, row_spot
from playground.forms.inputs import BodyInput, body_of, is_text, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, control, element_id, escape, split_control, unescape
from playground.forms.reader import chosen_alternative, item_tokens, row_tokens
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FormState
from playground.forms.submission import body_text, parse, unshown
from playground.request.model import ABSENT
from playground.request.secret_parameters import is_secret
from playground.request.server import servers_of

_TITLES: tuple[tuple[Location, str], ...] = (
    ("path", "Parameters"),
    ("query", "Query"),
    ("header", "Headers"),
    ("cookie", "Cookies"),
)


def build_form(entry: Entry, state: FormState, *, depth: int = 2, budget: float = BUDGET) -> OperationForm:
    """Build the whole form for an operation and what is filled in so far.

    Objects have their fields down to `depth` levels and while `budget` (in fields) lasts; deeper ones are `deferred`
    unless something is filled in them.
    """
    builder = Builder(Shapes(entry.definitions), state, budget)
    groups: list[Group] = []
    for location, title in _TITLES:
        spots = _parameter_spots(entry, location)
        if spots:
            groups.append(Group(title=title, location=location, fields=builder.build_level(location, spots, 1)))
    body = body_of(entry, state)
    field = None
    if body is not None:
        field = builder.build(_body_spot(body), depth)
        groups.append(Group(title="Input", location=BODY, fields=(field,)))
    servers = servers_of(entry)
    chosen = state.get("server")
    request_body = entry.operation.request_body
    mode = "raw" if body is not None and state.get("body~mode") == "raw" else "form"
    return OperationForm(
        groups=tuple(groups),
        servers=tuple(ServerChoice(server=server, selected=server.url == chosen) for server in servers),
        server_fields=_server_fields(servers, chosen, state),
        media_types=_media_types(entry, body),
        media_type=body.media_type.name if body is not None else "",
        has_body=body is not None,
        body=field,
        body_required=body is not None and body.required,
        body_description=request_body.description if request_body is not None else "",
        body_mode=mode,
        raw_text=body_text(entry, state) if body is not None else "",
        unshown=_unshown(entry, state) if mode == "raw" else (),
        examples=named_examples(body.media_type.examples) if body is not None else (),
        brackets=bracket_options(entry, body, state, builder.shapes),
    )


def build_field(entry: Entry, state: FormState, name: str, *, depth: int = 2, budget: float = BUDGET) -> Field:
    """Build one field with what is below it, for a fragment: any input name, a row's, or a `more` field's.

    Raises `FieldNotFound` for a name the operation has no field for.
    """
    builder = Builder(Shapes(entry.definitions), state, budget)
    if len(name) > 4000 or name.count("/") > MAX_DEPTH:
        raise FieldNotFound(name)
    root, *segments = name.split("/")
    token, word = split_control(root)
    if word == "more" and token in LOCATIONS and len(segments) == 1 and _is_number(segments[0]):
        return builder.build_rest(token, _parameter_spots(entry, token), int(segments[0]), 1)
    spot = _root_spot(entry, state, token)
    if spot is None:
        raise FieldNotFound(name)
    for position, segment in enumerate(segments):
        if word == "more" and position == len(segments) - 1 and _is_number(segment):
            return builder.build_more(_inside(builder, spot)[0], int(segment), depth)
        token, following = split_control(segment)
        spot = _below(builder, spot, word, token)
        if spot is None:
            raise FieldNotFound(name)
        word = following
    if word:
        raise FieldNotFound(name)
    return builder.build(spot, depth)


def _parameter_spots(entry: Entry, location: str) -> list[Spot]:
    return [_parameter_spot(entry, name, one) for name, one in parameters_of(entry) if one.location == location]


def _root_spot(entry: Entry, state: FormState, root: str) -> Spot | None:
    if root == BODY:
        body = body_of(entry, state)
        return None if body is None else _body_spot(body)
    return next((_parameter_spot(entry, name, one) for name, one in parameters_of(entry) if name == root), None)


def _parameter_spot(entry: Entry, name: str, parameter: Parameter) -> Spot:
    schema = parameter.schema
    if is_secret(entry, parameter):
        # Drawn as a password: masked, and out of drafts and links as every password is.
        schema = {**(schema if isinstance(schema, Mapping) else {}), "format": "password"}
    return Spot(
        name=name,
        schema=schema,
        label=parameter.name,
        required=parameter.required or parameter.location == "path",
        always=parameter.required or parameter.location == "path",
        description=parameter.description,
        deprecated=parameter.deprecated,
        examples=named_examples(parameter.examples),
        # An empty path segment leads to another path; it is never worth offering.
        can_be_empty=parameter.location != "path",
    )


def _body_spot(body: BodyInput) -> Spot:
    return Spot(name=BODY, schema=body.schema, label=BODY, required=body.required, long=is_text(body.media_type.name))


def _inside(builder: Builder, spot: Spot) -> tuple[Spot, Shape]:
    """Return the spot itself, or the alternative in force when it is a choice."""
    shape = builder.shape(spot)
    if shape.kind != "choice":
        return spot, shape
    index, _ = chosen_alternative(shape, spot.name, builder.state, builder.shapes)
    inner = Spot(name=spot.name, schema=shape.alternatives[index], label=spot.label)
    return inner, builder.shape(inner)


def _is_number(token: str) -> bool:
    return token.isascii() and token.isdecimal() and len(token) < 10


def _below(builder: Builder, spot: Spot, word: str, token: str) -> Spot | None:
    """Return the spot one segment further down; `word` is the control the segment before ended with."""
    inner, shape = _inside(builder, spot)
    key, state = unescape(token), builder.state
    if word == "value":
        if shape.extra is None or not _is_number(token):
            return None
        tokens = row_tokens(state, inner.name)
        position = tokens.index(token) if token in tokens else len(tokens)
        return row_spot(inner.name, token, shape.extra, state, position)
    if word:
        return None
    if shape.kind == "array" and _is_number(token):
        tokens = item_tokens(state, inner.name)
        position = tokens.index(token) if token in tokens else len(tokens)
        row = Row(parent=inner.name, token=token, order_name=control(inner.name, "item"))
        return Spot(name=f"{inner.name}/{token}", schema=shape.item(position), label=f"Item {position + 1}", row=row)
    if key in shape.properties:
        return property_spot(inner.name, key, shape)
    if shape.kind in ("object", "map") and shape.extra is not None:
        row = Row(parent=inner.name, token=token, order_name="")
        return Spot(name=f"{inner.name}/{token}", schema=shape.extra, label=key, row=row)
    return None


def _media_types(entry: Entry, body: BodyInput | None) -> tuple[Option, ...]:
    request_body = entry.operation.request_body
    if request_body is None or body is None:
        return ()
    chosen = body.media_type.name
    names = dict.fromkeys(one.name for one in request_body.media_types)
    return tuple(Option(value=name, label=name, selected=name == chosen) for name in names)


def _unshown(entry: Entry, state: FormState) -> tuple[str, ...]:
    model = parse(entry, state).model
    return () if model.body is ABSENT else unshown(entry, model.body, media_type=model.media_type)


def _server_fields(servers: tuple[Server, ...], chosen: str | None, state: FormState) -> tuple[Field, ...]:
    """Return the fields for the variables of the chosen server (the first one when none is chosen)."""
    # The sandbox answers for the first described server, so its variables count.
    server = next(
        (one for one in servers if one.url == chosen), servers[0] if servers and chosen in (None, "", SANDBOX) else None
    )
    return tuple(_variable_field(variable, state) for variable in server.variables) if server is not None else ()


def _variable_field(variable: ServerVariable, state: FormState) -> Field:
    name = f"server.{escape(variable.name)}"
    value = state.text(name) or variable.default
    options = tuple(Option(value=text, label=text, selected=text == value) for text in variable.enum)
    return Field(
        name=name,
        id=element_id(name),
        label=variable.name,
        kind="enum" if options else "text",
        type_text="string",
        description=variable.description,
        default_text=variable.default,
        placeholder=variable.default,
        value=value,
        options=options,
        filled=int(bool(state.text(name))),
    )
