"""A form is bounded before it is parsed, whatever kind it is, at a cost that is linear in its bytes."""

from __future__ import annotations

import io
import tracemalloc
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import formparser
from werkzeug.exceptions import RequestEntityTooLarge

from playground.web import form_limits
from playground.web.form_limits import (
    DEEPEST,
    LONGEST_NAME,
    LONGEST_PART_HEAD,
    MOST_FIELDS,
    BoundedParser,
    FormTooLarge,
)
from tests.support.pages import UPDATE, one, parsed, words

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=frontier"
PATHS = [f"{UPDATE}/{action}" for action in ("form", "snippet", "send", "field", "body", "servers", "download", "step")]


def multipart(names: list[str], head: str = "", value: str = "1") -> bytes:
    parts = [f'--frontier\r\nContent-Disposition: form-data; name="{name}"\r\n{head}\r\n{value}\r\n' for name in names]
    return "".join([*parts, "--frontier--\r\n"]).encode()


def urlencoded(names: list[str]) -> bytes:
    return "&".join(f"{name}=1" for name in names).encode()


@pytest.mark.parametrize("path", [*PATHS, f"{UPDATE}/paste", "/scenarios", "/language"])
def test_the_attack_of_31_megabytes_is_refused_unparsed(
    client: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(form_limits, "_pairs", refuse)
    body = b"a&" * 15_500_000
    tracemalloc.start()
    answer = client.post(path, data=body, content_type=URLENCODED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 413
    assert f"more than {MOST_FIELDS:,} fields" in words(one(parsed(answer.text), ".error-page"))
    assert peak < 120_000_000  # the bytes themselves, a few times


@pytest.mark.parametrize("escape", [b"%41", b"%C3%BC", b"%", "ü%41".encode()])
def test_escapes_take_no_more_room_than_their_bytes_a_few_times(escape: bytes) -> None:
    body = b"a=" + escape * (1_500_000 // len(escape))
    tracemalloc.start()
    BoundedParser().parse(io.BytesIO(body), URLENCODED, len(body))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * len(body)  # 78 to 189 times by the standard library


_ESCAPES = st.sampled_from(
    ["a", "=", "+", "%", "%4", "%41", "%c3", "%C3%BC", "%E2%82%AC", "%FF", "ü", "%26", "%3D", "\x00"]
)


@given(st.lists(st.lists(_ESCAPES, max_size=6).map("".join), max_size=4).map("&".join))
def test_an_urlencoded_form_is_read_as_werkzeug_reads_it(form: str) -> None:
    def read(parser: formparser.FormDataParser) -> list[tuple[str, str]]:
        _, fields, _ = parser.parse(io.BytesIO(form.encode()), URLENCODED, len(form.encode()))
        return list(fields.items(multi=True))

    assert read(BoundedParser()) == read(formparser.FormDataParser())


def test_a_form_that_is_no_text_holds_nothing() -> None:
    _, fields, files = BoundedParser().parse(io.BytesIO(b"a=\xff"), URLENCODED, 3)
    assert (list(fields), list(files)) == ([], [])


def test_a_small_form_takes_little_room(client: FlaskClient) -> None:
    def post() -> None:
        assert client.post(f"{UPDATE}/snippet", data=b"path.session=a", content_type=URLENCODED).status_code == 200

    post()  # what the first one loads is kept
    tracemalloc.start()
    post()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


BAD: dict[str, tuple[list[str], str]] = {
    "fields": (["a"] * (MOST_FIELDS + 1), "fields"),
    "empty fields": ([""] * (MOST_FIELDS + 1), "fields"),
    "a long name": (["a" * (LONGEST_NAME + 1)], "longer than"),
    "a deep name": (["body" + "/a" * (DEEPEST + 1)], "levels"),
    "a deep name among others": ([*["a"] * 50, "body" + "/0" * 1_000, *["b"] * 50], "levels"),
}


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
@pytest.mark.parametrize("name", BAD)
def test_each_bound_is_a_413_with_its_sentence(client: FlaskClient, name: str, kind: str) -> None:
    names, sentence = BAD[name]
    body = urlencoded(names) if kind == URLENCODED else multipart(names)
    answer = client.post(f"{UPDATE}/form", data=body, content_type=kind)
    assert answer.status_code == 413
    assert sentence in words(one(parsed(answer.text), ".error-page"))


def test_levels_that_are_percent_encoded_count_as_well(client: FlaskClient) -> None:
    body = f"body{'%2Fa' * (DEEPEST + 1)}=1".encode()
    assert client.post(f"{UPDATE}/form", data=body, content_type=URLENCODED).status_code == 413


def test_the_head_of_a_part_has_a_bound(client: FlaskClient) -> None:
    body = multipart(["a"], head=f"X-Long: {'b' * LONGEST_PART_HEAD}\r\n")
    answer = client.post(f"{UPDATE}/form", data=body, content_type=MULTIPART)
    assert answer.status_code == 413
    assert "head of a part" in answer.text


def test_a_form_of_texts_has_a_bound_of_bytes_of_its_own(client: FlaskClient) -> None:
    parser = BoundedParser(max_form_memory_size=1_000)
    with pytest.raises(RequestEntityTooLarge):
        parser.parse(io.BytesIO(b"a=" + b"b" * 1_000), URLENCODED, None)
    _, fields, _ = parser.parse(io.BytesIO(b"a=" + b"b" * 998), URLENCODED, None)
    assert len(fields["a"]) == 998


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
def test_a_form_within_the_bounds_is_read_whole(kind: str) -> None:
    names = [f"body/x{number}" for number in range(MOST_FIELDS - 2)]
    names += ["n" * LONGEST_NAME, "d" + "/d" * DEEPEST]
    body = urlencoded(names) if kind == URLENCODED else multipart(names)
    options = {"boundary": "frontier"}
    _, fields, files = BoundedParser().parse(io.BytesIO(body), kind.partition(";")[0], len(body), options)
    assert list(fields) == names
    assert not files


class Chunks(io.BytesIO):
    """A stream that comes in pieces of its own."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        super().__init__(data)
        self.sizes = sizes

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.sizes.pop() if self.sizes else size)


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(0, 60), st.booleans())
def test_where_the_pieces_end_changes_nothing(sizes: list[int], extra: int, is_long: bool) -> None:
    head = f"X: {'y' * (LONGEST_PART_HEAD - 200 + 10 * extra)}\r\n" if is_long else ""
    body = multipart(["a", "b"], head=head, value="1\r\n-\r\n--front\r\n\r\n\r\n")

    def verdict(stream: io.BytesIO) -> Any:
        try:
            _, fields, _ = BoundedParser().parse(stream, "multipart/form-data", len(body), {"boundary": "frontier"})
        except FormTooLarge as error:
            return str(error.sentence)
        return list(fields.items())

    assert verdict(Chunks(body, list(sizes))) == verdict(io.BytesIO(body))


def test_a_file_that_holds_boundaries_of_others_is_one_part() -> None:
    content = "x--frontier--frontier\r\n --frontier\r\n--frontie\r\n" * 20_000
    body = multipart(["a"], value=content)
    _, fields, _ = BoundedParser().parse(io.BytesIO(body), "multipart/form-data", len(body), {"boundary": "frontier"})
    assert fields["a"] == content


CUT_OFF: list[tuple[list[str], str, bytes]] = [
    ([*PATHS, "/scenarios", "/language", "/sandbox/stripe/v1/customers"], URLENCODED, b"email=a%40example.com&n=Ad"),
    ([*PATHS, "/scenarios", "/language"], MULTIPART, multipart(["email"])[:-5]),
    (["/sandbox/stripe/v1/customers", "/gateway/tools/x"], "text/plain", b"hal"),
]


@pytest.mark.parametrize(
    ("path", "content_type", "content"), [(path, *rest) for paths, *rest in CUT_OFF for path in paths]
)
def test_what_is_cut_off_is_refused_where_the_server_ends_the_content(
    client: FlaskClient, path: str, content_type: str, content: bytes
) -> None:
    answer = client.post(
        path,
        content_type=content_type,
        headers={"Sec-Fetch-Site": "same-origin"},
        environ_overrides={
            "wsgi.input": io.BytesIO(content), "CONTENT_LENGTH": str(len(content) + 9), "wsgi.input_terminated": True,
        },
    )  # fmt: skip
    assert answer.status_code >= 400, answer.text
