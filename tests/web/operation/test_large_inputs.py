"""Large files and texts of a form cost a few times their bytes, whatever is asked, and code says how large they are."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.mediatypes import OCTETS
from playground.messages import FileOnDisk
from playground.request.model import FileValue, RequestModel
from playground.snippets.registry import TARGETS
from playground.web.operation.form import IN_MEMORY
from tests.support.pages import HTMX, browser_of, document, opened, parsed, site_of, words
from tests.support.servers import RecordingServer, http_answer

SIZE = 6 * IN_MEMORY
FILES = {
    "plain": {"application/octet-stream": {}},
    "parts": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}},
            }
        }
    },
    "words": {"application/json": {"schema": {"type": "object", "properties": {"note": {"type": "string"}}}}},
}
NAMES = {"plain": "body", "parts": "body/file"}


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer(lambda *_: http_answer({"ok": True})) as server:
        yield server


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, api: RecordingServer) -> Iterator[FlaskClient]:
    paths = {
        f"/{name}": {"post": {"operationId": name, "requestBody": {"content": content}, "responses": {"200": {}}}}
        for name, content in FILES.items()
    }
    folder: Path = tmp_path_factory.mktemp("large")
    with site_of(folder, {"api": document(paths, server=api.url)}, private_networks=opened(api.port)) as app:
        client = browser_of(app)
        for name in FILES:
            assert client.get(f"/providers/api/{name}").status_code == 200
        yield client


FORM = "multipart/form-data; boundary=frontier"


def asked(client: FlaskClient, operation: str, action: str, *, file: str = "", **fields: str) -> tuple[str, int]:
    """Return the words of an answer, and how many bytes were taken at most; `file` names a field with a large file."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode() for name, text in fields.items()]
    if file:
        head = f'Content-Disposition: form-data; name="{file}"; filename="big.bin"\r\nContent-Type: {OCTETS}\r\n\r\n'
        parts.append(head.encode() + bytes(SIZE))
    body = b"".join(b"--frontier\r\n" + part + b"\r\n" for part in parts) + b"--frontier--\r\n"
    del parts
    tracemalloc.start()
    try:
        path = f"/providers/api/{operation}/{action}"
        answer = client.post(path, data=body, content_type=FORM, headers=HTMX)
        text = answer.text
        return text, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# A server that records holds the bytes it receives three times.
@pytest.mark.parametrize("operation", ["plain", "parts"])
@pytest.mark.parametrize("action", ["snippet", "form", "body", "servers", "sandbox", "step", "send", "download"])
def test_a_large_file_is_never_in_memory_as_text(client: FlaskClient, operation: str, action: str) -> None:
    _, peak = asked(client, operation, action, file=NAMES[operation])
    assert peak < (4 if action in ("send", "download") else 1) * SIZE


@pytest.mark.parametrize("operation", ["plain", "parts"])
def test_the_sandbox_reads_a_large_file_once(client: FlaskClient, operation: str) -> None:
    text, peak = asked(client, operation, "send", file=NAMES[operation], server="sandbox")
    assert "200 OK" in words(parsed(text))
    assert peak < 5 * SIZE


@pytest.mark.parametrize("operation", ["plain", "parts"])
@pytest.mark.parametrize("via", ["direct", "gateway", "sdk"])
def test_code_of_a_large_file_names_it(client: FlaskClient, operation: str, via: str) -> None:
    for target in TARGETS:
        if via in target.vias:
            text, peak = asked(client, operation, "snippet", file=NAMES[operation], target=target.id, via=via)
            assert "big.bin" in words(parsed(text)), target.id
            assert peak < SIZE, target.id
            assert len(text) < 20_000, target.id


@pytest.mark.parametrize("target", ["shell_curl", "typescript_utdk", "har", "python_requests"])
def test_a_long_text_is_named_in_code_by_its_length(client: FlaskClient, target: str) -> None:
    raw = "[" + "1," * 200_000 + "1]"
    text, _ = asked(client, "words", "snippet", target=target, **{"body~mode": "raw", "body~raw": raw})
    assert f"({len(raw):,} characters)" in words(parsed(text))
    assert len(text) < 1.2 * len(raw) + 10_000  # the raw editor's own text


def test_a_model_without_large_leaves_is_shown_as_it_is() -> None:
    model = RequestModel(body={"a": ["x" * 1000, FileValue(filename="a", content=b"b")]}, raw="{}")
    assert model.shown is model


def test_files_of_one_name_are_told_apart_by_what_stands_for_them() -> None:
    files = [FileValue(filename="a", content=b"", file=FileOnDisk(io.BytesIO(b"b" * 9), 9)) for _ in range(2)]
    shown = RequestModel(body=files).shown
    assert [file.content for file in shown.files] != [shown.files[0].content] * 2
    assert {file.size for file in shown.files} == {9}
    assert shown.shown is shown
