"""`playground serve` and `playground gateway`: the site, or its gateway alone, on waitress."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playground.cli.failures import ENDING, INTERRUPTED, Failure
from playground.cli.options import catalog_option, opened, read_settings
from playground.config import Settings, mode_of
from playground.server.timeouts import LONGEST_HEAD, SILENCE
from playground.server.waitress import (
    end_between_events,
    end_slow_connections,
    refuse_ambiguous_requests,
    stop_accepting,
)
from playground.startup import follow_catalog, mode_line, tune_gc

if TYPE_CHECKING:
    from flask import Flask

    from playground.store import Store
    from playground.transport.addresses import Endpoint

_THREADS = 672
"""More than the calls that may be under way at a time, so that a page never waits for an API (docs/deploy.md)."""

_FOR_PAGES = 32
_CONNECTIONS = 4096
_LOOK_SECONDS = 5
"""How often connections are looked through for those that are too slow."""

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")


def port_option(port: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option --port with its usual value."""
    kind = click.IntRange(0, 65535)
    return click.option("--port", default=port, type=kind, show_default=True, help="The port; 0 takes a free one.")


@click.command()
@host_option
@port_option(8000)
@catalog_option
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--debug", is_flag=True, help="Show /dev/patterns, every component in every state.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, catalog: Path | None, show: bool, debug: bool) -> None:
    """Serve the site with its embedded gateway."""

    def make(settings: Settings, store: Store, own: tuple[Endpoint, ...]) -> Flask:
        from playground.app import create_app

        return create_app(replace(settings, debug=settings.debug or debug), store, own)

    context.exit(run(make, host, port, catalog, "Playground", show=show))


@click.command()
@host_option
@port_option(4000)
@catalog_option
@click.pass_context
def gateway(context: click.Context, host: str, port: int, catalog: Path | None) -> None:
    """Serve the gateway alone: POST /tools/PROVIDER/OPERATION."""

    def make(settings: Settings, store: Store, own: tuple[Endpoint, ...]) -> Flask:
        from playground.app import create_gateway_app

        return create_gateway_app(settings, store, own)

    context.exit(run(make, host, port, catalog, "The gateway"))


def run(
    make: Callable[[Settings, Store, tuple[Endpoint, ...]], Flask],
    host: str,
    port: int,
    catalog: Path | None,
    what: str,
    *,
    show: bool = False,
) -> int:
    """Serve what `make` makes, on waitress, until it is asked to end; return the exit status.

    Prints `{what} is at {address}`; port 0 takes a free one. Raises `Failure` where it cannot listen.
    """
    settings = read_settings(catalog)
    # The port first: the application is not made in vain, and waitress leaves sockets behind when it fails.
    with listen(host, port) as listener, opened(settings) as store:
        ended = follow_catalog(settings)
        try:
            return serve_on(listener, make, settings, store, host, what, show="" if show else None)
        finally:
            ended.set()


def serve_on(
    listener: socket.socket,
    make: Callable[[Settings, Store, tuple[Endpoint, ...]], Flask],
    settings: Settings,
    store: Store,
    host: str,
    what: str,
    *,
    show: str | None = None,
) -> int:
    """Serve what `make` makes of a catalogue on a socket that listens, as `run` does; `show` is the path to open."""
    from playground.web.logs import start_logging

    mode = mode_of(settings, host)
    settings = replace(settings, local=mode.local)
    with listener:
        start_logging(settings)
        own_host, own_port = listener.getsockname()[:2]
        server = make_server(make(settings, store, ((own_host, own_port),)), settings, listener)
        tune_gc()
        address = address_of(host, own_port)
        click.echo(f"{what} is at {address}")
        click.echo(mode_line(mode))
        if show is not None:
            threading.Thread(target=webbrowser.open, args=(address + show,), daemon=True).start()
        # A Send that waits gets its own deadline's answer.
        return serve_until_ended(server, settings.send_timeout + 5)


def make_server(app: Flask, settings: Settings, listener: socket.socket) -> Any:
    """Return a waitress server of the application on a socket that listens."""
    import waitress

    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=max(_THREADS, settings.concurrency.get("all", 0) + _FOR_PAGES),
        connection_limit=_most_connections(),
        channel_timeout=SILENCE,
        max_request_header_size=LONGEST_HEAD,
        cleanup_interval=_LOOK_SECONDS,
        asyncore_use_poll=True,  # select() fails at the thousandth open file
        max_request_body_size=settings.max_request_bytes + 1_000_000,
        ident=None,
        # Without looking ahead it would not notice a visitor who leaves while an API keeps the request waiting.
        channel_request_lookahead=1,
        # The application reads these fields itself if the operator set how many proxies are in front.
        # A local site refuses what comes through a proxy, so it has to see the fields of one.
        clear_untrusted_proxy_headers=settings.proxy_hops == 0 and not settings.local,
    )
    end_slow_connections(server)
    refuse_ambiguous_requests(server)
    return server


def _most_connections() -> int:
    """Return how many connections may be open: silent ones cost a file each, so files are asked for first."""
    try:
        import resource
    except ImportError:  # Windows
        return 2 * _THREADS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * _CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(2 * _THREADS, min(_CONNECTIONS, wanted // 2))


def serve_until_ended(server: Any, grace: float) -> int:
    """Serve until Ctrl-C (130) or SIGTERM (0); both let waitress finish the requests it has.

    After Ctrl-C it waits 5 seconds for them, after SIGTERM `grace` seconds; a second signal ends the wait. A terminal
    that is closed (SIGHUP) counts as SIGTERM, unless it was ignored before.
    """
    ended: list[int] = []
    draining = False

    def end(number: int, _frame: object) -> None:
        if draining:
            raise SystemExit
        ended.append(INTERRUPTED if number == signal.SIGINT else 0)
        server.pull_trigger()

    finish = server.task_dispatcher.shutdown

    def shutdown(*_: object) -> Any:
        nonlocal draining
        draining = True
        with stop_accepting(server):
            return finish() if ended[0] else finish(timeout=grace)

    server.task_dispatcher.shutdown = shutdown
    end_between_events(server, lambda: bool(ended))
    numbers = [number for number in (signal.SIGINT, *ENDING) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        server.run()
    except SystemExit:  # the second signal
        pass
    finally:
        server.close()
        for number, handler in before.items():
            signal.signal(number, handler)
    return ended[0]


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises `Failure` with what to do."""
    try:
        addresses = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = min(addresses, key=lambda entry: entry[0] != socket.AF_INET)
        dual = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(address[:2], family=family, backlog=1024, dualstack_ipv6=dual)
    except (OSError, UnicodeError) as error:
        raise Failure(_reason(error, host, port)) from None


def _reason(error: OSError | UnicodeError, host: str, port: int) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} may not be used by this user: choose one above 1023 with --port."
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use: choose another one with --port, or end what uses it."
    if isinstance(error, OSError) and error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine: choose another one with --host."
    number = error.errno if isinstance(error, OSError) else None
    detail = os.strerror(number) if number is not None and not isinstance(error, socket.gaierror) else "no such address"
    return f"{host}, port {port}, cannot be listened on ({detail}): choose others with --host and --port."


def address_of(host: str, port: int) -> str:
    """Return the URL at which a browser on this machine finds what listens there."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host)  # noqa: S104 - compared, not bound
    if shown is None:
        shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
