"""A catalogue for the pages of lists, in the reach of every test here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from playground.store import Store
from tests.support import listed
from tests.support.pages import browser_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Store]]:
    """The site on that catalogue, and its store."""
    with listed.site(tmp_path_factory.mktemp("lists")) as (app, store):
        yield browser_of(app), store


@pytest.fixture
def lists(site: tuple[FlaskClient, Store]) -> FlaskClient:
    """A browser on that site."""
    return site[0]
