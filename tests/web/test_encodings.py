"""The encoding of an answer is the best one that the browser takes, and gives the text back."""

from __future__ import annotations

import pytest

from playground.web.encodings import ENCODINGS, Encoding, chosen_encoding, compress, decompress


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *", "zstd"),
        ("GZIP ; q=1.0", "gzip"),
        ("br;q=much, gzip", "gzip"),
        ("bright", None),
        ("x" * 10_000 + ", gzip", None),
    ],
)
def test_the_best_that_is_taken(accepted: str, encoding: Encoding | None) -> None:
    assert chosen_encoding(accepted) == encoding


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("br, zstd;q=0.5", "br"),
        ("identity", None),
        ("*", "zstd"),
    ],
)
def test_the_quickest_of_the_best(accepted: str, encoding: Encoding | None) -> None:
    assert chosen_encoding(accepted, quick=True) == encoding


@pytest.mark.parametrize("often", [False, True])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_compressed_comes_back_and_is_smaller(encoding: Encoding, often: bool) -> None:
    text = b"<option value=1>" * 200
    made = compress(text, encoding, often=often)
    assert decompress(made, encoding) == text
    assert len(made) < len(text) / 10
