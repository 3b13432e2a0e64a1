"""A request model with the messages made of it, each built when it is first asked for and never again."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from playground.catalog.model import Entry, Parameter
from playground.messages import Headers, HTTPRequest
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.undescribed import with_undescribed
from playground.secrets.credentials import Credentials
from playground.secrets.mask import with_markers, with_variable_markers
from playground.secrets.schemes import apply_credentials


@dataclass(frozen=True, kw_only=True)
class BuiltRequest:
    """A model for one operation, and its messages: `message` is sent, `marked` is shown."""

    entry: Entry
    model: RequestModel
    secret_variables: tuple[str, ...] = ()
    """Names of secret variables: `{{name}}` in the model stands for a text that is not in it."""

    def __post_init__(self) -> None:
        """Let the entry describe all that the model holds: what is added is masked and written like the rest."""
        object.__setattr__(self, "entry", with_undescribed(self.entry, self.model))

    @property
    def message(self) -> HTTPRequest:
        """The message that is sent, without credentials. Raises `RequestError`."""
        if isinstance(self._message, RequestError):
            raise self._message
        return self._message

    def with_credentials(self, credentials: Credentials) -> HTTPRequest:
        """Return the message with the credentials where the security schemes put them. Raises `RequestError`."""
        return apply_credentials(self.entry, self.message, credentials, self.model.security)

    def to_server(self, server: str | None) -> Self:
        """Return the request to another server; itself where the server is the same."""
        return self if server == self.model.server else replace(self, model=self.model_for(server))

    def model_for(self, server: str | None) -> RequestModel:
        """Return the model of the request to another server; its own where the server is the same."""
        return self.model if server == self.model.server else replace(self.model, server=server)

    @cached_property
    def shown(self) -> RequestModel:
        """The model without the content of large files: what is shown of them would take many times their bytes."""
        return self.model.shown

    @cached_property
    def marked(self) -> MarkedRequest:
        """The request as pages and snippets show it: incomplete where the form is, with a marker for each secret."""
        model, markers = with_markers(self.entry, self.shown)
        model, variables = with_variable_markers(self.entry, model, self.secret_variables)
        return _mark(self.entry, model, markers, variables)

    @cached_property
    def _message(self) -> HTTPRequest | RequestError:
        try:
            return build_request(self.entry, self.model)
        except RequestError as error:
            return error


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedRequest:
    """A request in which a marker (letters, digits and `_`) replaces each secret parameter's value.

    `model` holds the markers, `markers` maps each to its parameter, and a password inside the body is a placeholder.
    `variables` maps those in the places of secret variables to the environment variables that code reads them from.
    `message` is built from it with placeholders for what is missing; it is `None` where `error` says why there is none.
    """

    entry: Entry
    model: RequestModel
    markers: Mapping[str, Parameter]
    variables: Mapping[str, str] = field(default_factory=dict)
    message: HTTPRequest | None = None
    error: RequestError | None = None

    def without(self, places: Container[tuple[str, str]]) -> MarkedRequest:
        """Return the request without the secrets at these places (location, name in lower case)."""
        dropped = {
            marker: parameter
            for marker, parameter in self.markers.items()
            if (parameter.location, parameter.name.lower()) in places
        }
        if not dropped:
            return self
        parameters = {location: dict(values) for location, values in self.model.parameters.items()}
        for parameter in dropped.values():
            del parameters[parameter.location][parameter.name]
        model = replace(self.model, parameters=parameters)
        markers = {marker: parameter for marker, parameter in self.markers.items() if marker not in dropped}
        if self.message is None or any(parameter.location == "path" for parameter in dropped.values()):
            return _mark(self.entry, model, markers, self.variables)
        return replace(self, model=model, markers=markers, message=_without_markers(self.message, dropped))


def _mark(
    entry: Entry, model: RequestModel, markers: Mapping[str, Parameter], variables: Mapping[str, str]
) -> MarkedRequest:
    marked = MarkedRequest(entry=entry, model=model, markers=markers, variables=variables)
    try:
        return replace(marked, message=build_request(entry, model, placeholders=True))
    except RequestError as error:
        return replace(marked, error=error)


def _without_markers(message: HTTPRequest, markers: Mapping[str, Parameter]) -> HTTPRequest:
    """Return the message without the query pairs, header fields and cookies that hold one of the markers."""

    def holds(text: str) -> bool:
        return any(marker in text for marker in markers)

    address, question, query = message.url.partition("?")
    pairs = [pair for pair in query.split("&") if not holds(pair)] if question else []
    fields: list[tuple[str, str]] = []
    for name, text in message.headers:
        if name.lower() == "cookie" and holds(text):
            text = "; ".join(pair for pair in text.split("; ") if not holds(pair))
            fields += [(name, text)] if text else []
        elif not holds(text):
            fields.append((name, text))
    url = address + (f"?{'&'.join(pairs)}" if pairs else "")
    return replace(message, url=url, headers=Headers.of(fields))
