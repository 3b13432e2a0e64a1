"""Any legal text or bytes in any slot arrives unchanged, and none of it runs."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import jsontext
from playground.messages import (
    BinaryContent,
    Content,
    FormContent,
    JSONContent,
    MultipartContent,
    NoContent,
    Part,
    TextContent,
)
from tests.snippets.arrived import Runner, assert_request_arrived, execute
from tests.snippets.case import BIDI, HOSTILE, Case
from tests.snippets.runner import run_node, run_shell
from tests.support.needs import needs

texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from([HOSTILE, BIDI, "'", '"', "\\", "`", "$", "@", "\n", "\0"]), max_size=4).map("".join),
)
readable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="'\"\\$`"), max_size=30
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=10,
)
pairs = st.lists(st.tuples(readable, readable), min_size=1, max_size=4)
parts = st.builds(
    lambda name, data, filename: Part(
        name=name, data=data, filename=filename, content_type=None if filename is None else "text/x-odd"
    ),
    readable,
    st.binary(max_size=40) | texts.map(lambda text: text.encode("utf-8", "replace")),
    st.none() | readable,
)
TYPES: dict[type[Content], str] = {
    JSONContent: "application/json",
    TextContent: "text/plain",
    FormContent: "application/x-www-form-urlencoded",
    BinaryContent: "application/octet-stream",
    MultipartContent: "multipart/form-data; boundary=fuzz-1",
}
contents: st.SearchStrategy[Content] = st.one_of(
    st.just(NoContent()),
    json_values.map(lambda value: JSONContent(text=jsontext.dumps(value))),
    texts.map(lambda text: TextContent(text=text)),
    pairs.map(lambda some: FormContent(pairs=tuple(some), text=urlencode(some))),
    st.builds(lambda data, filename: BinaryContent(data=data, filename=filename), st.binary(), st.none() | readable),
    st.lists(parts, min_size=1, max_size=3).map(lambda some: MultipartContent(parts=tuple(some), boundary="fuzz-1")),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    content = draw(contents)
    query = urlencode(draw(st.lists(st.tuples(texts.map(_sendable), texts.map(_sendable)), max_size=3)))
    headers = [(f"X-Fuzz-{at}", value.strip()) for at, value in enumerate(draw(st.lists(readable, max_size=2)))]
    if type(content) in TYPES:
        headers.append(("Content-Type", TYPES[type(content)]))
    if draw(st.booleans()):
        headers.append(("Cookie", f"a={draw(readable).strip()}"))
    path = "/p-" + quote(_sendable(draw(texts)), safe="")
    return Case(
        name=f"c{draw(st.integers(0, 10**9))}",
        method=draw(st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]) | st.from_regex("X[A-Z]{2,7}", fullmatch=True)),
        target=path + (f"?{query}" if query else ""),
        headers=tuple(headers),
        content=content,
    )


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    ("target", "runner"),
    [
        pytest.param(
            "shell_curl",
            run_shell,
            marks=needs("curl"),
        ),
        pytest.param("node_fetch", run_node, marks=needs("node")),
    ],
    ids=["curl", "node"],
)
@given(some=st.lists(cases(), min_size=1, max_size=25, unique_by=lambda case: case.name))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_said_arrives(
    some: list[Case], target: str, runner: Runner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    batch = execute(tmp_path_factory.mktemp("fuzz"), some, target, "direct", runner)
    batch.assert_nothing_ran()
    for case in some:
        assert_request_arrived(case, batch)
