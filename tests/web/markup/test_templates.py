"""Templates are compiled without their indentation, and nothing that a reader sees is lost with it."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError, UndefinedError

from playground.web.markup import templates
from playground.web.markup.templates import LONGEST_END, StripIndentation, path_ends

ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n", StripIndentation])
ENVIRONMENT.policies["ext.i18n.trimmed"] = True
ENVIRONMENT.install_null_translations(newstyle=True)  # type: ignore[attr-defined]


def drawn(source: str, **values: object) -> str:
    return ENVIRONMENT.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul>\n  <li>\n    one\n  </li>\n</ul>\n", "<ul><li>one</li></ul>"),
        ("<p>\n  a word\n  another\n</p>", "<p>a word another</p>"),
        ("<p>\n  a <b>word</b> more\n</p>", "<p>a <b>word</b> more</p>"),
        ("<p>\n  a\n  <b>word</b>\n  more\n</p>", "<p>a<b>word</b>more</p>"),
        ("<p>\n  a\n  {{ ' ' }}\n  <b>word</b>\n</p>", "<p>a <b>word</b></p>"),
        ("<p>1 < 2\n  and more</p>", "<p>1 < 2 and more</p>"),
        ("<p>two  blanks\tstay</p>", "<p>two  blanks\tstay</p>"),
        ("\r\n<p>\r\n  dos\r\n</p>", "<p>dos</p>"),
    ],
)
def test_a_line_end_is_nothing_beside_a_tag_and_a_blank_between_words(source: str, expected: str) -> None:
    assert drawn(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<input\n  name="a"\n  required\n>', '<input name="a" required>'),
        ("<use\n  href='#x'\n/>", "<use href='#x'/>"),
        ('<a\n  {% if yes %} title="t"{% endif %}\n  href="u"\n>', '<a title="t" href="u">'),
        ('<a\n  {% if no %} title="t"{% endif %}\n  href="u"\n>', '<a href="u">'),
        ('<a\n  {% if yes %}\n    title="t"\n    lang=""\n  {% endif %}\n>', '<a title="t" lang="">'),
        ('<a\n  {{ "id" }}\n  href="u"\n>', '<a id href="u">'),
        ('<a title="a > b"\n  href="u">\n  x\n</a>', '<a title="a > b" href="u">x</a>'),
        ('<a class="one\n  two">', '<a class="one two">'),
        ("<meta content='{\"a\":\n  1}'>", "<meta content='{\"a\": 1}'>"),
    ],
)
def test_a_line_end_parts_attributes_and_nothing_else(source: str, expected: str) -> None:
    assert drawn(source, yes=True, no=False) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<pre>\n  a\n\n  b\n</pre>",
        '<textarea name="a">\n\n  a\n</textarea>',
        "<pre><code>\n a\n</code>\n</pre>",
    ],
)
def test_the_lines_of_text_that_is_shown_as_it_is_stay(source: str) -> None:
    assert drawn(source) == source
    assert drawn(f"<div>\n  {source}\n  <p>\n  </p>\n</div>") == f"<div>{source}<p></p></div>"


def test_a_preformatted_element_begins_after_its_tag() -> None:
    assert drawn('<pre\n  class="code"\n>{{ text }}\n</pre>\n<p>', text="\n x") == '<pre class="code">\n x\n</pre><p>'


def test_statements_between_elements_leave_nothing() -> None:
    source = "{% set a = 1 %}\n<ul>\n  {% for x in (1, 2) %}\n    <li>{{ x }}</li>\n  {% endfor %}\n</ul>"
    assert drawn(source) == "<ul><li>1</li><li>2</li></ul>"
    assert drawn("<p>\n  {# said of it #}\n  {{ 1 }}\n  {{ 2 }}\n</p>") == "<p>12</p>"
    assert (
        drawn("{% macro m(x) %}\n  <b>\n    {{ x }}\n  </b>\n{% endmacro %}\n{{ m(1) }}\n{{ m(2) }}")
        == "<b>1</b><b>2</b>"
    )


def test_a_message_of_several_lines_is_one_sentence() -> None:
    source = (
        "<p>\n  {% trans name=1 %}\n    One <b>word</b>\n    and {{ name }}\n    more.\n  {% endtrans %}\n  .\n</p>"
    )
    assert drawn(source) == "<p>One <b>word</b> and 1 more..</p>"


def test_what_a_value_holds_is_left_alone() -> None:
    assert drawn("<p>\n  {{ text }}\n</p>", text=" a\n\n  b ") == "<p> a\n\n  b </p>"


def test_a_mistake_names_its_line() -> None:
    with pytest.raises(TemplateSyntaxError) as refused:
        drawn("<p>\n</p>\n\n{{ 1 +}}")
    assert refused.value.lineno == 4
    with pytest.raises(UndefinedError) as undefined:
        drawn("<p>\n  <b>\n    {{ none.x.y }}\n  </b>\n</p>")
    frames = traceback.extract_tb(undefined.value.__traceback__)
    assert [frame.lineno for frame in frames if frame.filename == "<template>"][-1] == 3


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        ("/", ("/", "")),
        ("/customers", ("/customers", "")),
        ("/v1/customers", ("/v1", "/customers")),
        ("/api/v1/namespaces/{namespace}/pods/{name}/proxy", ("/api/v1/namespaces/{namespace}", "/pods/{name}/proxy")),
        ("/a/" + "x" * 60, ("/a", "/" + "x" * 60)),
        ("/api/", ("/api", "/")),
        ("", ("", "")),
    ],
)
def test_a_path_is_cut_in_its_middle(path: str, ends: tuple[str, str]) -> None:
    assert path_ends(path) == ends
    assert "".join(ends) == path
    assert len(ends[1]) <= LONGEST_END or ends[1].count("/") == 1


def test_what_is_compiled_is_kept_apart_by_all_that_compiles_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_text
    before = templates._compiler()
    for path in Path(templates.__file__).parent.glob("*.py"):
        with monkeypatch.context() as changed:
            changed.setattr(Path, "read_text", lambda self, *args, of=path: read(self, *args) + "#" * (self == of))
            assert templates._compiler() != before, path.name
