"""What was typed and does not fit the description, as links to the fields; advice that never stops a Send."""

from __future__ import annotations

from dataclasses import dataclass

from playground.forms.names import element_id, place_text
from playground.forms.reader import FieldProblem
from playground.forms.state import FormState
from playground.forms.submission import Submission
from playground.request.model import ABSENT
from playground.wording import say

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblem:
    """One sentence about one field, with the id of its element and a name a person recognises.

    `beside` says it stands beside the field too: what is still empty is no news to who is typing.
    """

    id: str
    label: str
    message: str
    beside: bool = True


def problems_of(submission: Submission, state: FormState, *, sent: bool = False) -> tuple[ShownProblem, ...]:
    """Return what is to be checked before sending, or what was `sent` all the same; nothing of an untouched form."""
    problems = submission.problems
    if not sent and not is_started(submission, state):
        return ()
    return tuple(
        ShownProblem(
            id=_id(problem),
            label=_label(problem.name),
            message=problem.message,
            beside=sent or _is_filled(problem, state),
        )
        for problem in problems[:MOST]
    )


def told(submission: Submission, state: FormState, *, sent: bool = False) -> dict[str, str]:
    """Return the sentences that stand beside fields, by input name; the first one of each."""
    found: dict[str, str] = {}
    for problem in submission.problems[:MOST]:
        if sent or _is_filled(problem, state):
            found.setdefault(problem.name, problem.message)
    return found


def is_started(submission: Submission, state: FormState) -> bool:
    """Say whether the visitor has said anything yet."""
    model = submission.model
    return (
        bool(model.parameters) or model.body is not ABSENT or any(_is_filled(one, state) for one in submission.problems)
    )


def _is_filled(problem: FieldProblem, state: FormState) -> bool:
    return problem.group or bool(state.text(problem.name).strip())


def _id(problem: FieldProblem) -> str:
    if problem.name == "body~raw":
        return "body-raw"
    return element_id(problem.name) + ("-field" if problem.group else "")


def _label(name: str) -> str:
    return say("Raw body") if name == "body~raw" else place_text(name)
