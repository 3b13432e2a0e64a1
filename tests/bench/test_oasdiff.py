"""Cases written as oasdiff writes its own are read: documents, statements, the rules that are expected."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.oasdiff import cases, report

DOCUMENT = """
openapi: 3.0.0
info: {title: Shop, version: '1'}
paths:
  /orders:
    post:
      parameters:
        - {name: q, in: query, schema: {type: string, maxLength: 5}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      responses: {'200': {description: Fine}}
components:
  schemas: {Order: {type: object, properties: {note: {type: string}}}}
"""
RULES = """
const (
	ShorterId = "request-parameter-max-length-decreased"
	LongerId = "request-parameter-max-length-increased"
)
newBackwardCompatibilityRule(ShorterId, ERR, Check, DirectionRequest, AreaParameters, KindConstraints, ActionDecrease),
newBackwardCompatibilityRule(LongerId, INFO, Check, DirectionRequest, AreaParameters, KindConstraints, ActionIncrease),
"""
TEST = """
func Test{name}(t *testing.T) {{
	s1, err := open("../data/base.yaml")
	require.NoError(t, err)
	s2, err := open("../data/base.yaml")
	most := {most}
	{statement}
	d, osm, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), s1, s2)
	errs := checker.CheckBackwardCompatibilityUntilLevel(singleCheckConfig(checker.Check), d, osm, checker.INFO)
	require.Equal(t, checker.{rule}, errs[0].GetId())
}}
"""
SET = 's2.Spec.Paths.Value("/orders").Post.Parameters.GetByInAndName(openapi3.ParameterInQuery, "q").Schema.Value'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "checker").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "base.yaml").write_text(DOCUMENT)
    (tmp_path / "checker" / "rules.go").write_text(RULES)
    return tmp_path


def _write(folder: Path, *tests: tuple[str, str, str, str]) -> None:
    written = [TEST.format(name=name, most=most, statement=does, rule=rule) for name, most, does, rule in tests]
    (folder / "checker" / "check_length_test.go").write_text("".join(written))


def test_a_case_is_read_and_judged(folder: Path) -> None:
    _write(
        folder,
        ("Shorter", "uint64(3)", f"{SET}.MaxLength = &most", "ShorterId"),
        ("Longer", "uint64(9)", f"{SET}.MaxLength = &most", "LongerId"),
    )
    unread = Counter[str]()
    shorter, longer = cases(folder, unread)
    assert (shorter.breaks, longer.breaks, unread) == (True, False, {})
    assert shorter.after["paths"]["/orders"]["post"]["parameters"][0]["schema"]["maxLength"] == 3
    assert report(folder) == ("2 of 2 cases judged alike\nthey alone say it breaks: 0\nwe alone say it breaks: 0", True)


def test_what_differs_is_listed_by_rule_and_what_is_not_understood_is_counted(folder: Path) -> None:
    _write(
        folder,
        ("Same", "uint64(5)", f"{SET}.MaxLength = &most", "ShorterId"),
        ("Removed", "uint64(5)", 'delete(s2.Spec.Components.Schemas["Order"].Value.Properties, "note")', "LongerId"),
        ("Other", "uint64(5)", "shorten(s2)", "ShorterId"),
    )
    text, alike = report(folder)
    assert not alike
    assert text.splitlines() == [
        "0 of 2 cases judged alike",
        "they alone say it breaks: 1",
        "  request-parameter-max-length-decreased",
        "    TestSame: nothing",
        "we alone say it breaks: 1",
        "  request-parameter-max-length-increased",
        "    TestRemoved: !property-removed",
        "not read: 1 (a statement of another kind)",
    ]
