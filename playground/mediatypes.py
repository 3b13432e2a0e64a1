"""The one table of media types: how their content is written, text or bytes, whether it streams, its file extension.

Every question about a media type is answered here, so that the form, the message, the answer's view and
the generated package agree (RFC 6838; structured syntax suffixes: RFC 6839 and the IANA registry of suffixes).
"""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "json", "lines", "sequence", "events", "form", "multipart", "xml", "yaml", "csv", "text", "image", "binary",
    "unknown",
]  # fmt: skip
"""How content is written.

`lines` is one JSON text a line, `sequence` JSON texts after a record separator each (RFC 7464), `events` server-sent
events, `binary` bytes that are no picture, `unknown` whatever the schema says: JSON for an object, else bytes.
"""

Streams: TypeAlias = Literal["never", "unsized", "always"]
"""Whether content means something before its end: `unsized` where no Content-Length says how much there will be."""

FORM = "application/x-www-form-urlencoded"
OCTETS = "application/octet-stream"
JSON = "application/json"
EVENTS = "text/event-stream"

_TEXT_KINDS = frozenset({"json", "lines", "sequence", "events", "form", "xml", "yaml", "csv", "text"})
_CHARSET = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"|([^;\s]*))", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(
    r"(us-?)?ascii|utf-?8|utf-?16(le|be)?|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d"
    r"|koi8-[ru]|shift_?jis|euc-(jp|kr)"
    r"|iso-2022-jp|gb2312|gbk|gb18030|big5"
)
_MEDIA_TYPE = re.compile(r"[!#$&^_.+*\w-]{1,127}/[!#$&^_.+*\w-]{1,127}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTypeEntry:
    """One row of the table. `extension` has its dot or is empty; `lexer` is Pygments' name for highlighting."""

    kind: Kind
    extension: str = ""
    lexer: str = ""
    streams: Streams = "never"

    @property
    def is_text(self) -> bool:
        """Whether the content is characters."""
        return self.kind in _TEXT_KINDS


_UNKNOWN = MediaTypeEntry(kind="unknown")
_JSON = MediaTypeEntry(kind="json", extension=".json", lexer="json")
_LINES = MediaTypeEntry(kind="lines", extension=".jsonl", streams="always")
_SEQUENCE = MediaTypeEntry(kind="sequence", extension=".json-seq", streams="always")
_XML = MediaTypeEntry(kind="xml", extension=".xml", lexer="xml")
_YAML = MediaTypeEntry(kind="yaml", extension=".yaml", lexer="yaml")
_TEXT = MediaTypeEntry(kind="text", extension=".txt")
_BINARY = MediaTypeEntry(kind="binary", extension=".bin")
_IMAGE = MediaTypeEntry(kind="image")


def _script(lexer: str, extension: str) -> MediaTypeEntry:
    return MediaTypeEntry(kind="text", extension=extension, lexer=lexer)


def _rows(names: str, entry: MediaTypeEntry) -> Iterable[tuple[str, MediaTypeEntry]]:
    return ((name, entry) for name in names.split())


def _files(extensions: str) -> Iterable[tuple[str, MediaTypeEntry]]:
    pairs = (piece.partition("=") for piece in extensions.split())
    return ((name, replace(_BINARY, extension=f".{extension}")) for name, _, extension in pairs)


_WATCHED = re.compile(r";\s*stream\s*=\s*watch\b", re.IGNORECASE)
"""What says of JSON that it is a line for each event (Kubernetes API concepts, "Efficient detection of changes")."""

_BY_TYPE: dict[str, MediaTypeEntry] = {
    EVENTS: MediaTypeEntry(kind="events", extension=".txt", streams="always"),
    FORM: MediaTypeEntry(kind="form", extension=".txt"),
    # Spring's name for JSON values one after the other, a line each.
    "application/stream+json": _LINES,
    "application/xhtml+xml": MediaTypeEntry(kind="xml", extension=".xhtml", lexer="html"),
    "image/svg+xml": MediaTypeEntry(kind="xml", extension=".svg", lexer="xml"),
    "text/html": MediaTypeEntry(kind="text", extension=".html", lexer="html"),
    "text/plain": replace(_TEXT, streams="unsized"),
    "text/x-log": replace(_TEXT, streams="unsized", extension=".log"),
    "text/markdown": MediaTypeEntry(kind="text", extension=".md", streams="unsized"),
    "text/csv": MediaTypeEntry(kind="csv", extension=".csv", streams="unsized"),
    "text/tab-separated-values": MediaTypeEntry(kind="csv", extension=".tsv", streams="unsized"),
    "text/calendar": replace(_TEXT, extension=".ics"),
    "text/vcard": replace(_TEXT, extension=".vcf"),
    "text/css": _script("css", ".css"),
    "application/graphql": _script("graphql", ".graphql"),
    "application/toml": _script("toml", ".toml"),
    "application/sql": _script("sql", ".sql"),
    "application/jwt": replace(_TEXT, extension=".jwt"),
    "application/x-sh": _script("sh", ".sh"),
    **dict(_rows("application/x-pem-file application/pem-certificate-chain", replace(_TEXT, extension=".pem"))),
    "image/jpeg": replace(_IMAGE, extension=".jpg"),
    "image/vnd.microsoft.icon": replace(_IMAGE, extension=".ico"),
}
"""By whole name."""

_BY_SUBTYPE: dict[str, MediaTypeEntry] = {
    **dict(_rows("json x-json", _JSON)),
    **dict(_rows("ndjson x-ndjson jsonl x-jsonl jsonlines x-jsonlines json-lines", _LINES)),
    "json-seq": _SEQUENCE,
    "xml": _XML,
    **dict(_rows("yaml x-yaml yml x-yml vnd.yaml", _YAML)),
    **dict(_rows("javascript x-javascript ecmascript", _script("javascript", ".js"))),
    **dict(
        _files(
            """octet-stream=bin pdf=pdf zip=zip x-zip-compressed=zip gzip=gz x-gzip=gz x-tar=tar x-bzip2=bz2
            x-7z-compressed=7z x-rar-compressed=rar zstd=zst wasm=wasm msword=doc x-msgpack=msgpack msgpack=msgpack
            vnd.msgpack=msgpack x-protobuf=pb protobuf=pb vnd.google.protobuf=pb cbor=cbor x-json-smile=smile grpc=bin
            ogg=ogg epub+zip=epub java-archive=jar pkcs8=p8 pkcs12=p12 pkix-cert=cer x-x509-ca-cert=cer
            vnd.apache.parquet=parquet vnd.apache.avro=avro vnd.sqlite3=sqlite3 rtf=rtf"""
        )
    ),
}
"""By what stands after the slash, whatever stands before it: both `text/yaml` and `application/yaml` are in use."""

_BY_SUFFIX: dict[str, MediaTypeEntry] = {
    "json": _JSON,
    "json-seq": _SEQUENCE,
    **dict(_rows("jsonl ndjson", _LINES)),
    "xml": _XML,
    "yaml": _YAML,
    **dict(_files("zip=zip gzip=gz zstd=zst cbor=cbor cbor-seq=cbor der=der ber=ber protobuf=pb cwt=cwt tlv=bin")),
}
"""By what stands after the last plus."""

_BY_PREFIX: tuple[tuple[str, MediaTypeEntry], ...] = (
    ("application/vnd.openxmlformats-officedocument.", _BINARY),
    ("application/vnd.oasis.opendocument.", _BINARY),
    ("application/vnd.ms-", _BINARY),
)

_BY_MAIN: dict[str, MediaTypeEntry] = {
    "text": _TEXT,
    "message": _TEXT,
    "multipart": MediaTypeEntry(kind="multipart"),
    "image": _IMAGE,
    **dict(_rows("audio video font model", _BINARY)),
}
"""By what stands before the slash."""


@lru_cache(2048)
def essence(name: str) -> str:
    """Return a media type without parameters, lower case; empty if it is not one."""
    kind = name.partition(";")[0].strip().lower()
    return kind if _MEDIA_TYPE.fullmatch(kind) else ""


def entry_of(name: str) -> MediaTypeEntry:
    """Return the row of a media type or range, parameters or not; the one of `unknown` where it is none."""
    entry = _entry(essence(name))
    return _LINES if entry is _JSON and is_watch(name) else entry


def is_watch(name: str) -> bool:
    """Say whether content is a stream of events, each a line of JSON, as Kubernetes sends what changes in a list."""
    return ";" in name and _WATCHED.search(name) is not None


@lru_cache(2048)
def _entry(kind: str) -> MediaTypeEntry:
    main, _, subtype = kind.partition("/")
    entry = _BY_TYPE.get(kind) or _BY_SUBTYPE.get(subtype)
    if entry is None and "+" in subtype:
        entry = _BY_SUFFIX.get(subtype.rpartition("+")[2])
    if entry is None:
        entry = next((row for prefix, row in _BY_PREFIX if kind.startswith(prefix)), None)
    return entry or _BY_MAIN.get(main, _UNKNOWN)


def kind_of(name: str) -> Kind:
    """Return how content of a described media type is written. What is not a media type at all counts as JSON."""
    return entry_of(name).kind if essence(name) else "json"


def is_json(name: str) -> bool:
    """Say whether a media type is JSON: `application/json`, `text/json`, or any with `+json`."""
    return entry_of(name).kind == "json"


def is_text(name: str) -> bool:
    """Say whether content of a media type is characters; false where nothing is known."""
    return entry_of(name).is_text


def is_bytes(name: str) -> bool:
    """Say whether content of a media type is bytes that nobody types: a file; false where nothing is known."""
    return entry_of(name).kind in ("image", "binary")


def streams(name: str) -> Streams:
    """Return whether content of a media type is of use before its end."""
    return entry_of(name).streams


def lexer(name: str) -> str:
    """Return the name of the lexer that highlights a media type, or an empty text."""
    return entry_of(name).lexer


def extension(name: str) -> str:
    """Return the extension that a file of a media type has, with its dot; `.bin` where nothing is known."""
    kind = essence(name)
    entry = entry_of(kind)
    if not kind or "*" in kind:
        return entry.extension or ".bin"
    if entry.extension and entry not in (_TEXT, _BINARY):
        return entry.extension
    return mimetypes.guess_extension(kind) or entry.extension or ".bin"


def codec_of(name: str) -> str:
    """Return the codec of the `charset` that a Content-Type declares; empty without one, or for one that is none.

    Never a codec that runs an algorithm over the text (utf-7, punycode, unicode_escape).
    """
    match = _CHARSET.search(name)
    charset = (match[1] or match[2]).strip().lower() if match is not None else ""
    if _KNOWN_CHARSET.fullmatch(charset) is None:
        return ""
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return ""


def in_range(kind: str, pattern: str) -> bool:
    """Say whether a media type falls in a range such as `image/*`, `*/*`, `application/*+json`."""
    if "*" not in pattern:
        return kind == pattern
    main, _, subtype = pattern.partition("/")
    return main in ("*", kind.partition("/")[0]) and (subtype == "*" or kind.endswith(subtype.lstrip("*")))
