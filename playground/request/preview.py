"""The wire text of each structured value, for showing under its field: `filter[a]=1&filter[b]=2`."""

from __future__ import annotations

from playground.catalog.model import Entry, Location, Parameter
from playground.messages import Content, FormContent
from playground.request.bodies.content import build_content
from playground.request.build import query_of
from playground.request.errors import RequestError
from playground.request.model import RequestModel, Value
from playground.request.parameters import cookie_pairs, header_text, path_text

Place = tuple[Location | str, str]
"""A parameter's location and name, or `body` and the name of a form body's property."""


def wire_texts(entry: Entry, model: RequestModel, content: Content | None = None) -> dict[Place, str]:
    """Return the wire text of every list or object that is a parameter or a property of a form body.

    A value that cannot be written has none: `build_request` says why. Scalars have none: they are written as typed.
    `content` is the model's, where it is built already.
    """
    texts: dict[Place, str] = {}
    for parameter in entry.operation.parameters:
        value = model.parameter(parameter.location, parameter.name)
        if isinstance(value, dict | list):
            try:
                texts[parameter.location, parameter.name] = _text(entry, model, parameter, value)
            except RequestError:
                continue
    texts.update(_form_texts(entry, model, content))
    return texts


def _form_texts(entry: Entry, model: RequestModel, content: Content | None) -> dict[Place, str]:
    if not isinstance(model.body, dict):
        return {}
    if content is None:
        try:
            content, _ = build_content(entry, model, placeholders=True)
        except (RequestError, RecursionError):
            return {}
    if not isinstance(content, FormContent):
        return {}
    pieces: dict[str, list[str]] = {}
    for (key, _), text in zip(content.pairs, content.text.split("&"), strict=False):
        name = key if key in model.body else key.partition("[")[0]
        pieces.setdefault(name, []).append(text)
    return {
        ("body", name): "&".join(texts)
        for name, texts in pieces.items()
        if isinstance(model.body.get(name), dict | list)
    }


def _text(entry: Entry, model: RequestModel, parameter: Parameter, value: Value) -> str:
    if parameter.location == "path":
        return path_text(parameter, value)
    if parameter.location == "query":
        return "&".join(query_of(entry, model, parameter, value))
    if parameter.location == "header":
        return f"{parameter.name}: {header_text(parameter, value)}"
    return "; ".join(f"{name}={text}" for name, text in cookie_pairs(parameter, value))
