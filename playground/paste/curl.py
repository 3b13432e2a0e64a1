"""curl's command line as a message (curl's own manual, "All options"). Files it names are not there to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from playground.mediatypes import FORM
from playground.messages import Part
from playground.paste.message import PastedMessage, UnreadableError
from playground.paste.shell import Word, printed, words_of
from playground.text.wording import say

_SHORT = {
    "A": "user-agent", "b": "cookie", "c": "cookie-jar", "C": "continue-at", "d": "data", "D": "dump-header",
    "e": "referer", "E": "cert", "F": "form", "H": "header", "K": "config", "m": "max-time", "o": "output",
    "P": "ftp-port", "Q": "quote", "r": "range", "T": "upload-file", "t": "telnet-option", "u": "user",
    "U": "proxy-user", "w": "write-out", "x": "proxy", "X": "request", "Y": "speed-limit", "y": "speed-time",
    "z": "time-cond", "G": "get", "I": "head",
}  # fmt: skip
_TAKES = frozenset(
    """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
    delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file
    engine etag-compare etag-save expect100-timeout form form-string ftp-account ftp-method ftp-port
    happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
    keepalive-cnt keepalive-time key key-type
    krb libcurl limit-rate local-port login-options max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer
    output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
    proxy-cert proxy-header proxy-key proxy-pass proxy-user proxy1.0 pubkey quote random-file range rate referer request
    request-target resolve retry retry-delay retry-max-time service-name socks4 socks4a socks5 socks5-hostname
    speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword
    tlsuser trace trace-ascii unix-socket upload-file url url-query user user-agent variable vlan-priority write-out
    """.split()  # noqa: SIM905 - a list to read
)
_QUIET = frozenset(
    """
    silent show-error location compressed include verbose fail fail-with-body globoff path-as-is output write-out
    progress-bar no-buffer http1.0 http1.1 http2 http2-prior-knowledge http3 tr-encoding remote-name output-dir trace
    trace-ascii dump-header cookie-jar no-progress-meter no-keepalive location-trusted basic anyauth stderr
    create-dirs remote-header-name styled-output raw ipv4 ipv6 s S L i v f g O N J 0 4 6 # j
    """.split()  # noqa: SIM905 - a list to read
)
"""Options that say nothing about the request itself, or nothing that would have to be mentioned."""


@dataclass(slots=True)
class _Command:
    """What the options set so far."""

    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    data: list[bytes] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    user: str = ""
    get: bool = False
    head: bool = False
    upload: bool = False
    json: bool = False
    file: str = ""
    missing: dict[str, None] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)


def read_curl(text: str) -> PastedMessage:
    """Read the first curl command in a text. Raises `UnreadableError`."""
    feed, words = _first_command(words_of(text))
    command = _Command()
    for option, value in _options(words):
        _apply(command, option, value, feed)
    if not command.urls:
        raise UnreadableError(say("The curl command names no URL: paste all of it."))
    if len(command.urls) > 1:
        command.missing[say("Only the first URL of the command was read.")] = None
    if command.left_out:
        names = ", ".join(command.left_out)
        command.missing[say("curl's own options were left out: %(names)s.", names=names)] = None
    return _message(command)


def _first_command(words: tuple[Word, ...]) -> tuple[bytes | None, list[str]]:
    """Return what is piped into the first curl command, and the command's words."""
    start = next((at for at, word in enumerate(words) if not word.operator and is_curl(word.text)), None)
    if start is None:
        raise UnreadableError(say("There is no curl command here."))
    arguments: list[str] = []
    skip = False
    for word in words[start + 1 :]:
        if word.operator and word.text in "<>":
            skip = True
        elif word.operator and word.text in "{}()":
            arguments.append(word.text)
        elif word.operator:
            break
        elif skip:
            skip = False
        else:
            arguments.append(word.text)
    return _feed(words[:start]), arguments


def is_curl(word: str) -> bool:
    """Say whether a word calls curl, by any path."""
    return re.fullmatch(r"(?:.*[/\\])?curl(?:\.exe)?", word, re.DOTALL) is not None


def _feed(words: tuple[Word, ...]) -> bytes | None:
    """Return what `printf '…' |` or `{ printf '…'; cat file; } |` pipes in; a file's content is not here."""
    texts = [word.text for word in words]
    if "|" not in texts:
        return None
    data = b""
    for at, text in enumerate(texts[:-1]):
        if text == "printf":
            data += printed(texts[at + 1])
    return data


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """Give each option by its long name with its value, and each URL as the option `url`."""
    at = 0
    only_urls = False
    while at < len(words):
        word = words[at]
        at += 1
        if word in ("--next", "-:") and not only_urls:
            return
        if only_urls or not word.startswith("-") or word == "-":
            yield "url", word
        elif word == "--":
            only_urls = True
        elif word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in _TAKES:
                yield name, ""
            elif equals:
                yield name, value
            else:
                yield name, words[at] if at < len(words) else ""
                at += 1
        else:
            for place, letter in enumerate(word[1:], 2):
                name = _SHORT.get(letter, letter)
                if name not in _TAKES:
                    yield name, ""
                    continue
                rest = word[place:]
                if not rest:
                    rest = words[at] if at < len(words) else ""
                    at += 1
                yield name, rest
                break


def _apply(command: _Command, option: str, value: str, feed: bytes | None) -> None:
    match option:
        case "url":
            command.urls.append(value)
        case "request":
            command.method = value
        case "header":
            _header(command, value)
        case "data" | "data-ascii" | "data-binary" | "data-raw" | "json":
            command.data.append(_data(command, value, feed, literal=option == "data-raw"))
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
        case "user-agent" | "referer" | "range":
            command.headers.append((option.title(), f"bytes={value}" if option == "range" else value))
        case "get":
            command.get = True
        case "head":
            command.head = True
        case "upload-file":
            command.upload, command.file = True, _last_step(value)
            command.missing[say("The body is the file %(file)s: choose it in the form.", file=_name(value))] = None
        case _ if option not in _QUIET:
            command.left_out[f"--{option[:40]}" if len(option) > 1 else f"-{option}"] = None


def _header(command: _Command, value: str) -> None:
    if value.startswith("@"):
        command.missing[say("Some headers are in a file, which is not here.")] = None
        return
    name, colon, text = value.partition(":")
    if colon and text.strip():
        command.headers.append((name.strip(), text.strip()))
    elif colon:
        command.removed.add(name.strip().lower())
    elif value.endswith(";"):
        command.headers.append((value[:-1].strip(), ""))


def _data(command: _Command, value: str, feed: bytes | None, *, literal: bool) -> bytes:
    if literal or not value.startswith("@"):
        return value.encode("utf-8", "surrogatepass")
    if value == "@-" and feed is not None:
        return feed
    command.file = _last_step(value[1:])
    command.missing[
        say("The body is the file %(file)s: choose it in the form, or paste its text.", file=_name(value[1:]))
    ] = None
    return b""


def _encoded(command: _Command, value: str) -> str:
    """Return what `--data-urlencode` sends for `content`, `=content`, `name=content`, `@file`, `name@file`."""
    name, equals, content = value.partition("=")
    if not equals and "@" in value:
        name, _, file = value.partition("@")
        command.missing[say("A value is the text of the file %(file)s, which is not here.", file=_name(file))] = None
        return f"{name}=" if name else ""
    if not equals:
        name, content = "", value
    return (f"{name}=" if name else "") + quote_plus(content)


def _form(command: _Command, value: str, *, literal: bool) -> None:
    name, _, content = value.partition("=")
    if literal or content[:1] not in ("@", "<"):
        text, _, kind = _form_pieces(content) if not literal else (content, "", "")
        data = text.encode("utf-8", "surrogatepass")
        command.parts.append(Part(name=name, data=data, content_type=kind or None))
        return
    file, filename, kind = _form_pieces(content[1:])
    shown = filename or _last_step(file)
    command.missing[say("The file %(file)s is not here: choose it in the form.", file=_name(shown))] = None
    if content[0] == "@":
        command.parts.append(Part(name=name, data=b"", filename=shown, content_type=kind or None))


def _form_pieces(content: str) -> tuple[str, str, str]:
    """Split `content;type=a/b;filename="x"` into content, file name and type; the content may be quoted."""
    quoted = re.match(r'"((?:[^"\\]|\\.)*)"', content, re.DOTALL)
    text, rest = (re.sub(r"\\(.)", r"\1", quoted[1]), content[quoted.end() :]) if quoted else (content, "")
    if not quoted:
        cut = re.search(r";(?=(?:type|filename|headers|encoder)=)", content)
        text, rest = (content[: cut.start()], content[cut.start() :]) if cut else (content, "")
    name = re.search(r';filename=(?:"((?:[^"\\]|\\.)*)"|([^;]*))', rest)
    kind = re.search(r";type=([^;]*)", rest)
    filename = "" if name is None else re.sub(r"\\(.)", r"\1", name[1]) if name[1] is not None else name[2]
    return text, filename, kind[1] if kind else ""


def _name(file: str) -> str:
    last = _last_step(file)[:80]
    return f"“{last}”" if last not in ("", "-") else say("from standard input")


def _last_step(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _message(command: _Command) -> PastedMessage:
    url = command.urls[0]
    content: bytes | None = None
    if command.data:
        content = b"".join(command.data) if command.json else b"&".join(command.data)
    query = list(command.query)
    if command.get and content is not None:
        query.append(quote(content.decode("utf-8", "replace"), safe="!$&'()*+,;=:@/?%-._~[]{}|"))
        content = None
    if query:
        url += ("&" if "?" in url else "?") + "&".join(query)
    headers = [(name, value) for name, value in command.headers if name.lower() not in command.removed]
    named = {name.lower() for name, _ in headers} | command.removed
    if command.json:
        headers += [(name, "application/json") for name in ("Content-Type", "Accept") if name.lower() not in named]
    elif content is not None and "content-type" not in named:
        headers.append(("Content-Type", FORM))
    if command.cookies:
        headers.append(("Cookie", "; ".join(command.cookies)))
    method = command.method or (
        "HEAD" if command.head
        else "PUT" if command.upload
        else "POST" if content is not None or command.parts
        else "GET"
    )  # fmt: skip
    return PastedMessage(
        kind=say("curl command"),
        method=method.upper(),
        url=url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url) or url.startswith("/") else f"http://{url}",
        headers=tuple(headers),
        content=None if command.file and not content else content,
        file=command.file if not content else "",
        parts=tuple(command.parts) if command.parts else None,
        user=command.user,
        missing=tuple(command.missing),
    )
