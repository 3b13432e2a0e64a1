"""What further keys in one field will change, so that the page shows them by itself and asks the server again later.

The request is written a second time with a probe in the field: a long text that holds each character a page may put in
by itself. The probe's place in the result is where the field's text goes, and how it is spelled there (as it is,
percent-encoded, escaped in a literal) is read off character by character. The result counts only if the same places
and spellings give exactly what was written for the text that is in the field now; so a page never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from playground.forms.fields import FieldNotFound
from playground.forms.operation_form import field_shape
from playground.forms.parse import Submission
from playground.forms.shape import Shape
from playground.web.operation.sandbox import read_submission

_IN_WORDS = "-._"
_BETWEEN_WORDS = " @:,+"
_ROOM = 14
"""Characters that may still come before the page asks again: fewer where so many would make code break its lines."""
_LONGEST = 200
_DIGITS = "987654321"
"""The probe of an integer; it fits 32 bits, so no language writes it in another way than a shorter one."""
_SAYS_NOTHING_OF_TEXTS = frozenset(
    {
        "type",
        "title",
        "description",
        "example",
        "examples",
        "default",
        "nullable",
        "deprecated",
        "readOnly",
        "writeOnly",
    }
)

Texts = Mapping[str, str]
"""What a page shows by the element's id; what is shown under no id of its own has to stay as it is."""
Place: TypeAlias = tuple[int, int, Mapping[str, str]]
"""Where a field's text begins and ends in what an element shows, and characters that are spelled otherwise there."""

Places: TypeAlias = Mapping[str, tuple[int, tuple[Place, ...]]]
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A text for a field: what the field may hold for it to speak of, and how to find it in what is written."""

    text: str
    pattern: re.Pattern[str]
    characters: str
    """What is spelled in a way of its own where it is written; letters and digits stay as they are."""
    needs: str
    """A character of the field's text has to be one of these; any will do if there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The place of a field's text in what the page shows, and its spelling there.

    It holds for texts of `shortest` to `longest` characters. `whole` says that the field's text changes nothing else.
    """

    name: str
    shortest: int
    longest: int
    digits: bool
    needs: str
    whole: bool
    places: Places
    """By the element's id: the length of its text, and the field's places in it, in UTF-16 units as scripts count."""


def predict(
    submission: Submission, name: str, before: Texts, shown: Callable[[Submission], Texts]
) -> Prediction | None:
    """Say what further keys in a field change; `None` where a page cannot know.

    `before` is what the page shows of the submission, and `shown` tells it of another one.
    """
    entry, state = submission.entry, submission.state
    text = state.text(name)
    if not text or len(text) > _LONGEST or len(state.get_all(name)) != 1:
        return None
    try:
        shape = field_shape(entry, state, name)
    except FieldNotFound:
        return None

    def places_of(probe: Probe) -> tuple[Submission, Places] | None:
        pairs = tuple((name_sent, probe.text if name_sent == name else value) for name_sent, value in state.pairs)
        probed = read_submission(entry, replace(state, pairs=pairs))
        places = _all_places(before, shown(probed), text, probe)
        return None if places is None else (probed, places)

    probes = _probes(shape, text)
    found = None if probes is None else _longest(*probes, places_of)
    if found is None:
        return None
    probe, (probed, places) = found
    return Prediction(
        name=name,
        shortest=len(text),
        longest=len(probe.text),
        digits=probe.text == _DIGITS,
        needs=probe.needs,
        whole=_takes_any(shape, len(text), len(probe.text)) and submission.problems == probed.problems,
        places=places,
    )


def _longest(
    lengths: range, probe_of: Callable[[int], Probe], find: Callable[[Probe], _Found | None]
) -> tuple[Probe, _Found] | None:
    """Return the longest probe of which something is found, and what.

    Of the longest it mostly is. Where it is of the shortest only, code breaks a line somewhere between the two.
    """
    best: tuple[Probe, _Found] | None = None
    low, high, tries = 0, len(lengths), 0
    while low < high:
        at = (high - 1, 0)[tries] if tries < 2 else (low + high) // 2
        tries += 1
        probe = probe_of(lengths[at])
        found = find(probe)
        if found is not None:
            best, low = (probe, found), at + 1
        else:
            high = at
    return best


def _all_places(before: Texts, after: Texts, text: str, probe: Probe) -> Places | None:
    places: dict[str, tuple[int, tuple[Place, ...]]] = {}
    for id_, written in before.items():
        found = _places(written, after.get(id_, ""), text, probe)
        if found is None or (found and not id_):
            return None
        if found:
            places[id_] = (_units(written), found)
    return places


def _probes(shape: Shape, text: str) -> tuple[range, Callable[[int], Probe]] | None:
    """Return how long probes are that may speak of a text and those that grow out of it, and what makes one, if any."""
    if shape.kind == "integer" and re.fullmatch("[1-9][0-9]{0,8}", text):
        length = len(_DIGITS)
        probe = Probe(text=_DIGITS, pattern=re.compile(_DIGITS), characters="", needs="")
        return range(length, length + 1), lambda _: probe
    if shape.kind == "text" and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9\-._]*", text):
        return _of_text(text, _IN_WORDS, "")
    if shape.kind == "text" and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9\-._ @:,+]*(?<! )", text):
        return _of_text(text, _IN_WORDS + _BETWEEN_WORDS, _BETWEEN_WORDS)
    return None


def _of_text(text: str, characters: str, needs: str) -> tuple[range, Callable[[int], Probe]]:
    # A letter stands between two of the characters, since some mean something else beside each other.
    head = "Zq" + "".join(f"{character}q" for character in characters)
    pattern = "Zq" + "([^q]{1,8})q" * len(characters)

    def of_length(length: int) -> Probe:
        tail = "k" * (length - len(head) - 1) + "Z"
        return Probe(text=head + tail, pattern=re.compile(pattern + tail), characters=characters, needs=needs)

    shortest = max(len(text), len(head)) + 1
    return range(shortest, max(shortest, len(text) + _ROOM) + 1), of_length


def _places(written: str, probed: str, text: str, probe: Probe) -> tuple[Place, ...] | None:
    """Return the places of the text in what was written, and its spelling there; `None` if that is not all."""
    found: list[Place] = []
    pieces: list[str] = []
    at = length = 0
    for match in probe.pattern.finditer(probed):
        spelled = dict(zip(probe.characters, match.groups(), strict=True))
        before = probed[at : match.start()]
        ours = "".join(spelled.get(character, character) for character in text)
        length += _units(before)
        found.append(
            (
                length,
                length + _units(ours),
                {text_value: way for text_value, way in spelled.items() if text_value != way},
            )
        )
        length += _units(ours)
        pieces += [before, ours]
        at = match.end()
    pieces.append(probed[at:])
    return tuple(found) if "".join(pieces) == written else None


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _takes_any(shape: Shape, shortest: int, longest: int) -> bool:
    """Tell whether a description says nothing of a text, or only of its length, and these lengths are within it."""
    said = {key for key in shape.schema if not key.startswith("x-")} - _SAYS_NOTHING_OF_TEXTS
    least, most = shape.schema.get("minLength", 0), shape.schema.get("maxLength", longest)
    if not (isinstance(least, int) and isinstance(most, int)):
        return False
    return shape.kind == "text" and said <= {"minLength", "maxLength"} and least <= shortest and longest <= most
