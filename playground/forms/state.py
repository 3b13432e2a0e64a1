"""`FormState`: the submitted inputs of a form, in order, found by name and by what lies below a name."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from playground.forms.names import MAX_DEPTH, MAX_NAME, control, split_control
from playground.request.model import FileValue

Input = tuple[str, str]
FileInput = tuple[str, FileValue]


@dataclass(frozen=True, slots=True)
class _Names:
    """What lies below which name: the tokens directly below every name, and every name on the way to an input."""

    children: dict[str, dict[str, None]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Index:
    """Values by name, and where the names are."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[FileValue]] = field(default_factory=dict)
    names: _Names = field(default_factory=_Names)


@dataclass(frozen=True, slots=True)
class FormState:
    """An ordered multi-dict of input names to texts, and of input names to files. Equal if pairs and files are."""

    pairs: tuple[Input, ...] = ()
    files: tuple[FileInput, ...] = ()
    _index: _Index = field(default_factory=_Index, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, text in self.pairs:
            self._index.texts.setdefault(name, []).append(text)
        for name, file in self.files:
            self._index.files.setdefault(name, []).append(file)
        names = (*self._index.texts, *self._index.files)
        # Whoever types changes texts and no names, key after key.
        self._index.names = _known_names(names) if len(names) <= _MOST_KNOWN else _names_of(names)

    @classmethod
    def of(cls, pairs: Iterable[Input], files: Iterable[FileInput] = ()) -> FormState:
        """Make a state from names and texts; files nobody chose (no name, no bytes) are dropped."""
        chosen = tuple((name, file) for name, file in files if file.filename or file.size)
        return cls(tuple((name, text) for name, text in pairs), chosen)

    @classmethod
    def submitted(cls, pairs: Iterable[Input], files: Iterable[FileInput] = ()) -> FormState:
        """Make a state from what a browser sent, which writes every line break as CR LF."""
        return cls.of(((name, text.replace("\r\n", "\n")) for name, text in pairs), files)

    def get(self, name: str) -> str | None:
        """Return the first text of an input, or `None`."""
        texts = self._index.texts.get(name)
        return texts[0] if texts else None

    def text(self, name: str) -> str:
        """Return the first text of an input, or an empty one."""
        return self.get(name) or ""

    def get_all(self, name: str) -> tuple[str, ...]:
        """Return every text of an input, in order."""
        return tuple(self._index.texts.get(name, ()))

    def files_of(self, name: str) -> tuple[FileValue, ...]:
        """Return every file of an input, in order."""
        return tuple(self._index.files.get(name, ()))

    def names(self) -> tuple[str, ...]:
        """Return the names of all inputs, each once, in order."""
        return tuple(dict.fromkeys((*self._index.texts, *self._index.files)))

    def children(self, name: str) -> tuple[str, ...]:
        """Return the tokens (still escaped) directly below a name, in order of appearance."""
        return tuple(self._index.names.children.get(name, ()))

    def touched(self, name: str) -> bool:
        """Say whether any input has this name, is a control of it, or lies below it."""
        return name in self._index.names.touched

    def starting(self, beginning: str) -> tuple[Input, ...]:
        """Return the inputs whose names begin so, in order."""
        if not self.touched(beginning.rstrip("/")):
            return ()
        return tuple(pair for pair in self.pairs if pair[0].startswith(beginning))

    def below(self, name: str) -> FormState:
        """Return the inputs of this name, its controls and everything below it."""
        return FormState(
            tuple(pair for pair in self.pairs if is_below(pair[0], name)),
            tuple(pair for pair in self.files if is_below(pair[0], name)),
        )

    def without(self, *names: str) -> FormState:
        """Return the state without exactly these inputs."""
        if not any(name in self._index.texts or name in self._index.files for name in names):
            return self
        return FormState(
            tuple(pair for pair in self.pairs if pair[0] not in names),
            tuple(pair for pair in self.files if pair[0] not in names),
        )

    def without_below(self, name: str) -> FormState:
        """Return the state without this name, its controls and everything below it."""
        return FormState(
            tuple(pair for pair in self.pairs if not is_below(pair[0], name)),
            tuple(pair for pair in self.files if not is_below(pair[0], name)),
        )

    def adding(self, pairs: Iterable[Input], files: Iterable[FileInput] = ()) -> FormState:
        """Return the state with more inputs at the end."""
        return FormState((*self.pairs, *pairs), (*self.files, *files))


def is_count(token: str) -> bool:
    """Say whether a text counts rows, alternatives or fields."""
    return token.isascii() and token.isdecimal() and len(token) <= 9


def item_tokens(state: FormState, name: str) -> tuple[str, ...]:
    """Return the tokens of an array's rows in submitted order, then unlisted rows by number."""
    listed = dict.fromkeys(token for token in state.get_all(control(name, "item")) if is_count(token))
    others = {token for token in state.children(name) if is_count(token)} - listed.keys()
    return (*listed, *sorted(others, key=int))


def row_tokens(state: FormState, name: str) -> tuple[str, ...]:
    """Return the tokens of a map's rows in submitted order, then unlisted rows by number."""
    listed = dict.fromkeys(token for token in state.get_all(control(name, "row")) if is_count(token))
    others = {
        token for word in ("key", "value") for token in state.children(control(name, word)) if is_count(token)
    } - listed.keys()
    return (*listed, *sorted(others, key=int))


def is_below(name: str, ancestor: str) -> bool:
    """Say whether an input has this name, is a control of it, or lies below it."""
    return name.startswith(ancestor) and (len(name) == len(ancestor) or name[len(ancestor)] in "/~")


def _names_of(names: tuple[str, ...]) -> _Names:
    """Note each name under its ancestors; absurdly deep or long names are found by their full name only."""
    index = _Names()
    for name in names:
        if len(name) > MAX_NAME or name.count("/") > MAX_DEPTH * 2:
            continue
        steps, touched = _way_to(name)
        for parent, token in steps:
            index.children.setdefault(parent, {})[token] = None
        index.touched.update(touched)
    return index


_MOST_KNOWN = 200
_known_names = functools.lru_cache(maxsize=256)(_names_of)


@functools.lru_cache(maxsize=2048)
def _way_to(name: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return each ancestor of a name with the token below it, and every name on the way."""
    steps: list[tuple[str, str]] = []
    touched: list[str] = []
    parent: str | None = None
    for segment in name.split("/"):
        token, word = split_control(segment)
        here = token if parent is None else f"{parent}/{token}"
        if parent is not None:
            steps.append((parent, token))
        parent = f"{here}~{word}" if word else here
        touched += [here, parent]
    return tuple(steps), tuple(touched)
