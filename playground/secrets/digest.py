"""HTTP Digest: the `Authorization` that answers an API's challenge (RFC 7616; MD5 also as RFC 2617 has it)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from playground.messages import Headers, HTTPRequest
from playground.secrets.credentials import Digest

_MOST_CHARACTERS = 8_192
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a token is a word of HTTP's grammar
_PIECE = re.compile(
    rf"""\s*(?:
        (?P<name>{_TOKEN})\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>{_TOKEN}))(?=\s*(?:,|$))
        |(?P<scheme>{_TOKEN})(?:\s+(?P<token68>[A-Za-z0-9._~+/-]+=*)(?=\s*(?:,|$)))?
    )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One challenge: its scheme in lower case, its parameters by lower-case name."""

    scheme: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_challenges(values: Iterable[str]) -> tuple[Challenge, ...]:
    """Return the challenges of all `WWW-Authenticate` fields in order; what cannot be read ends its field."""
    challenges: list[Challenge] = []
    for value in values:
        challenges += _read(value[:_MOST_CHARACTERS])
    return tuple(challenges)


def _read(value: str) -> list[Challenge]:
    challenges: list[Challenge] = []
    parameters: dict[str, str] = {}
    position = 0
    while position < len(value):
        if value[position] in " \t,":
            position += 1
            continue
        piece = _PIECE.match(value, position)
        if piece is None or piece.end() == position:
            break
        position = piece.end()
        if piece["scheme"]:
            parameters = {"": piece["token68"]} if piece["token68"] else {}
            challenges.append(Challenge(scheme=piece["scheme"].lower(), parameters=parameters))
        elif challenges:
            text = piece["plain"] if piece["quoted"] is None else re.sub(r"\\(.)", r"\1", piece["quoted"])
            parameters.setdefault(piece["name"].lower(), text)
    return challenges


_HASHES: Mapping[str, Callable[[bytes], str]] = {
    "SHA-512-256": lambda data: hashlib.new("sha512_256", data).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
    # What servers still ask for; the digest is theirs to choose, not a signature of ours.
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
}
_SAFE = re.compile(r"[^\x00-\x1f\x7f-\U0010ffff]*")


def answer_challenge(
    request: HTTPRequest, challenges: Iterable[str], credential: Digest, *, nonce: str | None = None
) -> HTTPRequest | None:
    """Return the request with the `Authorization` for the strongest Digest challenge we can answer, `None` without one.

    `challenges` are the `WWW-Authenticate` fields of the 401; `nonce` fixes the client's nonce (tests).
    """
    usable = [
        read_challenge
        for read_challenge in read_challenges(challenges)
        if read_challenge.scheme == "digest" and _is_usable(read_challenge)
    ]
    if not usable:
        return None
    order = list(_HASHES)
    chosen = min(usable, key=lambda challenge: order.index(_algorithm(challenge)[0]))
    text = digest_text(request, chosen, credential, nonce=nonce or secrets.token_hex(16))
    return replace(request, headers=Headers((("Authorization", text), *request.headers.without("authorization"))))


def digest_text(request: HTTPRequest, challenge: Challenge, credential: Digest, *, nonce: str) -> str:
    """Return the value of `Authorization` for one challenge; the nonce count is 1: each Send is challenged."""
    parameters = challenge.parameters
    name, session = _algorithm(challenge)
    hashed = _HASHES[name]

    def h(*parts: str) -> str:
        return hashed(":".join(parts).encode("utf-8"))

    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    realm, server_nonce = parameters.get("realm", ""), parameters["nonce"]
    offered = [word.strip().lower() for word in parameters.get("qop", "").split(",") if word.strip()]
    qop = "auth" if "auth" in offered else "auth-int" if offered else ""
    first = h(credential.username, realm, credential.password)
    if session:
        first = h(first, server_nonce, nonce)
    second = h(request.method, target, hashed(request.body)) if qop == "auth-int" else h(request.method, target)
    count = "00000001"
    response = h(first, server_nonce, count, nonce, qop, second) if qop else h(first, server_nonce, second)
    hidden = parameters.get("userhash", "").lower() == "true"
    fields = [_username(h(credential.username, realm) if hidden else credential.username)]
    fields += [f"{key}={_quoted(text)}" for key, text in (("realm", realm), ("nonce", server_nonce), ("uri", target))]
    if "algorithm" in parameters:
        fields.append(f"algorithm={name}{'-sess' if session else ''}")
    fields.append(f'response="{response}"')
    if "opaque" in parameters:
        fields.append(f"opaque={_quoted(parameters['opaque'])}")
    if qop:
        fields += [f"qop={qop}", f"nc={count}"]
    if qop or session:
        fields.append(f'cnonce="{nonce}"')
    if hidden:
        fields.append("userhash=true")
    return "Digest " + ", ".join(fields)


def _algorithm(challenge: Challenge) -> tuple[str, bool]:
    name = challenge.parameters.get("algorithm", "MD5").upper()
    session = name.endswith("-SESS")
    return name.removesuffix("-SESS"), session


def _is_usable(challenge: Challenge) -> bool:
    parameters = challenge.parameters
    offered = {word.strip().lower() for word in parameters.get("qop", "").split(",")} - {""}
    # What is echoed goes into a header field: a control character in it would be refused on the way out.
    echoed = (parameters.get("realm", ""), parameters.get("nonce", ""), parameters.get("opaque", ""))
    return (
        _algorithm(challenge)[0] in _HASHES
        and "nonce" in parameters
        and (not offered or bool(offered & {"auth", "auth-int"}))
        and all(_SAFE.fullmatch(text) for text in echoed)
    )


def _username(text: str) -> str:
    if _SAFE.fullmatch(text):
        return f"username={_quoted(text)}"
    encoded = "".join(chr(byte) if chr(byte).isalnum() and byte < 0x80 else f"%{byte:02X}" for byte in text.encode())
    return f"username*=UTF-8''{encoded}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
