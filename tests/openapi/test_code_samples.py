"""The code samples that a description brings, whatever it calls them."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import CodeSample
from playground.openapi.code_samples import code_samples

CURL = (CodeSample(language="curl", label="cURL", source="curl x"),)
EXAMPLE = {"request": {"ruby": "puts 1", "go": "main()"}, "response": "{}"}


@pytest.mark.parametrize("key", ["x-codeSamples", "x-code-samples", "x-custom-examples"])
def test_lists_of_samples_are_read(key: str) -> None:
    samples = [{"lang": "curl", "label": "cURL", "source": "curl x"}, {"lang": "Go"}, "no"]
    assert code_samples({key: samples}) == CURL


def test_readme_s_samples_say_what_to_install() -> None:
    listed = [{"language": "node", "name": "SDK", "code": "go()", "install": "npm install shop"}]
    assert code_samples({"x-readme": {"code-samples": listed}}) == (
        CodeSample(language="node", label="SDK", source="go()", install="npm install shop"),
    )


@pytest.mark.parametrize(
    "operation",
    [
        {"x-stainless-snippets": EXAMPLE["request"]},
        {"x-stainless-examples": EXAMPLE},
        {"x-scalar-examples": [EXAMPLE]},
        {"x-oaiMeta": {"examples": EXAMPLE}},
        {"x-oaiMeta": {"examples": EXAMPLE["request"]}},
    ],
)
def test_samples_by_language_are_read(operation: dict[str, Any]) -> None:
    assert [
        (code_sample.language, code_sample.label, code_sample.source) for code_sample in code_samples(operation)
    ] == [
        ("ruby", "", "puts 1"),
        ("go", "", "main()"),
    ]


def test_several_examples_keep_their_titles() -> None:
    examples = [{"title": "One", "request": {"go": "a"}}, {"title": "Two", "request": {"go": "b"}}]
    assert [code_sample.label for code_sample in code_samples({"x-scalar-examples": examples})] == [
        "go – One",
        "go – Two",
    ]


def test_one_source_is_read_and_the_most_particular_wins() -> None:
    readme = {"code-samples": [{"language": "ruby", "code": "puts 1"}]}
    lists = {"x-code-samples": [{"lang": "a", "source": "b"}]}
    assert [code_sample.source for code_sample in code_samples({**lists, "x-readme": readme})] == ["puts 1"]
    assert [
        code_sample.source for code_sample in code_samples({**lists, "x-scalar-examples": EXAMPLE, "x-readme": readme})
    ] == [
        "puts 1",
        "main()",
    ]
    assert [
        code_sample.source for code_sample in code_samples({**lists, "x-readme": {"code-samples": [{"code": " "}]}})
    ] == ["b"]


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [1], [{"source": {}}], {"request": 1}, {"code-samples": 1}])
def test_what_is_no_sample_is_left_out(value: Any) -> None:
    keys = ("x-codeSamples", "x-readme", "x-stainless-snippets", "x-scalar-examples", "x-oaiMeta")
    assert code_samples(dict.fromkeys(keys, value)) == ()


def test_number_and_length_of_samples_are_limited() -> None:
    found = code_samples({"x-codeSamples": [{"lang": "a", "source": "x" * 100_000}] * 1000})
    assert len(found) == 50
    assert max(len(one.source) for one in found) == 65_536
