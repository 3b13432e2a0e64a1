"""`playground scenario`: play a scenario in a terminal or in CI, or check that it could be played."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from playground import jsontext
from playground.arazzo.checks import judge_check, needs_contract
from playground.arazzo.criteria import Judged
from playground.arazzo.document import ArazzoError, is_arazzo
from playground.arazzo.read import read_document
from playground.arazzo.requests import exchange_of
from playground.catalog.model import SANDBOX
from playground.cli.checking import Checking, check_options, fail_on_contradiction
from playground.cli.failures import Failure
from playground.cli.options import (
    advised,
    catalog_option,
    check_server,
    credential_option,
    made,
    opened,
    read_json_option,
    read_settings,
    server_option,
)
from playground.cli.requests import calls_of, gateway_at, status_line
from playground.cli.workflows import Recording, Wishes, check_paths, judged_line, run_document
from playground.contract.check import THOROUGH
from playground.contract.check import check as check_answer
from playground.contract.described import located
from playground.contract.report import finding_shape
from playground.contract.verdict import Verdict
from playground.gateway.answer import Answer
from playground.gateway.call import call, chosen_server
from playground.gateway.context import new_request_id
from playground.gateway.envelope import decode_text
from playground.gateway.errors import GatewayError
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.server import check_described
from playground.scenario.carry import fill_in, take
from playground.scenario.model import Scenario, ScenarioError, Step, read_scenario
from playground.secrets.credentials import Credentials, read_credentials
from playground.secrets.redact import redact_text
from playground.store import OperationNotFound, ProviderNotFound, Store
from playground.text.visible import terminal_line


@click.group()
def scenario() -> None:
    """Play or check a scenario: a file of prefilled requests, made on the site or by hand."""


@scenario.command()
@click.argument("file", metavar="FILE")
@click.option("--gateway", "gateway_url", metavar="URL", help="A gateway to call in the place of the embedded one.")
@server_option
@credential_option
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line: step, operation, status, duration_ms.")
@click.option("--sandbox", is_flag=True, help="Let the sandbox answer every step: --server sandbox.")
@click.option(
    "--record", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page (.html) with each exchange, secrets removed.",
)  # fmt: skip
@click.option("--input", "inputs", metavar="NAME=VALUE", multiple=True, help="An input of an Arazzo workflow.")
@click.option("--inputs", "inputs_file", metavar="FILE", help="Inputs by name, as JSON.")
@click.option("--workflow", "workflows", metavar="ID", multiple=True, help="Play this workflow of an Arazzo document.")
@click.option(
    "--source", "sources", metavar="NAME=PLACE", multiple=True,
    help="Where a source of an Arazzo document is: a file, a URL, or an API of the catalogue.",
)  # fmt: skip
@check_options
@catalog_option
def run(
    file: str,
    gateway_url: str | None,
    server: str | None,
    credential: str | None,
    as_json: bool,
    sandbox: bool,
    record: Path | None,
    inputs: tuple[str, ...],
    inputs_file: str | None,
    workflows: tuple[str, ...],
    sources: tuple[str, ...],
    checked: bool,
    reports: tuple[Path, ...],
    catalog: Path | None,
) -> None:
    """Send the steps of FILE (- is standard input) in order, values carried from one answer into the next.

    FILE is a scenario of this site or an Arazzo document. Stops with exit status 1 at the first step whose answer is
    missing or not of an expected status; of an Arazzo document each workflow is played as its criteria and actions say.
    --server holds for every step; where the steps call several providers, --credential is an object of credentials by
    provider. With --check the exit status is 1 as well where an answer contradicts its description; the steps after it
    are still sent.
    """
    if sandbox:
        server = SANDBOX
    text = _text(file)
    if is_arazzo(text):
        check_paths(reports, record)
        wishes = Wishes(
            gateway_url=gateway_url, server=server, credential=credential, as_json=as_json, checked=checked,
            reports=reports, record=record, inputs=inputs, inputs_file=inputs_file, workflows=workflows,
            sources=sources, catalog=catalog,
        )  # fmt: skip
        try:
            run_document(read_document(text), file, wishes)
        except ArazzoError as error:
            raise Failure(f"{file}: {error}") from None
        return
    if inputs or inputs_file or workflows or sources:
        raise Failure("--input, --inputs, --workflow and --source are for Arazzo documents; this file is a scenario.")
    played = _read(file, text)
    check_paths(reports, record)
    checking = Checking(played.title or file, reports) if checked or reports else None
    recording = Recording(played.title or file, record)
    credentials = _credentials(credential, {step.provider for step in played.steps})
    settings = read_settings(catalog)
    context, gateway = calls_of(settings, server), gateway_at(settings, gateway_url)
    values: dict[str, Any] = {}
    with opened(settings) as store, _reported(checking), recording:
        for index in range(len(played.steps)):
            with _place(index):
                step = fill_in(played, index, values)
                step = step if server is None else replace(step, server=server)
                request = _request(store, step, typed=server is not None)
                check_server(request.to_server(chosen_server(request, settings)))
                own = credentials.get(request.entry.provider.name, Credentials())
                with call(request, own, gateway, replace(context, request_id=new_request_id())) as answer:
                    wrong = _wrong(step, answer)
                    judged = _judged(store, step, request, answer)
                    wrong = wrong or _unmet(judged)
                    recording.add(f"{index + 1}. {step.title or step.operation}", request, answer, wrong, judged)
                    found = None
                    if checking is not None:
                        title = f"{index + 1}. {terminal_line(step.title or step.operation)}"
                        found = checking.add(store, request.entry, answer, title=title, error=wrong)
                    click.echo(_line(index, step, answer, found, judged, as_json=as_json))
                if wrong or answer.response is None:
                    raise Failure(wrong)
                values |= take(step, decode_text(answer.response))
    if checking is not None:
        fail_on_contradiction(checking)


@contextmanager
def _reported(checking: Checking | None) -> Iterator[None]:
    """Write the reports of what was checked, also where the steps end early."""
    try:
        yield
    finally:
        if checking is not None:
            checking.finish()


@scenario.command()
@click.argument("file", metavar="FILE")
@catalog_option
def check(file: str, catalog: Path | None) -> None:
    """Check every step of FILE against the catalogue: the operation is there and takes these arguments. Sends nothing.

    A value that an earlier answer would give is taken to be its name in braces.
    """
    played = _read(file, _text(file))
    values = {name: f"{{{{{name}}}}}" for step in played.steps for name in step.take}
    with opened(read_settings(catalog)) as store:
        for index, step in enumerate(played.steps):
            with _place(index):
                early = {name: values[name] for earlier in played.steps[:index] for name in earlier.take}
                request = _request(store, fill_in(played, index, early))
                _ = request.message  # raises what is wrong
            operation = request.entry.operation
            click.echo(f"{index + 1}. {operation.method} {operation.path}  {terminal_line(step.title)}".rstrip())


def _credentials(text: str | None, providers: set[str]) -> dict[str, Credentials]:
    """Return the option's credentials by provider: what is meant for one API is never sent to another."""
    if text is None:
        return {}
    value = read_json_option("--credential", text)
    if isinstance(value, dict) and value and value.keys() <= providers:
        return {provider: read_credentials(credential) for provider, credential in value.items()}
    if len(providers) > 1:
        names = " and ".join(sorted(providers))
        raise Failure(f"--credential: the steps call {names}; write an object of credentials by provider.")
    return {provider: read_credentials(value) for provider in providers}


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise Failure(f"{name}: {error.strerror}; check the path and its permissions.") from None
    except UnicodeDecodeError:
        raise Failure(f"{name} is not UTF-8 text; save it as UTF-8.") from None


def _read(name: str, text: str) -> Scenario:
    try:
        played = read_scenario(text)
    except ScenarioError as error:
        raise Failure(f"{name}: {error}") from None
    if not played.steps:
        raise Failure(f"{name} has no steps; add one on the site with “Add to scenario”, or under /steps.")
    return played


@contextmanager
def _place(index: int) -> Iterator[None]:
    """Name the step in what goes wrong inside it."""
    try:
        yield
    except ScenarioError as error:
        raise Failure(str(error) if str(error).startswith("Step ") else f"Step {index + 1}: {error}") from None
    except (ProviderNotFound, OperationNotFound) as error:
        raise Failure(f"Step {index + 1}: {advised(error)}") from None
    except (Failure, RequestError, GatewayError) as error:
        raise Failure(f"Step {index + 1}: {error}") from None


def _request(store: Store, step: Step, *, typed: bool = False) -> BuiltRequest:
    built = made(store, step.provider, step.name, step.arguments, server=step.server, media_type=step.media_type)
    if not typed:
        check_described(built.entry, step.server)
    return built


def _judged(store: Store, step: Step, request: BuiltRequest, answer: Answer) -> tuple[Judged, ...]:
    """Return what an answer is compared with the step's checks; secrets of the caller's are masked in it."""
    exchange, response = exchange_of(request, answer), answer.response
    if exchange is None or response is None or not step.check:
        return ()
    differences = None
    if needs_contract(step.check):
        verdict = located(check_answer(request.entry, response, THOROUGH), lambda: store.source(step.provider))
        differences = tuple(finding.text for finding in verdict.errors)
    judged = (judge_check(line, exchange, differences) for line in step.check)
    return tuple(replace(outcome, reason=redact_text(outcome.reason, answer.secrets)) for outcome in judged)


def _unmet(judged: tuple[Judged, ...]) -> str:
    """Return which checks an answer does not meet, nothing if it meets all."""
    unmet = [
        f"{outcome.text} ({outcome.reason})" if outcome.reason else outcome.text
        for outcome in judged
        if not outcome.holds
    ]
    return f"the answer does not meet {terminal_line('; '.join(unmet))}." if unmet else ""


def _line(
    index: int, step: Step, answer: Answer, found: Verdict | None, judged: tuple[Judged, ...], *, as_json: bool
) -> str:
    response = answer.response
    if as_json:
        facts = {"step": index + 1, "operation": step.operation, "status": response.status if response else None}
        facts |= {"duration_ms": round(answer.duration_ms, 1), "request_id": answer.request_id}
        if found is not None:
            facts |= {"findings": [finding_shape(finding) for finding in found.findings]}
        if judged:
            facts |= {
                "checks": [
                    {"check": outcome.text, "passed": outcome.holds, "reason": outcome.reason} for outcome in judged
                ]
            }
        return jsontext.dumps(facts)
    title = terminal_line(step.title or step.operation)
    line = f"{index + 1}. {title}: " + (status_line(response, answer.duration_ms) if response else "no answer")
    return "\n".join([line, *(judged_line(outcome) for outcome in judged)])


def _wrong(step: Step, answer: Answer) -> str:
    """Return why an answer is not the expected one, nothing if it is."""
    if answer.response is None:
        return answer.error or "There was no answer."
    status = answer.response.status
    if step.expects(status):
        return ""
    expected = " or ".join(str(code) for code in step.expect) or "200 to 299"
    shown = answer.shown_response
    text = terminal_line(decode_text(shown))[:300] if shown is not None else ""
    return f"the answer is {status}, expected {expected}." + (f" It says: {text}." if text else "")
