"""`python -m bench` runs at the smallest counts, on the real server, and leaves no process behind."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import importing, pages, peers, serving
from bench.__main__ import main
from bench.client import Client
from bench.descriptions import import_description, stripe
from playground.store import open_store


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.sqlite"
    import_description(stripe(real=False)[1], path)
    return path


def test_the_imported_description_is_whole(catalog: Path) -> None:
    with open_store(catalog) as store:
        assert store.providers()[0].operations == len(store.operations("stripe")) > 20


def test_an_import_is_compared_with_a_parse() -> None:
    (figure,) = importing.figures("small", stripe(real=False)[1], 1)
    assert figure.ratio > 1
    assert len(figure.measured.seconds) == len(figure.reference.seconds) == 1


@pytest.mark.long
def test_pages_and_snippets_are_measured_on_the_real_server(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["page", "snippet", "--bundled", "--runs", "2"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    names = [line.split("  ")[0] for line in result.output.splitlines()[3:]]
    assert names == [
        f"{name}{clock}"
        for clock in ("", ", processor")
        for name in ("operation page, cached", "operation pages, first render", "snippet POST")
    ]
    assert result.output.count(" 2  empty Flask view ") == 6


def test_the_site_has_an_empty_view_and_ends_with_its_block(catalog: Path) -> None:
    with serving.site(catalog) as port, Client(port) as client:
        answer = client.get(serving.EMPTY)
        assert (answer.body, answer.transferred) == (b"", 0)
        page = client.get(pages.PAGE)
        assert 0 < page.transferred < len(page.body)
        with pytest.raises(RuntimeError, match="404"):
            client.get("/nothing")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_the_site_ends_where_a_measurement_fails(catalog: Path) -> None:
    ports = []
    with pytest.raises(ZeroDivisionError), serving.site(catalog) as port:
        ports.append(port)
        raise ZeroDivisionError
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", ports[0]), timeout=5)


def test_a_catalogue_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_text("no catalogue")
    with pytest.raises(RuntimeError, match="did not start"), serving.site(path):
        pass


def test_without_npm_peers_are_skipped_with_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["peers", "--bundled"])
    assert result.exit_code == 0
    assert result.output == "Peers are skipped: their packages are fetched with npm, which is not on this machine.\n"


def test_the_assets_of_a_page_are_found_once_each() -> None:
    html = '<link href="/assets/a.css"><script src="/assets/b.js"></script><use href="/assets/i.svg#x"/>' * 2
    assert peers.assets_of(html) == ["/assets/a.css", "/assets/b.js", "/assets/i.svg"]
