"""What a browser draws or plays by itself, known by its first bytes (MIME Sniffing); HTML in a sandboxed frame."""

from __future__ import annotations

import base64
import re
import struct

from playground.contentviews.view import Body, ContentView, Media, View, Window
from playground.text.wording import say

MAX_INLINE = 2_000_000
"""Bytes of an image, a sound or a film that is in the page as a data URI; a larger one is saved."""

MAX_PREVIEW = 256 * 1024
"""Characters of HTML in a preview at most."""

_SOUNDS = {
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"fLaC": "audio/flac",
    b"OggS": "audio/ogg",
}
_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def priority(body: Body) -> int:
    """Fit by the first bytes; HTML by its media type, after its source."""
    if _type(body.data):
        return 20
    return 3 if _is_html(body) and not body.is_binary else 0


def render(body: Body, _window: Window) -> View:
    """Return the element that shows the body. Raises `ValueError` if it is cut off or too large for a page."""
    if _is_html(body) and not _type(body.data):
        return _preview(body)
    media_type = _type(body.data)
    if not media_type or body.truncated:
        raise ValueError("nothing that can be shown")
    facts = (_title(media_type), *_facts(body.data, media_type))
    if media_type == "application/pdf":
        # A browser shows a PDF with a viewer of its own, which a sandboxed frame does not get.
        return View(name="preview", content=Media(element="", facts=facts))
    if len(body.data) > MAX_INLINE:
        raise ValueError("too large for a page")
    source = f"data:{media_type};base64,{base64.b64encode(body.data).decode('ascii')}"
    element = {"image": "img", "audio": "audio", "video": "video"}[media_type.partition("/")[0]]
    return View(name="preview", content=Media(element=element, source=source, facts=facts))


def _is_html(body: Body) -> bool:
    return body.media_type in ("text/html", "application/xhtml+xml")


def _preview(body: Body) -> View:
    text, notes = body.loose_text
    if len(text) > MAX_PREVIEW:
        text, notes = (
            text[:MAX_PREVIEW],
            (*notes, say("The preview shows the first %(number)s KB.", number=MAX_PREVIEW // 1024)),
        )
    safe = say("Scripts, forms, styles and everything that would be loaded stay out of this preview.")
    return View(name="preview", content=Media(element="frame", source=text), notes=(safe, *notes))


def _type(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:14] == b"WEBPVP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp":
        return "video/mp4"
    if data.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    return next((media_type for start, media_type in _SOUNDS.items() if data.startswith(start)), "")


def title_of(data: bytes) -> str | None:
    """Return what kind of image, sound, film or document some bytes are, `None` if they are none that is known."""
    media_type = _type(data)
    return _title(media_type) if media_type else None


def _title(media_type: str) -> str:
    name = {"image/webp": "WebP", "audio/mpeg": "MP3", "audio/wav": "WAV", "video/webm": "WebM"}.get(media_type)
    shown = name or media_type.partition("/")[2].upper()
    kind = media_type.partition("/")[0]
    if kind == "image":
        return say("%(name)s image", name=shown)
    if kind == "audio":
        return say("%(name)s sound", name=shown)
    if kind == "video":
        return say("%(name)s video", name=shown)
    return say("%(name)s document", name=shown)


def _facts(data: bytes, media_type: str) -> tuple[str, ...]:
    size = _pixels(data, media_type)
    if size is not None:
        return (say("%(width)s × %(height)s pixels", width=size[0], height=size[1]),)
    if media_type == "application/pdf":
        pages = len(_PDF_PAGE.findall(data))
        version = data[5:8].decode("ascii", "replace")
        facts = (say("version %(version)s", version=version),) if re.fullmatch(r"\d\.\d", version) else ()
        return (*facts, say("%(count)s pages", count=pages)) if pages else facts
    return ()


def _pixels(data: bytes, media_type: str) -> tuple[int, int] | None:
    """Return width and height as the image's own header gives them, `None` where it does not or is not read here."""
    try:
        match media_type:
            case "image/png":
                return struct.unpack(">II", data[16:24])
            case "image/gif":
                return struct.unpack("<HH", data[6:10])
            case "image/jpeg":
                return _jpeg_pixels(data)
            case _:
                return None
    except struct.error:
        return None


def _jpeg_pixels(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None


VIEW = ContentView(name="preview", title=say("Preview"), priority=priority, render=render)
