"""An HTTP Archive (HAR 1.2) with the request in it, for tools that import one."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qsl

from playground.messages import FormContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.formats.shown import in_braces, visible_json
from playground.snippets.headers import content_type
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target


def render(request: SnippetRequest) -> Rendered:
    """Write the archive; notes are the entry's comment, `{{NAME}}` is an environment variable."""
    message = message_of(request)
    url = in_braces(message.url)
    headers = [{"name": name, "value": in_braces(value)} for name, value in message.headers]
    if message.basic is not None:
        pair = in_braces((message.basic.username, ":", message.basic.password))
        headers.insert(0, {"name": "Authorization", "value": f"Basic <base64 of {pair}>"})
    entry_request: dict[str, Any] = {
        "method": message.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(message),
        "headers": headers,
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(url.partition("?")[2], keep_blank_values=True, separator="&")
        ],
        "headersSize": -1,
        "bodySize": len(message.content.body) if message.json is ABSENT else -1,
    }
    if message.has_content:
        entry_request["postData"] = _post_data(message)
    entry = {
        "startedDateTime": "1970-01-01T00:00:00.000Z",
        "time": 0,
        "request": entry_request,
        "response": {
            "status": 0,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [],
            "content": {"size": 0, "mimeType": "x-unknown"},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }
    if message.notes:
        entry["comment"] = " ".join(message.notes)
    archive = {"log": {"version": "1.2", "creator": {"name": "Playground", "version": "1"}, "entries": [entry]}}
    return Rendered(text=visible_json(archive), notes=message.notes)


def _cookies(message: Message) -> list[dict[str, str]]:
    pairs = [
        cookie.strip().partition("=")
        for name, value in message.headers
        if name.lower() == "cookie"
        for cookie in in_braces(value).split(";")
    ]
    return [{"name": name, "value": value} for name, _, value in pairs]


def _post_data(message: Message) -> dict[str, Any]:
    content = message.content
    data: dict[str, Any] = {"mimeType": content_type(message)}
    if message.json is not ABSENT:
        return {**data, "text": in_braces(message.json_text)}
    if isinstance(content, FormContent):
        data["params"] = [{"name": name, "value": value} for name, value in content.pairs]
    if isinstance(content, MultipartContent):
        data["params"] = [_param(part.name, part.data, part.filename, part.content_type) for part in content.parts]
    try:
        return {**data, "text": content.body.decode("utf-8")}
    except UnicodeDecodeError:
        # HAR 1.2 has no encoding here; names of tools begin with an underscore.
        return {**data, "text": base64.b64encode(content.body).decode("ascii"), "_encoding": "base64"}


def _param(name: str, data: bytes, filename: str | None, kind: str | None) -> dict[str, str]:
    param = {"name": name}
    if filename is None:
        param["value"] = data.decode("utf-8", "replace")
    else:
        param["fileName"] = filename
    return param if kind is None else {**param, "contentType": kind}


TARGET = Target(
    id="har",
    language="File",
    client="HAR 1.2",
    title="HAR",
    extension="har",
    lexer="json",
    render=render,
)
