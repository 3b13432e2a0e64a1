"""curl's options: their long names, and which of them take a value (curl's own manual, "All options")."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

_SHORT = {
    "A": "user-agent", "b": "cookie", "c": "cookie-jar", "C": "continue-at", "d": "data", "D": "dump-header",
    "e": "referer", "E": "cert", "F": "form", "H": "header", "K": "config", "m": "max-time", "o": "output",
    "P": "ftp-port", "Q": "quote", "r": "range", "T": "upload-file", "t": "telnet-option", "u": "user",
    "U": "proxy-user", "w": "write-out", "x": "proxy", "X": "request", "Y": "speed-limit", "y": "speed-time",
    "z": "time-cond", "G": "get", "I": "head", "g": "globoff",
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
QUIET = frozenset(
    """
    silent show-error location compressed include verbose fail fail-with-body globoff path-as-is output write-out
    progress-bar no-buffer http1.0 http1.1 http2 http2-prior-knowledge http3 tr-encoding remote-name output-dir trace
    trace-ascii dump-header cookie-jar no-progress-meter no-keepalive location-trusted basic anyauth stderr
    create-dirs remote-header-name styled-output raw ipv4 ipv6 s S L i v f g O N J 0 4 6 # j
    """.split()  # noqa: SIM905 - a list to read
)
"""Options that say nothing about the request itself, or nothing that would have to be mentioned."""


def options_of(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give each option by its long name with its value, and each URL as the option `url`."""
    at = 0
    only_urls = False
    while at < len(words):
        word = re.sub("^(?:\u2014|\u2013\u2013)", "--", words[at]) if words[at][:1] in "\u2013\u2014" else words[at]
        word = f"-{word[1:]}" if word[:1] == "\u2013" else word  # what word processors make of dashes
        at += 1
        if word in ("--next", "-:") and at == 1:
            continue  # nothing came before it
        if word in ("--next", "-:") and not only_urls:
            yield "next", ""
            return
        if only_urls or not word.startswith("-") or word == "-":
            yield "url", word
        elif word == "--":
            only_urls = True
        elif word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in _TAKES and name.removeprefix("expand-") not in _TAKES:
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


_CONFIG_LINE = re.compile(r'(--?[^\s=:"]+|[^\s=:"]+)[ \t]*[=:]?[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*))?')
_CONFIG_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "v": "\v"}


def config_words(text: str) -> list[str]:
    """Return the lines of a file for `--config` as words of a command: `data = "a b"` is `--data` and `a b`."""
    words: list[str] = []
    for line in text.splitlines():
        match = _CONFIG_LINE.match(line.strip())
        if match is None or match[0].startswith("#"):
            continue
        words.append(match[1] if match[1].startswith("-") else f"--{match[1]}")
        if match[2] is not None:
            words.append(re.sub(r"\\(.)", lambda escape: _CONFIG_ESCAPES.get(escape[1], escape[1]), match[2]))
        elif match[3] is not None:
            words.append(match[3])
    return words


_CURL_VARIABLE = re.compile(r"(?<!\\)\{\{[ \t]*([A-Za-z_]\w{0,99})((?::[a-z0-9]{1,9})*)[ \t]*\}\}")
_CURL_FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "trim": str.strip,
    "json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "url": lambda text: quote(text, safe=""),
    "b64": lambda text: base64.b64encode(text.encode("utf-8", "surrogatepass")).decode(),
}
_LONGEST = 1_000_000


def expand(value: str, variables: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the value of an `--expand-…` option with its variables in place, and the spellings of unknown ones."""
    unknown: list[str] = []
    left = _LONGEST

    def text_of(match: re.Match[str]) -> str:
        nonlocal left
        text = variables.get(match[1])
        functions = [_CURL_FUNCTIONS.get(name) for name in match[2].split(":")[1:]]
        if text is None or None in functions or left < 0:
            unknown.append(match[0])
            return match[0]
        for function in filter(None, functions):
            text = function(text)
        left -= len(text)
        return text

    return _CURL_VARIABLE.sub(text_of, value), unknown
