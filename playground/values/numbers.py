"""Numbers by a property's name, within its schema's bounds and steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from playground.schema.mapping import number_of, text_of
from playground.values.formats import FUTURE, PAST_LATER, moment
from playground.values.scene import Scene, rule_by_words, word_set, words_of

Rule = Callable[[str, Scene], float]
_INTEGER_RANGES = {
    "int8": (-(2**7), 2**7 - 1), "uint8": (0, 2**8 - 1), "int16": (-(2**15), 2**15 - 1), "uint16": (0, 2**16 - 1),
    "int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1), "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}  # fmt: skip
_TIMES = word_set(
    "created updated timestamp modified expires expiry expiration since until time date datetime epoch at on"
)
_NO_TIMES = word_set("change activity access reset delivery current read")
"""Words that speak of a time beside `last` or `next`, and alone of something that is counted."""
_TRIES = 40
RULES: dict[str, Rule] = {}


def _between(least: int, most: int) -> Rule:
    return lambda name, scene: scene.draw.between(least, most)


def _tenths(least: int, most: int, parts: int = 10) -> Rule:
    return lambda name, scene: scene.draw.between(least * parts, most * parts) / parts


def _add(rule: Rule, names: str) -> None:
    RULES.update((name, rule) for name in names.split())


def _price(name: str, scene: Scene) -> float:
    return scene.draw.between(5, 240) + scene.draw.pick((0.0, 0.5, 0.25, 0.75, 0.99))


def _cents(name: str, scene: Scene) -> float:
    return scene.draw.between(5, 240) * 100 + scene.draw.pick((0, 50, 90, 99))


_MONEY = "amount price cost total subtotal balance fee tax unit_amount salary budget revenue charge"
_add(_price, _MONEY)
_add(lambda name, scene: scene.place.latitude, "latitude lat")
_add(lambda name, scene: scene.place.longitude, "longitude lng lon")
_add(_tenths(1, 5), "rating stars review_score average_rating rating_average")
_add(_tenths(0, 100), "percent percentage percent_off completion progress share")
_add(_tenths(0, 1, 100), "score ratio confidence probability rate opacity similarity alpha relevance")
_add(_tenths(-5, 30), "temperature temp")
_add(_tenths(1, 90), "weight length depth distance volume area mass speed")
_add(lambda name, scene: scene.draw.pick((320, 640, 800, 1024, 1280)), "width")
_add(lambda name, scene: scene.draw.pick((240, 480, 600, 768, 720)), "height")
_add(_between(18, 79), "age")


def _year(name: str, scene: Scene) -> float:
    """Return a year: a year of birth is one in which today's adults were born."""
    of_birth = scene.noun in ("dob", "birth", "birthday", "birthdate") or "birth" in words_of(name)
    return scene.now.year - scene.draw.between(20, 65) if of_birth else scene.now.year


_add(_year, "year birth_year")
_add(lambda name, scene: scene.now.year + 2, "exp_year expiration_year expiry_year")
_add(_between(1, 12), "month exp_month expiration_month expiry_month")
_add(_between(1, 28), "day day_of_month")
_add(_between(0, 23), "hour hours")
_add(_between(0, 59), "minute minutes second seconds")
_add(lambda name, scene: scene.draw.pick((443, 8080, 5432)), "port")
_add(_between(2_000, 4_000_000), "size bytes file_size content_length filesize memory disk size_bytes used storage")
_add(_between(1, 12), "quantity qty units seats guests adults copies stock")
_count = _between(1, 60)
_add(_count, "count total_count num amount_of items comments likes views followers following forks "
     "stargazers watchers visits clicks members public_repos open_issues commits retries attempts usage "
     "hits")  # fmt: skip
_add(lambda name, scene: 1, "page page_number current_page attempt")
_add(lambda name, scene: 20, "per_page page_size limit max_results count_per_page page_limit")
_add(lambda name, scene: 0, "offset skip start start_index retry_count failed failure_count errors error_count missed")
_add(_between(1, 9), "position index order rank sequence line column row level sort_order ordinal priority version "
     "revision generation number_of_pages")  # fmt: skip
_add(_between(2, 240), "duration timeout elapsed latency duration_seconds interval ttl delay wait runtime "
     "response_time expires_in lifetime")  # fmt: skip
_add(_between(1_000, 99_000), "number zip account_id")
_add(lambda name, scene: 200, "code status_code http_status")
_add(lambda name, scene: scene.draw.between(100_000, 99_999_999), "id uid ids")


@lru_cache(maxsize=8192)
def _rule_of(name: str) -> Rule | None:
    words = words_of(name)
    if (rule := rule_by_words(RULES, words)) is not None:
        return rule
    if words and words[0] in ("num", "total", "number"):
        return RULES["count"]
    return None


@lru_cache(maxsize=8192)
def _is_time(name: str) -> bool:
    words = words_of(name)
    if words and words[-1] in _NO_TIMES and words[0] not in ("last", "next"):
        return False
    return bool(words) and (words[-1] in _TIMES or (len(words) > 1 and words[-1] in PAST_LATER | FUTURE))


def counts(name: str) -> bool:
    """Say whether a number counts what adds up over time: the `comments` on a thing, its `view_count`."""
    return _rule_of(name) is _count


def number(plain: Mapping[str, Any], name: str, scene: Scene, *, whole: bool) -> int | float:
    """Return a number for a flat schema: the one its name suggests if it fits, else the nearest that does."""
    format_ = text_of(plain, "format").lower()
    time = _time(plain, name, scene, format_) if whole else None
    suggested: float = time or 0
    if time is None:
        rule = _rule_of(name)
        if whole and rule is _price:
            rule = _cents
        suggested = rule(name, scene) if rule is not None else _any(plain, scene, whole=whole)
    for candidate in _candidates(suggested, plain, format_, scene, whole=whole):
        if fits_number(candidate, plain):
            return candidate
    suggested = suggested if math.isfinite(suggested) else 1
    return int(suggested) if whole else suggested


def _time(plain: Mapping[str, Any], name: str, scene: Scene, format_: str) -> int | None:
    about = text_of(plain, "description")[:400].lower()
    spoken = "epoch" in about or "unix" in about
    if format_ not in ("unix-time", "timestamp") and not spoken and not (_is_time(name) and not _is_span(about)):
        return None
    seconds = int(moment(name, scene).timestamp())
    return seconds * 1000 if "millisecond" in about or words_of(name)[-1:] in (("ms",), ("millis",)) else seconds


def _is_span(about: str) -> bool:
    return "number of" in about or "how long" in about or "duration" in about


def _any(plain: Mapping[str, Any], scene: Scene, *, whole: bool) -> float:
    least, most = _bounds(plain)
    if least is None and most is None:
        return scene.draw.between(1, 90) if whole else scene.draw.between(10, 900) / 10
    if least is None or most is None:
        # Near the one bound there is, and not below zero without need.
        least = least if least is not None else min(0.0, (most or 0) - 90)
        most = most if most is not None else least + 90
    drawn = least + (most - least) * scene.draw.between(0, 1000) / 1000
    return round(drawn) if whole and math.isfinite(drawn) else round(drawn, 2)


def _bounds(plain: Mapping[str, Any]) -> tuple[float | None, float | None]:
    least = number_of(plain, "minimum"), number_of(plain, "exclusiveMinimum")
    most = number_of(plain, "maximum"), number_of(plain, "exclusiveMaximum")
    lower = [bound for bound in least if bound is not None]
    upper = [bound for bound in most if bound is not None]
    return max(lower) if lower else None, min(upper) if upper else None


def _candidates(
    suggested: float, plain: Mapping[str, Any], format_: str, scene: Scene, *, whole: bool
) -> Iterator[int | float]:
    """Yield the suggestion, then what lies within the bounds and on the steps."""
    least, most = _bounds(plain)
    if format_ in _INTEGER_RANGES and whole:
        narrow = _INTEGER_RANGES[format_]
        suggested = min(max(suggested, narrow[0]), narrow[1])
    step = number_of(plain, "multipleOf")
    with suppress(OverflowError, ValueError):
        if step is None or step <= 0:
            yield int(suggested) if whole else suggested
            drawn = _any(plain, scene, whole=whole)
            yield int(drawn) if whole else drawn
        else:
            yield from _on_steps(suggested, step, whole=whole)
    for bound in (least, most):
        if bound is None:
            continue
        with suppress(OverflowError, ValueError):
            yield from (math.ceil(bound), math.floor(bound), math.ceil(bound) + 1, math.floor(bound) - 1)
            if not whole:
                yield from (bound, bound + 0.5, bound - 0.5)
            if step is not None and step > 0:
                yield from _on_steps(bound, step, whole=whole)
    if least is not None and most is not None and not whole:
        with suppress(OverflowError):
            yield (least + most) / 2
    yield 0


def _on_steps(near: float, step: float, *, whole: bool) -> Iterator[int | float]:
    first = math.floor(near / step)
    digits = max(0, len(str(step).partition(".")[2])) if "e" not in str(step) else 12
    for ahead in range(_TRIES):
        for count in (first + ahead, first - ahead):
            value = count * step if isinstance(step, int) else round(count * step, digits)
            if whole and isinstance(value, float):
                if not value.is_integer():
                    continue
                value = int(value)
            yield value


def fits_number(value: int | float, plain: Mapping[str, Any]) -> bool:
    """Say whether a number is within a flat schema's bounds and on its steps, as strict validators divide."""
    least, most = number_of(plain, "minimum"), number_of(plain, "maximum")
    above, below = number_of(plain, "exclusiveMinimum"), number_of(plain, "exclusiveMaximum")
    if (least is not None and value < least) or (most is not None and value > most):
        return False
    if (above is not None and value <= above) or (below is not None and value >= below):
        return False
    if (plain.get("exclusiveMinimum") is True and value == least) or (
        plain.get("exclusiveMaximum") is True and value == most
    ):
        return False
    step = number_of(plain, "multipleOf")
    return step is None or step <= 0 or on_step(value, step)


def on_step(value: int | float, step: int | float) -> bool:
    """Say whether a number is a multiple of another: exactly for integers, else as the quotient of two floats."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    with suppress(OverflowError, ValueError):
        quotient = value / step
        return math.isfinite(quotient) and quotient == int(quotient)
    return False
