"""The body's content and its Content-Type (OpenAPI 3.1 sections 4.8.13-15)."""

from __future__ import annotations

from playground import jsontext
from playground.catalog.model import Entry, MediaType
from playground.mediatypes import kind_of
from playground.messages import BinaryContent, Content, JSONContent, NoContent, TextContent
from playground.request.bodies.csv import csv_text, is_table
from playground.request.bodies.form import form_content
from playground.request.bodies.multipart import content_type_with_boundary, multipart_content
from playground.request.bodies.xml import xml_text
from playground.request.errors import BodyError
from playground.request.media_types import concrete_name, select_media_type
from playground.request.model import ABSENT, Brackets, FileValue, RequestModel, Value
from playground.request.text import is_list, is_scalar, json_text, plain, text_of
from playground.schema.flatten import flatten
from playground.text.wording import say


def build_content(
    entry: Entry, model: RequestModel, *, placeholders: bool = False, boundary: str | None = None
) -> tuple[Content, str | None]:
    """Return the content and its Content-Type; `(NoContent(), None)` where no body is given, required or not.

    A raw text is sent as typed where the media type is text of any kind, and is JSON to be form-encoded where it is a
    form. With `placeholders` raw text that is not JSON goes as typed too. Raises `BodyError`.
    """
    if (model.body is ABSENT and model.raw is None) or (model.raw is not None and not model.raw.strip()):
        return NoContent(), None
    described = select_media_type(entry, model, placeholders=placeholders)
    if described is None:
        if placeholders:
            return NoContent(), None
        raise BodyError(say("This operation takes no body."), field="body")
    if model.raw is not None:
        return _raw_content(entry, model, described, model.raw, placeholders=placeholders, boundary=boundary)
    # Without raw text a body is given: the first line returns for one that is absent.
    value = None if model.body is ABSENT else model.body
    name = concrete_name(described, model.media_type, value, text=isinstance(value, str))
    return _content(entry, described, name, value, boundary, model.brackets)


def _raw_content(
    entry: Entry, model: RequestModel, described: MediaType, raw: str, *, placeholders: bool, boundary: str | None
) -> tuple[Content, str]:
    parsed, error = _parse(raw)
    name = concrete_name(described, model.media_type, raw, text=error is not None or isinstance(parsed, str))
    kind = kind_of(name)
    if kind in ("json", "form", "multipart") and error is not None and not placeholders:
        raise BodyError(str(error), field="body~raw") from None
    if kind == "json":
        return JSONContent(text=raw), name
    if kind in ("form", "multipart") and error is None and (isinstance(parsed, dict) or not placeholders):
        return _content(entry, described, name, parsed, boundary, model.brackets)
    return TextContent(text=raw), name


def _parse(raw: str) -> tuple[Value, jsontext.JSONTextError | None]:
    try:
        return jsontext.loads(raw), None
    except jsontext.JSONTextError as error:
        return None, error


def _content(
    entry: Entry, described: MediaType, name: str, value: Value, boundary: str | None, lists: Brackets
) -> tuple[Content, str]:
    kind = kind_of(name)
    if kind == "form":
        return form_content(value, described.encoding, lists), name
    if kind == "multipart":
        schema = flatten(described.schema, entry.definitions)
        content = multipart_content(
            value, schema, entry.definitions, described.encoding, boundary=boundary, lists=lists
        )
        return content, content_type_with_boundary(name, content.boundary)
    if isinstance(value, FileValue):
        return BinaryContent(data=value.content, filename=value.filename, file=value.file), name
    if kind == "json":
        return JSONContent(text=json_text(value)), name
    if isinstance(value, str):
        return TextContent(text=value), name
    if kind == "xml":
        return TextContent(text=xml_text(plain(value), described.schema, entry.definitions)), name
    if kind == "lines":
        lines = value if is_list(value) else [value]
        return TextContent(text="".join(json_text(line) + "\n" for line in lines)), name
    if is_scalar(value):
        return TextContent(text=text_of(value)), name
    if kind == "csv" and is_table(value):
        return TextContent(text=csv_text(value)), name
    # YAML reads JSON; for a type nothing is known about, JSON is the readable way to write an object.
    return TextContent(text=json_text(value)), name
