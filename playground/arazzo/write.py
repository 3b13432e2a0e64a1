"""Arazzo documents written: as YAML or JSON that reads back equal, and made of a scenario of our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from playground import jsontext
from playground.arazzo.checks import criterion_of
from playground.arazzo.document import Document, token
from playground.catalog.model import Entry
from playground.jsontext import NumberText
from playground.openapi.yaml import read_scalar
from playground.request.arguments import from_arguments, write_files
from playground.request.errors import RequestError
from playground.request.model import ABSENT
from playground.scenario.carry import names_before
from playground.scenario.model import Scenario, Step
from playground.store import OperationNotFound, ProviderNotFound, Store
from playground.text.wording import say

_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_NOT_BLOCK = re.compile(r"[ \t]\n|[^\t\n\x20-\x7e\xa0-\uffff]")
"""What a text written line by line would lose."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9_-]+")


class _Dumper(yaml.SafeDumper):
    """Writes plain values so that YAML 1.2 reads the same ones; nothing is written as an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text and not text.startswith((" ", "\n", "\t")) and not _NOT_BLOCK.search(text):
        style = "|"
    elif not text or read_scalar(text) is not text:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_number(dumper: yaml.SafeDumper, number: NumberText) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", number.text)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(NumberText, _represent_number)


def write_yaml(value: Mapping[str, Any]) -> str:
    """Return a document as YAML in its own order."""
    return yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def write_document(document: Document, *, as_json: bool = False) -> str:
    """Return a document's text, whole: what was read, extensions included."""
    return jsontext.dumps(document.value, indent=2) + "\n" if as_json else write_yaml(document.value)


def from_scenario(scenario: Scenario, store: Store, base: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a scenario as an Arazzo document, and one sentence for each thing that Arazzo has no place for.

    `base` is the site's address, below which each API's description is.
    """
    told: list[str] = []
    sources: dict[str, str] = {}
    ids = _ids(scenario)
    steps = []
    for number, step in enumerate(scenario.steps):
        if step.provider not in sources:
            sources[step.provider] = _free(_NOT_NAME.sub("-", step.provider).strip("-") or "api", set(sources.values()))
        try:
            entry = store.entry(step.provider, step.name)
        except (ProviderNotFound, OperationNotFound):
            told.append(
                say("Step %(number)s: the catalogue has no %(name)s, so its values stand in x-playground-arguments.",
                    number=number + 1, name=step.operation)
            )  # fmt: skip
            entry = None
        steps.append(_step(scenario, number, ids, sources[step.provider], entry, told))
    info_note = {"description": scenario.note} if scenario.note else {}
    document: dict[str, Any] = {
        "arazzo": "1.0.1",
        "info": {"title": scenario.title or "Scenario", **info_note, "version": "1.0.0"},
        "sourceDescriptions": [
            {
                "name": name,
                "url": f"{base.rstrip('/')}/providers/{provider}/openapi.json",
                "type": "openapi",
                "x-playground-provider": provider,
            }
            for provider, name in sources.items()
        ],
        "workflows": [{"workflowId": "scenario", "summary": scenario.title or "Scenario", "steps": steps}],
    }
    return document, tuple(told)


def _step(
    scenario: Scenario, number: int, ids: list[str], source: str, entry: Entry | None, told: list[str]
) -> dict[str, Any]:
    step = scenario.steps[number]
    written: dict[str, Any] = {"stepId": ids[number]}
    if step.note or step.title:
        written["description"] = step.note or step.title
    operation_id = entry.operation.operation_id if entry is not None else ""
    if entry is None or operation_id:
        written["operationId"] = f"$sourceDescriptions.{source}.{operation_id or step.name}"
    else:
        operation = entry.operation
        path = f"#/paths/{token(operation.path)}/{operation.method.lower()}"
        written["operationPath"] = f"{{$sourceDescriptions.{source}.url}}{path}"
    takers = _takers(scenario, number, ids)
    if entry is not None:
        try:
            _write_arguments(written, step, entry, takers)
        except RequestError as error:
            told.append(say("Step %(number)s: %(reason)s", number=number + 1, reason=str(error)))
            entry = None
    if entry is None and step.arguments:
        written["x-playground-arguments"] = _carried(dict(step.arguments), takers)
    written["successCriteria"] = _criteria(step)
    if step.take:
        written["outputs"] = {
            name: f"$response.body#{pointer}" if pointer else "$response.body" for name, pointer in step.take.items()
        }
    own = [line for line in step.check if criterion_of(line) is None]
    if own:
        written["x-playground-check"] = own
        told.append(
            say("Step %(number)s: Arazzo has no criterion for %(checks)s; they are kept as an extension.",
                number=number + 1, checks="; ".join(own))
        )  # fmt: skip
    if step.title and step.note:
        written["x-playground-title"] = step.title
    if step.server:
        written["x-playground-server"] = step.server
        told.append(
            say("Step %(number)s: the server %(server)s is kept as an extension; others choose it themselves.",
                number=number + 1, server=step.server)
        )  # fmt: skip
    return written


def _write_arguments(written: dict[str, Any], step: Step, entry: Entry, takers: Mapping[str, str]) -> None:
    model = from_arguments(entry, step.arguments, media_type=step.media_type)
    parameters = [
        {"name": name, "in": location, "value": _carried(write_files(value), takers)}
        for location, values in model.parameters.items()
        for name, value in values.items()
    ]
    if parameters:
        written["parameters"] = parameters
    body = model.raw if model.raw is not None else model.body
    if body is not ABSENT:
        content_type = {"contentType": step.media_type} if step.media_type else {}
        written["requestBody"] = {**content_type, "payload": _carried(write_files(body), takers)}


def _criteria(step: Step) -> list[dict[str, Any]]:
    condition = " || ".join(f"$statusCode == {status}" for status in step.expect)
    criteria = [{"condition": condition or "$statusCode >= 200 && $statusCode < 300"}]
    return criteria + [written for line in step.check if (written := criterion_of(line)) is not None]


def _takers(scenario: Scenario, number: int, ids: list[str]) -> dict[str, str]:
    """Return the expression of each value that earlier steps take, by name; the last one that takes it wins."""
    known = names_before(scenario, number)
    return {
        name: f"$steps.{ids[at]}.outputs.{name}"
        for at, step in enumerate(scenario.steps[:number])
        for name in step.take
        if name in known
    }


def _carried(value: Any, takers: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        whole = _PLACE.fullmatch(value)
        if whole and whole[1] in takers:
            return takers[whole[1]]
        return _PLACE.sub(lambda found: f"{{{takers[found[1]]}}}" if found[1] in takers else found[0], value)
    if isinstance(value, Mapping):
        return {name: _carried(member, takers) for name, member in value.items()}
    return [_carried(member, takers) for member in value] if isinstance(value, list) else value


def _ids(scenario: Scenario) -> list[str]:
    ids: list[str] = []
    for step in scenario.steps:
        ids.append(_free(_NOT_NAME.sub("-", step.name).strip("-") or "step", set(ids)))
    return ids


def _free(name: str, taken: set[str]) -> str:
    return next(free for free in (name, *(f"{name}-{number}" for number in range(2, 10_000))) if free not in taken)
