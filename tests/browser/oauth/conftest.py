"""The scene runs once for all these files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.oauth.scene import Scene, scene_in


@pytest.fixture(scope="session")
def running_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The scene."""
    with scene_in(tmp_path_factory.mktemp("oauth")) as scene:
        yield scene


@pytest.fixture
def scene(running_scene: Scene) -> Scene:
    """The scene, whose servers have heard nothing yet and behave."""
    server = running_scene.server
    running_scene.api.requests.clear()
    running_scene.refused.clear()
    server.authorizations.clear()
    server.token_requests.clear()
    server.tamper = {}
    server.names_itself = server.waits = False
    server.expires_in = 3600
    server.delay = 0
    return running_scene
