"""Variables are read by environment, put into every input, and never hold a secret."""

from __future__ import annotations

import pytest

from playground.forms.state import FormState
from playground.forms.variables import LONGEST, read_variables, with_variables

TEXT = "account = acct_1\nbase.url = https://a.example/x=1\n# note\n[live]\naccount = acct_9\nregion = eu"


def test_an_environment_wins_over_what_stands_before_all() -> None:
    assert read_variables(TEXT, "").values == {"account": "acct_1", "base.url": "https://a.example/x=1"}
    live = read_variables(TEXT, "live")
    assert live.values == {"account": "acct_9", "base.url": "https://a.example/x=1", "region": "eu"}
    assert live.environments == ("live",) and not live.problems


@pytest.mark.parametrize(
    ("text", "environment", "sentence"),
    [
        ("account", "", "“account” is no variable: write a line like account = acct_1."),
        ("1a = x", "", "“1a = x” is no variable: write a line like account = acct_1."),
        ("api_key = x", "", "api_key is a secret, which would be in the URL and in snippets: put it under Key."),
        ("a = 1", "gone", "There is no environment gone: write a line [gone] above its variables."),
        ("a = 1\n" + "# x\n" * LONGEST, "", "Only the first 20,000 characters are read."),
    ],
)
def test_what_is_wrong_is_said(text: str, environment: str, sentence: str) -> None:
    (problem,) = read_variables(text, environment).problems
    assert str(problem[1]) == sentence
    assert "api_key" not in read_variables(text, environment).values


def test_values_are_put_into_inputs_and_nowhere_else() -> None:
    state = FormState.of(
        [
            ("~variables", 'a = 1\nq = say "hi"'),
            ("path.id", "x-{{a}}-{{ a }}"),
            ("body/name", "{{q}}"),
            ("body~raw", '{"n": {{a}}, "t": "{{q}}"}'),
            ("query.gone", "{{gone}}"),
            ("gateway_url", "{{a}}"),
            ("~run", "{{a}}"),
        ]
    )
    filled, problems = with_variables(state)
    assert [
        filled.text(name) for name in ("path.id", "body/name", "body~raw", "query.gone", "gateway_url", "~run")
    ] == [
        "x-1-1",
        'say "hi"',
        '{"n": 1, "t": "say \\"hi\\""}',
        "{{gone}}",
        "{{a}}",
        "{{a}}",
    ]
    assert [(name, str(text)) for name, text in problems] == [
        ("~variables", "There is no variable gone, which query.gone asks for: write it here.")
    ]


def test_a_template_of_somebody_else_is_no_mistake() -> None:
    state = FormState.of([("body/html", "Dear {{name}}, hello")])
    assert with_variables(state) == (state, ())
    assert with_variables(FormState.of([("path.id", " {{id}} ")]))[1]


def test_what_is_put_in_is_bounded() -> None:
    state = FormState.of([("~variables", "a = " + "x" * 2_000), ("body/t", "{{a}}" * 5_000)])
    assert len(with_variables(state)[0].text("body/t")) < 1_030_000
