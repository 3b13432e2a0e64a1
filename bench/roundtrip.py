"""Every operation's form, there and back: what a model says is drawn, submitted as a browser would, and read again.

A model drawn at random from the schemas -> inputs -> the form's HTML by the real templates -> the controls a browser
submits -> the same model -> the same request; the form as a link, made and opened by the page's script (where node is
there to run it) -> the same model but for what is secret; and the model as flat arguments -> the same model.
"""

from __future__ import annotations

import base64
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask

from bench.controls import submitted
from bench.links import Filled, filled, has_node, lost
from bench.pieces import Piece, pieces_of, worked
from bench.values import Drawer
from playground.app import create_app
from playground.catalog.model import SANDBOX, Catalog, Entry, Location
from playground.config import Settings
from playground.forms.fill import fill
from playground.forms.inputs import body_of, parameters_of
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.jsontext import dumps, loads
from playground.messages import JSONContent
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError
from playground.request.arguments import from_arguments, to_arguments
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import ABSENT, FileValue, RequestModel, Value
from playground.store import open_store
from playground.web.operation.form import with_typed_server
from playground.web.operation.try_it import render_form

MOST_MEDIA_TYPES = 4
_BOUNDARY = "roundtrip"
_TWICE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One model that did not come back: at which step, and what differs."""

    document: str
    operation: str
    step: str
    detail: str

    def __str__(self) -> str:
        return f"{self.document} {self.operation}: {self.step}: {self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one document came to. `values` counts the scalars that were said, `largest` bytes of the largest form."""

    document: str
    operations: int = 0
    models: int = 0
    values: int = 0
    largest: int = 0
    problem: str = ""
    disagreements: tuple[Disagreement, ...] = ()


@contextmanager
def rendering() -> Iterator[Flask]:
    """Make a site with an empty catalogue, inside a request of which templates can be rendered."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "catalog.sqlite") as store:
        app = create_app(Settings(catalog=Path(folder) / "catalog.sqlite"), store)
        with app.test_request_context("/"):
            yield app


def entries_of(catalog: Catalog) -> Iterator[Entry]:
    """Yield the operations of a document with what they stand on."""
    for operation in catalog.operations:
        yield Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)


def models_of(entry: Entry, random: Random) -> Iterator[RequestModel]:
    """Yield a random model for each of the body's media types (or one), parameters and server at random as well."""
    body = entry.operation.request_body
    if body is None or not body.media_types:
        yield _model(entry, random, None)
        return
    names = list(dict.fromkeys(media_type.name for media_type in body.media_types))
    for name in names[:1] + random.sample(names[1:], min(len(names) - 1, MOST_MEDIA_TYPES - 1)):
        yield _model(entry, random, name if len(names) > 1 else None)


def _model(entry: Entry, random: Random, media_type: str | None) -> RequestModel:
    parameters: dict[Location, dict[str, Value]] = {}
    for _, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        if required or random.random() < 0.6:
            value = Drawer(random, entry.definitions, nodes=20).draw(parameter.schema)
            if value in ("", None, [], {}) and parameter.location == "path":
                value = "x"
            parameters.setdefault(parameter.location, {})[parameter.name] = value
    body: Value = ABSENT
    described = body_of(entry, chosen=media_type)
    if described is not None and (described.required or random.random() < 0.8):
        body = Drawer(random, entry.definitions).draw(described.schema)
    return RequestModel(parameters=parameters, media_type=media_type, body=body)


def compare(
    entry: Entry, model: RequestModel, *, twice: bool = True, forms: list[Filled] | None = None
) -> tuple[tuple[str, str] | None, int]:
    """Send one model round; return the step where it did not come back with what differs, and the form's bytes.

    `twice` draws what came back as a page again. The form that came back is added to `forms`, for its link.
    """
    state = fill(entry, model)
    said = parse(entry, state).model
    if (found := difference(_values(model), _values(said))) is not None:
        return ("inputs", found), 0
    html = render_form(entry, state)
    back = submit(html, state)
    if forms is not None:
        forms.append(filled(entry, back, html))
    read = parse(entry, back).model
    if (found := difference(_values(model), _values(read))) is not None:
        return ("page", found), len(html)
    if (found := _difference_of_requests(entry, model, read)) is not None:
        return ("request", found), len(html)
    again = parse(entry, submit(render_form(entry, back), state)).model if twice else read
    if again != read:
        return ("page again", difference(_values(read), _values(again)) or "something beside the values"), len(html)
    return _arguments(entry, model), len(html)


def submit(html: str, state: FormState) -> FormState:
    """Return what a browser submits from a drawn form, the files of the state chosen in their inputs."""
    chosen: dict[str, list[FileValue]] = {}
    for name, file in state.files:
        chosen.setdefault(name, []).append(file)
    pairs, files = submitted(html, chosen)
    return FormState.submitted(with_typed_server(pairs), files)


def _arguments(entry: Entry, model: RequestModel) -> tuple[str, str] | None:
    try:
        back = from_arguments(entry, to_arguments(entry, model), media_type=model.media_type)
    except RequestError as error:
        return "arguments", str(error)
    found = difference(_values(model), _values(back))
    return None if found is None else ("arguments", found)


def _values(model: RequestModel) -> dict[str, Any]:
    found: dict[str, Any] = {location: dict(values) for location, values in model.parameters.items() if values}
    if model.body is not ABSENT:
        found["body"] = model.body
    return {**found, "media_type": model.media_type}


def _difference_of_requests(entry: Entry, model: RequestModel, read: RequestModel) -> str | None:
    if model.server is None and read.server == SANDBOX:
        # Of a description without a full address the page chooses the sandbox, where a model chooses nothing.
        model = replace(model, server=SANDBOX)
    one, other = (_request_text(entry, each) for each in (model, read))
    return None if one == other else f"{one[:300]} | {other[:300]}"


def _request_text(entry: Entry, model: RequestModel) -> str:
    try:
        request = build_request(entry, model, boundary=_BOUNDARY, placeholders=True)
    except RequestError as error:
        return str(error)
    body = request.body
    if isinstance(request.content, JSONContent):
        # The order of members is that of the alternative the form takes the value for; JSON gives it no meaning.
        body = dumps(_sorted(loads(body.decode()))).encode("utf-8", "surrogatepass")
    return f"{request.method} {request.url} {tuple(request.headers)} {body!r}"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def difference(one: Any, other: Any, place: str = "") -> str | None:
    """Return where two values differ first, kinds and spellings of numbers included; `None` if nowhere."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        if one.keys() != other.keys():
            missing, more = sorted(one.keys() - other.keys()), sorted(other.keys() - one.keys())
            return f"{place}: lost {_short({name: one[name] for name in missing})}, found {_short(more)}"
        found = (difference(member, other[name], f"{place}/{name}") for name, member in one.items())
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = (difference(member, other[index], f"{place}/{index}") for index, member in enumerate(one))
    else:
        return None if _spelling(one) == _spelling(other) else f"{place}: {_short(one)} became {_short(other)}"
    return next((each for each in found if each is not None), None)


def _spelling(value: Any) -> str:
    if isinstance(value, FileValue):
        content = base64.b64encode(value.content).decode()
        return dumps([value.filename, value.content_type, content]) + "file"
    try:
        return dumps(value)
    except TypeError:
        return repr(value)


def _short(value: Any) -> str:
    return repr(value)[:160]


def check_document(path: Path, name: str, *, every: int = 1, seed: int = 0) -> Outcome:
    """Send models of a document's operations round, of all or of each n-th one; same seed, same models."""
    return check(Piece(path=path, name=name), every=every, seed=seed)


def check(piece: Piece, *, every: int = 1, seed: int = 0) -> Outcome:
    """Send models of the operations of a piece of a document round."""
    name = piece.name
    try:
        catalog = compile_document(parse_document(piece.path.read_bytes()), name="x").catalog
    except DocumentError as error:
        return Outcome(document=name, problem=str(error))
    operations = models = values = largest = 0
    wrong: list[Disagreement] = []
    forms: list[Filled] = []
    with rendering():
        for place, entry in enumerate(piece.of(tuple(entries_of(catalog)))):
            # The documents differ in where they start, or a step would take the same places of all small ones.
            if (place + zlib.crc32(name.encode())) % every:
                continue
            operations += 1
            key = entry.operation.key
            random = Random(zlib.crc32(f"{seed} {name} {key}".encode()))
            for model in models_of(entry, random):
                models += 1
                values += _count(_values(model))
                met, size = compare(entry, model, twice=random.random() < _TWICE, forms=forms)
                largest = max(largest, size)
                if met is not None:
                    wrong.append(Disagreement(document=name, operation=key, step=met[0], detail=met[1]))
    if has_node():
        links = lost(forms)
        wrong += [
            Disagreement(document=name, operation=one.entry.operation.key, step="link", detail=it) for one, it in links
        ]
    return Outcome(
        document=name, operations=operations, models=models, values=values, largest=largest,
        disagreements=tuple(wrong),
    )  # fmt: skip


def _count(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 1


def check_all(folder: Path, *, workers: int = 2, notes: Path | None = None) -> Iterator[Outcome]:
    """Check every description below a folder, in parallel; yield what each piece came to as it is done."""
    for _, found in worked(pieces_of(folder), _noted, workers=workers, notes=notes):
        wrong = tuple(Disagreement(**fields) for fields in found["disagreements"])
        yield replace(Outcome(**{**found, "disagreements": ()}), disagreements=wrong)


def _noted(piece: Piece) -> dict[str, Any]:
    return asdict(check(piece))


def summary(outcomes: Sequence[Outcome], most: int = 60) -> str:
    """Return the figures as lines, and the first disagreements."""
    wrong = [disagreement for outcome in outcomes for disagreement in outcome.disagreements]
    sums = {word: sum(getattr(outcome, word) for outcome in outcomes) for word in ("operations", "models", "values")}
    largest = max(outcomes, key=lambda one: one.largest)
    lines = [
        f"{len({outcome.document for outcome in outcomes})} documents, {sums['operations']:,} operations, "
        f"{sums['models']:,} models, {sums['values']:,} values",
        f"{len(wrong):,} models did not come back" if wrong else "every model came back",
        f"largest form drawn: {largest.largest:,} bytes ({largest.document})",
    ]
    lines += [f"not read: {outcome.document}: {outcome.problem}" for outcome in outcomes if outcome.problem]
    lines += [
        f"{count:6,} at {step}" for step, count in Counter(disagreement.step for disagreement in wrong).most_common()
    ]
    return "\n".join([*lines, *map(str, wrong[:most])])
