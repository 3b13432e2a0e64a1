"""curl's options become the message curl sends; expected values are those of curl's manual, and of curl itself."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest

from playground.messages import Part
from playground.paste.curl import read_script
from playground.paste.message import PastedMessage, UnreadableError
from playground.paste.recognise import recognise
from tests.support.needs import need_command

FORM = ("Content-Type", "application/x-www-form-urlencoded")

# command, method, url, headers, content
MESSAGES = [
    ("curl https://x/a", "GET", "https://x/a", (), None),
    ("curl x.test/a", "GET", "http://x.test/a", (), None),
    ("curl -X delete https://x/a", "DELETE", "https://x/a", (), None),
    ("curl -XPUT --url https://x/a", "PUT", "https://x/a", (), None),
    ("curl -d a=1 -d b=2 https://x", "POST", "https://x", (FORM,), b"a=1&b=2"),
    ("curl --data-raw '@not a file' https://x", "POST", "https://x", (FORM,), b"@not a file"),
    ("curl --data-urlencode 'q=a b&c' --data-urlencode =x/y https://x", "POST", "https://x", (FORM,),
     b"q=a+b%26c&x%2Fy"),
    ("curl -G -d a=1 --data-urlencode 'b=c d' https://x/?z=0", "GET", "https://x/?z=0&a=1&b=c+d", (), None),
    ("curl --url-query 'a=b c' https://x", "GET", "https://x?a=b+c", (), None),
    ("curl --json '{\"a\":1}' https://x", "POST", "https://x",
     (("Content-Type", "application/json"), ("Accept", "application/json")), b'{"a":1}'),
    ("curl -H 'X-A: 1' -H 'X-B;' -H 'Accept:' -H 'X-C:2' https://x", "GET", "https://x",
     (("X-A", "1"), ("X-B", ""), ("X-C", "2")), None),
    ("curl -H 'content-type: text/plain' -d hi https://x", "POST", "https://x",
     (("content-type", "text/plain"),), b"hi"),
    ("curl -H 'Content-Type:' -d hi https://x", "POST", "https://x", (), b"hi"),
    ("curl -b 'a=1; b=2' -b c=3 https://x", "GET", "https://x", (("Cookie", "a=1; b=2; c=3"),), None),
    ("curl -A me -e https://r https://x", "GET", "https://x", (("User-Agent", "me"), ("Referer", "https://r")), None),
    ("curl -I https://x", "HEAD", "https://x", (), None),
    ("curl -sSLk --compressed -o out.json -w '%{http_code}' https://x", "GET", "https://x", (), None),
    ("curl -sXPOST -d@- https://x", "POST", "https://x", (FORM,), None),
    ("curl --oauth2-bearer abc https://x", "GET", "https://x", (("Authorization", "Bearer abc"),), None),
    ("curl https://x | jq .", "GET", "https://x", (), None),
    ("curl https://x > out; curl https://y", "GET", "https://x", (), None),
    ("curl https://x --next https://y -d z", "GET", "https://x", (), None),
    ("curl https://x?a=1&b=2", "GET", "https://x?a=1&b=2", (), None),
    ("printf 'a\\tb' | curl --data-binary @- https://x", "POST", "https://x", (FORM,), b"a\tb"),
    ("curl.exe https://x", "GET", "https://x", (), None),
    ("/usr/bin/curl https://x", "GET", "https://x", (), None),
    ("curl -d a -- https://x", "POST", "https://x", (FORM,), b"a"),
]  # fmt: skip


def message_of(command: str) -> PastedMessage:
    return read_script(command)[0]


@pytest.mark.parametrize(("command", "method", "url", "headers", "content"), MESSAGES, ids=[one[0] for one in MESSAGES])
def test_the_message_of_a_command(
    command: str, method: str, url: str, headers: tuple[tuple[str, str], ...], content: bytes | None
) -> None:
    message = message_of(command)
    assert (message.method, message.url, message.headers, message.content) == (method, url, headers, content)


def test_credentials_of_options_are_told_apart() -> None:
    assert message_of("curl -u me:secret https://x").user == "me:secret"
    assert message_of("curl -uonly: https://x").user == "only:"
    assert "secret" not in repr(message_of("curl -u me:secret -H 'Authorization: Bearer secret' -d secret https://x"))


def test_forms_become_parts_and_files_are_named() -> None:
    message = message_of(
        "curl -F a=1 -F 'b=@/home/me/x y.png;type=image/png' -F 'c=@r.bin;filename=\"q\\\"r\"'"
        " -F 'd={\"a\":1};type=application/json'"
        " --form-string 'e=@e;type=x' -F 'f=\"a;b\"' https://x"
    )
    assert message.method == "POST"
    assert message.parts == (
        Part(name="a", data=b"1"),
        Part(name="b", data=b"", filename="x y.png", content_type="image/png"),
        Part(name="c", data=b"", filename='q"r'),
        Part(name="d", data=b'{"a":1}', content_type="application/json"),
        Part(name="e", data=b"@e;type=x"),
        Part(name="f", data=b"a;b"),
    )
    assert [one for one in message.missing if "x y.png" in one]
    assert not [one for one in message.missing if "/home" in one]


def test_what_is_not_there_or_left_out_is_said_once() -> None:
    message = message_of("curl -k -k --max-time 5 --proxy http://u:secret@p -T f.bin https://x")
    assert message.method == "PUT"
    assert message.missing == (
        "The body is the file “f.bin”: choose it in the form.",
        "curl's own options were left out: -k, --max-time, --proxy.",
    )


@pytest.mark.parametrize("command", ["curl", "curl -X POST", "curl -H"])
def test_a_command_without_a_url_is_refused(command: str) -> None:
    with pytest.raises(UnreadableError, match="names no URL"):
        message_of(command)


def test_curl_itself_takes_every_option_of_this_test() -> None:
    """The real program fails on the address, which nothing listens on, and not on the usage (its exit status 2)."""
    curl = need_command("curl")
    for command, *_ in MESSAGES:
        if not re.search(r"\||; |>|printf|https://x\?a|\.exe", command):
            nowhere = ["-m", "1", "--connect-to", "::127.0.0.1:9"]
            done = subprocess.run(
                [curl, *nowhere, *shlex.split(command)[1:]], capture_output=True, input=b"", check=False
            )
            assert done.returncode != 2, (command, done.stderr)


def test_a_prompt_a_comment_and_a_fence_before_it_do_no_harm() -> None:
    for text in (
        "$ curl https://x",
        "# a note\ncurl https://x",
        "```bash\ncurl https://x\n```",
        "\ufeff curl https://x \r\n",
    ):
        (message,) = recognise(text)
        assert (message.kind, message.url) == ("curl command", "https://x")
