"""Texts by a property's name: the rule that the name's last words have, as its object has it."""

from __future__ import annotations

from functools import lru_cache

from playground.values.formats import web_address
from playground.values.pools import WORDS
from playground.values.rules import RULES, Rule, truth
from playground.values.scene import Scene, noun_of, singular, word_set, words_of

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
    for size in range(min(len(words), 3), 0, -1):
        last = words[-size:]
        rule = RULES.get("_".join(last)) or RULES.get("_".join((*last[:-1], singular(last[-1]))))
        if rule is not None:
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
