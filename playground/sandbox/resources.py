"""Resources as they are kept: with identifiers, times and versions of their own, as the API shows them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.request.model import FileValue
from playground.sandbox.fitting import NOTHING, Fitter
from playground.schema.mapping import is_json_value
from playground.store.sandbox_session import Record
from playground.values.formats import date_time, like_time
from playground.values.numbers import counts, fits_number
from playground.values.scene import word_set, words_of
from playground.values.shapes import Member, Shape

_CREATED = word_set(
    "created created_at created_on creation_time creation_date creation_timestamp date_created created_time "
    "created_date inserted_at submitted_at creation_date_time create_time opened_at uploaded_at created_at_utc"
)
_UPDATED = word_set(
    "updated updated_at updated_on modified modified_at last_modified date_updated date_modified update_time "
    "last_updated updated_date modified_date last_update_time updated_time last_modified_date_time content_modified_at "
    "last_modified_time modified_time"
)
_VERSIONS = word_set("version revision generation sequence_id lock_version record_version etag_version")
_BYTES = word_set("size bytes length content_length file_size filesize size_bytes")
_HASHES = word_set("etag e_tag md5 hash content_md5 md5_hash")
_KINDS = word_set("content_type mime_type media_type mimetype type")
_TRUE = word_set("active enabled visible available open published online public verified valid")
"""Words in the names of what is true of a new resource unless its maker says otherwise."""
_DEPTH = 3
_IN_SEGMENTS = "!$&'()*+,;=:@"
"""What a segment of an address may hold as it is, beside letters, digits and `-._~` (RFC 3986 section 3.3)."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: `value` as the API shows it, `sent` as the client last sent it, `shape` what it was made up for."""

    value: Any
    sent: Mapping[str, Any] = field(default_factory=dict)
    shape: Shape | None = field(default=None, compare=False)

    @classmethod
    def of(cls, record: Record) -> Resource:
        """Read a record; one of plain bytes has no value."""
        if record.media_type or not record.content:
            return cls(None)
        kept = jsontext.loads(record.content.decode("utf-8"))
        return cls(kept["value"], kept["sent"]) if isinstance(kept, dict) and "value" in kept else cls(None)

    def content(self) -> bytes:
        """Return what is kept of it."""
        sent = {name: part for name, part in self.sent.items() if is_json_value(part)}  # a file is none
        return jsontext.dumps({"value": self.value, "sent": sent}).encode("utf-8", "surrogatepass")


def written_time(example: Any, moment: datetime) -> Any:
    """Return a time in the form of another: seconds or milliseconds since 1970, or a text."""
    if isinstance(example, bool) or example is None:
        return example
    if isinstance(example, int | float):
        seconds = moment.timestamp()
        return int(seconds * 1000) if example > 1e11 else int(seconds) if example > 1e8 else example
    if not isinstance(example, str):
        return example
    if re.fullmatch("[0-9]{9,11}", example):
        return str(int(moment.timestamp()))
    return like_time(example, moment) or (date_time(moment) if re.match(r"\d{4}-\d\d-\d\dT", example) else example)


def stamp(value: Any, now: float, *, created: bool, depth: int = _DEPTH) -> Any:
    """Return a resource with the present time where it says when it was made (if it is made now) and changed."""
    if not isinstance(value, dict) or depth <= 0:
        return value
    moment = datetime.fromtimestamp(now, UTC)
    stamped = dict(value)
    for name, member in value.items():
        plain = "_".join(words_of(name))
        if (created and plain in _CREATED) or plain in _UPDATED:
            stamped[name] = written_time(member, moment)
        elif plain in ("metadata", "attributes") and isinstance(member, dict):
            stamped[name] = stamp(member, now, created=created, depth=depth - 1)
    return stamped


def raise_version(value: Any, version: int) -> Any:
    """Return a resource with the number of its changes where it counts them."""
    if not isinstance(value, dict):
        return value
    raised = dict(value)
    for name, member in value.items():
        plain = "_".join(words_of(name))
        if plain == "resource_version":
            raised[name] = str(version) if isinstance(member, str) else version
        elif plain in _VERSIONS and isinstance(member, int) and not isinstance(member, bool):
            raised[name] = version
        elif plain == "metadata" and isinstance(member, dict):
            raised[name] = raise_version(member, version)
    return raised


def clear_unsent(
    value: dict[str, Any], sent: Mapping[str, Any], shape: Shape, asked: Shape | None,
    identity: tuple[str, ...] | None = None, *, is_kept: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Return a new resource without what its maker could have given and did not: null, false, empty, or left out.

    So are objects and lists inside it that nobody sent, as far as they need not be there. Its own key (`identity`) and
    the times of its making are the server's alone to give. What is answered once and read by nothing
    (`is_kept` is false) has the lists that it has to have: they are what was asked for.
    """
    could = {member.name for member in _members_sent(asked)}
    cleared = dict(value)
    for member in shape.members:
        name = member.name
        if name not in cleared or name in sent or member.shape.listed:
            continue
        if member.shape.types == ("integer",) and counts(name) and fits_number(0, member.shape.plain):
            cleared[name] = 0
        if (identity or ())[:1] == (name,) or member.only_reading or "_".join(words_of(name)) in _CREATED | _UPDATED:
            continue
        if not (name in could or member.inner) or (not is_kept and member.needed and name not in could):
            continue
        empty = _empty(member)
        if empty is not NOTHING:
            cleared[name] = empty
        elif not member.needed:
            del cleared[name]
    return cleared


def _members_sent(asked: Shape | None) -> list[Member]:
    """Return the members that a request which makes a resource can give."""
    shapes = () if asked is None else (asked, *asked.choice[:8])
    return [member for shape in shapes for member in shape.members if not member.is_hidden(writing=True)]


def _empty(member: Member) -> Any:
    shape = member.shape
    default = shape.plain.get("default")
    if default is not None and not isinstance(default, dict | list):
        return default
    if shape.nullable:
        return None
    if shape.types == ("boolean",) and (member.needed or not _TRUE.isdisjoint(member.words)):
        return not _TRUE.isdisjoint(member.words)
    if not member.needed:
        return NOTHING
    if shape.types == ("array",) and not shape.plain.get("minItems"):
        return []
    if shape.types == ("object",) and not shape.required and not shape.plain.get("minProperties"):
        return {}
    return NOTHING


def set_at(value: Any, path: tuple[str, ...], part: Any) -> Any:
    """Return an object with a part put at a place inside."""
    if not path:
        return part
    inner = value if isinstance(value, dict) else {}
    return {**inner, path[0]: set_at(inner.get(path[0]), path[1:], part)}


def items_in(value: Any, name: str) -> list[Any]:
    """Return the list that an object has under a name, also inside an envelope of its own."""
    part = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(part, Mapping):
        lists = [inner for inner in part.values() if isinstance(inner, list)]
        part = lists[0] if len(lists) == 1 else None
    return part if isinstance(part, list) else []


def get_at(value: Any, path: tuple[str, ...]) -> Any:
    """Return the part at a place inside an object, or `None`."""
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def with_scope(
    value: dict[str, Any], owners: Mapping[tuple[str, ...], str], shape: Shape, fitter: Fitter
) -> dict[str, Any]:
    """Return a resource with what its path says it belongs to (`places.owners_of`), also below `metadata`."""
    made = dict(value)
    for member in shape.members if owners else ():
        if member.name == "metadata" and isinstance(made.get("metadata"), dict) and member.shape.members:
            made["metadata"] = with_scope(made["metadata"], owners, member.shape, fitter)
        text = owners.get(words_of(member.name))
        if text is None or member.inner:
            continue
        fitted = fitter.fit(text, member.shape, member.name)
        if fitted is not NOTHING:
            made[member.name] = fitted
    return made


def with_children(
    value: dict[str, Any], shape: Shape, path: str, below: Sequence[Record], fitter: Fitter
) -> dict[str, Any]:
    """Return a resource whose counts and lists agree with what was made `below` its path: `comments`, `labels`."""
    groups: dict[str, list[Record]] = {}
    for record in below:
        name = record.collection[len(path) + 1 :]
        if "/" not in name:
            groups.setdefault(name, []).append(record)
    made = dict(value) if groups else value
    for member in shape.members if groups else ():
        words = words_of(member.name)
        plain = "_".join(word for word in words if word not in ("count", "num", "number", "of", "total"))
        records = groups.get(plain) or groups.get(member.name)
        if not records:
            continue
        if member.shape.types == ("array",):
            items = [fitter.fit(Resource.of(record).value, member.shape.items) for record in records]
            made[member.name] = [item for item in items if item is not NOTHING]
        elif member.shape.types in (("integer",), ("number",)):
            made[member.name] = len(records)
    return made


def belongs(value: Any, owners: Mapping[tuple[str, ...], str]) -> bool:
    """Say whether a resource's members agree with what a path says it belongs to, as far as it has such members."""
    for name, member in value.items() if isinstance(value, Mapping) else ():
        text = owners.get(words_of(name))
        if text is None:
            continue
        if isinstance(member, Mapping):
            if text not in [part for part in member.values() if isinstance(part, str)]:
                return False
        elif isinstance(member, str) and member != text:
            return False
    return True


def as_segment(text: str) -> str:
    """Return a text as an address has it between slashes, as it is where nothing in it has to be encoded."""
    return quote(text, safe=_IN_SEGMENTS)


def _is_address(text: str) -> bool:
    return "://" in text[:40] or text.startswith("/")


def relocate(value: Any, renamed: Mapping[str, str], depth: int = 4) -> Any:
    """Return a value whose addresses name this resource's place instead of the one of the description's examples."""
    if not renamed or depth <= 0:
        return value
    if isinstance(value, str):
        if "/" not in value or " " in value or len(value) > 2000:
            return value
        written = as_segment if _is_address(value) else str
        return "/".join(written(renamed[piece]) if piece in renamed else piece for piece in value.split("/"))
    if isinstance(value, dict):
        return {name: relocate(member, renamed, depth - 1) for name, member in value.items()}
    if isinstance(value, list):
        return [relocate(item, renamed, depth - 1) for item in value[:100]]
    return value


def bytes_facts(value: Any, record: Record, shape: Shape, fitter: Fitter) -> Any:
    """Return a file's entry in a list with its true key, size, digest and times, as far as they fit there."""
    if not isinstance(value, dict):
        return value
    named = ("key", "name", "path", "id", "filename", "file_name")
    made = _with_facts(value, record.content, record.media_type, dict.fromkeys(named, record.key), shape, fitter)
    made = stamp(made, record.updated, created=True)
    return {name: part for name, part in made.items() if name in {member.name for member in shape.members}} or value


def file_facts(value: dict[str, Any], file: FileValue, shape: Shape, fitter: Fitter) -> dict[str, Any]:
    """Return a resource that was made with a file, with the file's own name, size, type and digest."""
    named = dict.fromkeys(("filename", "file_name", "original_filename", "original_name"), file.filename)
    return _with_facts(value, file.data, file.content_type, named, shape, fitter)


def _with_facts(
    value: dict[str, Any], content: bytes, media_type: str, named: Mapping[str, str], shape: Shape, fitter: Fitter
) -> dict[str, Any]:
    made = dict(value)
    for member in shape.members:
        plain = "_".join(words_of(member.name))
        fact: Any = named.get(plain, NOTHING)
        if plain in _BYTES:
            fact = len(content)
        elif plain in _HASHES:
            fact = entity_tag(content) if "tag" in plain else digest_of(content)
        elif plain in _KINDS and not member.shape.listed:
            fact = media_type
        if fact is not NOTHING and (fitted := fitter.fit(fact, member.shape, member.name)) is not NOTHING:
            made[member.name] = fitted
    return made


def digest_of(content: bytes) -> str:
    """Return the digest that entity tags and lists show of content."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def entity_tag(content: bytes) -> str:
    """Return an entity tag (RFC 9110 section 8.8.3)."""
    return f'"{digest_of(content)}"'


def identity_text(value: Any, path: tuple[str, ...] | None) -> str:
    """Return the text that a path has for a resource, or an empty text."""
    part = get_at(value, path) if path else None
    if isinstance(part, bool) or not isinstance(part, str | int):
        return ""
    return str(part)


def names_in_examples(value: Any, template: Sequence[str]) -> dict[str, str]:
    """Return what a resource's addresses call the variables of its path, by variable.

    For `/repos/{owner}/{repo}`, `https://api.example.com/repos/octocat/hello` says that `owner` is `octocat`.
    """
    if not isinstance(value, Mapping):
        return {}
    names: dict[str, str] = {}
    for text in value.values():
        if isinstance(text, str) and "/" in text and len(text) <= 2000 and "{" not in text and template[:1] != ("",):
            for name, piece in _aligned(template, text.partition("?")[0].rstrip("/").split("/")).items():
                names.setdefault(name, piece)
    return names


def _aligned(template: Sequence[str], pieces: list[str]) -> dict[str, str]:
    """Return the variables of the longest beginning of a template that an address has at its end."""
    if template[0] not in pieces:
        return {}
    rest = pieces[pieces.index(template[0]) :]
    names: dict[str, str] = {}
    for written, piece in zip(template, rest, strict=False):
        if written.startswith("{") and written.endswith("}"):
            names[written[1:-1]] = piece
        elif written != piece:
            return names if len(names) > 1 else {}
    return names


def weight_of(value: Any) -> int:
    """Return about what it takes to keep a made-up value: the length of its JSON."""
    return 100 + len(jsontext.dumps(value))


_TELLING = 6
"""Characters of a key that nothing else is by chance."""


def renamed(value: Any, before: str, key: str, depth: int = 6) -> Any:
    """Return a made-up resource in which what refers to itself does so by another key."""
    if len(before) < _TELLING or before == key or depth <= 0:
        return value
    if isinstance(value, str):
        if value == before:
            return key
        own = as_segment(key) if _is_address(value) else key
        return value.replace(f"/{before}", f"/{own}") if before in value else value
    if isinstance(value, dict):
        return {name: renamed(part, before, key, depth - 1) for name, part in value.items()}
    return [renamed(item, before, key, depth - 1) for item in value] if isinstance(value, list) else value


def changed_names(before: Any, after: Any) -> dict[str, str]:
    """Return what an example's own members are called in a new resource, where addresses may name them."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return {}
    return {
        str(old): str(after[name])
        for name, old in before.items()
        if isinstance(old, str | int) and not isinstance(old, bool) and len(str(old)) > 2 and name in after
        and isinstance(after[name], str | int) and old != after[name] and "/" not in str(old)
    }  # fmt: skip
