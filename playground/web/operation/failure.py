"""A Send without an answer, explained: what happened, how far it came, what to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.gateway.answer import Answer
from playground.text.wording import say
from playground.web.operation.response import STEPS

State: TypeAlias = Literal["done", "failed", "open"]

_FAILS_AT = {"target": "dns", "request": "dns", "connect": "connect", "tls": "tls", "answer": "first byte"}
_WIDTH = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step on the way: its name, how it ended, its milliseconds (`None`: unknown), its bar in percent."""

    name: str
    state: State = "done"
    milliseconds: float | None = None
    start: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """`operation/_failure.html`: what happened is the pane's error; `tries` are sentences, the id is for support."""

    stages: tuple[Stage, ...]
    tries: tuple[str, ...]
    request_id: str = ""


def failure_of(answer: Answer, *, url: str, timeout: float) -> Failure | None:
    """Return what is known of a call that got no answer; `None` where nothing was to be sent."""
    if answer.response is not None or answer.step not in ("connect", "tls", "answer"):
        return None
    taken = [(name, duration) for name, duration in answer.timings if name != "total"]
    failed = _FAILS_AT[answer.step]
    names = [name for name, _ in taken]
    # Lookup and connection look the same from outside: without their times they are one step.
    expected = [name for name in STEPS if name in names or name in (failed, "first byte", "read")]
    if url.startswith("https:") and "tls" not in expected:
        expected.insert(expected.index("first byte"), "tls")
    if failed == "first byte" and "connect" not in expected:
        expected.insert(0, "connect")
    left = max(answer.duration_ms - sum(duration for _, duration in taken), 0.0)
    stages = _bars([*taken, (failed, left)], failed)
    drawn = {stage_name: stage for (stage_name, _), stage in zip([*taken, (failed, left)], stages, strict=True)}
    ordered = [name for name in STEPS if name in expected]
    whole = tuple(
        drawn.get(name) or Stage(name=STEPS[name], state="open" if _after(name, failed) else "done") for name in ordered
    )
    return Failure(stages=whole, tries=_tries(answer, timeout), request_id=answer.request_id)


def _bars(taken: list[tuple[str, float]], failed: str) -> tuple[Stage, ...]:
    whole = sum(duration for _, duration in taken) or 1.0
    stages, start = [], 0.0
    for name, duration in taken:
        width = duration / whole * _WIDTH
        stages.append(
            Stage(
                name=STEPS[name],
                state="failed" if name == failed else "done",
                milliseconds=duration,
                start=round(start, 2),
                width=round(max(width, 0.5), 2),
            )
        )
        start += width
    return tuple(stages)


def _after(name: str, failed: str) -> bool:
    order = list(STEPS)
    return order.index(name) > order.index(failed)


def _tries(answer: Answer, timeout: float) -> tuple[str, ...]:
    if answer.step == "connect":
        return (
            say("See whether the server runs, and whether its host and port are right."),
            say("Choose another server, or the sandbox, which answers from the description."),
        )
    if answer.step == "tls":
        return (
            say("See whether the server speaks https at this port; a plain one needs an http address."),
            say("A certificate that it signed itself, or for another name, is not trusted."),
        )
    if answer.status == 504:
        return (
            say("Give it longer than %(count)s seconds, if it is that slow: the limit stands beside the gateway.",
                count=f"{timeout:g}"),
            say("Ask for less: a smaller page, fewer fields."),
        )  # fmt: skip
    return (
        say("Send it once more: a connection that was kept open may have ended."),
        say("See whether the server speaks HTTP/1.1 at this port, and what its log says."),
    )
