"""The environment of templates draws what Jinja's own does, and refuses what that refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, StrictUndefined, UndefinedError, pass_context, pass_eval_context
from jinja2.runtime import Context
from markupsafe import Markup

from playground.text.wording import say
from playground.web.i18n.translate import localize
from playground.web.markup.environment import PageEnvironment, QuickCode
from tests.support.pages import site_of

TEMPLATES = {
    "base.html": "<title>{% block title %}{{ plain('base') }}{% endblock %}</title>{% block body %}{% endblock %}",
    "macros.html": (
        "{% macro item(value, kind='a') %}<li class=\"{{ kind }}\">{{ value }}"
        "{{ caller() if caller is defined and caller }}</li>{% endmacro %}"
        "{% macro many(values) %}{% for value in values %}"
        "{{ item(value, **{'kind': loop.index}) }}{% endfor %}{% endmacro %}"
        "{% macro rest(value) %}{{ value }}{{ varargs|join }}{{ kwargs.c }}{% endmacro %}"
    ),
    "part.html": "{{ shown }}{{ plain('x') }}",
    "page.html": (
        "{% extends 'base.html' %}{% from 'macros.html' import item, many, rest %}"
        "{% block title %}{{ title }} & {{ super() }}{% endblock %}"
        "{% block body %}{% set mark = '<b>' %}"
        "{% for shown in values %}{% include 'part.html' %}{{ within(1) }}{% endfor %}"
        "{{ many(values) }}{% call item('c') %}<i>{{ title }}</i>{% endcall %}{{ values|join(', ') }}"
        "{{ mark ~ title }}{{ evaluated() }}{{ Counter()('z') }}{{ title if title else none }}"
        "{% set text %}{{ title }}{% endset %}{{ text }}"
        "{{ '<'|safe }}{{ [].append(1) }}{{ 3 > 2 }}{{ 1.5 }}"
        "{{ held.title }}{{ held.inner.title }}{{ held.keys.title }}{{ held.keys.items is callable }}"
        "{{ held.keys['items'] }}{{ held.none is defined }}"
        "{{ rest(title, 'a', 'b', c='<') }}{{ item(kind=title, value=held.title) }}{{ item(title, title) }}"
        "{% autoescape false %}{{ item(title) }}{{ title }}{% endautoescape %}{% endblock %}"
    ),
    "page.txt": "{{ title }} {{ values|join }} {{ plain('x') }}",
}


class _Counter:
    def __call__(self, text: str) -> str:
        return f"<{text}>"


class _Held:
    """What has members, keys that are none, and a member that a key is named like."""

    def __init__(self, title: object, *, inner: bool = True) -> None:
        self.title = title
        self.keys = {"title": title, "items": title}
        if inner:
            self.inner = _Held(title, inner=False)

    def __str__(self) -> str:
        return f"<{self.title}>"


@pass_context
def _within(context: Context, number: int) -> str:
    return f"{context['title']}{number}"


@pass_eval_context
def _evaluated(context: object) -> str:
    return "<e>"


def _plain(text: str) -> str:
    return f"<{text}>"


def _environment(kind: type[FlaskEnvironment]) -> FlaskEnvironment:
    environment = kind(
        Flask("drawn"),
        loader=DictLoader(TEMPLATES),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        finalize=localize,
    )
    environment.globals.update(plain=_plain, within=_within, evaluated=_evaluated, Counter=_Counter)
    return environment


ENVIRONMENTS = _environment(FlaskEnvironment), _environment(PageEnvironment)
TEXTS = st.text(alphabet="a&<>\"'\u00fc ", max_size=8)
VALUES = st.one_of(
    TEXTS, TEXTS.map(Markup), TEXTS.map(lambda text: say("%(x)s<", x=text)), st.integers(), st.none(), st.booleans()
)


@given(title=VALUES, values=st.lists(VALUES, max_size=4))
@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_any_value_is_drawn_as_by_jinja(name: str, title: object, values: list[object]) -> None:
    shown = {"title": title, "values": values, "held": _Held(title)}
    jinja, ours = (environment.get_template(name).render(shown) for environment in ENVIRONMENTS)
    assert ours == jinja


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_what_is_not_defined_is_an_error(name: str) -> None:
    for environment in ENVIRONMENTS:
        with pytest.raises(UndefinedError, match="title"):
            environment.get_template(name).render(values=[], held=_Held(""))


@pytest.mark.parametrize("source", ["{{ held.absent }}", "{{ held.absent.more }}", "{{ absent.more }}"])
def test_a_member_that_is_not_there_is_an_error(source: str) -> None:
    for environment in ENVIRONMENTS:
        with pytest.raises(UndefinedError, match="absent"):
            environment.from_string(source).render(held=_Held(""))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("item()", "'value' was not provided"),
        ("item(1, 2, 3)", "not more than 2"),
        ("item(1, value=2)", "no keyword argument 'value'"),
        ("many([], size=2)", "no keyword argument 'size'"),
    ],
)
def test_a_macro_refuses_what_it_does_not_take(source: str, message: str) -> None:
    for environment in ENVIRONMENTS:
        with pytest.raises((TypeError, UndefinedError), match=message):
            environment.from_string(f"{{% from 'macros.html' import item, many %}}{{{{ {source} }}}}").render()


def test_what_no_function_is_cannot_be_called() -> None:
    for environment in ENVIRONMENTS:
        with pytest.raises(TypeError, match="not callable"):
            environment.from_string("{{ title() }}").render(title=3)


def test_globals_of_one_template_are_not_those_of_others() -> None:
    for environment in ENVIRONMENTS:
        own = environment.from_string("{{ mine }}{{ plain('x') }}", globals={"mine": 1})
        assert own.render() == "1<x>"
        assert "mine" not in environment.globals


def test_what_is_included_comes_as_it_is_made_or_all_at_once() -> None:
    environment = ENVIRONMENTS[1]
    outer = environment.from_string("{% include ['none.html', 'inner.html'] %}{% set kept %}{% include 'inner.html' %}"
                                    "{% endset %}{{ kept }}")  # fmt: skip
    assert isinstance(environment.loader, DictLoader)
    environment.loader.mapping = {**TEMPLATES, "inner.html": "{% for piece in pieces %}{{ piece }}{% endfor %}"}
    made: list[int] = []

    def pieces() -> Iterator[int]:
        for number in (1, 2):
            made.append(number)
            yield number

    first = next(iter(outer.generate(pieces=pieces())))
    assert (first, made) == ("1", [1])
    assert outer.render(pieces=[1, 2]) == "".join(outer.generate(pieces=[1, 2])) == "1212"


def test_a_site_draws_its_pages_in_it(tmp_path: Path) -> None:
    with site_of(tmp_path, {}) as app:
        assert isinstance(app.jinja_env, PageEnvironment)
        assert issubclass(app.jinja_env.code_generator_class, QuickCode)
        drawn: Callable[[object], str] = app.jinja_env.from_string("{{ value }}").render
        with app.test_request_context():
            assert drawn({"value": say("a <b>")}) == "a &lt;b&gt;"
