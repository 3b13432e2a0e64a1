"""What kind of text was pasted, and its messages: a curl command, HAR, an HTTP message, `fetch(…)`, a URL, a body."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote_plus

from playground import jsontext
from playground.mediatypes import FORM
from playground.messages import Part
from playground.paste.body import parts_of
from playground.paste.curl import read_script
from playground.paste.message import LONGEST, PastedMessage, UnreadableError
from playground.text.wording import say

_CURL = re.compile(r"(?:^|[|;&\n])[ \t]*(?:[\w./\\-]*[/\\])?curl(?:\.exe)?[ \t\\^`\n]")
_PROMPT = re.compile(r"\[[^\]\n]{1,100}\][$#%>][ \t]")
_VERBOSE = re.compile(r"^> [A-Z]+ \S+ HTTP/[0-9.]+[ \t]*$", re.MULTILINE)
_GROUP = re.compile(r"\{[ \t\n]+[A-Za-z]|\[\[?[ \t]")
_FETCH = re.compile(r"(?:await[ \t]+)?fetch\([ \t\n]*([\"'])")
_URL = re.compile(r"(?:https?:)?//\S+|/\S*", re.IGNORECASE)
_PAIRS = re.compile(r"[^\s=&<{\[\"]+=[^\s&]*(?:&[^\s=&]+(?:=[^\s&]*)?)*")
_FENCE = re.compile(r"\A```[\w-]*\n(.*?)\n?```\s*\Z", re.DOTALL)
UNKNOWN = say(
    "This is no curl command, HAR entry, HTTP message, URL or JSON body: paste all of it, from its first character."
)


def recognise(text: str) -> tuple[PastedMessage, ...]:
    """Return the requests in a text, at least one; several for a HAR file or a script. Raises `UnreadableError`."""
    if len(text) > LONGEST:
        raise UnreadableError(say("This is too long: at most %(most)s characters are read.", most=LONGEST))
    plain = text.replace("\r\n", "\n").replace("\ufeff", "").strip()
    fenced = _FENCE.match(plain)
    plain = fenced[1].strip() if fenced else plain
    if not plain:
        raise UnreadableError(
            say("Paste a curl command, HAR entry, HTTP message, URL or JSON body into the box first.")
        )
    if plain[0] in "{[" and not _CURL.search(plain.split("\n", 1)[0]):
        try:
            return _json(plain)
        except UnreadableError:
            # A group of commands begins with a brace too.
            if not _GROUP.match(plain) and not _PROMPT.match(plain):
                raise
    if commands := read_script(plain):
        return commands
    message = _read_raw(_sent(plain)) or _fetch(plain)
    if message is not None:
        return (message,)
    if _URL.fullmatch(plain):
        return (PastedMessage(kind="URL", url=plain),)
    if _PAIRS.fullmatch(plain):
        form = (("Content-Type", FORM),)
        return (PastedMessage(kind=say("form body"), headers=form, content=plain.encode("utf-8", "surrogatepass")),)
    if plain[0] == "<":
        xml = (("Content-Type", "application/xml"),)
        return (PastedMessage(kind=say("XML body"), headers=xml, content=plain.encode("utf-8", "surrogatepass")),)
    raise UnreadableError(UNKNOWN)


def _sent(plain: str) -> str:
    """Return what `curl -v` shows of a request, the lines after `>`; any other text as it is."""
    if not _VERBOSE.search(plain):
        return plain
    lines = [line for line in plain.split("\n") if line.startswith(">")]
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines).strip() + "\n\n"


def _json(plain: str) -> tuple[PastedMessage, ...]:
    try:
        value = jsontext.loads(plain)
    except jsontext.JSONTextError as error:
        raise UnreadableError(str(error)) from None
    messages = _har_messages(value)
    if messages:
        return messages
    headers = (("Content-Type", "application/json"),)
    return (PastedMessage(kind=say("JSON body"), headers=headers, content=plain.encode("utf-8", "surrogatepass")),)


def _fetch(plain: str) -> PastedMessage | None:
    """Read `fetch("…", {…})` as browsers' developer tools copy it, where the options are JSON."""
    match = _FETCH.match(plain)
    end = plain.find(match[1], match.end()) if match is not None else -1
    if match is None or end < 0:
        return None
    rest = plain[end + 1 :].rstrip("; \n").removesuffix(")").strip().removeprefix(",").strip()
    try:
        options: Any = jsontext.loads(rest) if rest else {}
    except jsontext.JSONTextError:
        options = None
    if not isinstance(options, Mapping):
        raise UnreadableError(say("The options of this fetch call are no plain JSON: copy the request as curl."))
    headers = options.get("headers") or {}
    body, method = options.get("body"), options.get("method")
    named = headers.items() if isinstance(headers, Mapping) else ()
    return PastedMessage(
        kind=say("fetch call"),
        method=str(method or "GET").upper(),
        url=plain[match.end() : end],
        headers=tuple((name, value) for name, value in named if isinstance(value, str)),
        content=body.encode("utf-8", "surrogatepass") if isinstance(body, str) and body else None,
    )


_START = re.compile(
    r"(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)[ \t]+(\S(?:.*\S)?)(?:[ \t]+HTTP/[0-9.]+)[ \t]*",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)[ \t]+"
    r"((?=https?://|/|\{\{)(?:\{\{[^{}\n]*\}\}|[^\s{]|\{(?!\{))*)[ \t]*"
)
_FIELD = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+|:[a-z]+)[ \t]*:[ \t]*(.*)")
_FILE = re.compile(r"^<[ \t]+(?:\./)?(\S.*)$", re.MULTILINE)
_CONTENTS = re.compile(r"<contents of ([^>]{1,200})>")


_BASE64 = "stands here as base64"
"""What our own snippets say above a content that is not text."""


def _start_of(line: str) -> re.Match[str] | None:
    """Return method and target if the line is a request line, with or without the version."""
    return _START.fullmatch(line) or _BARE.fullmatch(line)


def _read_raw(text: str) -> PastedMessage | None:
    """Read a message; comments before it are passed over. `None` if it does not begin with a request line."""
    lines = text.split("\n")
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(("#", "//", "@"))):
        at += 1
    comments, start = lines[:at], lines[at].strip() if at < len(lines) else ""
    match = _start_of(start)
    if match is None:
        return None
    at += 1
    headers: list[tuple[str, str]] = []
    target = match[2]
    while at < len(lines) and lines[at].strip():
        field = _FIELD.fullmatch(lines[at].strip())
        if lines[at][:1] in " \t" and lines[at].strip()[:1] in "?&" and not headers:
            target += lines[at].strip()  # editors let a long query go on below the request line
        elif field is not None:
            headers.append((field[1], field[2].strip()))
        at += 1
    body = "\n".join(lines[at + 1 :])
    if _is_form(headers):
        body = body.strip("\n")  # no form holds a line end; the text around it does
    if _BARE.fullmatch(start):
        body = re.split(r"^###", body, maxsplit=1, flags=re.MULTILINE)[0]
    content: bytes | None = body.encode("utf-8", "surrogatepass")
    files = [name for pattern in (_FILE, _CONTENTS) for name in pattern.findall(body)]
    missing = tuple(
        say("The file “%(name)s” is not here: choose it in the form.", name=name[:80]) for name in dict.fromkeys(files)
    )
    file = _FILE.fullmatch(body.strip()) or _CONTENTS.fullmatch(body.strip())
    if file is not None:
        content = None
    elif any(_BASE64 in line for line in comments):
        content = _decoded(body)
    host = next((value for name, value in headers if name.lower() in ("host", ":authority")), "")
    if target.startswith("/") and host:
        scheme = "http" if re.match(r"(localhost|127\.|\[::1\])", host) else "https"
        target = f"{scheme}://{host}{target}"
    return PastedMessage(
        kind=say("HTTP message"),
        method=match[1].upper(),
        url=target,
        headers=tuple(pair for pair in headers if not pair[0].startswith(":")),
        content=content if body.strip() else b"" if _is_form(headers) else None,
        file=file[1] if file is not None else "",
        missing=missing,
    )


def _is_form(headers: list[tuple[str, str]]) -> bool:
    """Say whether an empty body counts as one: a form in which nothing is filled."""
    return any(name.lower() == "content-type" and "x-www-form-urlencoded" in value for name, value in headers)


def _decoded(body: str) -> bytes | None:
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


_MOST_ENTRIES = 500


def _har_messages(value: Any) -> tuple[PastedMessage, ...]:
    """Return the requests of a HAR value, at most 500; none if the value is no HAR at all."""
    return tuple(message for request in _requests(value) if (message := _message(request)) is not None)


def _requests(value: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(value, Mapping):
        return
    log = value.get("log")
    if isinstance(log, Mapping) and isinstance(log.get("entries"), list):
        for entry in log["entries"][:_MOST_ENTRIES]:
            yield from _requests(entry)
    elif isinstance(value.get("request"), Mapping):
        yield from _requests(value["request"])
    elif isinstance(value.get("url"), str) and isinstance(value.get("method"), str):
        yield value


def _message(request: Mapping[str, Any]) -> PastedMessage | None:
    if not isinstance(request.get("headers") or [], list):
        return None
    headers = [pair for pair in _pairs(request.get("headers")) if not pair[0].startswith(":")]
    url = request["url"]
    query = _pairs(request.get("queryString"))
    written = parse_qsl(url.partition("#")[0].partition("?")[2], keep_blank_values=True)
    # The standard has the whole query in the address; some programs write it in the list alone, or split it up.
    more = [pair for pair in query if pair not in written and tuple(map(unquote_plus, pair)) not in written]
    if more:
        pairs = "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in more)
        url += ("&" if "?" in url else "?") + pairs
    names = {name.lower() for name, _ in headers}
    cookies = _pairs(request.get("cookies"))
    if cookies and "cookie" not in names:
        headers.append(("Cookie", "; ".join(f"{name}={text}" for name, text in cookies)))
    data = request.get("postData")
    kind = data.get("mimeType") if isinstance(data, Mapping) else None
    named = next((text for name, text in headers if name.lower() == "content-type"), "")
    kind = kind if isinstance(kind, str) and kind else named
    content, parts, missing = _content(data, kind) if isinstance(data, Mapping) else (None, None, ())
    if data is None and any(name.lower() == "content-type" and FORM in value for name, value in headers):
        content = b""  # a form in which nothing is filled is a body without a character
    if kind and "content-type" not in names:
        headers.append(("Content-Type", kind))
    return PastedMessage(
        kind=say("HAR entry"),
        method=request["method"].upper(),
        url=url,
        headers=tuple(headers),
        content=content,
        parts=parts,
        missing=missing,
    )


def _pairs(value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return []
    return [
        (pair["name"], _text(pair.get("value")))
        for pair in value
        if isinstance(pair, Mapping) and isinstance(pair.get("name"), str)
    ]


def _text(value: Any) -> str:
    """Return a value as text: programs write numbers and null where the standard has texts."""
    if value is None or isinstance(value, str):
        return value or ""
    return jsontext.dumps(value)


def _content(data: Mapping[str, Any], media_type: str) -> tuple[bytes | None, tuple[Part, ...] | None, tuple[str, ...]]:
    """Return a body's bytes, or its parts, and sentences about files that the archive does not hold."""
    listed = data.get("params")
    params = [
        param
        for param in (listed if isinstance(listed, list) else ())
        if isinstance(param, Mapping) and isinstance(param.get("name"), str)
    ]
    kind = media_type.lower()
    text = data.get("text")
    text = jsontext.dumps(text) if isinstance(text, dict | list) else text
    content: bytes | None = None
    if isinstance(text, str) and text:
        content = text.encode("utf-8", "surrogatepass")
        if "base64" in (data.get("_encoding"), data.get("encoding")):
            try:
                content = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                return None, None, (say("The body is not base64 text, as the archive says it is."),)
    if kind.startswith("multipart/"):
        parts = parts_of(content, media_type) if content is not None else None
        # Of the two the one that holds the content of files; browsers leave it out of one or of both.
        own = tuple(_part(param) for param in params)
        if parts is None or sum(len(part.data) for part in own) > sum(len(part.data) for part in parts):
            parts = own or parts
        if parts:
            missing = tuple(
                say("The file “%(name)s” is not here: choose it in the form.", name=part.filename[:80])
                for part in parts
                if part.filename and not part.data
            )
            return None, parts, missing
    if content is not None:
        return content, None, ()
    if params and (kind.startswith(FORM) or not kind):
        pairs = [(param["name"], _text(param.get("value"))) for param in params]
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode(), None, ()
    if params:
        sentence = say("The archive lists fields of the body and not its text: they were left out.")
        return None, None, (sentence,)
    return (b"" if kind.startswith(FORM) else None), None, ()


def _part(param: Mapping[str, Any]) -> Part:
    filename, kind = param.get("fileName"), param.get("contentType")
    value = param.get("value")
    data = _text(value).encode("utf-8", "surrogatepass")
    if isinstance(value, str) and "base64" in (param.get("_encoding"), param.get("encoding")):
        with suppress(binascii.Error, ValueError):
            data = base64.b64decode(value, validate=True)
    return Part(
        name=param["name"],
        data=data,
        filename=filename if isinstance(filename, str) and filename else None,
        content_type=kind if isinstance(kind, str) and kind else None,
    )
