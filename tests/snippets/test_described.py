"""Samples that a description brings: named, distinct, limited, and filled without a value becoming code."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.catalog.model import CodeSample, Entry, Operation, Provider
from playground.request.model import RequestModel
from playground.snippets.described import LONGEST, MOST, ORIGIN, fill_in, install_line, samples_of, write_sample
from playground.snippets.languages.javascript import literals as javascript
from playground.snippets.languages.python import literals as python
from playground.snippets.languages.shell import literals as sh
from playground.snippets.registry import TARGETS, make_snippet
from playground.snippets.target import Snippet
from tests.support.needs import need_command
from tests.support.snippets.case import BIDI, HOSTILE

MODEL = RequestModel(
    parameters={"path": {"id": "cs_1"}, "query": {"limit": 5, "same": "q"}, "header": {"same": "h"}},
    body={"name": "Ada Lovelace", "tags": ["a", "b"], "deep": {"list": [{"x": True}]}},
)


def entry_of(*samples: CodeSample) -> Entry:
    operation = Operation(name="orders.list", method="GET", path="/orders", code_samples=samples)
    return Entry(provider=Provider(name="shop", title="Shop API"), operation=operation, definitions={})


def written(source: str, language: str = "python", model: RequestModel = MODEL) -> Snippet:
    entry = entry_of(CodeSample(language=language, source=source))
    return write_sample(samples_of(entry.operation)[0], entry, model)


def titles(*samples: CodeSample) -> list[tuple[str, str]]:
    return [(one.id, one.title) for one in samples_of(entry_of(*samples).operation)]


def test_samples_are_named_by_label_or_language_and_told_apart() -> None:
    assert titles(
        CodeSample(language="cURL", source="a"),
        CodeSample(language="Python", label="Python SDK", source="b"),
        CodeSample(language="python", label="Python SDK", source="c"),
        CodeSample(language="Brainfuck", source="d"),
        CodeSample(language="", source="e"),
        CodeSample(language="\u202e", label="\u0000\n", source="f"),
    ) == [
        ("sample:curl", "cURL"),
        ("sample:python-sdk", "Python SDK"),
        ("sample:python-sdk-2", "Python SDK 2"),
        ("sample:brainfuck", "Brainfuck"),
        ("sample:sample", "Sample"),
        ("sample:sample-2", "Sample 2"),
    ]


@given(st.lists(st.builds(CodeSample, language=st.text(), label=st.text(), source=st.text()), max_size=30))
def test_ids_are_plain_and_clash_with_nothing(samples: list[CodeSample]) -> None:
    found = samples_of(entry_of(*samples).operation)
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids) == min(len(samples), MOST)
    assert not set(ids) & {target.id for target in TARGETS}
    assert all(re.fullmatch(r"sample:[a-z0-9-]+", one) for one in ids)
    assert all(one.title.isprintable() and len(one.title) <= 31 for one in found)


def test_a_sample_is_a_target_of_its_operation() -> None:
    entry = entry_of(CodeSample(language="go", source="main({{id}})", install="go get shop\n&& rm"))
    made = make_snippet(entry, MODEL, target="sample:go")
    assert (made.text, made.lexer, made.filename, made.notes) == ("main(cs_1)", "go", "orders.list.go", (ORIGIN,))
    assert install_line(samples_of(entry.operation)[0]) == "go get shop && rm"
    with pytest.raises(KeyError):
        make_snippet(entry, MODEL, target="sample:ruby")


def test_a_long_sample_is_cut_at_a_line_and_says_so() -> None:
    found = written("line of code\n" * 5000)
    assert len(found.text) <= LONGEST
    assert found.text.endswith("line of code")
    assert "the rest is left out" in found.notes[1]


def test_hidden_characters_are_spelled_out() -> None:
    assert written("a\u202eb\r\n\tc\x1b[31m\x00").text == "a\\u{202E}b\n    c\\u{1B}[31m\\u{0}"


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("{{id}} {{ id }} {{path.id}} {{query.limit}} {{limit}}", "cs_1 cs_1 cs_1 5 5"),
        ("{{query.same}} {{header.same}}", "q h"),
        ("{{body.deep.list.0.x}} {{deep/list/0/x}}", "true true"),
        ("'Hello {{name}}' \"{{body.name}}\"", "'Hello Ada Lovelace' \"Ada Lovelace\""),
        ("call('{{name}}', '{{tags}}')", "call('Ada Lovelace', '[\"a\",\"b\"]')"),
        ("{{missing}} {{}} {{a b}} {id} {{deep.list.7}}", "{{missing}} {{}} {{a b}} {id} {{deep.list.7}}"),
    ],
)
def test_placeholders_are_filled_by_name(source: str, filled: str) -> None:
    found = written(source, "javascript")
    assert (found.text, found.notes) == (filled.replace('"Ada Lovelace"', "'Ada Lovelace'"), (ORIGIN,))


def test_a_value_that_cannot_stand_there_leaves_the_placeholder_and_a_note() -> None:
    model = RequestModel(parameters={"path": {"id": "$(touch canary)"}})
    found = written("curl https://shop.example/{{id}}", "bash", model)
    assert found.text == "curl https://shop.example/{{id}}"
    assert found.notes[1].startswith("Put in {{id}} by hand")


HOSTILE_VALUES = st.one_of(
    st.text(max_size=20), st.sampled_from([HOSTILE, BIDI, "'", '"', "`id`", "$(touch canary)", "a\nb", "-o x", "@f"])
)


SHELL = (
    "true {{v}}",
    "true '{{v}}'",
    'true "{{v}}"',
    'true \'{"a":"{{v}}"}\'',
    'true "a {{v}} b"',
    "true \"${X:-'{{v}}'}\"",
    "true \"$(true '{{v}}')\"",
    "cat <<EOF\n{{v}}\nEOF",
    "true 'a'{{v}}'b'",
    "true 'a '{{v}}' b'",
    "# {{v}}",
)


@settings(max_examples=40, deadline=None)
@given(value=HOSTILE_VALUES)
def test_no_value_runs_in_a_shell_sample(value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("sample")
    model = RequestModel(parameters={"query": {"v": value}})
    lines = []
    for source in SHELL:
        text, _ = fill_in(source, model, lexer="bash", quote=sh.quote)
        lines.append(text)
        if source.startswith("true '{{v}}'"):
            assert shlex.split(text)[1:] in ([value], ["{{v}}"])
    subprocess.run([need_command("sh"), "-c", "\n".join(lines)], cwd=folder, check=True, capture_output=True)
    assert list(Path(folder).iterdir()) == []


@given(value=HOSTILE_VALUES)
def test_a_whole_literal_of_python_is_exactly_the_value(value: str) -> None:
    model = RequestModel(parameters={"query": {"v": value}})
    for source in ("call('{{v}}')", "call(\"{{v}}\", f\"{'{{v}}'}\", '''{{v}}''', \"\\n'{{v}}'\\n\")"):
        text, refused = fill_in(source, model, lexer="python", quote=python.string)
        called = ast.parse(text, mode="eval").body
        assert isinstance(called, ast.Call) and len(called.args) == (4 if "f" in source else 1)
        shown = ast.literal_eval(called.args[0])
        assert shown in (value, "{{v}}") and (shown == value or "v" in refused or value == "")


@given(value=HOSTILE_VALUES)
def test_what_goes_into_code_is_letters_and_digits(value: str) -> None:
    model = RequestModel(parameters={"query": {"v": value}})
    text, _ = fill_in("go({{v}})", model, lexer="javascript", quote=javascript.string)
    assert text == "go({{v}})" or re.fullmatch(r"go\([\w.~-]+\)", text)
    plain, _ = fill_in("{{v}} '{{v}}'", model, lexer="text", quote=None)
    assert plain == "{{v}} '{{v}}'" or re.fullmatch(r"[\w.~-]+ '[\w.~-]+'", plain)
