"""`playground scenario run FILE.arazzo.yaml`: the workflows of an Arazzo document, sent on the road of every call."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import click

from playground import jsontext
from playground.answers.record import Record
from playground.arazzo.criteria import Judged
from playground.arazzo.document import Document, Workflow, called_by
from playground.arazzo.frames import Call, Result
from playground.arazzo.report import Hidden, Played, html_report, json_report, junit_report, result_shape
from playground.arazzo.requests import Bound, SourceError, build, entry_of, exchange_of, record_from
from playground.arazzo.run import Run
from playground.arazzo.values import check_inputs, inputs_of, read_input
from playground.catalog.model import SANDBOX, Entry
from playground.cli.failures import Failure
from playground.cli.options import check_server, read_json_option, read_settings
from playground.cli.requests import calls_of, gateway_at
from playground.cli.workflow_sources import Sources
from playground.config import Settings
from playground.contract.check import THOROUGH, check
from playground.contract.described import described_status, located
from playground.gateway.answer import Answer
from playground.gateway.call import Gateway, call, chosen_server
from playground.gateway.context import new_request_id
from playground.gateway.errors import GatewayError
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.server import check_described
from playground.sandbox.service import Sandbox
from playground.secrets.credentials import Credentials, read_credentials
from playground.store import Store
from playground.text.visible import terminal_line

_VISITOR = "playground scenario run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of the command."""

    gateway_url: str | None = None
    server: str | None = None
    credential: str | None = None
    as_json: bool = False
    checked: bool = False
    reports: tuple[Path, ...] = ()
    record: Path | None = None
    inputs: tuple[str, ...] = ()
    inputs_file: str | None = None
    workflows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    catalog: Path | None = None


def run_document(document: Document, file: str, wishes: Wishes) -> None:
    """Play the chosen workflows of a document. Raises `Failure` where a step of one failed."""
    for told in document.told:
        click.echo(terminal_line(f"note: {told}"), err=True)
    chosen = _chosen(document, wishes.workflows)
    inputs = _inputs(wishes)
    given = {workflow.id: _given(workflow, inputs) for workflow in chosen}
    _check_names(chosen, inputs)
    settings = read_settings(wishes.catalog)
    with ExitStack() as stack:
        player = _Player(document, file, wishes, settings, stack)
        try:
            for workflow in chosen:
                player.play(workflow, given[workflow.id])
        finally:
            player.finish()
    failed = [play.workflow for play in player.played if play.failed]
    if failed:
        many = f"{len(failed)} of {len(player.played)} workflows failed" if len(chosen) > 1 else "The workflow failed"
        raise Failure(f"{many}: {', '.join(failed)}.")


def check_paths(reports: tuple[Path, ...], record: Path | None) -> None:
    """Raise `Failure` for a report's file of an unknown kind, before anything is sent."""
    for path in reports:
        if path.suffix not in (".xml", ".json"):
            raise Failure(f"--report {path}: name a file that ends in .xml (JUnit) or .json.")
    if record is not None and record.suffix not in (".html", ".htm"):
        raise Failure(f"--record {record}: name a file that ends in .html.")


class _Player:
    """Sends what a run asks for, and keeps what the reports need."""

    def __init__(self, document: Document, file: str, wishes: Wishes, settings: Settings, stack: ExitStack) -> None:
        self.played: list[Played] = []
        self._document = document
        self._wishes = wishes
        self._settings = settings
        self._hidden = Hidden()
        self._context = calls_of(settings, wishes.server)
        # A description that only the document names may lead to public addresses: nobody here has looked at it.
        self._strange = replace(self._context, settings=settings)
        self._gateway: Gateway = gateway_at(settings, wishes.gateway_url)
        self._stack = stack
        self._sources = Sources(document, file, wishes.sources, settings, stack)
        self._credentials = _credentials(wishes.credential, document)
        self._sandboxes: dict[int, Sandbox] = {}

    def play(self, workflow: Workflow, inputs: Mapping[str, Any]) -> None:
        """Play one workflow to its end."""
        run = Run(self._document, workflow.id, inputs)
        self._hidden.add(
            str(inputs[declared.name])
            for declared in inputs_of(workflow)
            if declared.is_secret and declared.name in inputs
        )
        played = Played(workflow=workflow.id, summary=workflow.summary, inputs=inputs)
        self.played.append(played)
        if not self._wishes.as_json:
            click.echo(terminal_line(f"{workflow.id}" + (f": {workflow.summary}" if workflow.summary else "")))
        records: dict[int, Record] = {}
        while (planned := run.plan()) is not None:
            self._tell(run, played, records)
            self._send(run, planned, records)
            self._tell(run, played, records)
        self._tell(run, played, records)
        played.outputs = run.outputs
        if not self._wishes.as_json:
            if run.outputs:
                click.echo(f"outputs: {jsontext.dumps(self._hidden.value(run.outputs))}")
            click.echo(click.style("failed", fg="red") if run.failed else click.style("passed", fg="green"))

    def finish(self) -> None:
        """Write the reports."""
        title = terminal_line(self._document.title)
        for path in self._wishes.reports:
            is_junit = path.suffix == ".xml"
            text = junit_report(self.played, self._hidden, title=title) if is_junit else ""
            path.write_text(text or json_report(self.played, self._hidden), encoding="utf-8")
        if self._wishes.record is not None:
            at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
            page = html_report(self.played, self._hidden, title=title, at=at)
            self._wishes.record.write_text(page, encoding="utf-8")

    def _send(self, run: Run, planned: Call, records: dict[int, Record]) -> None:
        """Send one step's request and let the run go on from its answer."""
        operation = ""
        try:
            bound, entry = entry_of(self._document, planned.step, self._sources.bound)
            operation = f"{entry.provider.name}/{entry.operation.name}"
            built, server = self._built(planned, entry)
        except (SourceError, RequestError, Failure) as error:
            missing = f" ({', '.join(planned.missing)}: no value)" if planned.missing else ""
            run.take(None, error=f"{error}{missing}", operation=operation)
            return
        if planned.wait and server != SANDBOX:
            time.sleep(planned.wait)
        context = self._strange if bound.is_strange else self._context
        context = replace(context, request_id=new_request_id(), timeout=planned.step.timeout)
        if server == SANDBOX:
            context = replace(context, sandbox=self._sandbox(bound.store), sandbox_visitor=_VISITOR)
        source = next((name for name in self._credentials if self._sources.bound(name) == bound), "")
        credentials = self._credentials.get(source, Credentials())
        try:
            with call(built, credentials, self._gateway, context) as answer:
                if answer.response is not None:
                    records[len(run.results)] = record_from(built, answer, answer.response)
                self._take(run, bound, built, answer, operation)
        except GatewayError as error:
            run.take(None, error=str(error), operation=operation)

    def _built(self, planned: Call, entry: Entry) -> tuple[BuiltRequest, str | None]:
        server = self._wishes.server
        if server is None and planned.step.server:
            check_described(entry, planned.step.server)
            server = planned.step.server
        built = build(planned, entry, server)
        reached = chosen_server(built, self._settings)
        built = built.to_server(reached)
        check_server(built)
        _ = built.message  # raises what is wrong
        return built, reached

    def _take(self, run: Run, bound: Bound, built: BuiltRequest, answer: Answer, operation: str) -> None:
        self._hidden.add(answer.secrets)
        exchange, response, entry = exchange_of(built, answer), answer.response, built.entry
        if exchange is None or response is None:
            run.take(None, error=answer.error or "There was no answer.", operation=operation)
            return
        self._hidden.add_from(exchange.body)
        differences = None
        if self._wishes.checked:
            verdict = located(check(entry, response, THOROUGH), lambda: bound.store.source(bound.provider))
            differences = tuple(finding.text for finding in verdict.errors)
        documented = bool(described_status(entry, response.status))
        run.take(exchange, operation=operation, documented=documented, differences=differences)

    def _sandbox(self, store: Store) -> Sandbox:
        """Return the sandbox of a catalogue, which remembers what the steps have made until the command ends."""
        made = self._sandboxes.get(id(store))
        if made is None:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="playground-sandbox-"))
            made = self._sandboxes[id(store)] = Sandbox(store, Path(folder) / "state.sqlite")
            self._stack.callback(made.close)
        return made

    def _tell(self, run: Run, played: Played, records: Mapping[int, Record]) -> None:
        """Print the results that are new, and keep them with their exchanges."""
        for at in range(len(played.steps), len(run.results)):
            result = run.results[at]
            self._hidden.add_from(result.outputs)
            played.steps.append((result, records.get(at)))
            if self._wishes.as_json:
                click.echo(jsontext.dumps(result_shape(result, self._hidden)))
            else:
                for line in _lines(result, self._hidden):
                    click.echo(line)


class Recording:
    """The page `--record` of a scenario of our own; a context manager that writes it however the steps end."""

    def __init__(self, title: str, path: Path | None) -> None:
        self._title = title
        self._path = path
        self._hidden = Hidden()
        self._played = Played(workflow=title)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._path is not None:
            at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
            page = html_report([self._played], self._hidden, title=self._title, at=at)
            self._path.write_text(page, encoding="utf-8")

    def add(self, title: str, built: BuiltRequest, answer: Answer, wrong: str, judged: tuple[Judged, ...]) -> None:
        """Keep one exchange; `wrong` is why it is not what was expected."""
        if self._path is None:
            return
        self._hidden.add(answer.secrets)
        exchange = exchange_of(built, answer)
        if exchange is not None:
            self._hidden.add_from(exchange.body)
        record = None if answer.response is None else record_from(built, answer, answer.response)
        result = Result(
            workflow=self._title,
            step=title,
            number=len(self._played.steps),
            operation=f"{built.entry.provider.name}/{built.entry.operation.name}",
            status=None if answer.response is None else answer.response.status,
            milliseconds=answer.duration_ms,
            success=not wrong,
            error=wrong,
            judged=judged,
        )
        self._played.steps.append((result, record))


def _chosen(document: Document, names: tuple[str, ...]) -> list[Workflow]:
    """Return the workflows to play: those named, else all that no other one calls."""
    for name in names:
        if document.workflow(name) is None:
            listed = ", ".join(workflow.id for workflow in document.workflows)
            raise Failure(f"--workflow {terminal_line(name)}: the document has {terminal_line(listed)[:300]}.")
    if names:
        return [workflow for workflow in document.workflows if workflow.id in names]
    called = {name for workflow in document.workflows for name in called_by(workflow)}
    return [workflow for workflow in document.workflows if workflow.id not in called] or list(document.workflows)


def _inputs(wishes: Wishes) -> dict[str, Any]:
    """Return what the options give: values of --inputs, and texts of --input, which win, each as a one-item list."""
    inputs: dict[str, Any] = {}
    if wishes.inputs_file is not None:
        value = read_json_option("--inputs", f"@{wishes.inputs_file.removeprefix('@')}")
        if not isinstance(value, dict):
            raise Failure('--inputs: the file holds no JSON object of inputs by name, like {"customer": "cs_1"}.')
        inputs.update(value)
    for text in wishes.inputs:
        name, equals, typed = text.partition("=")
        if not equals or not name:
            raise Failure("--input: write NAME=VALUE, for example --input customer=cs_1.")
        inputs[name] = _Typed(typed)
    return inputs


@dataclass(frozen=True, slots=True)
class _Typed:
    """A text of --input, which is read as its workflow's schema says."""

    text: str


def _given(workflow: Workflow, inputs: Mapping[str, Any]) -> dict[str, Any]:
    declared = {field.name for field in inputs_of(workflow)}
    given = {
        name: read_input(workflow, name, value.text) if isinstance(value, _Typed) else value
        for name, value in inputs.items()
        if name in declared or not declared
    }
    check_inputs(workflow, given)
    return given


def _check_names(workflows: list[Workflow], inputs: Mapping[str, Any]) -> None:
    declared = {field.name for workflow in workflows for field in inputs_of(workflow)}
    for name in inputs:
        if declared and name not in declared:
            listed = ", ".join(sorted(declared))
            raise Failure(f"--input {terminal_line(name)}: no workflow has this input; there are {listed[:300]}.")


def _credentials(text: str | None, document: Document) -> dict[str, Credentials]:
    """Return the option's credentials by source: what is meant for one API is never sent to another."""
    if text is None:
        return {}
    value = read_json_option("--credential", text)
    names = {source.name for source in document.sources if source.type == "openapi"}
    if isinstance(value, dict) and value and value.keys() <= names:
        return {name: read_credentials(credential) for name, credential in value.items()}
    if len(names) > 1:
        listed = " and ".join(sorted(names))
        raise Failure(f"--credential: the document calls {listed}; write an object of credentials by these names.")
    return {name: read_credentials(value) for name in names}


def judged_line(judged: Judged, text: str = "") -> str:
    """Return a criterion as a line for a terminal: `+` and green where it holds, `-` and red where not."""
    sign = click.style("+", fg="green") if judged.holds else click.style("-", fg="red")
    reason = f" ({judged.reason})" if judged.reason else ""
    return f"  {sign} {terminal_line((text or judged.text) + reason)}"


def _lines(result: Result, hidden: Hidden) -> list[str]:
    """Return a step's result as lines for a terminal."""
    indent = "  " * (result.depth + 1)
    mark = click.style("ok", fg="green") if result.success else click.style("failed", fg="red")
    status = "" if result.status is None else f": {result.status} in {result.milliseconds:.0f} ms"
    called = f" (workflow {result.called})" if result.called else ""
    again = f" (attempt {result.attempt})" if result.attempt > 1 else ""
    lines = [f"{indent}{terminal_line(result.step)}{called}{again}{status} {mark}"]
    for outcome in result.judged:
        clean = replace(outcome, reason=hidden.text(outcome.reason))
        lines.append(f"{indent}{judged_line(clean, hidden.text(outcome.text))}")
    if result.error:
        lines.append(f"{indent}  {terminal_line(hidden.text(result.error))}")
    lines += [f"{indent}  the output {terminal_line(name)} has no value" for name in result.missing]
    if result.action:
        lines.append(f"{indent}  then {terminal_line(result.action)}")
    return lines
