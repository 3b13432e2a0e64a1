"""What was typed and does not fit the description, as links to the fields; advice that never stops a Send."""

from __future__ import annotations

from dataclasses import dataclass

from playground.forms.names import element_id, unescape
from playground.forms.state import FormState
from playground.forms.submission import Submission

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblem:
    """One sentence about one field, with the id of its element and a name a person recognises."""

    id: str
    label: str
    message: str


def problems_of(submission: Submission, state: FormState) -> tuple[ShownProblem, ...]:
    """Return the problems of fields that hold something: what is still empty is no news to who is typing."""
    return tuple(
        ShownProblem(id=_id(problem.name), label=_label(problem.name), message=problem.message)
        for problem in submission.problems[:MOST]
        if state.text(problem.name).strip()
    )


def _id(name: str) -> str:
    return "body-raw" if name == "body~raw" else element_id(name)


def _label(name: str) -> str:
    if name == "body~raw":
        return "Raw body"
    root, *tokens = name.replace("~value/", "/").split("/")
    words = [unescape(token) for token in tokens]
    location, dot, parameter = root.partition(".")
    return " / ".join([unescape(parameter), *words] if dot else words) or location
