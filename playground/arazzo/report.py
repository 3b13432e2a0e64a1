"""What was played, for a CI server (JUnit XML, JSON) and for people (a page by itself), without secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any
from xml.etree import ElementTree

from playground import jsontext
from playground.answers.record import Record, without_secrets
from playground.arazzo.criteria import Judged
from playground.arazzo.frames import Result
from playground.secrets.detect import is_secret_name
from playground.secrets.redact import redact_text
from playground.secrets.remove import remove_from_text, remove_from_value
from playground.text.visible import reveal

_SHORTEST_SECRET = 6
_MOST_SECRETS = 400
_DEEPEST = 40
_MOST_SHOWN = 20_000
"""Characters of a body in the page."""


@dataclass(slots=True)
class Played:
    """One workflow that was played: its results, each with its exchange where a request was sent."""

    workflow: str
    summary: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    steps: list[tuple[Result, Record | None]] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a step failed that no later attempt made good."""
        return any(not result.success and not result.retried for result, _ in self.steps)


class Hidden:
    """The secrets that a run has met, and texts without them.

    They are what the caller names (credentials), secret inputs, and what answers hold in places whose names say so.
    """

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def add(self, texts: Iterable[str]) -> None:
        """Note secrets."""
        for text in texts:
            if len(text) >= _SHORTEST_SECRET and len(self._texts) < _MOST_SECRETS:
                self._texts[text] = None

    def add_from(self, value: Any) -> None:
        """Note the members of a value whose names mean a secret."""
        self.add(_secrets_in(value, 0))

    def text(self, text: str) -> str:
        """Return a text without the secrets, and without what looks like one."""
        return remove_from_text(redact_text(text, self._texts))[0]

    def value(self, value: Any) -> Any:
        """Return a JSON value without them."""
        return self._clean(remove_from_value(value))

    def record(self, record: Record) -> Record:
        """Return an exchange without them."""
        clean = without_secrets(record)
        text = clean.text
        return replace(
            clean,
            url=self.text(clean.url),
            request_headers=tuple((name, self.text(value)) for name, value in clean.request_headers),
            request_body=self.text(clean.request_body),
            headers=tuple((name, self.text(value)) for name, value in clean.headers),
            body=clean.body if text is None else self.text(text).encode("utf-8", "replace"),
        )

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: self._clean(member) for name, member in value.items()}
        return [self._clean(member) for member in value] if isinstance(value, list) else value


def _secrets_in(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        for name, member in value.items():
            if isinstance(member, str) and is_secret_name(str(name)):
                yield member
            else:
                yield from _secrets_in(member, depth + 1)
    elif isinstance(value, list):
        for member in value:
            yield from _secrets_in(member, depth + 1)


def result_shape(result: Result, hidden: Hidden) -> dict[str, Any]:
    """Return a step's result as JSON."""
    shape: dict[str, Any] = {
        "workflow": result.workflow,
        "step": result.step,
        "operation": result.operation or None,
        "calls": result.called or None,
        "attempt": result.attempt,
        "status": result.status,
        "duration_ms": round(result.milliseconds, 1),
        "passed": result.success,
        "retried": result.retried,
        "error": hidden.text(result.error) or None,
        "criteria": [
            {
                "condition": hidden.text(outcome.text),
                "passed": outcome.holds,
                "reason": hidden.text(outcome.reason) or None,
            }
            for outcome in result.judged
        ],
        "outputs": hidden.value(result.outputs),
        "missing": list(result.missing),
        "then": result.action or None,
    }
    return {name: value for name, value in shape.items() if value not in (None, []) or name == "status"}


def json_report(played: Sequence[Played], hidden: Hidden) -> str:
    """Return the report as JSON."""
    workflows = [
        {
            "workflow": play.workflow,
            "passed": not play.failed,
            "steps": [result_shape(result, hidden) for result, _ in play.steps],
            "outputs": hidden.value(play.outputs),
        }
        for play in played
    ]
    passed = all(not play.failed for play in played)
    return jsontext.dumps({"passed": passed, "workflows": workflows}, indent=2) + "\n"


def junit_report(played: Sequence[Played], hidden: Hidden, *, title: str) -> str:
    """Return the report as JUnit XML: a suite for each workflow, a case for each step, a failure for each criterion."""
    root = ElementTree.Element("testsuites", name=_plain(title))
    for play in played:
        results = [result for result, _ in play.steps]
        last = [result for result in results if not result.retried]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_plain(play.workflow),
            tests=str(len(last)),
            failures=str(sum(not result.success and not result.error for result in last)),
            errors=str(sum(bool(result.error) for result in last)),
            time=f"{sum(result.milliseconds for result in results) / 1000:.3f}",
        )
        for result in last:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                classname=_plain(result.workflow),
                name=_plain(result.step),
                time=f"{result.milliseconds / 1000:.3f}",
            )
            if result.error:
                ElementTree.SubElement(case, "error", message=_plain(hidden.text(result.error)))
            for judged in result.judged:
                if not judged.holds:
                    message = _plain(hidden.text(judged.text))
                    failure = ElementTree.SubElement(case, "failure", message=message, type=judged.criterion.kind)
                    failure.text = _plain(hidden.text(judged.reason))
            if result.attempt > 1:
                ElementTree.SubElement(case, "system-out").text = f"attempt {result.attempt}"
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def html_report(played: Sequence[Played], hidden: Hidden, *, title: str, at: str) -> str:
    """Return the report as a page that needs nothing else: every step with its criteria and its exchange."""
    passed = sum(not play.failed for play in played)
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{passed} of {len(played)} workflows passed · {escape(at)} · secrets are removed</p>",
    ]
    for play in played:
        parts.append(f"<section><h2>{_mark(not play.failed)} {escape(play.workflow)}</h2>")
        if play.summary:
            parts.append(f"<p>{escape(hidden.text(play.summary))}</p>")
        if play.inputs:
            parts.append(_code("Inputs", jsontext.dumps(hidden.value(play.inputs), indent=2)))
        parts.append("<ol>")
        parts += [_step(result, record, hidden) for result, record in play.steps]
        parts.append("</ol>")
        if play.outputs:
            parts.append(_code("Outputs", jsontext.dumps(hidden.value(play.outputs), indent=2)))
        parts.append("</section>")
    return "\n".join([*parts, "</body></html>", ""])


def _step(result: Result, record: Record | None, hidden: Hidden) -> str:
    status = "" if result.status is None else f"{result.status} in {result.milliseconds:.0f} ms"
    called = f"workflow {result.called}" if result.called else result.operation
    again = f"attempt {result.attempt}" if result.attempt > 1 else ""
    facts = " · ".join(escape(fact) for fact in (called, status, again) if fact)
    parts = [f"<li><h3>{_mark(result.success)} {escape(result.step)}</h3><p>{facts}</p>"]
    if result.error:
        parts.append(f'<p class="bad">{escape(reveal(hidden.text(result.error)))}</p>')
    if result.judged:
        rows = "".join(f"<li>{_criterion(outcome, hidden)}</li>" for outcome in result.judged)
        parts.append(f'<ul class="criteria">{rows}</ul>')
    if result.outputs:
        parts.append(_code("Outputs", jsontext.dumps(hidden.value(result.outputs), indent=2)))
    if result.action:
        parts.append(f"<p>Then {escape(result.action)}</p>")
    if record is not None:
        clean = hidden.record(record)
        sent = "\n".join(
            [f"{clean.method} {clean.url}", *(f"{name}: {value}" for name, value in clean.request_headers)]
        )
        parts.append(_code("Request", f"{sent}\n\n{clean.request_body}".strip()))
        came = "\n".join(
            [f"{clean.status} {clean.reason}".strip(), *(f"{name}: {value}" for name, value in clean.headers)]
        )
        text = clean.text
        shown = f"({clean.size} bytes that are no text)" if text is None else text[:_MOST_SHOWN]
        more = f"\n({len(text) - _MOST_SHOWN} more characters)" if text and len(text) > _MOST_SHOWN else ""
        parts.append(_code("Answer", f"{came}\n\n{shown}{more}".strip()))
    return "".join([*parts, "</li>"])


def _criterion(judged: Judged, hidden: Hidden) -> str:
    reason = f" <small>{escape(reveal(hidden.text(judged.reason)))}</small>" if judged.reason else ""
    return f"{_mark(judged.holds)} <code>{escape(reveal(hidden.text(judged.text)))}</code>{reason}"


def _code(title: str, text: str) -> str:
    return f"<details><summary>{escape(title)}</summary><pre>{escape(reveal(text))}</pre></details>"


def _mark(good: bool) -> str:
    return '<b class="good">✓ passed</b>' if good else '<b class="bad">✗ failed</b>'


def _plain(text: str) -> str:
    return reveal(text).encode("utf-8", "replace").decode()


_STYLE = """
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem}h3{font-size:1rem;margin:0}
b{font-size:.8rem;font-weight:600}
.good{color:light-dark(#14693a,#5fd38d)}.bad{color:light-dark(#a8201a,#ff8a80)}
ol,ul{padding-left:1.2rem}.criteria{list-style:none;padding:0}li{margin:.4rem 0 1rem}.criteria li{margin:.1rem 0}
pre{overflow:auto;padding:.7rem;border:1px solid #8884;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
small,p{opacity:.85}p.bad{opacity:1}
"""
