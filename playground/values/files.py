"""Small valid files of many kinds, all made here."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

_SIDE = 8
_LONG_AGO = (2025, 1, 1, 0, 0, 0)
"""The time inside archives: they are the same each time."""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#4060c0"/></svg>'
"""A drawing."""
TABLE = "id,name,quantity,price\n1,Desk lamp,2,39.90\n2,Ceramic mug,6,8.50\n3,Wool blanket,1,64.00\n"
"""A table of comma-separated values (RFC 4180)."""
TEXT = "Delivered to the front desk before noon.\nThe door code changes every Monday.\n"
BYTES = bytes(range(32)) + b"Playground sandbox\n"
"""Bytes of no particular kind."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def png() -> bytes:
    """Draw eight by eight pixels from blue to orange (PNG, Third Edition)."""
    rows = b"".join(
        b"\0" + bytes(level for x in range(_SIDE) for level in (32 * x, 96 + 8 * y, 255 - 32 * x)) for y in range(_SIDE)
    )
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


@cache
def jpeg() -> bytes:
    """Draw a grey square, one block whose only coefficient is its brightness (ITU-T T.81, baseline)."""

    def segment(marker: int, data: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data

    quantities = segment(0xDB, b"\0" + bytes([8]) * 64)
    frame = segment(0xC0, struct.pack(">BHHB", 8, _SIDE, _SIDE, 1) + b"\x01\x11\x00")
    # One code each: "0" says that six bits of brightness follow, or that the block ends here.
    brightness = segment(0xC4, b"\x00" + bytes([1, *[0] * 15]) + b"\x06")
    end_of_block = segment(0xC4, b"\x10" + bytes([1, *[0] * 15]) + b"\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    bits = "0" + f"{40:06b}" + "0"
    data = int(bits.ljust(8, "1"), 2).to_bytes(1, "big")
    application = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return b"\xff\xd8" + application + quantities + frame + brightness + end_of_block + scan + data + b"\xff\xd9"


@cache
def gif() -> bytes:
    """Draw one orange pixel (GIF89a)."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes((0xE0, 0x80, 0x20, 0, 0, 0))
    return head + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00;"


@cache
def bmp() -> bytes:
    """Draw one orange pixel (Windows bitmap, 24 bits)."""
    return struct.pack("<2sIHHI", b"BM", 58, 0, 0, 54) + struct.pack(
        "<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0
    ) + bytes((0x20, 0x80, 0xE0, 0))  # fmt: skip


@cache
def pdf() -> bytes:
    """Write one page with one line of text (ISO 32000-1)."""
    stream = b"BT /F1 18 Tf 40 100 Td (From the Playground sandbox) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 150] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


@cache
def wav() -> bytes:
    """Record a quarter of a second of a tone: 8 bits, one channel, 8,000 samples a second (RIFF WAVE)."""
    # A triangle of eighteen samples, about 444 times a second.
    samples = bytes(128 + (abs(position % 18 - 9) - 4) * 10 for position in range(2000))
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + head + struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI", b"RIFF", len(body)) + body


@cache
def _mp3() -> bytes:
    """Record a quarter of a second of silence: ten frames of 128 kbit/s (ISO 11172-3, layer III)."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * 10


def _archive(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), text)
    return buffer.getvalue()


@cache
def archive() -> bytes:
    """Pack a text and a table (ZIP)."""
    return _archive({"notes.txt": TEXT, "orders.csv": TABLE})


@cache
def tar() -> bytes:
    """Pack a text (POSIX tar)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        info = tarfile.TarInfo("notes.txt")
        info.size = len(TEXT)
        packed.addfile(info, io.BytesIO(TEXT.encode()))
    return buffer.getvalue()


@cache
def gzipped() -> bytes:
    """Squeeze a text (RFC 1952)."""
    return gzip.compress(TEXT.encode(), mtime=0)


@cache
def gzipped_tar() -> bytes:
    """Squeeze a packed text."""
    return gzip.compress(tar(), mtime=0)


@cache
def spreadsheet() -> bytes:
    """Write a sheet of two cells (ECMA-376, as little as can be opened)."""
    main = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _archive({
        "[Content_Types].xml": f'<Types xmlns="{main}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{main}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}/spreadsheetml/2006/main" '
        f'xmlns:r="{main}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{main}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>Desk lamp</t></is></c><c r="B1"><v>2</v></c></row></sheetData></worksheet>',
    })  # fmt: skip


_KINDS: dict[str, Callable[[], bytes]] = {
    "image/png": png, "image/jpeg": jpeg, "image/jpg": jpeg, "image/pjpeg": jpeg, "image/gif": gif, "image/bmp": bmp,
    "application/pdf": pdf, "audio/wav": wav, "audio/x-wav": wav, "audio/wave": wav, "audio/vnd.wave": wav,
    "audio/mpeg": _mp3, "audio/_mp3": _mp3,
    "application/zip": archive, "application/x-zip-compressed": archive, "application/x-zip": archive,
    "application/x-tar": tar, "application/tar": tar, "application/gzip": gzipped, "application/x-gzip": gzipped,
    "application/x-tgz": gzipped_tar, "application/tar+gzip": gzipped_tar,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": spreadsheet,
    "application/vnd.ms-excel": spreadsheet,
    "text/csv": TABLE.encode, "application/csv": TABLE.encode, "text/plain": TEXT.encode,
    "image/svg+xml": SVG.encode,
}  # fmt: skip


MADE = frozenset(_KINDS)
"""Media types of which a whole file is made."""


def file_for(kind: str) -> tuple[str, bytes]:
    """Return a media type and a file of it; for one that is not made here, a near one of its main type or plain bytes.

    `kind` may be a range: `image/*` is a PNG, `audio/*` a WAV.
    """
    make = _KINDS.get(kind)
    if make is not None:
        return kind, make()
    if kind.startswith("image/"):
        return "image/png", png()
    if kind == "audio/*":
        return "audio/wav", wav()
    if kind.endswith("+zip"):
        return kind, archive()
    return ("application/octet-stream" if "*" in kind or not kind else kind), BYTES
