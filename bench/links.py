"""Links of filled forms: made and opened by the page's own modules (in node), they say the same but for what is secret.

What may be in a link is decided here by the description's own words again, not by the script's.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from playground.catalog.model import Entry
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.jsontext import JSONTextError, loads
from playground.request.model import RequestModel
from playground.secrets.detect import NAME_PATTERN, is_secret_name

HERE = Path(__file__).parent
MODULES = HERE.parent / "static" / "js"
_CARRIED = re.compile(r"(path|query|header|cookie)\.|body($|[/~])|(media_type|brackets|objects)$")
_ASIDE = re.compile(r"~(was|stored)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as a browser holds it: its texts, and the inputs it shows as passwords."""

    entry: Entry
    state: FormState
    passwords: frozenset[str]


def filled(entry: Entry, state: FormState, html: str) -> Filled:
    """Return what the script finds in a drawn form with these inputs."""
    secret = LexborHTMLParser(html).css("input[type=password], [data-secret]")
    return Filled(entry=entry, state=state, passwords=frozenset(field.attributes.get("name") or "" for field in secret))


def has_node() -> bool:
    """Say whether the script can be run here."""
    return shutil.which("node") is not None


def lost(forms: Sequence[Filled]) -> Iterator[tuple[Filled, str]]:
    """Give each form whose link says something else than the form, or something secret, with what."""
    asked = "".join(json.dumps(_page(form)) + "\n" for form in forms)
    ran = subprocess.run(
        ["node", str(HERE / "links.mjs"), str(MODULES)], input=asked.encode(), stdout=subprocess.PIPE, check=True
    )
    answers = ran.stdout.decode().splitlines()
    for form, line in zip(forms, answers, strict=True):
        answer = json.loads(line)
        open_, secret = _parted(form)
        back = FormState.submitted((name, text) for name, text in answer["filled"])
        expected = _model(form.entry, FormState.submitted(open_))
        if _model(form.entry, back) != expected:
            yield form, f"{expected} became {_model(form.entry, back)}"
        if {name for name, text in secret if text} & set(back.names()):
            yield form, "the link holds what is secret"


def _page(one: Filled) -> dict[str, object]:
    schemes = [scheme for scheme in one.entry.provider.security_schemes if scheme.type == "apiKey"]
    return {
        "pairs": one.state.pairs,
        "hidden": sorted(one.passwords),
        "parameters": ["header.authorization", *(f"{each.location}.{each.parameter}".lower() for each in schemes)],
        "pattern": NAME_PATTERN,
        "raw": one.state.text("body~mode") == "raw",
    }


def _model(entry: Entry, state: FormState) -> RequestModel:
    return parse(entry, state).model


def _parted(one: Filled) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the inputs that belong into a link, and those that are secret."""
    keys = {
        name.replace("~key/", "~value/") for name, text in one.state.pairs if "~key/" in name and is_secret_name(text)
    }
    schemes = {f"{each.location}.{each.parameter}".lower() for each in one.entry.provider.security_schemes}
    schemes.add("header.authorization")
    open_: list[tuple[str, str]] = []
    secret: list[tuple[str, str]] = []
    for name, text in one.state.pairs:
        if not _CARRIED.match(name) or _ASIDE.search(name) or name == "body~raw":
            continue
        hidden = (
            re.sub("~(kept|bytes)$", "", name) in one.passwords | keys
            or name.lower() in schemes
            or any(is_secret_name(token) for token in re.split("[/~]", name))
            or (name.endswith("~kept") and _holds_secret(text))
        )
        (secret if hidden else open_).append((name, text))
    return open_, secret


def _holds_secret(text: str) -> bool:
    try:
        return _names_secret(loads(text))
    except JSONTextError:
        return False


def _names_secret(value: object) -> bool:
    if isinstance(value, dict):
        return any(is_secret_name(name) or _names_secret(member) for name, member in value.items())
    return isinstance(value, list) and any(map(_names_secret, value))
