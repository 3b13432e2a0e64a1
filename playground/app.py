"""`create_app(settings, store)`: the application, wired. Importing this module has no side effects."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
import weakref
from dataclasses import replace
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from playground.answers.keep import FolderKeep, Keep, default_folder
from playground.answers.keep_in_bucket import BucketKeep
from playground.answers.keep_in_redis import RedisKeep
from playground.config import Bucket, Settings, mode_of
from playground.environment import from_environ
from playground.gateway.context import context_from
from playground.imports.watch import Watching
from playground.sandbox.service import Sandbox
from playground.startup import follow_catalog, mode_line, open_catalog, tune_gc
from playground.store import Store
from playground.transport.addresses import Endpoint
from playground.web import answers, events, gateway_api, health, oauth, paste
from playground.web import help as help_page
from playground.web.added.keep import HOSTED, OWN, AddedKeep, OwnSites
from playground.web.added.page import added_blueprint, takes_descriptions
from playground.web.agents.routes import ADDRESS, agents_blueprint
from playground.web.assets import assets_blueprint, give_assets_first, load_assets
from playground.web.brand import add_brand, brand_files, look_of
from playground.web.catalogue import changes
from playground.web.catalogue import routes as catalogue
from playground.web.dev import patterns_blueprint
from playground.web.embed import embed_blueprint
from playground.web.errors import map_errors
from playground.web.exports import json_documents
from playground.web.exports.sdk import sdk_blueprint
from playground.web.form_limits import MOST_FIELDS, BoundedRequest
from playground.web.i18n.languages import add_languages, languages_blueprint, languages_of
from playground.web.i18n.translate import add_words
from playground.web.kept import code, comparison, handles
from playground.web.kept import routes as kept
from playground.web.live import live_blueprint
from playground.web.local import LocalOnly
from playground.web.logs import log_requests, start_logging
from playground.web.markup.environment import PageEnvironment
from playground.web.markup.templates import prepare_templates
from playground.web.metrics import count_requests
from playground.web.operation import try_it
from playground.web.owner.page import add_owner
from playground.web.readers import add_readers
from playground.web.ready import ReadyPages
from playground.web.sandbox_api import sandbox_blueprint, site_serving
from playground.web.scenarios.routes import scenarios_blueprint
from playground.web.scenarios.workflows import workflows_blueprint
from playground.web.security import add_security_headers, allow_consoles, protect_posts
from playground.web.signin.page import add_sign_in
from playground.web.site import Site, attach_site
from playground.web.timing import time_requests
from playground.web.traces import trace_requests

log = logging.getLogger("playground.app")

SANDBOX_ADDRESS = "/sandbox"
MAX_FORM_BYTES = 32_000_000
"""Bytes that a form's texts may have together: they are held in memory, its files on disk."""


def assets_root() -> Path:
    """Return the folder with `templates` and `static`: inside an installed package, or the top of a checkout."""
    package = Path(__file__).parent
    return package if (package / "templates").is_dir() else package.parent


def create_app(
    settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...] = (), *, watcher: Watching | None = None
) -> Flask:
    """Make the site with its embedded gateway. `own_addresses` are where it listens: never an API to call.

    With a `watcher` open pages say when their description has changed, or cannot be read. Raises `SettingsError` if the
    operator's credentials or catalogues cannot be read.
    """
    app = _base(settings, store, own_addresses, watcher=watcher)
    languages, brand = languages_of(app), brand_files(settings)
    assets = {tag: load_assets(assets_root() / "static", brand, language.words) for tag, language in languages.items()}
    app.register_blueprint(assets_blueprint(assets))
    app.register_blueprint(catalogue.bp)
    app.register_blueprint(json_documents.bp)
    app.register_blueprint(try_it.bp)
    app.register_blueprint(answers.bp)
    app.register_blueprint(kept.bp)
    app.register_blueprint(handles.bp)
    app.register_blueprint(code.bp)
    app.register_blueprint(comparison.bp)
    app.register_blueprint(paste.bp)
    app.register_blueprint(events.bp)
    app.register_blueprint(oauth.bp)
    app.register_blueprint(embed_blueprint({tag: files["embed"] for tag, files in assets.items()}))
    app.register_blueprint(scenarios_blueprint())
    app.register_blueprint(workflows_blueprint())
    app.register_blueprint(sdk_blueprint())
    app.register_blueprint(help_page.bp)
    app.register_blueprint(languages_blueprint(languages))
    app.register_blueprint(live_blueprint())
    app.register_blueprint(changes.bp)
    add_owner(app, settings)
    keep = _added_keep(settings)
    app.register_blueprint(added_blueprint(keep))
    if settings.debug:
        app.register_blueprint(patterns_blueprint(next(iter(assets.values()))["style"]))
    app.register_blueprint(agents_blueprint(app))
    app.register_blueprint(gateway_api.bp, url_prefix="/gateway")
    app.register_blueprint(sandbox_blueprint(site_serving), url_prefix=SANDBOX_ADDRESS)
    give_assets_first(app, assets)
    site: Site = app.extensions["playground"]
    if takes_descriptions(site):
        app.wsgi_app = OwnSites(app.wsgi_app, site, keep, state_file)  # type: ignore[method-assign]
    add_readers(app, settings, state_file, add_sign_in(app, settings))
    return _keep_local(app, settings)


def _added_keep(settings: Settings) -> AddedKeep:
    """Return where visitors' own descriptions go: on a local site as long as it runs, else beside the catalogue."""
    if not settings.local:
        return AddedKeep(settings.catalog.with_name(f"{settings.catalog.stem}.added"), HOSTED)
    folder = Path(tempfile.gettempdir()) / f"playground-added-{os.getpid()}-{secrets.token_hex(4)}"
    keep = AddedKeep(folder, OWN)
    weakref.finalize(keep, shutil.rmtree, folder, ignore_errors=True)
    return keep


def create_gateway_app(settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...] = ()) -> Flask:
    """Make the gateway alone, its routes at the top: `POST /tools/{provider}/{operation}`."""
    app = _base(settings, store, own_addresses, alone=True)
    app.register_blueprint(gateway_api.bp)
    add_readers(app, settings, state_file)
    return _keep_local(app, settings)


def _keep_local(app: Flask, settings: Settings) -> Flask:
    if settings.local:
        app.wsgi_app = LocalOnly(app.wsgi_app)  # type: ignore[method-assign]
    return app


def application() -> Flask:
    """Make the site from the environment, for a WSGI server: `gunicorn 'playground.app:application()'`."""
    settings = _of_a_server()
    app = create_app(settings, open_catalog(settings))
    follow_catalog(settings)
    tune_gc()
    return app


def gateway_application() -> Flask:
    """Make the gateway alone from the environment: `gunicorn 'playground.app:gateway_application()'`."""
    settings = _of_a_server()
    app = create_gateway_app(settings, open_catalog(settings))
    follow_catalog(settings)
    tune_gc()
    return app


def state_file(catalog: Path) -> Path:
    """Return where the sandbox keeps what visitors make: beside the catalogue."""
    return catalog.with_name(f"{catalog.stem}.sandbox.sqlite")


def _of_a_server() -> Settings:
    settings = from_environ()
    start_logging(settings)
    log.info("%s", mode_line(mode_of(settings, None)))
    if settings.redis_url is None and os.environ.get("WEB_CONCURRENCY", "2") != "1":
        log.warning("limits are counted by each process for itself: PLAYGROUND_REDIS_URL makes them one")
    return settings


def _answers_of(settings: Settings) -> Keep:
    """Return where answers are kept. Raises `SettingsError`."""
    if isinstance(settings.answers, Bucket):
        return BucketKeep(settings.answers)
    if isinstance(settings.answers, str):
        return RedisKeep(settings.answers)
    return FolderKeep(settings.answers or default_folder(settings.catalog))


def _base(
    settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...], *, alone: bool = False,
    watcher: Watching | None = None,
) -> Flask:  # fmt: skip
    app = Flask("playground", root_path=str(assets_root()), static_folder=None)
    app.request_class = BoundedRequest
    app.jinja_environment = PageEnvironment
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=min(settings.max_request_bytes, MAX_FORM_BYTES),
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )
    app.jinja_env.undefined = StrictUndefined
    if not alone:
        app.wsgi_app = ReadyPages(app, app.wsgi_app, settings.slow_request)  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    sandbox = Sandbox(store, state_file(settings.catalog), redis_url=settings.redis_url)
    site = Site(
        calls=replace(context_from(settings, own_addresses), sandbox=sandbox),
        store=store,
        answers=_answers_of(settings),
        alone=alone,
        watcher=watcher,
        look=look_of(settings),
    )
    attach_site(app, site)
    time_requests(app)
    trace_requests(app, settings)
    add_brand(app, settings)
    add_languages(app, settings)
    add_words(app)
    prepare_templates(app)
    programs = ("/tools", "/config", "/health", "/openapi.json") if alone else ("/gateway/", ADDRESS)
    allow_consoles(app, settings, programs)
    # The sandbox answers anybody: nothing of it is done in a visitor's name, and its things are known by a key alone.
    protect_posts(app, settings, programs, open_to_all=(f"{SANDBOX_ADDRESS}/",))
    add_security_headers(app, settings)
    log_requests(app, settings.slow_request)
    count_requests(app)
    map_errors(app, as_json=alone)
    app.register_blueprint(health.bp)
    return app
