"""Requests that a machine thinks up: any legal text or bytes in any slot of a case.

`make fuzz CASES=1000` sets `PLAYGROUND_FUZZ`, the number of requests for each target, which then are others each time.
Every other run draws the same, so that nothing but a change makes a test fail.
`PLAYGROUND_SEED` draws again what an earlier run has drawn; its failures name it.
"""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from playground import jsontext
from playground.messages import (
    BinaryContent,
    Content,
    FormContent,
    JSONContent,
    MultipartContent,
    NoContent,
    Part,
    TextContent,
)
from playground.secrets.schemes import Injection
from tests.support.snippets.case import (
    BASIC,
    BEARER,
    BIDI,
    HOSTILE,
    KEY_COOKIE,
    KEY_HEADER,
    KEY_QUERY,
    Case,
)

ASKED = os.environ.get("PLAYGROUND_FUZZ")
IS_LONG = "PLAYGROUND_LONG" in os.environ
USUAL = 150 if IS_LONG else 60
COMPILED = 40
"""Requests for a target whose compiler takes half a second for each."""


def draws(usual: int = USUAL) -> settings:
    """Return the settings of a test that draws this many cases, or as many as are asked for."""
    return settings(
        max_examples=int(ASKED or usual),
        deadline=None,
        derandomize=not ASKED,
        suppress_health_check=list(HealthCheck),
    )


texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from([HOSTILE, BIDI, "'", '"', "\\", "`", "$", "@", "\n", "\0"]), max_size=4).map("".join),
)
readable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="'\"\\$`"), max_size=30
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=10,
)
# Longer than what languages write byte by byte.
binaries = st.binary(max_size=40) | st.binary(min_size=65, max_size=90)
pairs = st.lists(st.tuples(readable, readable), min_size=1, max_size=4)
parts = st.builds(
    lambda name, data, filename: Part(
        name=name, data=data, filename=filename, content_type=None if filename is None else "text/x-odd"
    ),
    readable,
    binaries | texts.map(lambda text: text.encode("utf-8", "replace")),
    st.none() | readable,
)
TYPES: dict[type[Content], str] = {
    JSONContent: "application/json",
    TextContent: "text/plain",
    FormContent: "application/x-www-form-urlencoded",
    BinaryContent: "application/octet-stream",
    MultipartContent: "multipart/form-data; boundary=fuzz-1",
}
contents: st.SearchStrategy[Content] = st.one_of(
    st.just(NoContent()),
    json_values.map(lambda value: JSONContent(text=jsontext.dumps(value))),
    texts.map(lambda text: TextContent(text=text)),
    pairs.map(lambda some: FormContent(pairs=tuple(some), text=urlencode(some))),
    st.builds(lambda data, filename: BinaryContent(data=data, filename=filename), binaries, st.none() | readable),
    st.lists(parts, min_size=1, max_size=4).map(lambda some: MultipartContent(parts=tuple(some), boundary="fuzz-1")),
)
credentials: st.SearchStrategy[tuple[Injection, ...]] = st.just(()) | st.sampled_from(
    [(BEARER,), (BASIC,), (KEY_HEADER,), (KEY_QUERY,), (KEY_COOKIE,), (KEY_HEADER, BASIC)]
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    content = draw(contents)
    query = urlencode(draw(st.lists(st.tuples(texts.map(_sendable), texts.map(_sendable)), max_size=3)))
    headers = [(f"X-Fuzz-{at}", value.strip()) for at, value in enumerate(draw(st.lists(readable, max_size=2)))]
    if type(content) in TYPES:
        headers.append(("Content-Type", TYPES[type(content)]))
    if draw(st.booleans()):
        headers.append(("Cookie", f"a={draw(readable).strip()}"))
    path = "/p-" + quote(_sendable(draw(texts)), safe="")
    return Case(
        name=f"c{draw(st.integers(0, 10**9))}",
        method=draw(st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]) | st.from_regex("X[A-Z]{2,7}", fullmatch=True)),
        target=path + (f"?{query}" if query else ""),
        headers=tuple(headers),
        content=content,
    )


@st.composite
def calls(draw: st.DrawFn) -> Case:
    """Draw a case that has credentials, perhaps a secret in its address, and arguments for a gateway, too."""
    case = draw(cases())
    target, names = case.target, dict[str, str]()
    if draw(st.booleans()):
        names = {"SECRET_0_": "STRIPE_PASSWD"}
        target += f"{'&' if '?' in target else '?'}passwd=SECRET_0_"
    arguments: dict[str, Any] = draw(st.dictionaries(texts, json_values, max_size=3))
    return Case(
        name=case.name,
        method=case.method,
        target=target,
        headers=case.headers,
        content=case.content,
        injections=draw(credentials),
        arguments=jsontext.loads(jsontext.dumps(arguments)),
        secrets=names,
    )


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def draw_cases(strategy: st.SearchStrategy[Case], usual: int = USUAL) -> tuple[list[Case], str]:
    """Return cases to be run in one batch, and what draws them again; alone each would need a program of its own."""
    number = int(os.environ.get("PLAYGROUND_SEED") or (secrets.randbelow(2**32) if ASKED else 0))
    drawn: dict[str, Case] = {}

    @seed(number)
    @given(case=strategy)
    @settings(draws(usual), database=None, derandomize=False, phases=[Phase.generate])
    def draw(case: Case) -> None:
        drawn[case.name] = case

    draw()
    return list(drawn.values()), f"PLAYGROUND_SEED={number} PLAYGROUND_FUZZ={ASKED or usual}"
