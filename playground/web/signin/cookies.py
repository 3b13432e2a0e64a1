"""What a browser keeps of a sign-in, signed: the sign-ins it has begun, and the name it is signed in under.

Nothing of it is kept on the server, so every worker and replica with the same key can read it. A cookie holds a name,
and which of the groups that the rules name are the reader's: no token, and nothing that rules do not ask for.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from werkzeug.http import parse_cookie

from playground.gateway.operator import Reader, Rules, is_group

if TYPE_CHECKING:
    from playground.config import Settings

READER = "playground_reader"
HOST_READER = f"__Host-{READER}"
"""The name of the cookie that names the reader, and the one that browsers let no other host and no path set."""
BEGUN = "playground_signin"
"""The name of the cookie of the sign-ins that this browser has begun, kept for the addresses of the sign-in alone."""
BEGUN_SECONDS = 600
MOST_BEGUN = 4
"""Sign-ins that may be under way in the tabs of one browser."""
LONGEST_ADDRESS = 1_000


class SignInCookies:
    """Writes and reads both cookies; one of another key, client, issuer or set of groups is none."""

    def __init__(self, settings: Settings, rules: Rules, clock: Callable[[], float]) -> None:
        self._groups = sorted(
            {name for rule in rules.by_provider.values() for name in (*(rule.readers or ()), *(rule.lend or ()))
             if is_group(name)}
        )  # fmt: skip
        of = hashlib.sha256(
            repr((settings.oidc_issuer, settings.oidc_client_id, settings.oidc_name, self._groups)).encode()
        ).hexdigest()
        self.seconds = int(settings.oidc_hours * 3600)

        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                """Return the time now."""
                return int(clock())

        def serializer(what: str) -> URLSafeTimedSerializer:
            how = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
            return URLSafeTimedSerializer(settings.secret_key, salt=f"{what} {of}", signer=Signer, signer_kwargs=how)

        self._reader, self._begun = serializer("reader"), serializer("sign-in")

    def write_reader(self, reader: Reader) -> str:
        """Return the text of the cookie that names the reader."""
        held = [number for number, group in enumerate(self._groups) if group in reader.groups]
        return str(self._reader.dumps([reader.name, held]))

    def read_reader(self, header: str) -> Reader:
        """Return the reader that a Cookie field names: nobody without such a cookie, or with a wrong one."""
        if READER not in header:
            return Reader()
        cookies = parse_cookie(header)
        value = self._loads(self._reader, cookies.get(HOST_READER) or cookies.get(READER, ""), self.seconds)
        if not isinstance(value, list):
            return Reader()
        name, held = value
        return Reader(name=name, groups=frozenset(self._groups[number] for number in held))

    def write_begun(self, text: str, state: str, back: str) -> str:
        """Return the cookie's text with one more sign-in: its state, and the address to come back to."""
        begun = [*self._sign_ins(text), [state, back]][-MOST_BEGUN:]
        return str(self._begun.dumps(begun))

    def read_begun(self, text: str, state: str) -> str | None:
        """Return the address that a sign-in comes back to; `None` if this browser has not begun it, or too long ago."""
        found = None
        for known, back in self._sign_ins(text):
            if hmac.compare_digest(known.encode(), state.encode("utf-8", "replace")):
                found = back
        return found

    def without(self, text: str, state: str) -> str:
        """Return the cookie's text without a sign-in, which is over; empty where no other is under way."""
        left = [[known, back] for known, back in self._sign_ins(text) if known != state]
        return str(self._begun.dumps(left)) if left else ""

    def _sign_ins(self, text: str) -> list[tuple[str, str]]:
        value = self._loads(self._begun, text, BEGUN_SECONDS)
        return [(state, back) for state, back in value] if isinstance(value, list) else []

    def _loads(self, serializer: URLSafeTimedSerializer, text: str, seconds: int) -> Any:
        try:
            return serializer.loads(text, max_age=seconds) if text else None
        except BadData:
            return None


def reader_cookie(root: str, *, secure: bool) -> str:
    """Return the name under which the cookie is set: with the prefix no other host can have set it."""
    return HOST_READER if secure and not root else READER


def own_path(address: str, root: str) -> str:
    """Return an address as one of this site's pages to come back to; empty for any other, and for the sign-in's own.

    Browsers read `//host`, `/\\host` and control characters in ways that lead to another site, so none of them passes.
    """
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not address.startswith(f"{root}/") or address.startswith("//"):
        return ""
    inner = parts.path.removeprefix(root)
    # Dots in a path are resolved by the browser before it asks.
    if inner.startswith(("//", "/signin")) or not {".", ".."}.isdisjoint(unquote(inner).split("/")):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
