"""curl's command line as a message (curl's own manual, "All options"). Files it names are not there to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from playground.mediatypes import FORM
from playground.messages import Part
from playground.paste.commands import Call, curl_calls
from playground.paste.message import PastedMessage, UnreadableError
from playground.paste.options import QUIET, config_words, expand, options_of
from playground.text.wording import say

_FORM_PIECE = re.compile(r';[ \t]*(filename|headers|encoder)=(?:"((?:[^"\\]|\\.)*)"|([^;]*))')
_GLOB = re.compile(r"(?<!\\)\{([^{},]*),[^{}]*\}|(?<!\\)\[([0-9]+|[A-Za-z])-(?:[0-9]+|[A-Za-z])(?::[0-9]+)?\](?!:)")
_EMPTY_GLOB = re.compile(r"(?<!\\)\{[^{},]*\}")
_MOST_FILES = 20
_DEEPEST = 3
"""Files of options that name files of options."""
_STANDARD_INPUT = ("-", "/dev/stdin")


@dataclass(slots=True)
class _Command:
    """What the options set so far; `call` is the command itself, with what is piped into it."""

    call: Call
    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    data: list[bytes] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    user: str = ""
    get: bool = False
    head: bool = False
    upload: str = ""
    globoff: bool = False
    json: bool = False
    file: str = ""
    missing: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)

    def named(self, file: str) -> str:
        """Return the name of a file: of the one that is piped in for standard input."""
        return self.call.source or file if file in _STANDARD_INPUT else file

    def content_of(self, file: str) -> bytes | None:
        """Return the content of a file that the text itself gives: standard input, or one that its script writes."""
        content = self.call.feed if file in _STANDARD_INPUT else self.call.files.get(file)
        self.call.budget.spend(len(content or b""))
        return content


def read_script(text: str) -> tuple[PastedMessage, ...]:
    """Return the messages of the curl commands in a script; none if it is no script that calls curl.

    Raises `UnreadableError` if no command names a URL.
    """
    calls = curl_calls(text)
    commands = [command for call in calls if (command := _read_options(call)).urls]
    if calls and not commands:
        raise UnreadableError(say("The curl command names no URL: paste all of it."))
    if len(commands) > 1:
        for command in commands:
            command.missing[say("The text holds several curl commands: one of them was read.")] = None
    return tuple(map(_message, commands))


def _read_options(call: Call) -> _Command:
    command = _Command(call)
    _apply_all(command, call.words)
    if len(command.urls) > 1:
        command.missing[say("Only the first URL of the command was read.")] = None
    if call.is_typeset:
        command.missing[say("Typographic quotation marks were read as plain ones.")] = None
    for file in call.absent:
        command.missing[say("The file %(file)s is not here: choose it in the form.", file=_name(file))] = None
    return command


def _apply_all(command: _Command, words: Sequence[str], depth: int = 0) -> None:
    """Apply each option; those of a file that the text itself gives stand where the file is named."""
    for option, value in options_of(words):
        content = command.content_of(value) if option == "config" and depth < _DEEPEST else None
        if content is None:
            _apply(command, option, value)
        else:
            _apply_all(command, config_words(content.decode("utf-8", "replace")), depth + 1)


def _apply(command: _Command, option: str, value: str) -> None:
    if option.startswith("expand-"):
        option, value = option.removeprefix("expand-"), _expanded(command, value)
    match option:
        case "url":
            command.urls.append(value)
        case "request":
            command.method = value
        case "header":
            _header(command, value)
        case "data" | "data-ascii" | "data-binary" | "data-raw" | "json":
            command.data.append(_data(command, value, option))
            command.json = command.json or option == "json"
        case "data-urlencode":
            command.data.append(_encoded(command, value).encode())
        case "url-query":
            command.query.append(value[1:] if value.startswith("+") else _encoded(command, value))
        case "form" | "form-string":
            _form(command, value, literal=option == "form-string")
        case "user":
            command.user = value
        case "oauth2-bearer":
            command.headers.append(("Authorization", f"Bearer {value}"))
        case "cookie":
            if "=" in value:
                command.cookies.append(value)
            else:
                command.missing[say("The cookies are in a file, which is not here.")] = None
        case "user-agent":
            command.headers.append(("User-Agent", value))
        case "referer":
            command.headers.append(("Referer", value.removesuffix(";auto")))
        case "range":
            # "If only one number is given, the rest of the file from there" - curl adds the dash itself.
            command.headers.append(("Range", f"bytes={value}-" if value.isdecimal() else f"bytes={value}"))
        case "continue-at" if value.isdecimal():
            command.headers.append(("Range", f"bytes={value}-"))
        case "get":
            command.get = True
        case "head":
            command.head = True
        case "upload-file":
            command.upload = value
        case "globoff":
            command.globoff = True
        case "variable":
            _set_variable(command, value)
        case "next":
            command.missing[say("Only the first request of the command was read: another one follows --next.")] = None
        case _ if option not in QUIET:
            command.left_out[f"--{option[:40]}" if len(option) > 1 else f"-{option}"] = None


def _expanded(command: _Command, value: str) -> str:
    """Return the value of an `--expand-…` option with the variables that `--variable` sets."""

    text, unknown = expand(value, command.variables)
    command.call.budget.spend(len(text))
    for name in unknown:
        command.missing[
            say("The variable %(name)s has no value in the text: its name is where it is used.", name=name)
        ] = None
    return text


def _set_variable(command: _Command, value: str) -> None:
    """Set a variable of `--expand-…`: `name=text`, or `name@file` where the text itself gives the file."""
    name, equals, text = value.partition("=")
    if not equals:
        name, _, file = value.partition("@")
        content = command.content_of(file) if file else None
        text, equals = (content or b"").decode("utf-8", "replace"), "=" if content is not None else ""
    # A value of the environment, `%NAME=text`, is not known: the text is what counts where there is none.
    if equals:
        command.variables[name.removeprefix("%")] = text


def _header(command: _Command, value: str) -> None:
    if value.startswith("@"):
        content = command.content_of(value[1:])
        if content is None:
            command.missing[say("Some headers are in a file, which is not here.")] = None
            return
        for line in content.decode("utf-8", "replace").splitlines():
            _header(command, line if not line.startswith("@") else f" {line}")
        return
    name, colon, text = value.partition(":")
    if colon and text.strip():
        command.headers.append((name.strip(), text.strip()))
    elif colon:
        command.removed.add(name.strip().lower())
    elif value.endswith(";"):
        command.headers.append((value[:-1].strip(), ""))


def _data(command: _Command, value: str, option: str) -> bytes:
    if option == "data-raw" or not value.startswith("@"):
        return value.encode("utf-8", "surrogatepass")
    file = value[1:]
    content = command.content_of(file)
    if content is not None:
        # "…like --data-binary, except that newlines and carriage returns are removed."
        return content if option in ("data-binary", "json") else re.sub(rb"[\r\n\0]", b"", content)
    command.file = _last_step(command.named(file))
    command.missing[
        say("The body is the file %(file)s: choose it in the form, or paste its text.", file=_name(command.named(file)))
    ] = None
    return b""


def _encoded(command: _Command, value: str) -> str:
    """Return what `--data-urlencode` sends for `content`, `=content`, `name=content`, `@file`, `name@file`."""
    name, equals, content = value.partition("=")
    if not equals and "@" in value:
        name, _, file = value.partition("@")
        data = command.content_of(file)
        if data is None:
            command.missing[
                say("A value is the text of the file %(file)s, which is not here.", file=_name(command.named(file)))
            ] = None
        return (f"{name}=" if name else "") + quote_plus(data or b"")
    if not equals:
        name, content = "", value
    return (f"{name}=" if name else "") + quote_plus(content)


def _form(command: _Command, value: str, *, literal: bool, files: int = 1) -> None:
    name, equals, content = value.partition("=")
    if not equals:
        command.missing[say("A part of the form has no name, and was left out.")] = None
        return
    if literal:
        command.parts.append(Part(name=name, data=content.encode("utf-8", "surrogatepass")))
        return
    is_file, is_text = content[:1] == "@", content[:1] == "<"
    text, filename, kind, headers = _form_pieces(content[1:] if is_file or is_text else content)
    kind, comma, others = kind.partition(",") if is_file else (kind, "", "")
    if not is_file and not is_text:
        data = text.encode("utf-8", "surrogatepass")
        named = filename if filename else None
        command.parts.append(Part(name=name, data=data, filename=named, content_type=kind or None, headers=headers))
        return
    for file in text.split(",") if is_file and '"' not in content[:2] else [text]:
        stored = command.content_of(file)
        shown = filename or _last_step(file)
        if stored is None and is_text:
            command.missing[
                say("The value of %(name)s is the text of the file %(file)s, which is not here.",
                    name=f"“{name[:80]}”", file=_name(command.named(file)))
            ] = None  # fmt: skip
        elif stored is None:
            command.missing[say("The file %(file)s is not here: choose it in the form.", file=_name(shown))] = None
        command.parts.append(
            Part(
                name=name,
                data=stored or b"",
                filename=shown if is_file else None,
                content_type=kind or None,
                headers=headers,
            )
        )
    if comma and files < _MOST_FILES:
        _form(command, f"{name}=@{others}", literal=False, files=files + 1)
    elif comma:
        command.missing[say("Only the first files of a part were read.")] = None


def _form_pieces(content: str) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """Split `content;type=a/b;filename="x";headers="X: y"` into content, file name, type and header fields."""
    quoted = re.match(r'"((?:[^"\\]|\\.)*)"', content, re.DOTALL)
    text, rest = (re.sub(r"\\(.)", r"\1", quoted[1]), content[quoted.end() :]) if quoted else (content, "")
    if not quoted:
        # An unquoted content ends at its first semicolon, whatever follows.
        text, semicolon, rest = content.partition(";")
        rest = semicolon + rest
    pieces: dict[str, list[str]] = {}
    for match in _FORM_PIECE.finditer(rest):
        value = match[3] if match[2] is None else re.sub(r"\\(.)", r"\1", match[2])
        pieces.setdefault(match[1], []).append(value)
    # A media type has parameters of its own, which end where the next of curl's words begins.
    kind = re.search(r";[ \t]*type=([^;]*(?:;(?![ \t]*(?:filename|headers|encoder)=)[^;]*)*)", rest)
    fields = [field.partition(":") for field in pieces.get("headers", ())]
    headers = tuple((name.strip(), value.strip()) for name, colon, value in fields if colon)
    return text, pieces.get("filename", [""])[0], kind[1].strip() if kind else "", headers


def _name(file: str) -> str:
    last = _last_step(file)[:80]
    return f"“{last}”" if last not in ("", "-") else say("from standard input")


def _last_step(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _url(command: _Command) -> str:
    """Return the first address of a pattern like `{7,8}` or `[1-3]`, in curl's order."""
    url = command.urls[0]
    if not command.globoff:
        first = _GLOB.sub(lambda match: match[1] or match[2], url)
        if first != url:
            sentence = "The address is a pattern for several requests: the first of them was read."
            command.missing[say(sentence)] = None
        if _EMPTY_GLOB.search(first.partition("?")[2]):
            command.missing[say("curl takes the braces in the query away: here they stand as in the text.")] = None
        url = re.sub(r"\\([{}\[\]])", r"\1", first)
    if not (re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url) or url.startswith("/")):
        url = f"http://{url}"
    return url


def _uploaded(command: _Command, url: str) -> tuple[str, bytes | None]:
    """Return the address and the content of `--upload-file`: a URL that ends in a slash gets the file's name."""
    file = command.upload
    if not command.globoff and (first := _GLOB.sub(lambda match: match[1] or match[2], file)) != file:
        command.missing[say("The name of the file is a pattern for several: the first of them was read.")] = None
        file = first
    content = command.content_of("-" if file == "." else file)
    address, mark, query = url.partition("?")
    if address.endswith("/") and file not in ("-", "."):
        address += quote(_last_step(file), safe="")
    if content is None:
        named = command.named("-" if file == "." else file)
        command.file = _last_step(named)
        command.missing[say("The body is the file %(file)s: choose it in the form.", file=_name(named))] = None
    return address + mark + query, content


def _message(command: _Command) -> PastedMessage:
    url = _url(command)
    content: bytes | None = None
    if command.data:
        content = b"".join(command.data) if command.json else b"&".join(command.data)
    query = list(command.query)
    if command.get and content is not None:
        query.append(quote(content.decode("utf-8", "replace"), safe="!$&'()*+,;=:@/?%-._~[]{}|"))
        content = None
    if query:
        url += ("&" if "?" in url else "?") + "&".join(query)
    if command.upload:
        url, content = _uploaded(command, url)
    headers = [(name, value) for name, value in command.headers if name.lower() not in command.removed]
    named = {name.lower() for name, _ in headers} | command.removed
    assumed = False
    if command.json:
        headers += [(name, "application/json") for name in ("Content-Type", "Accept") if name.lower() not in named]
    elif content is not None and not command.upload and "content-type" not in named:
        headers.append(("Content-Type", FORM))
        assumed = True
    if command.cookies:
        headers.append(("Cookie", "; ".join(command.cookies)))
    method = command.method or (
        "HEAD" if command.head
        else "PUT" if command.upload
        else "POST" if content is not None or command.parts
        else "GET"
    )  # fmt: skip
    if method != method.upper():
        command.missing[
            say("The method is written %(written)s: it is sent as %(method)s.",
                written=method[:40], method=method[:40].upper())
        ] = None  # fmt: skip
    if command.left_out:
        names = ", ".join(command.left_out)
        command.missing[say("curl's own options were left out: %(names)s.", names=names)] = None
    return PastedMessage(
        kind=say("curl command"),
        method=method.upper(),
        url=url,
        headers=tuple(headers),
        content=None if command.file and not content else content,
        file=command.file if not content else "",
        parts=tuple(command.parts) if command.parts else None,
        user=command.user,
        missing=tuple(command.missing),
        unknown=command.call.unknown,
        assumed_type=assumed,
        by_hand=not any(name.lower().startswith("sec-") or "Mozilla/" in value for name, value in headers),
    )
