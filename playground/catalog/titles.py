"""The title of an operation: what people call it, in lists as on its page."""

from __future__ import annotations

import re
from functools import lru_cache

from playground.text.markdown import first_sentence, is_plain, plain_line, plain_text

LONGEST_SENTENCE = 80
"""Characters of a description's first sentence that still make a title."""
_VERSION = r"[Vv]\d+(?:(?:alpha|beta|rc)\d*)?(?![a-z])"
_NAME = r"OAuth\d?(?![a-z])|OpenID(?![a-z])|[A-Z]{2,}s(?![a-z])"
"""Words with capitals of their own: two protocols, and several of an acronym, as in `listIPs`."""
_WORD = re.compile(rf"{_NAME}|{_VERSION}|[A-Z]+(?=[Vv]\d)|[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+")
_ITS_OWN_CASE = re.compile(rf"{_NAME}|(?!{_VERSION})[A-Z][A-Z\d]+")
_NO_TITLE = frozenset({"deprecated", "beta", "experimental", "note", "warning"})
"""Sentences of one word that say nothing of what the operation does."""


@lru_cache(maxsize=1024)
def operation_title(summary: str, description: str, operation_id: str, name: str) -> str:
    """Return the summary, else the description's short first sentence, else the operationId as words.

    Without an operationId the canonical `name` is split; it is the title as well where nothing has a letter or digit.
    """
    if title := plain_line(summary):
        return title
    sentence = first_sentence(description, LONGEST_SENTENCE)
    if sentence and sentence.casefold() not in _NO_TITLE:
        return _capitalised(sentence)
    return words_of_name(operation_id) or words_of_name(name) or name


def description_beyond(title: str, description: str) -> str:
    """Return a description, or nothing where the title is all of it; one with a link is more than its words."""
    words = description if is_plain(description) else plain_text(description, 2 * LONGEST_SENTENCE)
    has_link = "](" in description or "<a" in description.lower()
    return description if has_link or words.rstrip(".:;。 ").casefold() != title.casefold() else ""


def words_of_name(name: str) -> str:
    """Return an operationId as words: `createCoreV1NamespacedPod` -> `Create core v1 namespaced pod`.

    Acronyms stay in capitals where the name has small letters too. A word outside ASCII stays whole, for case means
    nothing certain there.
    """
    runs = re.findall(r"[^\W_]+", name)
    words = [word for run in runs for word in (_WORD.findall(run) if run.isascii() else [run])]
    shouted = name.upper() == name
    return _capitalised(" ".join(word if _has_own_case(word) and not shouted else word.lower() for word in words))


def _has_own_case(word: str) -> bool:
    return not word.isascii() or _ITS_OWN_CASE.fullmatch(word) is not None


def _capitalised(text: str) -> str:
    """Return a text with a capital at its beginning, unless its first word is a name such as `iOS`."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text
