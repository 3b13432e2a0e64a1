"""Several files joined into one document: relative `$ref`s followed below one root, and nowhere else.

Each file that a reference names becomes a member of the main document, and the reference is rewritten to lead there;
every other module sees one document. Functions resolve locations and read files, so that this package opens none.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from playground.openapi.parse import Tokens, read_text
from playground.openapi.pointers import FILES, escape_token
from playground.openapi.problems import DEFAULT_LIMITS, DocumentError, LimitError, Limits, quoted
from playground.text.wording import say

ReadFile: TypeAlias = Callable[[str], bytes]
"""Returns a file's bytes by its path relative to the root. Raises `UnreadableFileError`."""
Resolve: TypeAlias = Callable[[str, str], str]
"""Returns the path, relative to the root, of a reference's location in a file. Raises `UnreadableFileError`."""

# Few documents have any, and looking at every value of the others would cost them a third of their import.
_OUTSIDE = re.compile(rb"\$ref[\"']?\s*:\s*[>|]?[-+]?\s*[\"']?(?![\"'#\s>|])[^\s]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_FILE_NAME = re.compile(r"[^#]*\.(?:json|ya?ml)(?:#.*)?", re.IGNORECASE)


class UnreadableFileError(ValueError):
    """A file that a reference names cannot be read; `str()` says why in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A document with the files its references name.

    `refused` gives a sentence for each reference that was not followed, `count` the number of joined files, `repeated`
    the places in them of keys that one object has twice.
    """

    document: dict[str, Any]
    refused: Mapping[str, str]
    count: int
    repeated: tuple[Tokens, ...] = ()


def names_files(data: bytes) -> bool:
    """Tell whether a document's bytes hold a reference that leads out of it."""
    return _OUTSIDE.search(data) is not None


def relative_path(location: str, base: str) -> str:
    """Return the path of a location in the file `base`, both relative to the root. Raises `UnreadableFileError`."""
    if _SCHEME.match(location) or location.startswith("//"):
        raise UnreadableFileError(say("addresses are not fetched; save what it names below the root of the document."))
    path = unquote(location)
    if path.startswith("/") or "\\" in path or "\0" in path:
        raise UnreadableFileError(say("only paths relative to the file that names them are read; write one."))
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    if joined == ".." or joined.startswith("../"):
        raise UnreadableFileError(
            say("the file lies above the root, where nothing is read; choose a root that holds both.")
        )
    return joined


def join_files(
    document: dict[str, Any],
    read: ReadFile,
    *,
    name: str,
    resolve: Resolve = relative_path,
    limits: Limits = DEFAULT_LIMITS,
) -> Joined:
    """Return the document with every file that its references name, and theirs; `name` is the main file's own path.

    A reference that cannot be followed stays as it is. Raises `LimitError` when the files together are too many or too
    large.
    """
    joiner = _Joiner(read, name, resolve, limits)
    joined = joiner.rewrite(document, name)
    # A joined document that was kept brings its files along.
    brought = joined.get(FILES)
    files: dict[str, Any] = dict(brought) if isinstance(brought, dict) else {}
    count = len(files)
    while joiner.pending:
        path, content = joiner.pending.popleft()
        files[path] = joiner.rewrite(content, path)
    if files:
        joined[FILES] = files
    return Joined(document=joined, refused=joiner.refused, count=len(files) - count, repeated=tuple(joiner.repeated))


class _Joiner:
    def __init__(self, read: ReadFile, name: str, resolve: Resolve, limits: Limits) -> None:
        self.pending: deque[tuple[str, Any]] = deque()
        self.refused: dict[str, str] = {}
        self.repeated: list[Tokens] = []
        self._read = read
        self._name = name
        self._resolve = resolve
        self._limits = limits
        self._usable: dict[str, bool] = {name: True}
        self._bytes = 0
        self._copies: dict[tuple[int, str], tuple[Any, Any]] = {}

    def rewrite(self, value: Any, base: str) -> Any:
        """Return a copy of a file's content whose references lead into the joined document."""
        return self._copy(value, base)

    def _copy(self, value: Any, base: str) -> Any:
        if not isinstance(value, dict | list):
            return value
        # A value that YAML's aliases repeat stays one value, or a few kilobytes could become gigabytes.
        key = (id(value), base)
        known = self._copies.get(key)
        if known is not None:
            return known[1]
        copied: Any
        if isinstance(value, list):
            copied = [self._copy(member, base) for member in value]
        else:
            copied = {name: self._copy(member, base) for name, member in value.items()}
            self._lead(copied, base)
        self._copies[key] = (value, copied)
        return copied

    def _lead(self, copied: dict[str, Any], base: str) -> None:
        link = copied.get("$ref")
        if isinstance(link, str):
            copied["$ref"] = self._target(link, base)
        discriminator = copied.get("discriminator")
        if isinstance(discriminator, dict) and isinstance(mapping := discriminator.get("mapping"), dict):
            copied["discriminator"] = discriminator | {
                "mapping": {
                    name: self._target(target, base)
                    if isinstance(target, str) and (target.startswith("#") or _FILE_NAME.fullmatch(target))
                    else target
                    for name, target in mapping.items()
                }
            }

    def _target(self, link: str, base: str) -> str:
        """Return the reference as it is in the joined document, unchanged where it is not followed."""
        location, _, fragment = link.partition("#")
        if not location:
            return _into(base, fragment) if base != self._name and fragment[:1] in ("", "/") else link
        try:
            path = self._resolve(location, base)
            self._load(path)
        except UnreadableFileError as error:
            self.refused[link] = say(
                "The reference %(link)s is not followed: %(reason)s", link=quoted(link), reason=str(error)
            )
            return link
        return _into("" if path == self._name else path, fragment)

    def _load(self, path: str) -> None:
        usable = self._usable.get(path)
        if usable is False:
            raise UnreadableFileError(say("the file %(path)s cannot be used.", path=quoted(path)))
        if usable:
            return
        self._usable[path] = False
        if len(self._usable) > self._limits.files:
            raise LimitError(
                "files", say("The document names more files than the limit of %(files)s.", files=self._limits.files)
            )
        data = self._read(path)
        self._bytes += len(data)
        if self._bytes > self._limits.size:
            limit = self._limits.size
            raise LimitError(
                "size", say("The files of the document have more than the limit of %(limit)s bytes.", limit=limit)
            )
        try:
            parsed = read_text(data, limits=self._limits)
        except LimitError as error:
            raise LimitError(error.limit, say("In %(path)s: %(error)s", path=quoted(path), error=str(error))) from None
        except DocumentError as error:
            raise UnreadableFileError(
                say("%(path)s cannot be used. %(error)s", path=quoted(path), error=str(error))
            ) from None
        self._usable[path] = True
        self.pending.append((path, parsed.document))
        self.repeated += [(FILES, path, *tokens) for tokens in parsed.repeated]


def _into(path: str, fragment: str) -> str:
    if path and fragment and not fragment.startswith("/"):
        return f"{quote(path)}#{fragment}"  # an anchor: the file keeps its path as its address
    if not path:
        return f"#{fragment}"
    return f"#/{FILES}/{quote(escape_token(path), safe='~')}{fragment}"


def joined_name(tokens: tuple[str, ...]) -> str:
    """Return a short name for a schema in a joined file: the last token, or the file's name without its ending."""
    return posixpath.splitext(posixpath.basename(tokens[1]))[0] if len(tokens) == 2 else tokens[-1]
