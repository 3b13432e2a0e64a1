"""Small files are what their media types say, by other programs' reading."""

from __future__ import annotations

import csv
import gzip
import io
import re
import struct
import tarfile
import wave
import zipfile
import zlib
from xml.etree import ElementTree

import pytest

from playground.values import files
from playground.values.files import file_for


def test_png_is_whole() -> None:
    body = files.png()
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    offset, pixels = 8, b""
    while offset < len(body):
        length, kind = struct.unpack(">I4s", body[offset : offset + 8])
        data = body[offset + 8 : offset + 8 + length]
        assert struct.unpack(">I", body[offset + 8 + length : offset + 12 + length])[0] == zlib.crc32(kind + data)
        pixels += data if kind == b"IDAT" else b""
        offset += 12 + length
    assert len(zlib.decompress(pixels)) == 8 * (1 + 8 * 3)


def test_jpeg_is_a_whole_chain_of_segments() -> None:
    body = files.jpeg()
    assert body[:2] == b"\xff\xd8" and body[-2:] == b"\xff\xd9"
    at = 2
    kinds: list[int] = []
    while at < len(body) - 2 and (not kinds or kinds[-1] != 0xDA):
        assert body[at] == 0xFF
        kinds.append(body[at + 1])
        at += 2 + struct.unpack(">H", body[at + 2 : at + 4])[0]
    assert kinds == [0xE0, 0xDB, 0xC0, 0xC4, 0xC4, 0xDA]
    assert len(body) - 2 - at == 1, "one byte of picture"


def test_pdf_has_its_objects_where_its_table_says() -> None:
    body = files.pdf()
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF", body)[1])  # type: ignore[index]
    lines = body[start:].split(b"\n")
    assert lines[0] == b"xref"
    count = int(lines[1].split()[1])
    for number, line in enumerate(lines[3 : 2 + count], 1):
        assert body[int(line[:10]) :].startswith(b"%d 0 obj" % number)
        assert len(line) == 19
    length = int(re.search(rb"/Length (\d+)", body)[1])  # type: ignore[index]
    assert re.search(rb"stream\n(.*?)\nendstream", body, re.S)[1].__len__() == length  # type: ignore[index]


def test_sound_can_be_played() -> None:
    with wave.open(io.BytesIO(files.wav())) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (1, 8000, 2000)
        assert len(set(sound.readframes(2000))) > 4


def test_archives_open() -> None:
    assert zipfile.ZipFile(io.BytesIO(files.archive())).testzip() is None
    assert zipfile.ZipFile(io.BytesIO(files.archive())).namelist() == ["notes.txt", "orders.csv"]
    for data, mode in ((files.tar(), "r:"), (files.gzipped_tar(), "r:gz")):
        with tarfile.open(fileobj=io.BytesIO(data), mode=mode) as packed:  # type: ignore[call-overload]
            assert packed.getnames() == ["notes.txt"]
    assert gzip.decompress(files.gzipped()).decode() == files.TEXT
    with zipfile.ZipFile(io.BytesIO(files.spreadsheet())) as book:
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))  # noqa: S314 - our own


def test_table_has_rows_of_one_length() -> None:
    rows = list(csv.reader(io.StringIO(file_for("text/csv")[1].decode())))
    assert len(rows) > 2
    assert {len(row) for row in rows} == {4}


@pytest.mark.parametrize(
    ("kind", "given", "start"),
    [
        ("image/png", "image/png", b"\x89PNG"), ("image/jpeg", "image/jpeg", b"\xff\xd8"),
        ("image/gif", "image/gif", b"GIF89a"), ("image/bmp", "image/bmp", b"BM"), ("image/*", "image/png", b"\x89PNG"),
        ("image/webp", "image/png", b"\x89PNG"), ("application/pdf", "application/pdf", b"%PDF-1.4"),
        ("application/zip", "application/zip", b"PK\x03\x04"), ("audio/*", "audio/wav", b"RIFF"),
        ("audio/mpeg", "audio/mpeg", b"\xff\xfb"), ("image/svg+xml", "image/svg+xml", b"<svg"),
        ("application/vnd.acme", "application/vnd.acme", bytes(range(4))),
        ("*/*", "application/octet-stream", bytes(range(4))), ("", "application/octet-stream", bytes(range(4))),
    ],
)  # fmt: skip
def test_each_kind_has_its_file(kind: str, given: str, start: bytes) -> None:
    found, data = file_for(kind)
    assert found == given
    assert data.startswith(start)
    assert len(data) < 6000
