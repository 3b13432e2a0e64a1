"""The remedy after a 401 or 403: what the API says is missing, and which part of the page provides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Entry
from playground.messages import HTTPResponse
from playground.secrets.digest import Challenge, read_challenges
from playground.secrets.schemes import requirement_of
from playground.text.visible import one_line
from playground.text.wording import say, say_many

_WORDS: dict[str, str] = {
    "bearer": say("a bearer token"),
    "basic": say("a user name and password (Basic)"),
    "digest": say("HTTP Digest"),
}
_SENT = {"bearer_token": "bearer", "oauth2": "bearer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Sentences about a refusal, and the button that helps.

    `action` is what the button does: `open` the panel, `sign-in`, or sign in for more `scopes`. `renew` makes the
    script renew the token and send once more.
    """

    sentences: tuple[str, ...]
    label: str
    action: str = "open"
    scopes: str = ""
    renew: bool = False


def find_remedy(
    entry: Entry, names: tuple[str, ...] | None, response: HTTPResponse, saved: Mapping[str, Any], *, sent: bool
) -> Remedy | None:
    """Return the remedy for a refusal, `None` for any other answer.

    `saved` is what the browser submitted: the credential with its `scopes`, and whether it can be renewed. `sent` tells
    whether any credential went along.
    """
    if response.status not in (401, 403):
        return None
    challenges = read_challenges(response.headers.get_all("www-authenticate"))
    asked = _asked(challenges)
    if not sent:
        sentence: str = say("The API asks for %(kind)s, and none were sent.", kind=asked or say("credentials"))
        if response.status == 403 and not asked and not requirement_of(entry, names):
            # Neither the answer nor the description says a word of credentials.
            sentence = say("The API refuses the request. No credentials were sent: add them if it wants some.")
        return Remedy(sentences=(sentence,), label=say("Add credentials"))
    missing = _missing(entry, names, challenges, _granted_scopes(saved), response.status)
    if missing:
        listed = ", ".join(missing[:10])
        sentence = say_many(
            "The token lacks the scope %(scopes)s.",
            "The token lacks the scopes %(scopes)s.",
            len(missing),
            scopes=listed,
        )
        return Remedy(
            sentences=(sentence,), label=say("Get a token with them"), action="scopes", scopes=" ".join(missing)
        )
    described = _described(challenges)
    if response.status == 403:
        refusal = (
            say("The API recognises these credentials but refuses the request: %(reason)s.", reason=described)
            if described
            else say("The API recognises these credentials but refuses the request.")
        )
        return Remedy(
            sentences=(refusal, say("These credentials may not do this.")), label=say("Use other credentials")
        )
    reasons = [
        say("The API does not accept these credentials: %(reason)s.", reason=described)
        if described
        else say("The API does not accept these credentials.")
    ]
    kind = _kind_sent(saved)
    schemes = {challenge.scheme for challenge in challenges}
    if kind in _WORDS and asked and kind not in schemes:
        reasons.append(say("It asks for %(kind)s.", kind=asked))
    renew = saved.get("renewable") is True
    oauth = isinstance(saved.get("credential"), Mapping) and saved["credential"].get("type") == "oauth2"
    if renew:
        reasons.append(say("The token is renewed and the request sent once more."))
    label, action = (say("Sign in again"), "sign-in") if oauth else (say("Change credentials"), "open")
    return Remedy(sentences=tuple(reasons), label=label, action=action, renew=renew)


def _asked(challenges: tuple[Challenge, ...]) -> str:
    text: str = ""
    for challenge in challenges[:4]:
        realm = one_line(challenge.parameters.get("realm", ""))[:80]
        kind: str = _WORDS.get(challenge.scheme, say("“%(name)s”", name=challenge.scheme[:40]))
        if realm:
            kind = say("%(kind)s for “%(realm)s”", kind=kind, realm=realm)
        text = say("%(one)s or %(other)s", one=text, other=kind) if text else kind
    return text


def _described(challenges: tuple[Challenge, ...]) -> str:
    for challenge in challenges:
        text = challenge.parameters.get("error_description") or challenge.parameters.get("error", "").replace("_", " ")
        if text:
            return one_line(text)[:200].rstrip(".")
    return ""


def _missing(
    entry: Entry, names: tuple[str, ...] | None, challenges: tuple[Challenge, ...], granted: frozenset[str] | None,
    status: int,
) -> list[str]:  # fmt: skip
    """Return the scopes that are asked for and not granted: those the API names, else those of the description."""
    for challenge in challenges:
        if challenge.parameters.get("error") == "insufficient_scope" or (
            status == 403 and challenge.parameters.get("scope")
        ):
            wanted = one_line(challenge.parameters.get("scope", "")).split()
            if lacking := [scope for scope in wanted if granted is None or scope not in granted]:
                return lacking
    if granted is None or status != 403:
        return []
    uses = [use for use in requirement_of(entry, names) if use.scopes]
    return [scope for use in uses for scope in use.scopes if scope not in granted]


def _granted_scopes(saved: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the scopes of the token that was sent, `None` if they are unknown."""
    credential = saved.get("credential")
    scopes = credential.get("scopes") if isinstance(credential, Mapping) else None
    return frozenset(str(scope) for scope in scopes) if isinstance(scopes, list) and scopes else None


def _kind_sent(saved: Mapping[str, Any]) -> str:
    credential = saved.get("credential")
    kind = str(credential.get("type", "")) if isinstance(credential, Mapping) else ""
    return _SENT.get(kind, kind)
