"""What texts in answers turn out to be."""

from __future__ import annotations

import base64

import pytest

from playground.contentviews.explain import explanation

HEADER, CLAIMS = (base64.urlsafe_b64encode(text).decode().rstrip("=") for text in (b'{"alg":"HS256"}', b'{"sub":"1"}'))
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (base64.b64encode("Grüße, Welt!".encode()).decode(), ("base64", "Grüße, Welt!")),
        (base64.urlsafe_b64encode(b"?>?>?>?>?>?>?>?>").decode(), ("base64", "?>?>?>?>?>?>?>?>")),
        (f"{HEADER}.{CLAIMS}.c2ln", ("JSON Web Token", '{"alg":"HS256"}\n{"sub":"1"}')),
        (PNG, ("base64", "PNG image, 48 bytes")),
        (f"data:image/png;base64,{PNG}", ("base64", "PNG image, 48 bytes")),
        (base64.b64encode("a\u202eb and more".encode()).decode(), None),
        ("internationalization", None),
        ("cus_NffrFeUfNV2Hib", None),
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", None),
        ("4242424242424242", None),
        ("eyJhbGciOiJIUzI1NiJ9.bm90.c2ln", None),
        ("", None),
    ],
)
def test_only_what_is_certain_is_explained(text: str, expected: tuple[str, str] | None) -> None:
    assert explanation(text) == expected


def test_a_long_text_is_cut() -> None:
    found = explanation(base64.b64encode(b"word " * 1_000).decode())
    assert found is not None
    assert len(found[1]) == 601
