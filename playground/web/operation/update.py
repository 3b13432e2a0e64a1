"""What changes on the page while a form is filled in: code, URL, raw body, wire texts, problems, as one answer.

`~brief` asks for the code and the URL alone, at a key (`typed`) or for the example on the home page, which has no more.
`~typed` names the field that somebody types into: the answer then says what its further keys will change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from flask import Response, make_response, render_template

from playground.forms.fill import shown_body_text
from playground.forms.parse import Submission
from playground.web.operation.contexts import LiveRequest, SnippetPane
from playground.web.operation.form import WirePreview, wire_previews
from playground.web.operation.page import live_request
from playground.web.operation.predict import Prediction, predict
from playground.web.operation.problems import problems_of
from playground.web.operation.snippet import snippet_pane

TYPED = "typed"
"""The value of `~brief` in what a page asks for at a key (`static/js/snippet/live.js`)."""
_BRIEF = frozenset({"snippet-text", "live-url"})
_LONGEST_HEADER = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Everything that an update shows of a submission but its problems."""

    pane: SnippetPane
    live: LiveRequest
    raw: str | None = None
    wires: tuple[WirePreview, ...] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """What is shown by the id of its element, the notes beside the code under none."""
        shown = {wire.id: wire.text for wire in self.wires}
        if self.raw is not None:
            shown["body-raw"] = self.raw
        live = self.live.problem or self.live.url
        return {"": self.pane.notes, "snippet-text": self.pane.snippet.text, "live-url": live, **shown}


def answer_update(submission: Submission) -> Response:
    """Answer with what the page shows of the form now."""
    state = submission.state
    brief, name = state.text("~brief"), state.text("~typed")
    is_example = brief not in ("", TYPED)
    update = _update_of(submission, is_example=is_example)
    known = None
    if name:
        known = predict(submission, name, update.texts, lambda other: _update_of(other, is_example=is_example).texts)
    if is_example or (brief and not (known is not None and known.whole)):
        response = make_response(render_template("operation/_brief.html", pane=update.pane, live=update.live))
        known = _of_brief(known)
    else:
        response = make_response(
            render_template(
                "operation/_updates.html",
                pane=update.pane,
                live=update.live,
                raw=update.raw,
                wires=update.wires,
                problems=problems_of(submission),
            )
        )
    if known is not None and len(told := json.dumps({"typed": asdict(known)})) <= _LONGEST_HEADER:
        response.headers["HX-Trigger-After-Swap"] = told
    return response


def _update_of(submission: Submission, *, is_example: bool) -> Update:
    entry, state = submission.entry, submission.state
    pane, live = snippet_pane(submission), live_request(submission)
    if is_example:
        return Update(pane=replace(pane, install=""), live=live)
    has_body = entry.operation.request_body is not None and state.text("body~mode") != "raw"
    raw = shown_body_text(entry, state, submission) if has_body else None
    return Update(pane=pane, live=live, raw=raw, wires=wire_previews(submission))


def _of_brief(known: Prediction | None) -> Prediction | None:
    """Return what is known of the code and the URL alone."""
    if known is None:
        return None
    return replace(known, places={id_: place for id_, place in known.places.items() if id_ in _BRIEF})
