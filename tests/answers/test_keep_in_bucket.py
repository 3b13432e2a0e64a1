"""Answers in an S3-compatible bucket: any replica has them, within bounds; nothing the storage says breaks a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import botocore.session
import pytest

from playground.answers.keep import Bounds, Kept, digest_of, new_token, owner_of
from playground.answers.keep_in_bucket import BucketKeep
from playground.config import Bucket
from playground.contentviews.registry import body_of
from tests.support.s3_server import make_bucket, s3_server

NAME = "answers-of-tests"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    with s3_server() as endpoint:
        make_bucket(endpoint, NAME)
        yield endpoint


@pytest.fixture(scope="module", autouse=True)
def access() -> Iterator[None]:
    """Give the SDK a key where it looks for one."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            environment.setenv(name, "canary-of-the-storage")
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        environment.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(scope="module")
def direct(storage: str, access: None) -> Any:
    """A client that asks the storage itself."""
    return botocore.session.Session().create_client("s3", region_name="eu-central-1", endpoint_url=storage)


def keep_at(endpoint: str, prefix: str = "", bounds: Bounds | None = None) -> BucketKeep:
    return BucketKeep(Bucket(name=NAME, prefix=prefix, endpoint=endpoint, region="eu-central-1"), bounds)


def put(keep: BucketKeep, data: bytes, visitor: str = "ada") -> str:
    about = {"file": "a.json"}
    token = keep.put(visitor, Kept(body=body_of(data, "application/json"), content_type="text/json", about=about))
    assert token is not None
    return token


def keys(direct: Any, prefix: str) -> list[str]:
    return [one["Key"] for one in direct.list_objects_v2(Bucket=NAME, Prefix=prefix).get("Contents", ())]


def test_another_replica_has_the_answer(storage: str) -> None:
    with closing(keep_at(storage)) as one, closing(keep_at(storage)) as other:
        token = put(one, b'{"a": 1}\nmore')
        assert not one.problem()
        for _ in range(2):
            found = other.get(token)
            assert found is not None
            assert (found.body.data, found.content_type, found.about) == (
                b'{"a": 1}\nmore',
                "text/json",
                {"file": "a.json"},
            )
        assert other.get("0" * 36) is None
        assert other.get("../" * 12) is None


def test_what_a_visitor_may_keep_is_bounded_and_others_keep_theirs(storage: str) -> None:
    keep = keep_at(storage, "bounded/", Bounds(answer=100, visitor=10_000, visitor_answers=2))
    other = put(keep, b"x" * 90, "bob")
    tokens = []
    for number in range(4):
        tokens.append(put(keep, b"%d" % number * 50, "eve"))
        time.sleep(0.002)  # keys say when in milliseconds
    large = Kept(body=body_of(b"x" * 101, ""), content_type="", about={})
    assert keep.put("eve", large) is None
    keep.close()
    with closing(keep_at(storage, "bounded/")) as again:
        assert [again.get(token) is not None for token in tokens] == [False, False, True, True]
        assert again.get(other) is not None


def test_what_is_old_is_not_shown_and_goes(storage: str, direct: Any) -> None:
    keep = keep_at(storage, "old/")
    token, content = new_token(owner_of("ada")), b'{"about": {}}\n{}'
    place = f"old/{owner_of('ada')}/{digest_of(token)}"
    direct.put_object(Bucket=NAME, Key=f"{place}.{int(time.time() * 1000) - 901_000}.{len(content)}", Body=content)
    assert keep.get(token) is None
    put(keep, b"[]")
    keep.close()
    assert [digest_of(token) in name for name in keys(direct, "old/")] == [False]


def test_a_token_is_not_in_the_bucket_and_other_objects_stay(storage: str, direct: Any) -> None:
    direct.put_object(Bucket=NAME, Key="shared/notes.txt", Body=b"mine")
    keep = keep_at(storage, "shared/", Bounds(visitor_answers=1))
    tokens = [put(keep, b"{}") for _ in range(3)]
    keep.close()
    there = keys(direct, "shared/")
    assert "shared/notes.txt" in there
    assert len(there) <= 3
    assert not [name for name in there if any(token in name for token in tokens)]


def test_without_the_storage_or_its_bucket_nothing_is_kept_and_nothing_breaks(storage: str) -> None:
    away = BucketKeep(Bucket(name="of-nobody", endpoint=storage, region="eu-central-1"))
    gone = keep_at("http://127.0.0.1:9")
    for keep in (away, gone):
        with closing(keep):
            assert keep.put("v", Kept(body=body_of(b"{}", ""), content_type="", about={})) is None
            assert keep.get("0" * 36) is None
            assert "canary" not in keep.problem()
            assert keep.problem()


LIST = (
    b'<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>'
    b"<Contents><Key>%s</Key><Size>%d</Size></Contents></ListBucketResult>"
)
TOKEN = "0" * 12 + "x" * 24


def listed(size: int = 30, at: float | None = None) -> bytes:
    key = f"{'0' * 12}/{digest_of(TOKEN)}.{int((at or time.time()) * 1000)}.{size}"
    return LIST % (key.encode(), size)


ENDLESS = (
    b"<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>"
    b"</ListBucketResult>"
)


class Hostile:
    """A storage that says what a test has it say."""

    def __init__(self) -> None:
        self.listing: Callable[[], bytes] = bytes
        self.content = b""
        self.asked = 0
        saying = self

        class Storage(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                saying.asked += 1
                body = saying.listing() if "list-type" in self.path else saying.content
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Storage)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.keep = keep_at(f"http://127.0.0.1:{self.server.server_port}")


@pytest.fixture(scope="module")
def hostile(access: None) -> Iterator[Hostile]:
    storage = Hostile()
    yield storage
    storage.keep.close()
    storage.server.shutdown()
    storage.server.server_close()


@pytest.mark.parametrize(
    ("listing", "content"),
    [
        (lambda: b"<html>Log in</html>", b""),
        (lambda: b"not XML", b""),
        (lambda: b"", b""),
        (lambda: ENDLESS, b""),
        (lambda: LIST % (b"../../etc/passwd", 5), b"root:"),
        (lambda: LIST % (b"\xff\xfe", 5), b""),
        (listed, b"shorter\nx"),
        (listed, b'{"about": {}}\n' + b"x" * 100_000),
        (listed, b"[1, 2, 3, 4, 5, 6, 7, 8, 9]\nxx"),
        (listed, b'{"about": [1, 2, 3, 4, 5]   }\n'),
        (lambda: listed(size=10**11), b"x"),
        (lambda: listed(at=time.time() + 9_000), b"x" * 30),
    ],
    ids=list("abcdefghijkl"),
)  # fmt: skip
def test_what_a_storage_says_is_not_trusted(hostile: Hostile, listing: Callable[[], bytes], content: bytes) -> None:
    hostile.listing, hostile.content, hostile.asked = listing, content, 0
    assert hostile.keep.get(TOKEN) is None
    assert 1 <= hostile.asked <= 25
