"""The scene runs once for all these files: what it keeps is in the browser, and each test has a fresh profile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.vault.scene import Vault, vault_in


@pytest.fixture(scope="session")
def running_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """The scene."""
    with vault_in(tmp_path_factory.mktemp("vault")) as scene:
        yield scene


@pytest.fixture
def vault(running_vault: Vault) -> Vault:
    """The scene, whose servers have heard nothing yet."""
    for server in (running_vault.api, running_vault.other, running_vault.gateway.server):
        server.requests.clear()
    return running_vault
