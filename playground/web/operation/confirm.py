"""Questions before a Send: a live system would be changed, or a credential given to another gateway or server.

The server asks, so that it works with and without a script. What the visitor agrees to comes back with the next Send,
word for word, so consent to one request is never consent to another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playground.catalog.model import SANDBOX, Entry
from playground.origins import origin_of
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import servers_of
from playground.secrets.credentials import ApiKey, AwsKeys, Basic, Bearer, Credentials, Digest
from playground.secrets.detect import secret_texts
from playground.secrets.mask import mask_url
from playground.text.wording import say

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})
_LIVE_KEY = re.compile(r"(?:^|[_-])(?:live|prod|production)[_-]", re.IGNORECASE)
_TEST_KEY = re.compile(r"(?:^|[_-])(?:test|sandbox|dev|demo)[_-]", re.IGNORECASE)
_LIVE_SERVER = re.compile(r"\b(?:prod|production|live)\b", re.IGNORECASE)
_TEST_SERVER = re.compile(
    r"\b(?:test|testing|sandbox|staging|stage|dev|development|demo|mock|non-?production)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: its sentences, the text that agrees to exactly these, and in `agree` what the browser remembers."""

    sentences: tuple[str, ...]
    token: str
    agree: Mapping[str, str]

    @property
    def agree_json(self) -> str:
        """What the browser remembers, as the script reads it."""
        return json.dumps(dict(self.agree)) if self.agree else ""


def question(
    request: BuiltRequest, credentials: Credentials, saved: Mapping[str, Any], *, gateway: str, embedded: bool
) -> Question | None:
    """Return what has to be asked before this is sent, or `None`.

    `saved` is what the browser sends beside the credential: for which `gateways` and `servers` it was saved. Nothing is
    asked about a request that cannot be built: sending it gives the reason.
    """
    entry, model = request.entry, request.model
    try:
        message = request.message
    except RequestError:
        return None
    sentences: list[str] = []
    agree: dict[str, str] = {}
    gateways = _listed(saved, "gateways")
    # The embedded gateway is this site itself, so credentials that another console saved for no gateway are for it too.
    asks = saved and credentials and (gateways or not embedded)
    if asks and (origin := origin_of(gateway) or gateway) not in gateways:
        sentences.append(
            say("These credentials were not saved for the gateway %(origin)s. Sending gives them to it.", origin=origin)
        )
        agree["gateways"] = origin
    if model.server != SANDBOX:
        target = origin_of(message.url) or message.url
        servers = saved.get("servers") if credentials else None
        if isinstance(servers, list) and servers and target not in servers:
            sentences.append(
                say(
                    "These credentials were saved for %(server)s. Sending gives them to %(target)s.",
                    server=str(servers[0]),
                    target=target,
                )
            )
            agree["servers"] = target
        if message.method not in _SAFE and (why := _why_live(entry, model, credentials)):
            path = urlsplit(mask_url(entry, message.url)).path
            host = urlsplit(message.url).netloc
            sentences.append(
                say(
                    "%(method)s %(path)s on %(host)s would change a live system: %(why)s.",
                    method=message.method,
                    path=path,
                    host=host,
                    why=why,
                )
            )
    if not sentences:
        return None
    return Question(sentences=tuple(sentences), token=" ".join(sentences), agree=agree)


def _why_live(entry: Entry, model: RequestModel, credentials: Credentials) -> str:
    # Form fields hold credentials too: an API key as a parameter, a password in the body.
    keys = [text for text in (*_keys(credentials), *secret_texts(entry, model)) if text]
    if any(_LIVE_KEY.search(key) for key in keys):
        return say("the key is a live one")
    if any(_TEST_KEY.search(key) for key in keys):
        return ""
    servers = servers_of(entry)
    first = servers[0] if servers else None
    server = next((server for server in servers if server.url == model.server), first)
    text = "" if server is None else f"{server.url} {server.description} {' '.join(model.server_variables.values())}"
    live = _LIVE_SERVER.search(text) is not None and _TEST_SERVER.search(text) is None
    return say("its server is described as the production one") if live else ""


def _keys(credentials: Credentials) -> list[str]:
    keys = [*credentials.headers.values(), *credentials.variables.values()]
    for credential in (credentials.single, *credentials.schemes.values()):
        if isinstance(credential, Bearer):
            keys.append(credential.token)
        elif isinstance(credential, ApiKey):
            keys.append(credential.value)
        elif isinstance(credential, Basic | Digest):
            keys += [credential.username, credential.password]
        elif isinstance(credential, AwsKeys):
            keys.append(credential.access_key)
    return keys


def _listed(saved: Mapping[str, Any], name: str) -> list[Any]:
    listed = saved.get(name)
    return listed if isinstance(listed, list) else []
