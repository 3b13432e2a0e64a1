"""Problems of a form as a page shows them: in a list, beside the fields, and of what was sent or was not."""

from __future__ import annotations

from dataclasses import dataclass

from playground.forms.names import element_id, place_text
from playground.forms.parse import FieldProblem, Submission
from playground.forms.state import FormState
from playground.forms.variables import ENVIRONMENT, VARIABLES
from playground.request.model import ABSENT
from playground.text.wording import Said, say

MOST_PROBLEMS = 20
"""Problems that a page lists."""
_MISSING = "%(name)s is required."
_REQUIRED = say("%(field)s is required.")
_BY_NAME: dict[str, Said] = {
    _MISSING: _REQUIRED,
    "Choose true or false.": say("%(field)s is neither true nor false."),
    "This does not fit into %(name)s, which goes from %(least)s to %(most)s.": say(
        "%(field)s does not fit into %(name)s, which goes from %(least)s to %(most)s."
    ),
    "This does not match the pattern %(pattern)s.": say("%(field)s does not match the pattern %(pattern)s."),
    "This fits none of the kinds the description offers.": say(
        "%(field)s fits none of the kinds the description offers."
    ),
    "This has to be %(value)s.": say("%(field)s has to be %(value)s."),
    "This is no %(words)s.": say("%(field)s is no %(words)s."),
    "This is none of the values the description lists.": say("%(field)s is none of the values the description lists."),
    "This is not a number.": say("%(field)s is not a number."),
    "This is not an integer.": say("%(field)s is not an integer."),
    "This is of the type %(kind)s, not %(type)s.": say("%(field)s is of the type %(kind)s, not %(type)s."),
    "This is outside the limits: %(limits)s.": say("%(field)s is outside the limits: %(limits)s."),
    "This is too long: it has %(count)s characters, at most %(most)s are allowed.": say(
        "%(field)s is too long (%(count)s of at most %(most)s)."
    ),
    "This is too short: it has %(count)s of at least %(least)s characters.": say(
        "%(field)s is too short (%(count)s of %(least)s)."
    ),
}
"""What a field's own sentence, which says "this", is where the field is named. What is not here follows the name."""
_PLACES = {"body~raw": "body-raw", "gateway_url": "gateway-url", "media_type": "media_type", "server": "server",
           VARIABLES: "variables-text", ENVIRONMENT: "variables-environment"}  # fmt: skip
"""Ids of inputs that are none of the description's."""


_LABELS: dict[str, str] = {
    "body~raw": say("Raw body"),
    VARIABLES: say("Variables"),
    ENVIRONMENT: say("Environment"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblem:
    """One sentence about one field, with the id of its element and a name a person recognises.

    `beside` tells that the field shows it too. A field that is still empty does not, unless it was sent. `blocks` tells
    that nothing can be sent before it is mended.
    """

    id: str
    label: str
    message: str
    beside: bool = True
    blocks: bool = False

    @property
    def sentence(self) -> str:
        """The whole of it as one sentence that names the field."""
        message = self.message
        if isinstance(message, Said):
            named = _BY_NAME.get(message.message)
            if message.message == "%(key)s is required." and self.label.split(" / ")[-1] == message.values["key"]:
                named = _REQUIRED
            if named is not None:
                return say(named.message, **{**message.values, "field": self.label})
        return say("%(field)s: %(problem)s", field=self.label, problem=message)


def problems_of(submission: Submission, *, sent: bool = False) -> tuple[ShownProblem, ...]:
    """Return what to check before sending, or what was `sent` all the same; nothing for an untouched form."""
    if not sent and not is_started(submission):
        return ()
    # A value that is missing in the path is left open in what is shown, so that is no error there. What was sent was
    # built, so nothing kept it back.
    error = None if sent else submission.marked.error
    shown = [
        ShownProblem(
            id=_id(problem),
            label=_label(problem.name),
            message=problem.message,
            beside=sent or _is_filled(problem, submission.state),
            blocks=_is_missing(problem) or (error is not None and problem.name == error.field),
        )
        for problem in submission.problems[:MOST_PROBLEMS]
    ]
    if error is not None and error.field and all(problem.name != error.field for problem in submission.problems):
        shown.insert(0, blocking(error.field, str(error)))
    return tuple(shown)


def blocking(name: str, message: str) -> ShownProblem:
    """Return why nothing can be sent as a problem of the input at fault."""
    return ShownProblem(
        id=_PLACES.get(name) or element_id(name),
        label=_label(name),
        message=message,
        beside=name not in _PLACES,
        blocks=True,
    )


def field_problems(submission: Submission, *, sent: bool = False) -> dict[str, str]:
    """Return the first sentence that each field shows, by input name."""
    sentences: dict[str, str] = {}
    for problem in submission.problems[:MOST_PROBLEMS]:
        if sent or _is_filled(problem, submission.state):
            sentences.setdefault(problem.name, problem.message)
    return sentences


def is_started(submission: Submission) -> bool:
    """Tell whether the visitor has filled in anything yet."""
    model = submission.model
    return (
        bool(model.parameters)
        or model.body is not ABSENT
        or any(_is_filled(problem, submission.state) for problem in submission.problems)
    )


def _is_missing(problem: FieldProblem) -> bool:
    message = problem.message
    return problem.name.startswith("path.") and isinstance(message, Said) and message.message == _MISSING


def _is_filled(problem: FieldProblem, state: FormState) -> bool:
    return problem.group or bool(state.text(problem.name).strip())


def _id(problem: FieldProblem) -> str:
    if problem.name in _PLACES:
        return _PLACES[problem.name]
    return element_id(problem.name) + ("-field" if problem.group else "")


def _label(name: str) -> str:
    return _LABELS.get(name) or place_text(name)
