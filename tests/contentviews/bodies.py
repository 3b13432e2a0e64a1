"""Bodies of answers, ordinary and hostile (rows 36 to 42 of the attack inputs), each with its Content-Type."""

from __future__ import annotations

import base64
import io
import json
import zipfile

SCRIPT = "<script>parent.pwned=1;top.pwned=1;window.pwned=1</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="top.pwned=1">{SCRIPT}<rect width="9" height="9"/></svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100ffd9")
ROWS = [{"id": number, "name": f"Row {number}", "at": 1_795_971_200 + number} for number in range(3)]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _zip(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), "x" * 20)
    return target.getvalue()


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _multipart(*parts: tuple[str, bytes]) -> bytes:
    pieces = (b"--cut\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + data + b"\r\n" for kind, data in parts)
    return b"".join(pieces) + b"--cut--\r\n"


ORDINARY: dict[str, tuple[str, bytes]] = {
    "object": ("application/json", _json({"id": "cs_1", "paid": True, "lines": [{"n": 1}], "next": None})),
    "list of objects": ("application/json", _json(ROWS)),
    "list in an object": ("application/json", _json({"has_more": False, "data": ROWS})),
    "scalar": ("application/json", b'"text"'),
    "numbers": ("application/json", b'{"big": 12345678901234567890, "price": 0.10, "exp": 1E5, "minus": -0}'),
    "vendor json": ("application/vnd.api+json; charset=utf-8", _json({"data": []})),
    "json without a type": ("", _json({"a": 1})),
    "long list": ("application/json", _json(list(range(250)))),
    "links and times": ("application/json", _json({"url": "https://a.example/x", "created_at": 1_795_971_200})),
    "base64": ("application/json", _json({"content": base64.b64encode(b"Hello, reader of answers").decode()})),
    "problem": ("application/problem+json", _json({"title": "Out of credit", "detail": "It costs 50."})),
    "csv": ("text/csv", b"name,amount\nAda,12.5\nBob,7\n"),
    "csv with semicolons": ("text/csv", b"name;amount\nAda;12,5\n"),
    "tsv": ("text/tab-separated-values", b"a\tb\n1\t2\n"),
    "xml": ("application/xml", b"<a><b x='1'>text</b><c><d/></c></a>"),
    "html": ("text/html", b"<html><body><h1>Title</h1><p>text</p></body></html>"),
    "plain text": ("text/plain; charset=utf-8", "Zeile eins\nZeile zwei ü\n".encode()),
    "latin text": ("text/plain; charset=iso-8859-1", "é".encode("latin-1")),
    "yaml": ("application/yaml", b"a: 1\nb:\n  - 2\n"),
    "lines": ("application/x-ndjson", b'{"a":1}\n{"a":2}\n'),
    "json sequence": ("application/json-seq", b'\x1e{"a":1}\n\x1e{"a":2}\n'),
    "events": ("text/event-stream", b'event: add\nid: 1\ndata: {"a":1}\n\ndata: [DONE]\n\n'),
    "multipart": ("multipart/mixed; boundary=cut", _multipart(("application/json", b'{"a":1}'), ("image/png", PNG))),
    "png": ("image/png", PNG),
    "gif": ("image/gif", GIF),
    "jpeg": ("image/jpeg", JPEG),
    "wav": ("audio/wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)),
    "mp4": ("video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(12)),
    "pdf": ("application/pdf", b"%PDF-1.7\n1 0 obj<</Type/Page>>endobj\n2 0 obj<</Type/Page>>endobj\n"),
    "zip": ("application/zip", _zip("a/b.txt", "c.json")),
    "bytes": ("application/octet-stream", bytes(range(64))),
    "nothing": ("application/json", b""),
}

HOSTILE: dict[str, tuple[str, bytes]] = {
    "hidden text": ("application/json", '{"name\u202e": "gpj\u202eexe", "zero": "a\u200bb\u2066"}'.encode()),
    "ansi escapes": ("text/plain", b"\x1b[31mred\x1b[0m and more text than marks \x08\x07bell"),
    "html with script": ("text/html", f"<h1>Hi</h1>{SCRIPT}<img src=x onerror='top.pwned=1'>".encode()),
    "html that leaves its frame": ("text/html", b"<base target=_top><meta http-equiv=refresh content='0;url=/x'>"
                                   b"<a href='javascript:top.pwned=1' autofocus onfocus='top.pwned=1'>x</a>"),
    "html that closes the page": ("text/html", f"</iframe></div></body></html>{SCRIPT}\" srcdoc='{SCRIPT}".encode()),
    "html in utf-7": ("text/html; charset=utf-7", b"+ADw-script+AD4-top.pwned=1+ADw-/script+AD4-"),
    "html of a wrong charset": ("text/html; charset=utf-16", f"<p>{SCRIPT}".encode()),
    "html without a type": ("", f"<!doctype html>{SCRIPT}".encode()),
    "html with a broken type": ("text/html;\x0b", f"<p>{SCRIPT}".encode()),
    "html called json": ("application/json", f"<html>{SCRIPT}</html>".encode()),
    "html called an image": ("image/png", f"<html>{SCRIPT}</html>".encode()),
    "html in json": ("application/json", _json({f"</span>{SCRIPT}": f"\"'>{SCRIPT}<img src=x onerror=top.pwned=1>"})),
    "html in csv": ("text/csv", f'name,"{SCRIPT}"\n=cmd|\' /C calc\'!A0,{SCRIPT}\n'.encode()),
    "links that run": ("application/json", _json(["javascript:top.pwned=1", "data:text/html,x", " https://a.example"])),
    "svg": ("image/svg+xml", SVG.encode()),
    "svg called png": ("image/png", SVG.encode()),
    "xml with an entity": ("application/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "xml bomb": ("application/xml", f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><a>&l9;</a>'.encode()),
    "xml with a stylesheet": ("text/xml", b'<?xml-stylesheet href="http://evil.example/x.xsl" type="text/xsl"?><a/>'),
    "pdf with script": ("application/pdf", b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    "deep json": ("application/json", b"[" * 100_000 + b"]" * 100_000),
    "long number": ("application/json", b'{"n": ' + b"9" * 5_000 + b"}"),
    "infinite number": ("application/json", b'{"n": 1e999}'),
    "not a number": ("application/json", b'{"n": NaN}'),
    "repeated members": ("application/json", b'{"id": 1, "id": 2, "id": {"id": 3}}'),
    "lone surrogates": ("application/json", b'{"s": "\\ud800 \\udc00\\ud800"}'),
    "byte order mark": ("application/json", b'\xef\xbb\xbf{"a": 1}'),
    "json in utf-16": ("application/json", '{"a": "ü"}'.encode("utf-16")),
    "long name": ("application/json", _json({"n" * 3_000: "v" * 3_000})),
    "broken utf-8": ("text/plain", b"ab\xff\xfe\x80cd"),
    "zip that lies": ("application/zip", b"PK\x03\x04" + bytes(60)),
    "multipart without an end": ("multipart/mixed; boundary=cut",
                                 b"--cut\r\nContent-Type: text/html\r\n\r\n" + SVG.encode()),
    "events of markup": ("text/event-stream", f"event: {SCRIPT}\ndata: {SCRIPT}\nid: {SCRIPT}\n\n".encode()),
}  # fmt: skip

BODIES = {**ORDINARY, **HOSTILE}
