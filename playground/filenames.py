"""Names of files that come with an answer: read from Content-Disposition (RFC 6266), made safe, written for a browser.

A stranger chose the name: what is made of it holds no path, and its extension makes no program of a text or a picture.
"""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from playground import mediatypes

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105 - a token of HTTP, RFC 9110, 5.6.2
_PARAMETER = re.compile(rf'[;\s]*(?:({_TOKEN})[ \t]*=[ \t]*)?(?:"((?:[^"\\]|\\.)*)("|\\?$)|([^;]*))', re.DOTALL)
_EXTENDED = re.compile(r"(utf-8|iso-8859-1)'[A-Za-z0-9-]{0,40}'((?:[A-Za-z0-9!#$&+\-.^_`|~]|%[0-9A-Fa-f]{2})*)", re.I)
_MOST_PARAMETERS = 64
_LONGEST_FIELD = 8_192

_NOT_IN_A_NAME = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_EXTENSION = re.compile(r"\.(?![0-9]+\Z)[A-Za-z0-9][A-Za-z0-9_+-]{0,15}\Z", re.ASCII)
_LONGEST_NAME = 200  # bytes: file systems take 255, and a browser adds " (1)" or ".part"

_UNKNOWN = ".bin"
_PROGRAMS = frozenset({
    ".app", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".dll", ".dmg", ".exe", ".gadget", ".hta", ".inf",
    ".iso", ".jar", ".jnlp", ".js", ".jse", ".msc", ".msi", ".msp", ".pif", ".pkg", ".ps1", ".reg", ".scr",
    ".settingcontent-ms", ".vb", ".vbe", ".vbs", ".ws", ".wsc", ".wsf", ".wsh", ".split",
})  # fmt: skip
_READ_UNASKED = frozenset({".desktop", ".library-ms", ".lnk", ".local", ".scf", ".searchconnector-ms", ".url"})
"""Extensions that a desktop acts upon when it merely lists the folder."""


def filename_of(disposition: str) -> str | None:
    """Return the name in a Content-Disposition field, as the sender wrote it; `None` where there is none.

    `filename*` (RFC 8187) takes precedence over `filename` in either order; the first of two equal parameters counts.
    What is written loosely is read as browsers do: without a disposition type, blanks around `=`, a value without
    quotation marks up to the semicolon, UTF-8 without saying so.
    """
    if not disposition:
        return None
    values: dict[str, str] = {}
    text = disposition[:_LONGEST_FIELD]
    position = 0
    for _ in range(_MOST_PARAMETERS):
        match = _PARAMETER.match(text, position)
        if match is None or match.end() == position:
            break
        position = match.end()
        name, quoted, bare = match[1], match[2], match[4]
        if name is None:
            continue
        value = _unquote(quoted) if quoted is not None else bare.strip()
        # In quotation marks it is no extended value (RFC 8187, 3.2.1), but some write it so.
        values.setdefault(name.lower(), value)
    extended = _extended(values.get("filename*", ""))
    return extended or _as_utf8(values.get("filename", "")) or None


def safe_name(name: str | None, media_type: str, fallback: str) -> str:
    """Return a name under which content of a media type can be saved on every system.

    It is the last component of `name`, else `fallback`, without control characters and those that a file system
    refuses, at most 200 bytes long, with an extension: the one of the media type where the name has none, or where its
    own would make a program of content that is something else (RFC 6266, 4.3).
    """
    stem = _plain(name) if name else ""
    if not stem:
        return _unnamed(media_type[:300], fallback[:300])
    suffix = mediatypes.extension(media_type)
    match = _EXTENSION.search(stem)
    if match is None:
        return _cut(stem, "" if suffix == _UNKNOWN else suffix)
    own = match[0].lower()
    if own in _READ_UNASKED:
        return _cut(stem, ".download")
    if own in _PROGRAMS and suffix != _UNKNOWN and own not in {suffix, *_extensions(media_type)}:
        return _cut(stem, suffix)
    return _cut(stem[: match.start()], match[0])


def attachment(name: str) -> str:
    """Return a Content-Disposition that saves under a safe name: in ASCII for all, and whole (RFC 6266, 4.3 and D)."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    ascii_name = re.sub(r"[^A-Za-z0-9 !#$&()+,.;=@\[\]^_`{}~\'-]", "_", ascii_name).strip(" .")
    if ascii_name == name:
        return f'attachment; filename="{name}"'
    if not ascii_name or _EXTENSION.fullmatch(f".{ascii_name}"):
        match = _EXTENSION.search(name)
        ascii_name = "answer" + (match[0] if match is not None else "")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"


def _unquote(text: str) -> str:
    """Return the characters of a quoted string (RFC 9110, 5.6.4).

    In a path a backslash is a backslash, as no sender that puts a path there escapes it.
    """
    if "/" in text or re.match(r"[A-Za-z]:\\|\\\\", text):
        return text.replace('\\"', '"')
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _extended(value: str) -> str:
    """Return what an extended value says (RFC 8187, 3.2), empty where it is none or cannot be decoded."""
    match = _EXTENDED.fullmatch(value)
    if match is None:
        return ""
    try:
        return unquote_to_bytes(match[2]).decode(match[1])
    except UnicodeDecodeError:
        return ""


def _as_utf8(value: str) -> str:
    """Return a value whose octets came as Latin-1 as the UTF-8 that they are, where they are."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _plain(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    last = unicodedata.normalize("NFC", last)
    visible = "".join(character for character in last if unicodedata.category(character) not in _INVISIBLE)
    plain = _NOT_IN_A_NAME.sub("_", re.sub(r"\s+", " ", visible)).strip(" .")
    if not plain.strip("_"):
        return ""
    return f"_{plain}" if _RESERVED.match(plain) else plain


@lru_cache(maxsize=256)  # most answers name no file
def _unnamed(media_type: str, fallback: str) -> str:
    return _cut(_plain(fallback) or "answer", mediatypes.extension(media_type))


def _extensions(media_type: str) -> list[str]:
    return mimetypes.guess_all_extensions(mediatypes.essence(media_type))


def _cut(stem: str, suffix: str) -> str:
    room = _LONGEST_NAME - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + suffix
