"""The site in process, on a catalogue with the bundled descriptions; a client that is a same-origin browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.startup import open_catalog
from playground.store import Store
from tests.support import listed
from tests.support.pages import browser_of


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A catalogue with what comes with Playground."""
    store = open_catalog(Settings(catalog=tmp_path_factory.mktemp("catalog") / "catalog.sqlite"))
    yield store
    store.close()


@pytest.fixture(scope="session")
def app(bundled_store: Store) -> Flask:
    """The site as `playground serve` makes it."""
    app = create_app(Settings(catalog=Path("unused")), bundled_store)
    app.testing = False
    return app


@pytest.fixture(scope="session")
def site_of_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site with long lists, which nobody changes."""
    with listed.site(tmp_path_factory.mktemp("lists")) as (app, _):
        yield app


@pytest.fixture
def lists(site_of_lists: Flask) -> FlaskClient:
    """A browser on the site with long lists."""
    return browser_of(site_of_lists)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A client that says nothing about where it comes from."""
    return app.test_client()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser on our own pages."""
    return browser_of(app)
