"""`playground call`: send a request, and print what came back."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from playground.cli.failures import Failure, one_line
from playground.cli.options import (
    args_option,
    catalog_option,
    credential_option,
    found,
    operation_arguments,
    read_arguments,
    read_settings,
    server_option,
)
from playground.cli.requests import read_credential
from playground.gateway.answer import Answer
from playground.gateway.embedded import DispatchContext, dispatch_model
from playground.gateway.foreign.client import call_gateway
from playground.gateway.operator import load_operator_credentials
from playground.messages import HTTPResponse
from playground.request.arguments import from_arguments
from playground.secrets.credentials import Credentials
from playground.transport.egress import gateway_policy


@click.command()
@operation_arguments
@args_option
@server_option
@click.option("--media-type", metavar="TYPE", help="One of the request body's media types.")
@click.option("--gateway", "gateway_url", metavar="URL", help="A gateway to call in the place of the embedded one.")
@credential_option
@catalog_option
def call(
    provider: str,
    operation: str,
    arguments: str,
    server: str | None,
    media_type: str | None,
    gateway_url: str | None,
    credential: str | None,
    catalog: Path | None,
) -> None:
    """Send the request for OPERATION of PROVIDER and print the answer's body; status and time go to stderr.

    The exit status is 0 for every answer of the API, also 4xx and 5xx, and 1 if there was none.
    """
    values = read_arguments(arguments)
    credentials = read_credential(credential) or Credentials()
    settings = read_settings(catalog)
    with found(settings, provider, operation) as entry:
        model = from_arguments(entry, values, server=server, media_type=media_type)
        if gateway_url is None:
            operator = load_operator_credentials(settings.credentials)
            answer = dispatch_model(entry, model, credentials, DispatchContext(settings=settings, operator=operator))
        else:
            # Who types the URL here runs this machine: the gateway may be private.
            policy = gateway_policy(replace(settings, gateway_url=gateway_url), loopback=True)
            answer = call_gateway(gateway_url, entry, model, credentials, policy)
    _print(answer)


def _print(answer: Answer) -> None:
    response = answer.response
    if response is None:
        raise Failure(answer.error or "There was no answer.")
    click.echo(status_line(response, answer.duration_ms), err=True)
    if response.truncated:
        click.echo("The answer is cut: PLAYGROUND_MAX_RESPONSE_BYTES and PLAYGROUND_SEND_TIMEOUT limit it.", err=True)
    sys.stdout.buffer.write(response.body)
    if sys.stdout.isatty() and response.body and not response.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def status_line(response: HTTPResponse, duration_ms: float) -> str:
    """Return `200 OK, 512 bytes in 34 ms`, with `from the sandbox` where no network was asked."""
    status = one_line(f"{response.status} {response.reason}")
    origin = " from the sandbox" if response.origin == "sandbox" else ""
    return f"{status}, {len(response.body)} bytes in {duration_ms:.0f} ms{origin}"
