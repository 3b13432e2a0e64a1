"""`playground request`, `playground snippet` and `playground targets`: what would be sent, in bytes and in code."""

from __future__ import annotations

import base64
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import click

from playground import jsontext
from playground.cli.checking import Checking, check_options, fail_on_contradiction
from playground.cli.failures import Failure
from playground.cli.options import (
    args_option,
    catalog_option,
    check_server,
    credential_option,
    form_objects_option,
    made,
    named_origins,
    opened,
    operation_arguments,
    read_arguments,
    read_json_option,
    read_settings,
    server_option,
)
from playground.cli.providers import table
from playground.config import Settings
from playground.contentviews.registry import CUT
from playground.gateway.answer import Answer
from playground.gateway.call import Embedded, Foreign, Gateway, chosen_server
from playground.gateway.call import call as send
from playground.gateway.context import CallContext, context_from
from playground.gateway.signing import sign
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.model import FormObjects
from playground.secrets.credentials import Credentials, read_credentials
from playground.secrets.schemes import signer_of
from playground.snippets.described import PREFIX, samples_of
from playground.snippets.registry import TARGETS, make_snippet
from playground.text.visible import terminal_line
from playground.transport.egress import gateway_policy


@click.command()
@operation_arguments
@args_option
@server_option
@click.option("--media-type", metavar="TYPE", help="One of the request body's media types.")
@form_objects_option
@credential_option
@click.option("--json", "as_json", is_flag=True, help="A JSON object: method, url, headers, body as base64.")
@catalog_option
def request(
    provider: str,
    operation: str,
    arguments: str,
    server: str | None,
    media_type: str | None,
    form_objects: FormObjects,
    credential: str | None,
    as_json: bool,
    catalog: Path | None,
) -> None:
    """Print the exact HTTP request for OPERATION of PROVIDER; nothing is sent.

    A credential is in it, unmasked, only when --credential gives one. On the way out User-Agent, Accept-Encoding,
    Content-Length and Connection are added, and lines end in CRLF.
    """
    values = read_arguments(arguments)
    credentials = _read_credential(credential)
    with opened(read_settings(catalog)) as store:
        built = made(
            store, provider, operation, values, server=server, media_type=media_type, form_objects=form_objects
        )
        check_server(built)
        message = built.message
        if credentials is not None:
            signer = signer_of(built.entry, credentials, built.model.security)
            message = sign(built.with_credentials(credentials), signer)
    if as_json:
        click.echo(jsontext.dumps(_request_shape(message), indent=2))
    else:
        _write(request_text(message))


@click.command()
@operation_arguments
@click.option("--target", "target_id", required=True, metavar="ID", help="One of `playground targets`.")
@click.option(
    "--via", type=click.Choice(["direct", "gateway", "sdk"]), help="To the API itself, through the gateway, the SDK."
)
@args_option
@server_option
@form_objects_option
@click.option("--gateway", "gateway_url", metavar="URL", help="The gateway the snippet calls.")
@catalog_option
def snippet(
    provider: str,
    operation: str,
    target_id: str,
    via: Literal["direct", "gateway", "sdk"] | None,
    arguments: str,
    server: str | None,
    form_objects: FormObjects,
    gateway_url: str | None,
    catalog: Path | None,
) -> None:
    """Print the snippet for OPERATION of PROVIDER as its page shows it.

    A sample that the description brings is a target too: `sample:curl`, by the name its page gives it.
    """
    target = next((target for target in TARGETS if target.id == target_id), None)
    if target is None and not target_id.startswith(PREFIX):
        raise Failure(f'There is no snippet target "{target_id}": `playground targets` lists them.')
    if target is not None and via is not None and via not in target.vias:
        raise Failure(f"The target {target_id} has no --via {via}: it has {' and '.join(target.vias)}.")
    values = read_arguments(arguments)
    settings = read_settings(catalog)
    with opened(settings) as store:
        built = made(store, provider, operation, values, server=server, form_objects=form_objects)
        entry, model = built.entry, built.model
        listed = [sample.id for sample in samples_of(entry.operation)]
        if target is None and target_id not in listed:
            raise Failure(
                f'The description of {operation} has no sample "{target_id}"; it has {", ".join(listed) or "none"}.'
            )
        code = make_snippet(entry, model, target=target_id, via=via, gateway_url=gateway_url or settings.gateway_url)
    _write(code.text.encode("utf-8", "replace") + b"\n")


@click.command()
def targets() -> None:
    """List the snippet targets: id, language, client."""
    for line in table([[target.id, target.language, target.client] for target in TARGETS]):
        click.echo(line)


def _read_credential(text: str | None) -> Credentials | None:
    """Return the credentials an option gives, `None` without one. Raises `Failure`, `CredentialError`."""
    return None if text is None else read_credentials(read_json_option("--credential", text))


def _request_shape(message: HTTPRequest) -> dict[str, object]:
    """Return a request in the shape of docs/protocol.md."""
    return {
        "method": message.method,
        "url": message.url,
        "headers": [[name, value] for name, value in message.headers],
        "body": base64.b64encode(message.body).decode("ascii") if message.body else None,
    }


def request_text(message: HTTPRequest) -> bytes:
    """Return a request as RFC 9112 writes it, but for the line ends, which are a terminal's."""
    parts = urlsplit(message.url)
    target = message.url.split(parts.netloc, 1)[1].partition("#")[0]
    if not target.startswith("/"):
        target = f"/{target}"
    lines = [f"{message.method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in message.headers]
    return "".join(f"{line}\n" for line in (*lines, "")).encode("utf-8", "replace") + message.body


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    if sys.stdout.isatty() and not data.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


@click.command()
@operation_arguments
@args_option
@server_option
@click.option("--media-type", metavar="TYPE", help="One of the request body's media types.")
@form_objects_option
@click.option("--gateway", "gateway_url", metavar="URL", help="A gateway to call in the place of the embedded one.")
@credential_option
@click.option("--show-secrets", is_flag=True, help="Print the answer as it came, with secrets that it repeats.")
@check_options
@catalog_option
def call(
    provider: str,
    operation: str,
    arguments: str,
    server: str | None,
    media_type: str | None,
    form_objects: FormObjects,
    gateway_url: str | None,
    credential: str | None,
    show_secrets: bool,
    checked: bool,
    reports: tuple[Path, ...],
    catalog: Path | None,
) -> None:
    """Send the request for OPERATION of PROVIDER and print the answer's body; status and time go to stderr.

    A secret of yours that the API repeats is printed as •••. The exit status is 0 for every answer of the API, also
    4xx and 5xx, and 1 if there was none; with --check it is 1 as well for an answer that contradicts its description,
    and stderr says where.
    """
    checking = Checking(f"{provider} {operation}", reports) if checked or reports else None
    values = read_arguments(arguments)
    credentials = _read_credential(credential) or Credentials()
    settings = read_settings(catalog)
    context, gateway = calls_of(settings, server), gateway_at(settings, gateway_url)
    with opened(settings) as store:
        built = made(
            store, provider, operation, values, server=server, media_type=media_type, form_objects=form_objects
        )
        check_server(built.to_server(chosen_server(built, settings)))
        with send(built, credentials, gateway, context) as answer:
            if checking is None:
                _print(answer, show_secrets=show_secrets)
                return
            try:
                _print(answer, show_secrets=show_secrets)
            finally:
                checking.add(store, built.entry, answer)
                checking.finish()
        fail_on_contradiction(checking)


def calls_of(settings: Settings, server: str | None) -> CallContext:
    """Return the context of this command's calls; the limits count them as those of one visitor.

    The shell's user is the operator, so the calls are as free as those of a local site.
    """
    context = context_from(replace(settings, local=True))
    return replace(context, visitor="command line", named=named_origins(server))


def gateway_at(settings: Settings, url: str | None) -> Gateway:
    """Return the gateway at a URL, the embedded one for `None`.

    A URL typed in a shell is the operator's, so the gateway may be private.
    """
    if url is None:
        return Embedded()
    return Foreign(url, gateway_policy(replace(settings, gateway_url=url, local=True), loopback=True))


def _print(answer: Answer, *, show_secrets: bool) -> None:
    response = answer.response if show_secrets else answer.shown_response
    if response is None:
        raise Failure(answer.error or "There was no answer.")
    click.echo(status_line(response, answer.duration_ms), err=True)
    if response.truncated:
        click.echo(_why_cut(response), err=True)
    sys.stdout.buffer.write(response.body)
    if sys.stdout.isatty() and response.body and not response.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _why_cut(response: HTTPResponse) -> str:
    """Return why content is missing, and which setting limits it where one does."""
    cut = response.facts.cut if response.facts is not None else ""
    setting = {"limit": "PLAYGROUND_MAX_RESPONSE_BYTES", "deadline": "PLAYGROUND_SEND_TIMEOUT"}.get(cut or "limit")
    return f"{CUT.get(cut, CUT['limit'])}{f' {setting} sets it.' if setting else ''}"


def status_line(response: HTTPResponse, duration_ms: float) -> str:
    """Return `200 OK, 512 bytes in 34 ms`, with `from the sandbox` where no network was asked."""
    status = terminal_line(f"{response.status} {response.reason}")
    origin = " from the sandbox" if response.origin == "sandbox" else ""
    return f"{status}, {len(response.body)} bytes in {duration_ms:.0f} ms{origin}"
