"""The body of a request model as content, and a whole query string (OpenAPI 3.1 sections 4.8.13-15; 3.2)."""

from __future__ import annotations

from playground import jsontext
from playground.catalog.model import Definitions, Entry, MediaType, Parameter
from playground.mediatypes import kind_of
from playground.messages import Content, FormContent, JSONContent, NoContent, TextContent
from playground.request.bodies.text import text_content
from playground.request.bodies.write import write_content
from playground.request.errors import BodyError
from playground.request.media_types import concrete_name, select_media_type
from playground.request.model import ABSENT, Nesting, RequestModel, Value
from playground.request.text import percent_encode
from playground.text.wording import say

_QUERY = "!$&'()*+,;=:@/?"
"""What a query may hold beside unreserved characters (RFC 3986 section 3.4)."""


def build_content(
    entry: Entry, model: RequestModel, *, placeholders: bool = False, boundary: str | None = None
) -> tuple[Content, str | None]:
    """Return the body's content and its Content-Type; `(NoContent(), None)` where the model has none.

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
    value = None if model.body is ABSENT else model.body
    name = concrete_name(described, model.media_type, value, text=isinstance(value, str))
    return write_content(described, name, value, entry.definitions, model.nesting, boundary=boundary)


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
        return write_content(described, name, parsed, entry.definitions, model.nesting, boundary=boundary)
    return text_content(raw, name), name


def _parse(raw: str) -> tuple[Value, jsontext.JSONTextError | None]:
    try:
        return jsontext.loads(raw), None
    except jsontext.JSONTextError as error:
        return None, error


def querystring_text(parameter: Parameter, value: Value, definitions: Definitions, nesting: Nesting) -> str:
    """Return a whole query string (OpenAPI 3.2, `in: querystring`): content of a media type, encoded for a URL."""
    described = MediaType(name=parameter.media_type, schema=parameter.schema, encoding=parameter.encoding)
    content, _ = write_content(described, parameter.media_type, value, definitions, nesting)
    if isinstance(content, FormContent):
        # Square brackets stand in a body as they are, and in no URL (RFC 3986 section 3.4).
        return content.text.replace("[", "%5B").replace("]", "%5D")
    text = content.text if isinstance(content, JSONContent | TextContent) else content.body.decode("utf-8", "replace")
    if kind_of(parameter.media_type) == "form":
        # A form whose schema is a text or a list is written by hand: it stands as it is, made fit for a URL.
        return percent_encode(text, keep=_QUERY, keep_triplets=True)
    return percent_encode(text)
