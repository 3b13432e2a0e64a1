from __future__ import annotations

import base64

import pytest
from playground.contentviews.image_view import MAX_IMAGE

from playground.contentviews.registry import view


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_image_is_known_by_its_first_bytes(start: bytes, media_type: str) -> None:
    data = start + b"\0rest"
    shown = view(data, "application/x-whatever")
    assert shown.image == f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    assert shown.text == ""


def test_svg_is_never_an_image() -> None:
    assert view(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml").image is None


@pytest.mark.parametrize(("size", "truncated"), [(MAX_IMAGE + 1, False), (100, True)])
def test_large_or_cut_image_is_shown_as_bytes(size: int, truncated: bool) -> None:
    shown = view(b"\x89PNG\r\n\x1a\n".ljust(size, b"\0"), "image/png", truncated=truncated)
    assert (shown.kind, shown.image) == ("hex", None)
    assert shown.text.startswith("00000000  89 50 4e 47 0d 0a 1a 0a 00")
