"""Every snippet target, in the order pages show them, and the one way to make a snippet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from playground import jsontext
from playground.catalog.model import Entry, Parameter
from playground.mediatypes import kind_of
from playground.messages import HTTPRequest
from playground.request.arguments import to_arguments
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.media_types import select_media_type
from playground.request.model import ABSENT, RequestModel
from playground.request.server import NO_SERVER, OTHER, default_server, relative_path
from playground.secrets.mask import PLACEHOLDER, marker_of, mask_model
from playground.secrets.schemes import Injection, injections
from playground.secrets.variables import own_secrets, secret_variables
from playground.snippets import formats
from playground.snippets.described import PREFIX, samples_of, write_sample
from playground.snippets.files import safe_name, with_files
from playground.snippets.languages import (
    c,
    csharp,
    dart,
    elixir,
    go,
    javascript,
    jvm,
    perl,
    php,
    powershell,
    python,
    r,
    ruby,
    rust,
    shell,
    swift,
    typescript,
)
from playground.snippets.message import MARKABLE
from playground.snippets.target import Snippet, SnippetRequest, Target, Via
from playground.snippets.text import named_inside

TARGETS: Final[tuple[Target, ...]] = (
    *typescript.TARGETS,
    *shell.TARGETS,
    *python.TARGETS,
    *javascript.TARGETS,
    *php.TARGETS,
    *ruby.TARGETS,
    *perl.TARGETS,
    *r.TARGETS,
    *jvm.TARGETS,
    *csharp.TARGETS,
    *c.TARGETS,
    *rust.TARGETS,
    *elixir.TARGETS,
    *swift.TARGETS,
    *dart.TARGETS,
    *powershell.TARGETS,
    *go.TARGETS,
    *formats.TARGETS,
)


PLACEHOLDER_SERVER = "https://api.example.com"
"""Where a snippet sends to if the description names no full address."""
_WRITTEN_AS_JSON = ("json", "form", "multipart", "yaml")
_BY_ID: Final = {target.id: target for target in TARGETS}


def find_target(id: str) -> Target:  # noqa: A002 - its name everywhere else
    """Return the target of that id. Raises `KeyError`, whose text lists the targets there are."""
    if id not in _BY_ID:
        raise KeyError(f"There is no snippet target {id!r}; there are: {', '.join(_BY_ID)}.")
    return _BY_ID[id]


def make_snippet(
    entry: Entry, model: RequestModel, *, target: str, via: Via | None = None, gateway_url: str | None = None
) -> Snippet:
    """Write one snippet of a model: `write_snippet` of a request that is built for it."""
    return write_snippet(BuiltRequest(entry=entry, model=model), target=target, via=via, gateway_url=gateway_url)


def write_snippet(
    request: BuiltRequest, *, target: str, via: Via | None = None, gateway_url: str | None = None
) -> Snippet:
    """Write one snippet; what is missing or wrong in the model becomes a placeholder or a note, never an error.

    A `via` that the target does not have, and `None`, mean the target's first. A target may also be one of the samples
    that the description brings. Raises `KeyError` for an unknown target.
    """
    entry = request.entry
    for sample in samples_of(entry.operation) if target.startswith(PREFIX) else ():
        if sample.id == target:
            return write_sample(sample, entry, mask_model(entry, request.model))
    chosen = find_target(target)
    own_via = via if via is not None and via in chosen.vias else chosen.vias[0]
    rendered = chosen.render(snippet_request(request, via=own_via, gateway_url=gateway_url))
    name = safe_name(f"{entry.operation.name}.{chosen.extension}")
    return Snippet(text=rendered.text, lexer=chosen.lexer, filename=name, notes=rendered.notes)


def marked_snippet(request: BuiltRequest, *, target: str) -> tuple[str, tuple[tuple[str, Injection], ...]]:
    """Write the direct snippet with a marker for each secret; return it, and each marker with its injection.

    The text holds no secret: the reader's browser, which has them, puts them in. A target that does not call directly
    has no markers.
    """
    chosen = find_target(target)
    if "direct" not in chosen.vias:
        return write_snippet(request, target=target).text, ()
    direct = replace(snippet_request(request, via="direct", gateway_url=None), marked=True)
    text = chosen.render(direct).text
    marked = [(marker_of(at), injection) for at, injection in enumerate(direct.injections)]
    return text, tuple((marker, each) for marker, each in marked if each.kind in MARKABLE and marker in text)


def snippet_request(built: BuiltRequest, *, via: Via, gateway_url: str | None) -> SnippetRequest:
    """Gather what a target takes; an unusable part of the model is left out and named in a note."""
    entry = built.entry
    placed = injections(entry, built.model.security)
    marked = built.marked.without({(injection.location, injection.name.lower()) for injection in placed})
    model, markers = marked.model, marked.markers
    variables = secret_variables(entry) if markers else {}
    secrets = {marker: variables[parameter.location, parameter.name] for marker, parameter in markers.items()}
    secrets |= marked.variables
    notes: list[str] = []
    if model.raw is not built.shown.raw or model.body is not built.shown.body:
        notes.append(f"Put the password itself where {PLACEHOLDER} stands, and keep it out of what you save.")
    if via == "sdk" and markers:
        notes += _read_by_package(entry, markers.values())
        marked = marked.without({(parameter.location, parameter.name.lower()) for parameter in markers.values()})
        model, secrets = marked.model, dict(marked.variables)
    if marked.error is not None:
        notes.append(str(marked.error))
    request = marked.message or _empty_request(entry)
    options = _options(entry, model)
    if request.url.startswith(NO_SERVER):
        notes.append(f"{PLACEHOLDER_SERVER} is a placeholder: write the API's address in its place.")
        request = replace(request, url=PLACEHOLDER_SERVER + request.url.removeprefix(NO_SERVER))
        options["server"] = PLACEHOLDER_SERVER + relative_path(entry)
    arguments: dict[str, Any] = {}
    if via != "direct":
        try:
            writable = replace(model, raw=None, body=ABSENT) if _is_broken_json(entry, model) else model
            arguments = with_files(to_arguments(entry, writable), model.parameters, model.body)
            # The package's call has no place for a variable, so that the name of it stands there.
            arguments = named_inside(arguments, marked.variables, whole=via == "sdk")
        except RequestError as error:
            notes.append(str(error))
    return SnippetRequest(
        entry=entry,
        model=model,
        request=request,
        injections=placed,
        arguments=arguments,
        gateway_url=gateway_url,
        via=via,
        options=options,
        notes=tuple(notes),
        secrets=secrets,
    )


def _read_by_package(entry: Entry, secrets: Iterable[Parameter]) -> list[str]:
    """Return a sentence for each secret parameter that the package's call takes from elsewhere than its arguments."""
    read = {(parameter.location, parameter.name): variable for parameter, variable in own_secrets(entry)}
    return [
        f"{secret.name} is a secret: set {read[secret.location, secret.name]}, where the package reads it."
        if (secret.location, secret.name) in read
        else f"Give {secret.name} yourself: it is a secret, and not written into code."
        for secret in secrets
    ]


def _empty_request(entry: Entry) -> HTTPRequest:
    """Return the request without any value of a visitor, and without a server where the described one is unusable."""
    try:
        return build_request(entry, RequestModel(), placeholders=True)
    except RequestError:
        nowhere = replace(
            entry, provider=replace(entry.provider, servers=()), operation=replace(entry.operation, servers=())
        )
        return build_request(nowhere, RequestModel(), placeholders=True)


def _options(entry: Entry, model: RequestModel) -> dict[str, Any]:
    """Return the choices of a gateway call, beside its arguments, that the gateway would not make by itself."""
    options: dict[str, Any] = {}
    if model.server not in (None, OTHER, default_server(entry)):
        options["server"] = model.server
    if model.server_variables:
        options["server_variables"] = dict(model.server_variables)
    if _is_broken_json(entry, model):
        options["raw"] = model.raw
    if model.brackets != "index":
        options["brackets"] = model.brackets
    if model.form_objects != "json":
        options["form_objects"] = model.form_objects
    body = entry.operation.request_body
    if model.media_type is not None and body is not None and model.media_type != body.media_types[0].name:
        options["media_type"] = model.media_type
    return options


def _is_broken_json(entry: Entry, model: RequestModel) -> bool:
    """Tell whether the raw editor holds text that should be JSON and is not: it can only be sent as it is."""
    described = select_media_type(entry, model, placeholders=True)
    if model.raw is None or (described is not None and kind_of(described.name) not in _WRITTEN_AS_JSON):
        return False
    try:
        jsontext.loads(model.raw)
    except jsontext.JSONTextError:
        return True
    return False
