"""`parse`: submitted inputs to a request model; `fill`: a request model to inputs (contract section 5).

`parse(entry, fill(entry, model)).model == model`, whether its values fit the description or not (files apart).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Entry, Location
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, escape, unescape
from playground.forms.reader import FieldProblem, Reader
from playground.forms.shape import shapes_of
from playground.forms.state import FormState, is_below
from playground.forms.writer import Writer
from playground.jsontext import JSONTextError, dumps, loads
from playground.mediatypes import is_bytes, kind_of
from playground.request.bodies.text import read_sequence, sequence_text
from playground.request.built import BuiltRequest
from playground.request.model import ABSENT, Absent, Brackets, FileValue, RequestModel, Value
from playground.secrets.mask import mask_model
from playground.text.wording import say

NO_SECURITY = "~none"
"""The text of input `security` for "send no credentials"; the empty text leaves the choice to the default."""


@dataclass(frozen=True, kw_only=True)
class Submission(BuiltRequest):
    """What was submitted: the inputs, their model and messages, and what the description does not allow in them."""

    state: FormState
    problems: tuple[FieldProblem, ...] = ()


def parse(entry: Entry, state: FormState) -> Submission:
    """Read a form's inputs. Never raises and never refuses: problems are advice beside the model."""
    reader = Reader(shapes_of(entry), state)
    parameters: dict[Location, dict[str, Value]] = {}
    for name, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        value = reader.read(parameter.schema, name, fixed=required)
        if value is not ABSENT:
            parameters.setdefault(parameter.location, {})[parameter.name] = value
        elif required:
            reader.note(name, say("%(name)s is required.", name=parameter.name))
    body, raw = _read_body(entry, state, reader)
    model = RequestModel(
        server=state.get("server") or None,
        server_variables={
            unescape(name.removeprefix("server.")): state.text(name)
            for name in state.names()
            if name.startswith("server.") and "/" not in name and state.get(name)
        },
        parameters=parameters,
        media_type=_media_type(entry, state),
        body=body,
        raw=raw,
        security=_read_security(state.get("security")),
        brackets=_read_brackets(state.get("brackets")),
        form_objects="brackets" if state.get("objects") == "brackets" else "json",
    )
    return Submission(entry=entry, state=state, model=model, problems=tuple(reader.problems))


def fill(entry: Entry, model: RequestModel) -> FormState:
    """Return the inputs that say this model, in the order the form shows them.

    What no field can show is kept (`kept_names`); only a file where none is expected is left out.
    """
    writer = Writer(shapes_of(entry))
    if model.server is not None:
        writer.pairs.append(("server", model.server))
    writer.pairs += [(f"server.{escape(name)}", text) for name, text in model.server_variables.items() if text]
    if model.security is not None:
        names = ",".join(scheme.replace("~", "~0").replace(",", "~2") for scheme in model.security)
        writer.pairs.append(("security", names if model.security else NO_SECURITY))
    for name, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        writer.write(parameter.schema, name, model.parameter(parameter.location, parameter.name), fixed=required)
    if model.media_type is not None:
        writer.pairs.append(("media_type", model.media_type))
    if model.brackets != "index":
        writer.pairs.append(("brackets", model.brackets))
    if model.form_objects != "json":
        writer.pairs.append(("objects", model.form_objects))
    body = body_of(entry, chosen=model.media_type)
    if body is not None:
        if model.raw is not None:
            writer.pairs += [("body~mode", "raw"), ("body~raw", model.raw)]
        value = model.body
        if value is ABSENT and model.raw is not None:
            value, _ = _value_of_raw(body, model.raw)
        writer.write(body.schema, BODY, value, fixed=body.required)
    return FormState.of(writer.pairs, writer.files)


def kept_names(state: FormState, name: str = BODY) -> tuple[str, ...]:
    """Return the input names, at and below a name, of values that no field can show and that are kept as JSON."""
    return tuple(one.removesuffix("~kept") for one in state.names() if one.endswith("~kept") and is_below(one, name))


def body_text(entry: Entry, state: FormState) -> str:
    """Return the raw editor's text for the form's body: indented JSON, or the text itself for text media types.

    In raw mode it is the editor's own text. Files have no text and are left out; nothing filled gives an empty text.
    """
    if state.get("body~mode") == "raw":
        return state.text("body~raw")
    body = body_of(entry, state)
    if body is None:
        return ""
    return text_of_body(body, Reader(shapes_of(entry), state).read(body.schema, BODY, fixed=body.required))


def shown_body_text(entry: Entry, state: FormState, submission: Submission | None = None) -> str:
    """Return `body_text` as a page holds it beside the form: a password is a placeholder.

    The raw editor gets the text as it is sent, by `to_raw`. A `submission` that was read from the state already saves
    reading the body again.
    """
    body = body_of(entry, state)
    if body is None or state.get("body~mode") == "raw":
        return body_text(entry, state)
    if submission is not None:
        return text_of_body(body, submission.marked.model.body)
    value = Reader(shapes_of(entry), state).read(body.schema, BODY, fixed=body.required)
    return text_of_body(body, mask_model(entry, RequestModel(body=value)).body)


def text_of_body(body: BodyInput, value: Value | Absent) -> str:
    """Return a body value as the text of the raw editor."""
    if value is ABSENT or isinstance(value, FileValue):
        return ""
    if isinstance(value, str) and (body.is_plain_text or is_bytes(body.media_type.name)):
        return value
    try:
        if body.is_sequence and isinstance(value, list):
            return sequence_text(kind_of(body.media_type.name), without_files(value))
        return dumps(without_files(value), indent=2)
    except (TypeError, ValueError, RecursionError):
        return ""


def without_files(value: Any) -> Any:
    """Return the value without its files, which have no JSON text."""
    if isinstance(value, Mapping):
        return {name: without_files(member) for name, member in value.items() if not isinstance(member, FileValue)}
    if isinstance(value, list | tuple):
        return [without_files(member) for member in value if not isinstance(member, FileValue)]
    return value


def _read_body(entry: Entry, state: FormState, reader: Reader) -> tuple[Value | Absent, str | None]:
    body = body_of(entry, state)
    if body is None:
        return ABSENT, None
    if state.get("body~mode") == "raw":
        text = state.text("body~raw")
        value: Value | Absent
        value, problem = _value_of_raw(body, text) if text.strip() else (ABSENT, "")
        reader.note("body~raw", problem)
        raw = text if text.strip() else None
    else:
        value, raw = reader.read(body.schema, BODY, fixed=body.required), None
    if value is ABSENT and raw is None and body.required:
        reader.note(BODY, say("A body is required."))
    return value, raw


def _value_of_raw(body: BodyInput, text: str) -> tuple[Value | Absent, str]:
    if body.is_plain_text or is_bytes(body.media_type.name):
        return text, ""
    try:
        return (read_sequence(kind_of(body.media_type.name), text) if body.is_sequence else loads(text)), ""
    except JSONTextError as error:
        # Elsewhere (XML, YAML, any range) the text goes as it is typed, so there is nothing wrong with it.
        needs_json = kind_of(body.media_type.name) in ("json", "form", "multipart")
        return ABSENT, str(error) if needs_json else ""


def _media_type(entry: Entry, state: FormState) -> str | None:
    chosen = state.get("media_type")
    body = entry.operation.request_body
    return chosen if body is not None and any(media_type.name == chosen for media_type in body.media_types) else None


def _read_security(text: str | None) -> tuple[str, ...] | None:
    if not text:
        return None
    if text == NO_SECURITY:
        return ()
    return tuple(name.replace("~2", ",").replace("~0", "~") for name in text.split(",") if name)


def _read_brackets(text: str | None) -> Brackets:
    return "empty" if text == "empty" else "repeat" if text == "repeat" else "index"
