"""Scripts that call curl: what is read of them is what curl sends when bash runs them, to a server on loopback."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.messages import MultipartContent
from playground.paste.commands import curl_calls
from playground.paste.curl import read_script
from playground.paste.message import PastedMessage
from tests.support.needs import need_command
from tests.support.servers import Recorded, RecordingServer

# `URL` becomes the server's address. Each script ends with its call, whose answer nobody reads.
SCRIPTS = {
    "here-document": "curl -d @- URL/a <<'EOF'\n{\"a\": \"$x\",\n \"b\": 1}\nEOF\n",
    "here-document, binary": "curl --data-binary @- URL/a <<'EOF'\n{\"a\":\n 1}\nEOF\n",
    "here-document, expanded": "NAME=Zoë\ncurl --json @- URL/a <<EOF\n{\"n\": \"$NAME\", \"p\": \"\\$5\"}\nEOF\n",
    "here-document, tabs": "curl --data-binary @- URL/a <<-EOF\n\t\ta=1\n\tb=2\n\tEOF\n",
    "here-document, options after it": "curl --data-binary @- <<EOF -H 'X-A: 1' URL/a\nx\nEOF\n",
    "here-document into a pipe": "cat <<EOF | curl --data-binary @- URL/a\n{\"a\":1}\nEOF\n",
    "here-document in a substitution": "curl -d \"$(cat <<EOF\n{\n \"a\": 1\n}\nEOF\n)\" URL/a",
    "here-document in a file": "cat > body.json <<'EOF'\n{\"a\":1}\nEOF\ncurl --data-binary @body.json URL/a",
    "two here-documents": "cat <<A > a.txt; cat <<B > b.txt\n1\nA\n2\nB\ncurl -d @a.txt -d @b.txt URL/a",
    "a file that is added to": "echo a > f\necho b >> f\necho c >> g\ncurl -d @f -d @g URL/a",
    "errors thrown away": "cat 2>/dev/null <<EOF | curl --data-binary @- URL/a\nx\nEOF\n",
    "tee": "echo x | tee f g | curl --data-binary @- -d @f URL/a",
    "printf with widths": "printf '%3d|%-4s|%05d|%.2s|%x\\n' 7 ab 42 xyz 255 | curl --data-binary @- URL/a",
    "an array": "ARGS=(-H 'X-A: 1 2'\n  -d a=1) # both\nARGS+=(-d b=2)\ncurl \"${ARGS[@]}\" URL/a",
    "a text that is added to": "Q=a=1\nQ+='&b=2'\ncurl \"URL/a?$Q\"",
    "a function": "send() {\n  curl -d a=1 URL/a\n}\nsend",
    "the program in a variable": "RUN=curl\n$RUN -d a=1 URL/a",
    "a function called for what it writes": "body() { cat <<EOF\n{\"a\": 1}\nEOF\n}\ncurl -d \"$(body)\" URL/a",
    "a function by its word": "function send { curl -d a=1 URL/a; }; send",
    "read": "read -r -d '' BODY <<'EOF'\n{\"a\": 1}\nEOF\ncurl -d \"$BODY\" URL/a",
    "read a line": "read -r A <<< 'x y'\ncurl -d \"$A\" URL/a",
    "case": "case a in a) curl -d a=1 URL/a;; b) true;; esac",
    "another program first": "date > now.txt; curl -d a=1 URL/a",
    "a line end of a form": "{ echo -n a=; echo 5; } | curl --data-binary @- URL/a",
    "range with one number": "curl -r 600 URL/a",
    "here-string of several words": "V='a  b'\ncurl --data-binary @- URL/a <<< $V",
    "standard input by its file": "curl --data-binary @/dev/stdin URL/a <<< x",
    "printf after two dashes": "printf -- '%s' a=1 | curl --data-binary @- URL/a",
    "read with its blanks": "IFS= read -r L <<< '  x  '\ncurl -H 'Content-Type: text/plain' -d \"$L\" URL/a",
    "eval": "eval \"curl -d x URL/a\"",
    "a shell inside": "bash -c 'curl -d \"x=1\" URL/a'",
    "piped into a shell": "echo 'curl -d x URL/a' | sh",
    "a counted loop": "for ((i=0; i<1; i++)); do curl -d x URL/a; done",
    "a group first": "{ curl -d x URL/a; } 2>&1 | cat",
    "a list first": "[ 1 = 1 ] && curl -d x URL/a",
    "a time limit": "timeout 5 PROGRAM -d a=1 URL/a",
    "here-string": "curl -d @- URL/a <<< '{\"a\":1}'",
    "here-string, a variable": "BODY='{\"a\": 1}'\ncurl --data-binary @- URL/a <<<\"$BODY\"",
    "echo into it": "echo '{\"a\":1}' | curl -d @- URL/a",
    "echo without a line end": "echo -n 'a=1&b=2' | curl --data-binary @- URL/a",
    "echo with escapes": "echo -e 'a\\tb\\n' | curl --data-binary @- URL/a",
    "printf into it": "printf '%s=%s&' a 1 b 2 | curl --data-binary @- URL/a",
    "a group into it": "{ echo a; echo b; } | curl --data-binary @- URL/a",
    "a subshell": "(cd . && curl -d a=1 URL/a)",
    "shebang and settings": "#!/bin/bash\nset -euo pipefail\n\nT=abc\ncurl -H \"Authorization: Bearer $T\" URL/a\n",
    "export": "export BASE=URL ID=7\ncurl \"${BASE}/items/${ID}\"",
    "defaults": "curl \"URL/items/${ID:-5}?q=${Q-none}\"",
    "a variable of several words": "OPTIONS=\"-H X-A:1 -H X-B:2\"\ncurl $OPTIONS URL/a",
    "a variable inside another": "A=1\nB=\"x$A\"\ncurl \"URL/$B\"",
    "a variable before the command": "X=1 curl URL/a",
    "quotes and joins": "curl \\\n  -X \"POST\" \\\n  --data 'it'\\''s' \\\n  URL/a",
    "a comment between": "# first\ncurl URL/a # second",
    "substituted base64": "curl -H \"Authorization: Basic $(echo -n 'me:pass' | base64)\" URL/a",
    "backticks": "curl -d \"x=`echo 5`\" URL/a",
    "time": "time curl -d a=1 URL/a",
    "env": "env -i X=1 PROGRAM -d a=1 URL/a",
    "assigned": "answer=$(curl -s -d a=1 URL/a)",
    "assigned and piped": "id=$(curl -s -d a=1 URL/a | cat | tr -d '\"')",
    "condition": "if curl -f -d a=1 URL/a; then echo yes; fi",
    "a loop": "for i in 1; do\n  curl \"URL/items/$i\"\ndone",
    "and": "cd . && curl URL/a && echo done",
    "output thrown away": "curl URL/a >/dev/null 2>&1",
    "output to a file and a pipe": "curl -s URL/a 2>/dev/null | cat | tail -n 1 > out.txt",
    "standard error and output": "curl -sS URL/a &> out.txt",
    "standard input from a file": "echo '{\"a\":1}' > in.json\ncurl --data-binary @- URL/a < in.json",
    "a process substitution": "curl --data-binary @<(echo hello) URL/a",
    "a pattern of addresses": "curl 'URL/items/{7,8}?p=[1-3]'",
    "a pattern of letters": "curl 'URL/[a-c]/[01-10:3]'",
    "patterns switched off": "curl -g 'URL/items?ids[0]=1&ids[]=2&x={a,b}'",
    "an escaped pattern": "curl 'URL/a?x=\\{1,2\\}'",
    "upload": "echo hi > f.txt\ncurl -T f.txt URL/files/",
    "upload with a name": "echo hi > f.txt\ncurl -T f.txt URL/files/g.txt",
    "upload of standard input": "echo hi | curl -T - URL/files/g",
    "range": "curl -r 0-99 URL/a",
    "range with a long name": "curl --range -500 URL/a",
    "continued": "curl -C 10 URL/a -o out.txt",
    "a method in mixed case": "curl -X Post -d a=1 URL/a",
    "a custom method": "curl -X PURGE URL/a",
    "a referer": "curl -e 'http://x.test/;auto' URL/a",
    "form encoded from standard input": "echo -n 'a b' | curl --data-urlencode q@- URL/a",
    "form encoded from a file": "echo -n 'a&b' > q.txt\ncurl -G --data-urlencode q@q.txt URL/a",
    "several pieces of JSON": "curl --json '{\"a\":' --json '1}' URL/a",
    "a body that looks like a file": "curl --data-raw '@x' URL/a",
    "GET with a body": "curl -X GET -d a=1 URL/a",
    "HEAD": "curl -I URL/a",
    "cookies": "curl -b 'a=1; b=2' -b c=3 URL/a",
    "nobody said the type": "curl -d '{\"a\":1}' URL/a",
    "no type at all": "curl -H 'Content-Type:' -d x URL/a",
    "an empty header": "curl -H 'X-Empty;' URL/a",
    "query words": "curl --url-query 'a=b c' --url-query '+d=%20' 'URL/a?z=0'",
    "ANSI-C quotes": "curl -d $'a\\n\\x41\\u00e9' URL/a",
    "an empty body": "curl -d '' URL/a",
    "here-document in backticks": "curl -d \"`cat <<EOF\nx\nEOF`\" URL/a",
    "here-document that ends its substitution": "curl -d \"$(cat <<EOF\nx=1\nEOF)\" -H 'X-A: 1' URL/a",
    "backticks in backticks": "curl -d \"`echo \\`echo a\\` b`\" URL/a",
    "a default that is kept": ": ${A:=5}\ncurl URL/a?x=$A",
    "headers of a file": "printf 'X-A: 1\\nX-B: 2\\n' > h.txt\ncurl -H @h.txt URL/a",
    "headers of standard input": "curl -H @- URL/a <<EOF\nX-A: 1\nX-B: two\nEOF",
    "options of standard input":
        "curl -K - <<'EOF'\nurl = \"URL/a\"\n# note\nheader = \"X-A: 1\"\ndata = \"a=\\\"b\\\"\"\n-H \"X-B: 2\"\nEOF",
    "options of a file":
        "cat > c <<'EOF'\nrequest PUT\njson = \"{\\\"a\\\": 1}\"\nsilent\nEOF\ncurl -K c URL/a",
}  # fmt: skip

FORMS = {
    "texts and files": "echo 1 > f.txt\ncurl -F a=1 -F 'b=@f.txt' -F 'c=<f.txt' URL/a",
    "types and names": "echo 1 > f.txt\ncurl -F 'a={\"x\":1};type=application/json'"
    " -F 'b=@f.txt;filename=\"q r.txt\";type=text/csv' URL/a",
    "a type with parameters": "curl -F 'a=1;type=text/plain; charset=utf-8' URL/a",
    "fields of a part": "curl -F 'a=1;headers=\"X-Part: 7\"' URL/a",
    "as it stands": "curl --form-string 'a=@x;type=y' -F 'b=\"c;d\"' URL/a",
    "standard input as a text": "echo -n hello | curl -F 'a=<-' URL/a",
    "standard input as a file": "echo -n hello | curl -F 'a=@-;filename=h.txt' URL/a",
    "types of each file": "echo 1 > a; echo 2 > b\ncurl -F 'f=@a;type=text/x-a' -F 'f=@b;type=text/x-b' URL/a",
    "files of one name": "echo 1 > a.txt; echo 2 > b.txt\ncurl -F f=@a.txt -F f=@b.txt URL/a",
    "a name for a text": "curl -F 'a=1;filename=x.txt' URL/a",
    "semicolons": "curl -F 'x=a;b' -F 'y=a; type=text/html' -F 'z=\"a;b\"' URL/a",
    "equals signs and quotes": "curl -F 'a=b=c' -F 'd=\"e\\\"f\"' URL/a",
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as running:
        yield running


def sent(script: str, server: RecordingServer, folder: Path) -> Recorded:
    """Return the first request that bash and curl send."""
    bash, curl = need_command("bash"), need_command("curl")
    before = len(server.requests)
    subprocess.run(
        [bash, "-c", script.replace("PROGRAM", curl)], cwd=folder, capture_output=True, check=False,
        env={"PATH": f"{Path(curl).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
    )  # fmt: skip
    assert len(server.requests) > before, "curl sent nothing"
    return server.requests[before]


def read(script: str) -> PastedMessage:
    return read_script(script.replace("PROGRAM", "curl"))[0]


OWN = {"host", "user-agent", "accept", "content-length", "expect", "transfer-encoding"}


def fields(pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    # Cookies of several options are joined with or without a blank, by curl's version.
    return sorted((name.lower(), value.replace("; ", ";")) for name, value in pairs if name.lower() not in OWN)


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_what_is_read_is_what_curl_sends(script: str, server: RecordingServer, tmp_path: Path) -> None:
    script = script.replace("URL", server.url)
    recorded, message = sent(script, server, tmp_path), read(script)
    assert message.method == recorded.method.upper()
    target = message.url.removeprefix(server.url)
    assert target == recorded.target
    assert (message.content or b"") == recorded.body
    assert fields(message.headers) == fields(recorded.headers)


@pytest.mark.parametrize("script", FORMS.values(), ids=FORMS.keys())
def test_the_parts_of_a_form_are_those_that_curl_sends(script: str, server: RecordingServer, tmp_path: Path) -> None:
    script = script.replace("URL", server.url)
    recorded, message = sent(script, server, tmp_path), read(script)
    assert message.parts is not None
    boundary = (recorded.header("Content-Type") or "").partition("boundary=")[2]
    assert _by_part(MultipartContent(parts=message.parts, boundary=boundary).body, boundary) == _by_part(
        recorded.body, boundary
    )


def _by_part(body: bytes, boundary: str) -> list[tuple[list[bytes], bytes]]:
    pieces = body.split(b"--" + boundary.encode())
    split = [piece.partition(b"\r\n\r\n") for piece in pieces[1:-1]]
    # curl names a type for every file; a text part has one only where the command says so.
    return [
        (sorted(line for line in head.split(b"\r\n") if line and line not in _GUESSED), data) for head, _, data in split
    ]


_GUESSED = (b"Content-Type: application/octet-stream", b"Content-Type: text/plain")


# What cannot be run here: its reading is stated.
@pytest.mark.parametrize(
    ("text", "url", "content"),
    [
        ("sudo -u www curl https://x.test/a", "https://x.test/a", None),
        ("PS> curl.exe https://x.test/a", "https://x.test/a", None),
        ("PS C:\\Users\\me> curl.exe -d '{\\\"a\\\":1}' https://x.test/a", "https://x.test/a", b'{"a":1}'),
        ("$token = \"t\"\ncurl.exe -d \"x=$token\" https://x.test/a", "https://x.test/a", b"x=t"),
        ("$body = @'\n{\"a\": \"b\"}\n'@\ncurl.exe -d $body https://x.test/a", "https://x.test/a", b'{"a": "b"}'),
        ("$env:ID = '7'\ncurl.exe \"https://x.test/$env:ID\"", "https://x.test/7", None),
        ("$q = 'a'\n$q = 'b'\n$q += 'c'\ncurl.exe \"https://x.test/a?$q\"", "https://x.test/a?bc", None),
        ("```bash\ncurl https://x.test/a -d a=1\n```", "https://x.test/a", b"a=1"),
        ("docker exec -it web curl https://x.test/a", "https://x.test/a", None),
        ('curl "https://x.test/a" ^\n  --data-raw "^{^\\^"a^\\^":^\\^"b c^\\^"^}" --compressed', "https://x.test/a",
         b'{"a":"b c"}'),
        ('curl ^"https://x.test/a^" ^\n  --data-raw ^"^{^\\^"a^\\^":1^}^"', "https://x.test/a", b'{"a":1}'),
        ("set ID=7\ncurl https://x.test/%ID%", "https://x.test/7", None),
        ("C:\\> curl https://x.test/a", "https://x.test/a", None),
        ("curl https://x.test/a?b=1^&c=2 -d x", "https://x.test/a?b=1&c=2", b"x"),
        ("curl https://x.test/a -d 'a=\"1\"' | grep '^\"id\"'", "https://x.test/a", b'a="1"'),
        ("curl https://x.test/a -d a^|b", "https://x.test/a", b"a|b"),
        ("[me@host ~]$ curl https://x.test/a", "https://x.test/a", None),
        ("(venv) me@host:~$ curl https://x.test/a", "https://x.test/a", None),
        ("➜  api git:(main) ✗ curl https://x.test/a", "https://x.test/a", None),
        ("!curl https://x.test/a -d a=1", "https://x.test/a", b"a=1"),
        ("%%bash\ncurl https://x.test/a -d a=1", "https://x.test/a", b"a=1"),
        ("1. curl https://x.test/a", "https://x.test/a", None),
        ("- run: curl https://x.test/a -d a=1", "https://x.test/a", b"a=1"),
        ("RUN curl -fsSL https://x.test/a -o /b", "https://x.test/a", None),
        ("me@host:~/src$ curl https://x.test/a", "https://x.test/a", None),
        ("❯ curl https://x.test/a", "https://x.test/a", None),
        ("$ curl https://x.test/a \\\n>   -d a=1\n{\"it's\": 1}", "https://x.test/a", b"a=1"),
        ("curl\u00a0-d\u00a0a=1\u00a0https://x.test/a", "https://x.test/a", b"a=1"),
        ("curl\u200b \u2014data a=1 \u2013X POST https://x.test/a", "https://x.test/a", b"a=1"),
        ("curl \u2013d \u201c{\u2018a\u2019}\u201d https://x.test/a", "https://x.test/a", "{\u2018a\u2019}".encode()),
        ("curl https://x.test/a | jq '.items[] | .id'", "https://x.test/a", None),
        ("curl https://x.test/a -d a=1\n\nIt's a note", "https://x.test/a", b"a=1"),
        ("curl --variable id=7 --expand-url 'https://x.test/{{id}}'", "https://x.test/7", None),
        ("curl --variable 't=a b\"' --expand-data '{\"t\": \"{{t:trim:json}}\", \"u\": \"{{ t:url }}\"}' https://x.test/",
         "https://x.test/", b'{"t": "a b\\"", "u": "a%20b%22"}'),
        ("curl --variable t@- --expand-data '{{t:b64}}' https://x.test/ <<< hi", "https://x.test/", b"aGkK"),
        ("curl -d \u201dd\u201d \u201ehttps://x.test/it\u2019s\u201c", "https://x.test/it\u2019s", b"d"),
        ("TOKEN=x\n\n\ncurl https://x.test/a", "https://x.test/a", None),
        ("curl https://x.test/{id}", "https://x.test/{id}", None),
        ("curl 'http://[::1]:8080/a'", "http://[::1]:8080/a", None),
    ],
)  # fmt: skip
def test_other_shells_and_prompts(text: str, url: str, content: bytes | None) -> None:
    message = read_script(text)[0]
    assert (message.url, message.content) == (url, content)


@pytest.mark.parametrize(
    "text",
    ["use curl https://x.test", "The command\ncurl https://x.test\nsends", "GET /curl HTTP/1.1", "I like curl a lot",
     'fetch("curl ")', "curling https://x"],
)  # fmt: skip
def test_a_text_that_only_mentions_curl_is_no_script(text: str) -> None:
    assert curl_calls(text) == ()


# What is not in the text is told.
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("curl -T f.bin https://x.test/", "“f.bin”"),
        ("curl -F 'x=<notes.txt' https://x.test/", "The value of “x” is the text of the file “notes.txt”"),
        ("curl 'https://x.test/{7,8}'", "pattern for several requests"),
        ("curl -X pAtCh https://x.test/", "written pAtCh: it is sent as PATCH"),
        ("curl https://x.test/ --next https://y.test/", "--next"),
        ("curl https://x.test/a\ncurl https://x.test/b", "several curl commands"),
        ("cat body.json | curl -d @- https://x.test/", "“body.json”"),
        ("make-body | curl -d @- https://x.test/", "from standard input"),
        ("curl -F broken https://x.test/", "has no name"),
        ("curl -F 'x=@a" + ";type=a/b,c" * 20_000 + "' https://x.test/", "Only the first files"),
        ("curl -d “a=1” https://x.test/", "Typographic quotation marks"),
        ("curl -K curlrc https://x.test/", "--config"),
        ("curl --expand-data '{{t:rot}}' --variable t=1 https://x.test/", "{{t:rot}}"),
        ("curl --expand-data '{{u}}' https://x.test/", "{{u}}"),
        ("curl -T '{a,b}.txt' https://x.test/", "pattern for several"),
        ("curl 'https://x.test/a?q={one}'", "the braces in the query"),
        ('curl -d "$(<body.json)" https://x.test/', "“body.json”"),
        ("curl -d @- https://x.test/ < body.json", "“body.json”"),
        ("curl --data-urlencode q@- https://x.test/ < q.txt", "“q.txt”"),
        ("curl --data-urlencode q@missing.txt https://x.test/", "“missing.txt”"),
    ],
)
def test_what_is_missing_is_told(text: str, told: str) -> None:
    assert any(told in sentence for sentence in read_script(text)[0].missing)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("curl https://x.test/$ID", ("$ID",)), ("curl \"https://x.test/${ID}\"", ("${ID}",)),
     ("curl 'https://x.test/$ID'", ()),
     ("curl -d \"$(date)\" https://x.test", ("$(date)",)), ("curl -d @- https://x.test <<EOF\n$ID\nEOF", ("$ID",)),
     ("seq 2 | xargs -I{} curl https://x.test/{}", ("{}",)), ("ID=1\ncurl https://x.test/$ID", ())],
)  # fmt: skip
def test_variables_without_a_value_are_named(text: str, unknown: tuple[str, ...]) -> None:
    assert read_script(text)[0].unknown == unknown
