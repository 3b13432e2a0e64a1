"""Placeholders of a stranger's sample are filled without a value becoming code."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.request.model import RequestModel
from playground.snippets.languages.javascript import literals as javascript
from playground.snippets.languages.python import literals as python
from playground.snippets.languages.shell import literals as sh
from playground.snippets.placeholders import fill_in
from tests.support.needs import need_command
from tests.support.snippets.case import BIDI, HOSTILE

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
