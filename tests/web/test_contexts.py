"""The names a template uses are the fields of the dataclass that is documented for it, both ways."""

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

from playground.web import contexts
from tests.support.needs import ROOT

TEMPLATES = ROOT / "templates"
ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
VARIABLES = {"page", "pane", "live", "servers"}
"""What a context is called in a template."""


def declared() -> dict[str, type[Any]]:
    """Return each template with the dataclass whose docstring names it."""
    found: dict[str, type[Any]] = {}
    for _, one in inspect.getmembers(contexts, dataclasses.is_dataclass):
        if isinstance(one, type) and one.__module__ == contexts.__name__:
            names = re.findall(r"`([\w/]+\.html)`", (one.__doc__ or "").partition("\n\n")[0])
            for name in names:
                # `catalogue/provider.html` and its fragment `_operations.html`: in the same folder.
                folder = "" if "/" in name else names[0].rpartition("/")[0]
                found[f"{folder}/{name}" if folder else name] = one
    return found


def tree_of(template: str) -> nodes.Template:
    return ENVIRONMENT.parse((TEMPLATES / template).read_text())


def used(template: str, variable: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the attributes a template, and what it includes under the same name, takes from a variable."""
    tree = tree_of(template)
    found = {
        one.attr
        for one in tree.find_all(nodes.Getattr)
        if isinstance(one.node, nodes.Name) and one.node.name == variable
    }
    renamed = {
        target.name for block in tree.find_all(nodes.With) for target in block.targets if isinstance(target, nodes.Name)
    }
    if variable not in renamed:
        for included in meta.find_referenced_templates(tree):
            if included and included not in seen and included != "base.html" and not included.startswith("macros/"):
                found |= used(included, variable, seen | {template})
    return found


def fields_of(one: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(one)} | {
        name for name, _ in inspect.getmembers(one, lambda member: isinstance(member, property))
    }


def given(template: str) -> set[str]:
    """Return which contexts a template takes from whoever renders or includes it."""
    if not (TEMPLATES / template).is_file():
        return set()
    tree = tree_of(template)
    renamed = {
        target.name for block in tree.find_all(nodes.With) for target in block.targets if isinstance(target, nodes.Name)
    }
    return {one.name for one in tree.find_all(nodes.Name) if one.name in VARIABLES} - renamed


CASES = [(template, variable, one) for template, one in declared().items() for variable in sorted(given(template))]


def test_every_documented_template_is_there() -> None:
    assert declared()
    missing = [name for name in declared() if not (TEMPLATES / name).is_file()]
    assert missing == []


@pytest.mark.parametrize(("template", "variable", "one"), CASES, ids=[f"{case[0]}:{case[1]}" for case in CASES])
def test_a_template_uses_only_what_its_context_has(template: str, variable: str, one: type[Any]) -> None:
    assert used(template, variable) <= fields_of(one)


PAGES = sorted(
    {one for template, one in declared().items() if not template.rpartition("/")[2].startswith("_")},
    key=lambda one: one.__name__,
)


@pytest.mark.parametrize("one", PAGES, ids=[page.__name__ for page in PAGES])
def test_a_page_is_given_nothing_it_does_not_use(one: type[Any]) -> None:
    templates = [template for template, other in declared().items() if other is one]
    taken = set().union(*(used(template, "page") for template in templates))
    assert {field.name for field in dataclasses.fields(one)} - taken == set()


def test_every_page_template_has_a_context() -> None:
    pages = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")
        if path.parent.name != "macros" and not path.name.startswith("_") and path.name != "base.html"
        and re.search(r"\bpage\.", path.read_text())
    }  # fmt: skip
    assert pages - declared().keys() == set()
