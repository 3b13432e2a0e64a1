"""A Postman collection (format v2.1) with the request as its one item."""

from __future__ import annotations

from typing import Any

from playground.messages import BinaryContent, FormContent, MultipartContent, Part
from playground.request.model import ABSENT
from playground.snippets.address import split_address
from playground.snippets.body import FORM, decoded
from playground.snippets.files import FileNames
from playground.snippets.formats.shown import in_braces, visible_json
from playground.snippets.headers import content_type, without_header
from playground.snippets.message import Basic, Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text
from playground.snippets.urlencoded import same_plus_encoded

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"


def render(request: SnippetRequest) -> Rendered:
    """Write the collection; notes are the request's description, `{{NAME}}` is a variable of Postman's."""
    message = message_of(request)
    files = FileNames()
    body, own_type, body_notes = _body(message, files)
    notes = (*message.notes, *_own_notes(message), *body_notes, *files.notes)
    headers = without_header(message.headers, "content-type") if own_type else message.headers
    item: dict[str, Any] = {
        "method": message.method,
        "header": [{"key": name, "value": in_braces(value)} for name, value in headers],
        "url": _url(message),
    }
    if message.basic is not None:
        item["auth"] = _basic(message.basic)
    if body:
        item["body"] = body
    if notes:
        item["description"] = " ".join(notes)
    title = f"{request.entry.provider.name} {request.entry.operation.name}"
    collection = {
        "info": {"name": title, "schema": SCHEMA},
        "item": [{"name": request.entry.operation.name, "request": item}],
    }
    return Rendered(text=visible_json(collection), notes=notes)


def _url(message: Message) -> dict[str, Any]:
    raw = in_braces(message.url)
    scheme, authority, _ = split_address(message)
    if not scheme:
        return {"raw": raw}
    host, _, port = authority.partition(":")
    path, mark, query = raw[len(scheme) + 3 + len(authority) :].partition("?")
    url: dict[str, Any] = {"raw": raw, "protocol": scheme, "host": host.split(".")}
    if port:
        url["port"] = port
    url["path"] = path.removeprefix("/").split("/")
    if mark:
        fields = [field.partition("=") for field in query.split("&")]
        url["query"] = [{"key": name, "value": value if equals else None} for name, equals, value in fields]
    return url


def _basic(basic: Basic) -> dict[str, Any]:
    return {
        "type": "basic",
        "basic": [
            {"key": "username", "value": in_braces((basic.username,)), "type": "string"},
            {"key": "password", "value": in_braces((basic.password,)), "type": "string"},
        ],
    }


def _body(message: Message, files: FileNames) -> tuple[dict[str, Any], bool, tuple[str, ...]]:
    """Return the body, whether Postman writes the Content-Type by itself, and notes."""
    content = message.content
    if message.json is not ABSENT:
        return {"mode": "raw", "raw": in_braces(message.json_text), **_language("application/json")}, False, ()
    if not message.has_content:
        return {}, False, ()
    if isinstance(content, MultipartContent) and all(map(_simple_part, content.parts)):
        return {"mode": "formdata", "formdata": [_part(part, files) for part in content.parts]}, True, ()
    if isinstance(content, BinaryContent) and content.filename is not None:
        return {"mode": "file", "file": {"src": files.local(content.filename, content.data).name}}, False, ()
    if isinstance(content, FormContent) and content_type(message) == FORM and _same_form(content):
        fields = [{"key": name, "value": value} for name, value in content.pairs]
        return {"mode": "urlencoded", "urlencoded": fields}, True, ()
    try:
        return {"mode": "raw", "raw": content.body.decode("utf-8"), **_language(content_type(message))}, False, ()
    except UnicodeDecodeError:
        local = files.local("request-body.bin", content.body).name
        note = "Postman holds no bytes that are not text: save the content into the file first."
        return {"mode": "file", "file": {"src": local}}, False, (note,)


def _same_form(content: FormContent) -> bool:
    # Postman writes a space as %20, not as "+".
    return bool(content.pairs) and "+" not in content.text and same_plus_encoded(content)


def _language(media_type: str) -> dict[str, Any]:
    if not media_type.startswith("application/json"):
        return {}
    return {"options": {"raw": {"language": "json"}}}


def _simple_part(part: Part) -> bool:
    return not part.headers and (part.filename is not None or decoded(part.data) is not None)


def _part(part: Part, files: FileNames) -> dict[str, Any]:
    field: dict[str, Any] = {"key": part.name}
    if part.filename is None:
        field |= {"type": "text", "value": part.data.decode("utf-8")}
    else:
        field |= {"type": "file", "src": files.local(part.filename, part.data).name}
    return field if part.content_type is None else {**field, "contentType": part.content_type}


def _own_notes(message: Message) -> tuple[str, ...]:
    known = ["".join(piece for piece in text if isinstance(piece, str)) for text in _texts(message)]
    if any("{{" in text for text in known):
        return ("Postman reads {{...}} as a variable, also where this request means the braces.",)
    return ()


def _texts(message: Message) -> list[Text]:
    body = message.json_text if message.json is not ABSENT else (message.content.body.decode("utf-8", "replace"),)
    return [message.url, *(value for _, value in message.headers), body]


TARGET = Target(
    id="postman_item",
    language="File",
    client="Postman v2.1",
    title="Postman",
    extension="json",
    lexer="json",
    render=render,
)
