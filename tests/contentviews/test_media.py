from __future__ import annotations

import base64

import pytest

from playground.contentviews.media import MAX_INLINE
from playground.contentviews.view import Media
from tests.support.views import shown


@pytest.mark.parametrize(
    ("start", "media_type", "element"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png", "img"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "img"),
        (b"GIF89a", "image/gif", "img"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp", "img"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav", "audio"),
        (b"ID3\x04", "audio/mpeg", "audio"),
        (b"\0\0\0\x18ftypmp42", "video/mp4", "video"),
    ],
)
def test_media_are_known_by_their_first_bytes(start: bytes, media_type: str, element: str) -> None:
    data = start + b"\0rest"
    content = shown(data, "application/x-whatever").content
    assert isinstance(content, Media)
    assert (content.element, content.source) == (
        element, f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    )  # fmt: skip


def test_an_image_says_its_size() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x00\0\0\0\x10"
    content = shown(png, "image/png").content
    assert isinstance(content, Media)
    assert content.facts == ("PNG image", "256 × 16 pixels")


def test_a_pdf_is_described_and_not_run() -> None:
    content = shown(b"%PDF-1.7\n1 0 obj <</Type /Page>> endobj 2 0 obj <</Type /Pages>>", "application/pdf").content
    assert isinstance(content, Media)
    assert (content.element, content.facts) == ("", ("PDF document", "version 1.7", "1 pages"))


def test_svg_is_never_an_image() -> None:
    assert shown(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml").name == "text"


@pytest.mark.parametrize(("size", "truncated"), [(MAX_INLINE + 1, False), (100, True)])
def test_large_or_cut_media_are_shown_as_bytes(size: int, truncated: bool) -> None:
    view = shown(b"\x89PNG\r\n\x1a\n".ljust(size, b"\0"), "image/png", truncated=truncated)
    assert view.name == "hex"


def test_html_is_its_source_first_and_a_preview_on_request() -> None:
    html = b"<p>Hello<script>alert(1)</script></p>"
    assert shown(html, "text/html").name == "text"
    preview = shown(html, "text/html", "preview").content
    assert isinstance(preview, Media)
    assert (preview.element, preview.source) == ("frame", html.decode())
