"""What kind of text was pasted: a curl command, HAR, an HTTP message, `fetch(…)`, a URL, a JSON or form body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.mediatypes import FORM
from playground.paste.curl import read_script
from playground.paste.har import har_messages
from playground.paste.http import read_raw
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
    message = read_raw(_sent(plain)) or _fetch(plain)
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
    messages = har_messages(value)
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
