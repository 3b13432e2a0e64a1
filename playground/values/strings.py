"""A text for a schema and a property's name: by format, identifier, name or pattern, within its limits."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from playground.mediatypes import is_text
from playground.schema.keywords.formats import FORMATS, format_problem
from playground.schema.mapping import count_of, text_of, values_of
from playground.schema.regex import matches
from playground.values.files import MADE, file_for
from playground.values.formats import format_text, is_recent, like_time, moment, web_address
from playground.values.identifiers import identifier, is_identifier, lead_of, like, owner_of, prefix_of, refers
from playground.values.patterns import pattern_text
from playground.values.pools import WORDS
from playground.values.rules import RULES, Rule, truth
from playground.values.scene import Scene, noun_of, rule_by_words, word_set, words_of

PLACEHOLDERS = frozenset(("string", "text", "str", "value", "null", "none", "undefined", "n/a", "todo", "...", "…", ""))
"""Examples that say nothing: they are what generators of descriptions write by themselves."""
_LONGEST = 10_000
_DATE = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_LISTING = re.compile(
    r"\b(?:one of|either|can be|must be|(?:possible|valid|allowed|supported|accepted) (?:values|options)|values are|"
    r"defaults? to|default is|default:|set to)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s/]+/\S")
_VOCABULARY = word_set(
    "status state type kind class category tier level mode variant priority severity role visibility privacy scope "
    "permission access stage phase unit method reason event action object interval direction channel"
)
"""Words at the end of names whose texts come from a few that the API knows."""
_LISTED = re.compile(r"[`'\"“]([A-Za-z][A-Za-z0-9_.-]{1,40})[`'\"”]")


class TextPlan:
    """What a flat schema says of its texts, read once."""

    __slots__ = ("about", "encoding", "examples", "format", "least", "listed", "media", "most", "pattern", "plain",
                 "prefix", "refers", "strict")  # fmt: skip

    def __init__(self, plain: Mapping[str, Any]) -> None:
        """Read a flat schema."""
        self.plain = plain
        self.least, self.most = count_of(plain, "minLength") or 0, count_of(plain, "maxLength")
        self.pattern = text_of(plain, "pattern")
        self.format = text_of(plain, "format")
        self.strict = self.format.lower() if self.format.lower() in FORMATS else ""
        self.encoding = text_of(plain, "contentEncoding").lower() in ("base64", "base64url")
        self.media = text_of(plain, "contentMediaType")
        self.about = text_of(plain, "description")
        self.listed = _listed(self.about)
        self.prefix = prefix_of(plain)
        self.refers = refers(plain)
        given = (plain.get("example"), *values_of(plain, "examples")[:3], plain.get("default"))
        # Those that say nothing are left out.
        self.examples = [text for text in given if isinstance(text, str) and text.strip().lower() not in PLACEHOLDERS]


def text_for(plan: TextPlan, name: str, scene: Scene) -> str:
    """Return a text that fits the schema's limits where one can be made; never the word `string`."""
    refused: list[str] = []
    for candidate in _candidates(plan, name, scene):
        text = _within(candidate, scene, plan)
        if text is not None:
            if _fits(text, plan):
                return text
            refused.append(text)
    # A format and a pattern may rule each other out: the pattern is the more precise of them.
    nearest = next((text for text in refused if plan.pattern and matches(plan.pattern, text)), None)
    return nearest or (refused[0] if refused else _filled("", scene, plan.least)[: plan.most])


def _candidates(plan: TextPlan, name: str, scene: Scene) -> Iterator[str]:
    if plan.encoding or (plan.media and (plan.media in MADE or not is_text(plan.media))):
        data = file_for(plan.media or "application/octet-stream")[1]
        yield base64.b64encode(data).decode("ascii") if plan.encoding else data.decode("utf-8", "replace")
    times = [like_time(example, moment(name, scene)) for example in plan.examples]
    yield from (written for written in times if written is not None)
    yield from (example for example in plan.examples if _ADDRESS.match(example))
    if plan.format:
        made = format_text(plan.format, name, scene)
        if made is not None:
            yield made.removeprefix("https://example.com") if "relative to" in plan.about else made
            if plan.pattern:
                yield made.upper()
                yield made.lower()
    if not plan.pattern and (plan.prefix or plan.refers or is_identifier(name)):
        yield identifier(plan.plain, name, owner_of(name) or scene.kind, scene.draw)
    for example in plan.examples:
        if lead_of(example):
            yield like(example, scene.draw)
    if plan.listed:
        yield next((value for value in plan.listed if plan.most is None or len(value) <= plan.most), plan.listed[0])
    if not _VOCABULARY.isdisjoint(words_of(name)[-1:]):
        yield from (example for example in plan.examples if " " not in example)
    rule = rule_of(name)
    if rule is not None:
        text = _cased(rule(name, scene), plan, name)
        yield text
        if plan.pattern:
            yield text.upper()
            yield text.lower()
    if plan.pattern:
        matching = pattern_text(plan.pattern, scene.draw, plan.least, plan.most)
        if matching is not None:
            yield matching
    yield from plan.examples
    yield any_text(name, scene)


@lru_cache(maxsize=4096)
def _listed(about: str) -> tuple[str, ...]:
    """Return the values that a description lists in quotes: `One of "open", "closed"`."""
    found = _LISTING.search(about[:1000])
    if found is None:
        return _in_a_row(about[:1000])
    sentence = about[found.end() : found.end() + 200]
    return tuple(value for value in _LISTED.findall(sentence) if value.lower() not in _NO_VALUES)


def _in_a_row(about: str) -> tuple[str, ...]:
    """Return the first values quoted one after the other: three, or two after a colon or a bracket."""
    row: list[str] = []
    begin = end = 0
    for found in _LISTED.finditer(about):
        if row and not _BETWEEN.fullmatch(about[end : found.start()]):
            if _is_row(row, about[:begin]):
                break
            row = []
        begin = begin if row else found.start()
        row.append(found[1])
        end = found.end()
    return tuple(row) if _is_row(row, about[:begin]) else ()


def _is_row(row: list[str], before: str) -> bool:
    if _ABOUT_NAMES.search(before[-60:]) or any(value.lower() in _NO_VALUES for value in row):
        return False
    return len(row) > 2 or (len(row) == 2 and before.rstrip()[-1:] in (":", "("))


_BETWEEN = re.compile(r"\s*(?:,|\||/|;|or|and|,\s*(?:or|and))\s*")
_ABOUT_NAMES = re.compile(r"\b(?:field|propert(?:y|ie)|parameter|attribute|header|column|key|operator)s?\b")
_NO_VALUES = PLACEHOLDERS | {"true", "false", "id", "name"}


def _cased(text: str, plan: TextPlan, name: str) -> str:
    """Write a currency's code as its description wants it: in capitals where it names ISO 4217 and no lower case."""
    if len(text) != 3 or "currency" not in name.lower():
        return text
    about = plan.about.lower()
    shown = next((example for example in plan.examples if len(example) == 3), "")
    if shown.isupper() or ("4217" in about and "lowercase" not in about and "lower-case" not in about):
        return text.upper()
    return text


def is_placeholder(value: Any) -> bool:
    """Say whether an example is a placeholder, or holds one: `string` where a text would stand."""
    if isinstance(value, str):
        return value.strip().lower() == "string"
    if isinstance(value, Mapping):
        return any(is_placeholder(member) for member in value.values())
    return isinstance(value, list | tuple) and any(is_placeholder(member) for member in value)


def is_old(text: str, now: datetime) -> bool:
    """Say whether a text is a date or time that lies more than two years off."""
    found = _DATE.search(text) if 8 <= len(text) <= 60 else None
    if found is None:
        return False
    try:
        moment_ = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
    except ValueError:
        return False
    return not is_recent(moment_, now)


def _within(text: str, scene: Scene, plan: TextPlan) -> str | None:
    """Return the text, cut or lengthened to the limits where it can be; `None` if it cannot."""
    if len(text) < plan.least:
        if plan.pattern:
            return None
        text = _filled(text, scene, plan.least)
    if plan.most is not None and len(text) > plan.most:
        shorter = _cut(text, plan.most)
        return shorter if shorter is not None and len(shorter) >= plan.least else None
    return text


def _fits(text: str, plan: TextPlan) -> bool:
    if plan.strict and format_problem(plan.strict, text):
        return False
    return not plan.pattern or matches(plan.pattern, text) is not False


def _cut(text: str, most: int) -> str | None:
    """Return the words that have room, if the text is words at all."""
    if " " not in text:
        return None
    while len(text) > most and " " in text:
        text = text.rpartition(" ")[0]
    return text.rstrip(",;:") if text and len(text) <= most else None


def _filled(text: str, scene: Scene, least: int) -> str:
    least = min(least, _LONGEST)
    if " " in text:
        while len(text) < least:
            text = f"{text} {scene.draw.pick(WORDS)}"
        return text
    if not text and least <= 1:
        return scene.draw.pick("abcdefghk")
    while len(text) < least:
        text += scene.draw.pick(WORDS)
    return text


_ASKING = word_set(
    "is has can should allow allows require requires include includes use disable enable show hide ignore must"
)
"""First words of names of texts that say yes or no, as some APIs write it."""
_ADDRESSES = frozenset(("url", "uri"))
_COUNTING = frozenset(("num", "number", "count", "total", "quantity", "qty"))


def _count(name: str, scene: Scene) -> str:
    return str(scene.draw.between(1, 9))


@lru_cache(maxsize=8192)
def rule_of(name: str) -> Rule | None:
    """Return the rule for a property's name, or `None` where its words say nothing."""
    words = words_of(name)
    if (rule := rule_by_words(RULES, words)) is not None:
        return rule
    if words and (words[0] in _COUNTING or words[-1] in _COUNTING):
        return _count
    if len(words) > 1 and words[0] in _ASKING:
        return truth
    # `image_url_png`, `hosted_url_for_cards`: an address, whatever is said of it after that.
    return web_address if not _ADDRESSES.isdisjoint(words) else None


def any_text(name: str, scene: Scene) -> str:
    """Return a text where nothing is known of the property but its name."""
    noun = noun_of(name)
    word = scene.draw.pick(WORDS)
    return f"{noun}-{word}" if 2 < len(noun) <= 12 and noun.isascii() and noun != "string" else word
