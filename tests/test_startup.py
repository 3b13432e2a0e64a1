"""The bundled catalogue appears by itself, follows its descriptions, and stays away once removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground import bundled
from playground.config import Settings
from playground.startup import open_catalog, refresh_bundled
from playground.store import NotACatalogue, ProviderNotFound, Store, open_store
from tests.store.catalogs import make_older, numbered

_ONE = b"""{"openapi": "3.1.0", "info": {"title": "One", "version": "1"},
    "paths": {"/a": {"get": {"operationId": "a"}}}}"""
_TWO = _ONE.replace(b'"One"', b'"Two"')


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    _bundle(monkeypatch, one=_ONE, other=_ONE)
    with open_catalog(Settings(catalog=tmp_path / "catalog.sqlite")) as opened:
        yield opened


def _bundle(monkeypatch: pytest.MonkeyPatch, **documents: bytes) -> None:
    monkeypatch.setattr(bundled, "documents", lambda: iter(documents.items()))


def test_a_new_catalogue_holds_the_bundled_descriptions(store: Store) -> None:
    assert [provider.name for provider in store.providers()] == ["one", "other"]
    assert store.provider("one").sandbox_first
    assert store.source("one") == _ONE
    assert refresh_bundled(store) == ()


def test_a_changed_bundled_description_is_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _bundle(monkeypatch, one=_TWO, other=_ONE)
    assert refresh_bundled(store) == ("one",)
    assert store.provider("one").title == "Two"


def test_a_removed_one_does_not_come_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.remove("one")
    _bundle(monkeypatch, one=_TWO, other=_ONE)
    with open_catalog(Settings(catalog=store.path)) as again, pytest.raises(ProviderNotFound):
        again.provider("one")


def test_the_users_own_description_is_not_overwritten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace(numbered(1, name="one"), b"")
    _bundle(monkeypatch, one=_TWO, other=_TWO)
    assert refresh_bundled(store) == ("other",)
    assert store.provider("one").title == "Shop 1"


def test_an_older_catalogue_of_bundled_descriptions_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(catalog=tmp_path / "catalog.sqlite")
    _bundle(monkeypatch, one=_ONE, other=_ONE, third=_ONE)
    with open_catalog(settings) as store:
        store.remove("other")
    make_older(settings.catalog)
    settings.catalog.chmod(0o640)
    with pytest.raises(NotACatalogue, match="older Playground"):
        open_store(settings.catalog)
    _bundle(monkeypatch, one=_TWO, other=_TWO, third=_ONE)
    with open_catalog(settings) as store:
        assert [(provider.name, provider.title) for provider in store.providers()] == [("one", "Two"), ("third", "One")]
        assert store.source("one") == _TWO
    assert settings.catalog.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == [settings.catalog.name]


def test_an_older_catalogue_with_anything_of_the_users_is_refused_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(catalog=tmp_path / "catalog.sqlite")
    _bundle(monkeypatch, one=_ONE)
    with open_catalog(settings) as store:
        store.replace(numbered(1, name="mine"), b"")
    make_older(settings.catalog)
    before = settings.catalog.read_bytes()
    with pytest.raises(NotACatalogue, match="older Playground: move it away"):
        open_catalog(settings)
    assert settings.catalog.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [settings.catalog.name]


def test_the_shipped_descriptions_have_names_and_bytes() -> None:
    documents = dict(bundled.documents())
    assert "stripe" in documents
    assert all(documents.values())


def test_the_shipped_descriptions_compile(tmp_path: Path) -> None:
    with open_catalog(Settings(catalog=tmp_path / "catalog.sqlite")) as store:
        assert [provider.name for provider in store.providers()] == [name for name, _ in bundled.documents()]
        stripe = store.entry("stripe", "postCheckoutSessionsSession")
    assert (stripe.operation.key, stripe.provider.title) == ("POST /v1/checkout/sessions/{session}", "Stripe API")
