"""Catalogues of messages: `.po` files, compiled as they are read, so that no step can be forgotten.

The message ids are the English sentences, so English needs no catalogue. Ours lie in `playground/locale`; an operator's
folder of the same shape adds languages and changes single messages of ours.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import babel
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

from playground.config import SettingsError
from playground.web.made import MadeFiles, made_folder

DOMAIN = "playground"
OURS = Path(__file__).parent.parent.parent / "locale"
ENGLISH = "en"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class FixedMessages(dict[str, str]):
    """Messages that are written in a template, each found among all messages once."""

    def __init__(self, words: NullTranslations) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, message: str) -> str:
        """Return a message that is asked for the first time."""
        text: str = self._words.gettext(message)
        self[message] = text
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language of the interface: its tag as HTML and HTTP write it, its own name, and its messages."""

    tag: str
    name: str
    direction: str
    locale: Locale
    words: NullTranslations
    fixed: FixedMessages
    """The messages that templates hold, in this language: a page has two hundred."""


def load_languages(wanted: tuple[str, ...], folder: Path | None) -> dict[str, Language]:
    """Return the languages by tag, the default first: those of `wanted`, or English and all that have a catalogue.

    `folder` is the operator's own. Raises `SettingsError` if a catalogue cannot be read or a wanted one is missing.
    """
    ours, theirs = _files(OURS), _files(folder) if folder is not None else {}
    files = {tag: [*ours.get(tag, ()), *theirs.get(tag, ())] for tag in (ENGLISH, *ours, *theirs)}
    known = {tag.lower(): tag for tag in files}
    missing = [tag for tag in wanted if tag.lower() not in known]
    if missing:
        raise SettingsError(
            f"PLAYGROUND_LANGUAGES names {missing[0]}, for which there is no catalogue: there are {', '.join(files)}."
        )
    tags = list(dict.fromkeys(known[tag.lower()] for tag in wanted)) or list(files)
    return {tag: _language(tag, files[tag]) for tag in tags}


def _files(folder: Path) -> dict[str, list[Path]]:
    paths = sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return {path.parent.parent.name.replace("_", "-"): [path] for path in paths}


def _language(tag: str, files: list[Path]) -> Language:
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise SettingsError(
            f"PLAYGROUND_LOCALES holds a folder {tag}, which is no language: name it like pt_BR."
        ) from None
    stats = [path.stat() for path in files]
    words = _words(tuple((path, tag, stat.st_mtime_ns, stat.st_size) for path, stat in zip(files, stats, strict=True)))
    name = locale.get_display_name(locale) or tag
    return Language(
        tag=tag,
        name=name[0].upper() + name[1:],
        direction=locale.text_direction,
        locale=locale,
        words=words,
        fixed=FixedMessages(words),
    )


@lru_cache(maxsize=32)
def _compiled(path: Path, tag: str, _changed: int, _size: int) -> bytes:
    """Return a catalogue compiled; that takes a tenth of a start, so it is kept for the next one."""
    try:
        source = path.read_bytes()
        files = MadeFiles(made_folder("messages", f"{babel.__version__} {Path(__file__).read_text('utf-8')}"))
        name, digest = hashlib.sha256(f"{tag} {path}".encode()).hexdigest()[:32], hashlib.sha256(source).digest()
        if (kept := files.get(name)) is not None and kept.startswith(digest):
            return kept.removeprefix(digest)
        catalog = read_po(BytesIO(source), locale=tag.replace("-", "_"), domain=DOMAIN, abort_invalid=True)
    except (OSError, PoFileError, LookupError, ValueError):
        raise SettingsError(f"{path} is no catalogue that can be read: check it with msgfmt -c.") from None
    for message in list(catalog):
        if message.id and not is_faithful(message):
            catalog.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    files.put(name, digest + compiled.getvalue())
    return compiled.getvalue()


@lru_cache(maxsize=32)  # the same messages are the same object: what is made with them is made once
def _words(files: tuple[tuple[Path, str, int, int], ...]) -> NullTranslations:
    words: NullTranslations = NullTranslations()
    for file in files:
        read = Translations(BytesIO(_compiled(*file)), domain=DOMAIN)
        read.add_fallback(words)
        words = read
    return words


def is_faithful(message: Message) -> bool:
    """Tell whether a translation has the placeholders and the tags of its message.

    A translation that has not is left out, and pages show the English sentence. So no catalogue can break a page or
    bring markup of its own into it.
    """
    ids = _texts(message.id)
    return all(_same_shape(text, ids) for text in _texts(message.string or "") if text)


def _texts(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _same_shape(text: str, ids: tuple[str, ...]) -> bool:
    names = {name for english in ids for name in _PLACEHOLDER.findall(english)}
    used = set(_PLACEHOLDER.findall(text))
    if used != names and not (len(ids) > 1 and used <= names):
        return False
    try:
        _ = text % dict.fromkeys(names, 0) if names else text
    except (ValueError, KeyError, TypeError):
        return False
    return any(_marks(text) == _marks(english) for english in ids)


def _marks(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text)) + Counter("<" * text.count("<"))
