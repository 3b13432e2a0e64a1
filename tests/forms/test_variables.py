"""Variables are read by environment, put into every input, and never hold a secret."""

from __future__ import annotations

import json

import pytest

from playground.forms.state import FormState
from playground.forms.variables import (
    LONGEST,
    fill_secrets,
    names_in,
    read_variables,
    secret_names,
    typed_secrets,
    with_variables,
)
from playground.request.model import RequestModel

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
        ("api_key = x", "", "api_key is a secret: write “secret api_key”, and its value into the field below."),
        ("secret token = abc", "", "Write “secret token” alone: its value goes into the field below."),
        ("[live]\na = 1", "gone", "There is no environment gone: write a line [gone] above its variables."),
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


SECRETS = "secret token\nplain = 1\n[live]\nsecret token\nsecret other\ntoken = x\n[test]\nplain = 2"


def test_secrets_are_declared_by_environment() -> None:
    shared, live = read_variables(SECRETS, ""), read_variables(SECRETS, "live")
    assert (shared.secrets, shared.values) == (("token",), {"plain": "1"})
    assert (live.secrets, live.values) == (("token", "other"), {"plain": "1"})
    state = FormState.of([("~variables", SECRETS), ("~secret.token", "a"), ("~secret.other", "b"), ("~secret.x", "c")])
    assert typed_secrets(state) == {"token": "a"} and secret_names(state) == ("token",)


def test_the_model_keeps_the_names_of_secrets_and_only_what_is_sent_is_filled() -> None:
    state = FormState.of([("~variables", "secret token"), ("path.id", "{{token}}"), ("path.x", "{{token}}{{gone}}")])
    filled, problems = with_variables(state)
    assert filled.text("path.id") == "{{token}}"
    assert [str(text) for _, text in problems] == ["There is no variable gone, which path.x asks for: write it here."]
    model = RequestModel(
        parameters={"path": {"id": "{{ token }}"}, "query": {"a": ["{{other}}", 1, None]}},
        body={"n": 1, "deep": [{"t": "a {{token}}"}]},
        raw='{"t": "{{token}}"}',
    )
    sent, used = fill_secrets(model, {"token": 'say "{{other}}"', "unused": "x"})
    assert sent.parameters == {"path": {"id": 'say "{{other}}"'}, "query": {"a": ["{{other}}", 1, None]}}
    assert (sent.body, used) == ({"n": 1, "deep": [{"t": 'a say "{{other}}"'}]}, frozenset({"token"}))
    assert sent.raw is not None and json.loads(sent.raw) == {"t": 'say "{{other}}"'}
    assert names_in(model) == {"token", "other"} and names_in(RequestModel(body={"a": "{{"})) == frozenset()
    assert fill_secrets(RequestModel(), {"token": "x"}) == (RequestModel(), frozenset())
