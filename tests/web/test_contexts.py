"""The names a template uses are the fields of the dataclass that is documented for it, both ways."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

from playground import web
from tests.support.needs import ROOT

TEMPLATES = ROOT / "templates"
ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
VARIABLES = {"page", "pane", "answer", "live", "servers"}
"""What a context is called in a template."""


def contexts() -> Iterator[type[Any]]:
    """Yield the dataclasses of all modules of the web package."""
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        for _, member in inspect.getmembers(importlib.import_module(module.name), dataclasses.is_dataclass):
            if isinstance(member, type) and member.__module__ == module.name:
                yield member


def declared() -> dict[str, type[Any]]:
    """Return each template with the dataclass whose docstring names it."""
    found: dict[str, type[Any]] = {}
    for context in contexts():
        names = re.findall(r"`([\w/]+\.html)`", (context.__doc__ or "").partition("\n\n")[0])
        for name in names:
            # `catalogue/provider.html` and its fragment `_operations.html`: in the same folder.
            folder = "" if "/" in name else names[0].rpartition("/")[0]
            found[f"{folder}/{name}" if folder else name] = context
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


def test_a_context_is_in_the_package_of_its_page() -> None:
    elsewhere = [
        (template, context.__module__)
        for template, context in declared().items()
        if not template.startswith("embed/")  # the operation's page in a frame
        and not context.__module__.startswith(f"{web.__name__}.{template.partition('/')[0].removesuffix('.html')}")
    ]
    assert elsewhere == []


def test_every_page_template_has_a_context() -> None:
    pages = {
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")
        if path.parent.name != "macros" and not path.name.startswith("_") and path.name != "base.html"
        and re.search(r"\bpage\.", path.read_text())
    }  # fmt: skip
    assert pages - declared().keys() == set()
