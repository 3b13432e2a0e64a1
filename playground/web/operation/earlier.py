"""A form that was filled in for an earlier description: what has no place any more is named, with where it may go.

A draft and a link say for which description they were made (`~from`, a digest). What went stays in hidden inputs of
the form card (`~gone`), so that it can be put elsewhere (`~move`) as long as the card is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.catalog.model import Entry
from playground.forms.carry_over import CarriedOver, Gone, carry_over, move_value
from playground.forms.names import place_text
from playground.forms.state import FormState
from playground.imports.earlier import earlier_entry, read_earlier_arguments, shown_value
from playground.request.fingerprint import definition_digest
from playground.web.site import this_site

FROM, GONE, MOVE = "~from", "~gone", "~move"
RENAMED, ENDED, MORE, MEDIA_TYPE = "~gone/renamed", "~gone/ended", "~gone/more", "~gone/type"
_MOST = 40
_LONGEST = 200_000
"""Characters of all values that a card keeps because they have no field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An input that a value may be for: what the button sends, and the input in words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneRow:
    """A value without a field: its input in words, the value's line, where it may go, and the hidden input's text.

    `sent` tells that it is sent all the same.
    """

    label: str
    shown: str
    text: str
    offers: tuple[Offer, ...]
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierNote:
    """`operation/_earlier.html`: what was made for an earlier description, until the date `ended` (empty: unknown).

    `renamed` are variables of the path, then and now; `kept` are the hidden inputs that bring all of it back.
    """

    ended: str
    rows: tuple[GoneRow, ...]
    renamed: tuple[tuple[str, str], ...]
    more: int
    media_type: str
    kept: tuple[tuple[str, str], ...]


def open_earlier(entry: Entry, state: FormState) -> FormState:
    """Return the state with values for an earlier description carried over, and with what a pressed offer moves."""
    if pressed := state.text(MOVE):
        return _moved(entry, state.without(MOVE), pressed)
    digest = state.text(FROM)
    state = state.without(FROM)
    if not digest or digest == definition_digest(entry):
        return state
    earlier, ended = earlier_entry(this_site().store, entry, digest[:64])
    carried = carry_over(earlier, entry, state)
    return _noted(carried, ended) if carried else state


def fill_earlier(
    entry: Entry, arguments: Mapping[str, Any], server: str | None, media_type: str | None
) -> FormState | None:
    """Return the form that arguments of an earlier description fill in; `None` if no version kept took them."""
    found = read_earlier_arguments(this_site().store, entry, arguments, server=server, media_type=media_type)
    return _noted(*found) if found else None


def earlier_note(state: FormState) -> EarlierNote | None:
    """Return what a form card says of values for an earlier description; `None` if there is nothing."""
    rows = tuple(_row(at, gone) for at, gone in enumerate(_gone_in(state)))
    renamed = tuple(pair for text in state.get_all(RENAMED)[:_MOST] if (pair := _pair(text)))
    media_type = state.text(MEDIA_TYPE)[:200]
    if not (rows or renamed or media_type):
        return None
    more = state.text(MORE)
    kept = [(name, text) for name in (RENAMED, ENDED, MORE, MEDIA_TYPE) for text in state.get_all(name)[:_MOST]]
    return EarlierNote(
        ended=state.text(ENDED)[:20],
        rows=rows,
        renamed=tuple((place_text(was), place_text(now)) for was, now in renamed),
        more=int(more) if more.isdecimal() and len(more) < 6 else 0,
        media_type=media_type,
        kept=tuple(kept),
    )


def _noted(carried: CarriedOver, ended: str) -> FormState:
    room = _LONGEST
    pairs = [(ENDED, ended)] if ended else []
    left = 0
    for gone in carried.gone:
        text = _written(gone)
        room -= len(text)
        if room < 0:
            left += 1
        else:
            pairs.append((GONE, text))
    pairs += [(RENAMED, jsontext.dumps(list(pair))) for pair in carried.renamed]
    if carried.more + left:
        pairs.append((MORE, str(carried.more + left)))
    if carried.media_type:
        pairs.append((MEDIA_TYPE, carried.media_type))
    return carried.state.adding(pairs)


def _moved(entry: Entry, state: FormState, pressed: str) -> FormState:
    position, _, to = pressed.partition(" ")
    gone = list(_gone_in(state))
    if (
        not position.isdecimal()
        or len(position) > 3
        or int(position) >= len(gone)
        or to not in gone[int(position)].offers
    ):
        return state
    input_name = gone.pop(int(position))
    kept = [(name, text) for name in (RENAMED, ENDED, MORE, MEDIA_TYPE) for text in state.get_all(name)]
    controls = [(name, text) for name, text in state.pairs if name.startswith("server~")]
    moved = move_value(entry, state, input_name.name, to, input_name.value)
    return moved.adding([*controls, *kept, *((GONE, _written(other)) for other in gone)])


def _written(gone: Gone) -> str:
    try:
        return jsontext.dumps([gone.name, gone.value, list(gone.offers), gone.sent])
    except (TypeError, ValueError, RecursionError):
        # A file: the browser has it, and it is chosen again.
        return jsontext.dumps([gone.name, "", [], False])


def _gone_in(state: FormState) -> Iterator[Gone]:
    for text in state.get_all(GONE)[:_MOST]:
        try:
            read = jsontext.loads(text)
        except jsontext.JSONTextError:
            continue
        if not isinstance(read, list) or len(read) != 4:
            continue
        name, value, offers, sent = read
        if isinstance(name, str) and isinstance(offers, list) and all(isinstance(offer, str) for offer in offers):
            yield Gone(name=name, value=value, offers=tuple(offers[:8]), sent=sent is True)


def _row(at: int, gone: Gone) -> GoneRow:
    return GoneRow(
        label=place_text(gone.name)[:200],
        shown=shown_value(gone.value),
        text=_written(gone),
        offers=tuple(Offer(value=f"{at} {offer}", label=place_text(offer)[:200]) for offer in gone.offers),
        sent=gone.sent,
    )


def _pair(text: str) -> tuple[str, str] | None:
    try:
        read = jsontext.loads(text)
    except jsontext.JSONTextError:
        return None
    return (
        (read[0], read[1])
        if isinstance(read, list) and len(read) == 2 and all(isinstance(name, str) for name in read)
        else None
    )
