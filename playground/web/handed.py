"""What the browser hands over with a Send: the saved credential and what it was saved for, or what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.catalog.model import Entry
from playground.forms.state import FormState
from playground.request.credentials import Credentials, read_credentials
from playground.request.errors import RequestError
from playground.request.security import offered
from playground.web.panel import build_panel
from playground.wording import say


def saved_of(state: FormState) -> Mapping[str, Any]:
    """Return what the script handed over, empty without a script: the credential, and what it was saved for.

    Beside `credential` and `customHeaders`: lists `gateways` and `servers`, whether it is `expired` or `renewable`.
    Raises `RequestError` for what the script never writes.
    """
    text = state.get("credential")
    if not text:
        return {}
    try:
        value = jsontext.loads(text)
    except jsontext.JSONTextError:
        value = None
    if not isinstance(value, dict):
        raise RequestError(say("The saved credentials cannot be read: save them again."))
    return value


def credentials_of(entry: Entry, state: FormState) -> Credentials:
    """Read the credential the script added, or the ones typed into the page where there is no script.

    What is for a scheme that the operation does not take is dropped here, whatever the page says. Raises
    `RequestError`, whose text holds no secret.
    """
    read = read_credentials(saved_of(state) or _typed(entry, state), provider=entry.provider.name)
    taken = {use.scheme for alternative in offered(entry) for use in alternative}
    return replace(read, schemes={name: one for name, one in read.schemes.items() if name in taken})


def _typed(entry: Entry, state: FormState) -> dict[str, Any] | None:
    schemes: dict[str, dict[str, str]] = {}
    for one in build_panel(entry).schemes:
        parts = {part: text for part in one.parts if (text := state.text(f"credential.{one.scheme}.{part}"))}
        if not parts:
            continue
        typed: dict[str, str] = {"type": "bearer_token" if one.kind == "oauth2" else one.kind, **parts}
        if one.kind in ("basic", "digest"):
            typed = {"username": "", "password": "", **typed}
        if one.kind == "api_key":
            typed |= {"name": one.name or "X-Api-Key", "in": one.location or "header"}
        schemes[one.scheme] = typed
    if not entry.provider.security_schemes:
        # There is no scheme to name: the credential itself says where it goes.
        return next(iter(schemes.values()), None)
    return {"type": "schemes", "schemes": schemes} if schemes else None
