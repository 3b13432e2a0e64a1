"""The snippet pane: code in the chosen language, and the choice of languages, the description's own samples first."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from playground.catalog.model import LOCATIONS
from playground.forms.parse import Submission
from playground.request.model import RequestModel
from playground.secrets.mask import mask_model
from playground.snippets.described import Sample, install_line, samples_of, write_sample
from playground.snippets.registry import TARGETS, write_snippet
from playground.snippets.target import Target
from playground.text.wording import joined
from playground.web.operation.contexts import SnippetPane, TargetChoice
from playground.web.operation.problems import is_started
from playground.web.site import package_url, prefilled_gateway
from playground.web.timing import step

SAMPLE_TABS = 3
"""Samples that are tabs; the others are in the list with the less common languages."""


def snippet_pane(submission: Submission) -> SnippetPane:
    """Return the snippet in the chosen language, and the choice of languages.

    The description's own samples come first and are shown until the visitor chooses, or until the form is filled in
    and the sample does not follow it: nobody should copy code that sends something else. A choice that this operation
    does not offer means the first one.
    """
    entry, state = submission.entry, submission.state
    wanted, preferred = state.text("target"), state.text("via") or "direct"
    samples = samples_of(entry.operation)
    target = next((target for target in TARGETS if target.id == wanted), None)
    sample = next((sample for sample in samples if sample.id == wanted), samples[0] if samples else None)
    is_drawn = target is None and (sample is None or wanted in ("", state.text("target~drawn")) or sample.id != wanted)
    follows = sample is not None and _follows(sample, submission)
    if is_drawn and sample is not None and not follows and is_started(submission):
        sample = None
    if target is None and sample is not None:
        snippet = write_sample(sample, entry, mask_model(entry, submission.model))
        choices = _choices(samples, sample.id)
        return SnippetPane(
            snippet=snippet,
            targets=choices,
            via=preferred,
            install=install_line(sample),
            notes=joined(" ", snippet.notes),
            is_live=follows,
            drawn=sample.id if is_drawn else "",
        )
    target = target or TARGETS[0]
    via = preferred if preferred in target.vias else target.vias[0]
    typed = state.get("gateway_url")
    gateway_url = (prefilled_gateway() if typed is None else typed).strip() or None
    with step("snippet"):
        snippet = write_snippet(submission, target=target.id, via=via, gateway_url=gateway_url)
    return SnippetPane(
        snippet=snippet,
        targets=_choices(samples, target.id),
        via=preferred,
        install=f"npm install {package_url(entry.provider.name)}" if via == "sdk" else "",
    )


def _follows(sample: Sample, submission: Submission) -> bool:
    """Return whether a sample has places for values of the form: it reads otherwise with some."""
    entry = submission.entry
    named = {
        location: {parameter.name: "1" for parameter in entry.operation.parameters_in(location)}
        for location in LOCATIONS
    }
    filled = RequestModel(parameters=named)
    return write_sample(sample, entry, filled).text != write_sample(sample, entry, RequestModel()).text


def _choices(samples: tuple[Sample, ...], chosen: str) -> tuple[TargetChoice, ...]:
    ours = {_title(target).casefold() for target in TARGETS} if samples else set()
    return (
        *(
            _choice(
                sample.id,
                f"{sample.title} (sample)" if sample.title.casefold() in ours else sample.title,
                first=at < SAMPLE_TABS,
                selected=sample.id == chosen,
            )
            for at, sample in enumerate(samples)
        ),
        *_targets(chosen),
    )


@lru_cache(maxsize=len(TARGETS) + 1)
def _targets(chosen: str) -> tuple[TargetChoice, ...]:
    """Return our own targets; a sample that is chosen is none of them."""
    return tuple(
        _choice(
            target.id,
            _title(target),
            first=target.default,
            selected=target.id == chosen,
            one_road="direct" not in target.vias or len(target.vias) < 2,
        )
        for target in TARGETS
    )


def _choice(id: str, title: str, *, first: bool, selected: bool, one_road: bool = True) -> TargetChoice:  # noqa: A002
    """Return one line of the choice, drawn; code of `one_road` calls either the API or the gateway, and not both."""
    drawn: Markup = current_app.jinja_env.get_template("macros/code.html").module.target_choice(  # type: ignore[attr-defined]
        id, title, selected, one_road
    )
    return TargetChoice(id=id, title=title, first=first, selected=selected, drawn=drawn)


def _title(target: Target) -> str:
    return target.title if target.default else f"{target.language}, {target.client}"
