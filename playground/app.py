"""`create_app(settings, store)`: the application, wired. Importing this module has no side effects."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from playground.config import Settings, from_environ
from playground.gateway.limits import Limits
from playground.gateway.operator import load_operator_credentials
from playground.gateway.rules import load_rules
from playground.gateway.shared_limits import RedisCounts
from playground.server.garbage import settle
from playground.startup import open_catalog
from playground.store import Store
from playground.transport.addresses import Endpoint
from playground.web import gateway_api as gateway_routes
from playground.web import health, oauth, paste
from playground.web import help as shortcuts
from playground.web.assets import assets_blueprint, give_assets_first, load_assets
from playground.web.brand import add_brand, brand_files, look_of
from playground.web.catalogue import home as providers
from playground.web.dev import patterns_blueprint
from playground.web.embed import embed_blueprint
from playground.web.errors import map_errors
from playground.web.exports import json_documents as exports
from playground.web.exports.sdk import sdk_blueprint
from playground.web.i18n.languages import add_languages, languages_blueprint, languages_of
from playground.web.i18n.translate import add_words
from playground.web.logs import log_requests, start_logging
from playground.web.markup.templates import prepare_templates
from playground.web.metrics import count_requests
from playground.web.operation import try_it as tryit
from playground.web.scenarios import scenarios_blueprint
from playground.web.security import add_security_headers, allow_consoles, protect_posts
from playground.web.site import Site, attach_site

log = logging.getLogger("playground.app")

MAX_FORM_BYTES = 32_000_000
"""What a form's texts, which are held in memory, may have together; its files wait on disk."""


def assets_root() -> Path:
    """Return the folder with `templates` and `static`: inside an installed package, or the top of a checkout."""
    package = Path(__file__).parent
    return package if (package / "templates").is_dir() else package.parent


def create_app(settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...] = ()) -> Flask:
    """Make the site with its embedded gateway. `own_addresses` are where it listens: never an API to call.

    Raises `SettingsError` if the operator's credentials or catalogues cannot be read.
    """
    app = _base(settings, store, own_addresses)
    languages, brand = languages_of(app), brand_files(settings)
    assets = {tag: load_assets(assets_root() / "static", brand, one.words) for tag, one in languages.items()}
    app.register_blueprint(assets_blueprint(assets))
    app.register_blueprint(providers.bp)
    app.register_blueprint(exports.bp)
    app.register_blueprint(tryit.bp)
    app.register_blueprint(paste.bp)
    app.register_blueprint(oauth.bp)
    app.register_blueprint(embed_blueprint({tag: one["embed"] for tag, one in assets.items()}))
    app.register_blueprint(scenarios_blueprint())
    app.register_blueprint(sdk_blueprint())
    app.register_blueprint(shortcuts.bp)
    app.register_blueprint(languages_blueprint(languages))
    if settings.debug:
        app.register_blueprint(patterns_blueprint(next(iter(assets.values()))["style"]))
    app.register_blueprint(gateway_routes.bp, url_prefix="/gateway")
    give_assets_first(app, assets)
    return app


def create_gateway_app(settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...] = ()) -> Flask:
    """Make the gateway alone, its routes at the top: `POST /tools/{provider}/{operation}`."""
    app = _base(settings, store, own_addresses, alone=True)
    app.register_blueprint(gateway_routes.bp)
    return app


def application() -> Flask:
    """Make the site from the environment, for a WSGI server: `gunicorn 'playground.app:application()'`."""
    settings = _of_a_server()
    app = create_app(settings, open_catalog(settings))
    settle()
    return app


def gateway_application() -> Flask:
    """Make the gateway alone from the environment: `gunicorn 'playground.app:gateway_application()'`."""
    settings = _of_a_server()
    app = create_gateway_app(settings, open_catalog(settings))
    settle()
    return app


def _of_a_server() -> Settings:
    settings = replace(from_environ(), loopback=False)
    start_logging(settings)
    if settings.redis_url is None and os.environ.get("WEB_CONCURRENCY", "2") != "1":
        log.warning("limits are counted by each process for itself: PLAYGROUND_REDIS_URL makes them one")
    return settings


def make_limits(settings: Settings) -> Limits:
    """Make the limits of a process: counted in Redis where there is one, else by each process for itself.

    Raises `SettingsError` if Redis is asked for and its packages are not installed.
    """
    counts = None
    if settings.redis_url is not None:
        # What a call may take altogether, its upload and its answer to a slow visitor included.
        counts = RedisCounts(settings.redis_url, lease=settings.send_timeout * 2 + 60)
    return Limits(settings.rate_limit, rates=settings.rate_limits, caps=settings.concurrency, counts=counts)


def _base(settings: Settings, store: Store, own_addresses: tuple[Endpoint, ...], *, alone: bool = False) -> Flask:
    app = Flask("playground", root_path=str(assets_root()), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=min(settings.max_request_bytes, MAX_FORM_BYTES),
        MAX_FORM_PARTS=20_000,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )
    app.jinja_env.undefined = StrictUndefined
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    site = Site(
        settings=settings,
        store=store,
        operator=load_operator_credentials(settings.credentials),
        rules=load_rules(settings.rules),
        limits=make_limits(settings),
        own_addresses=own_addresses,
        alone=alone,
        look=look_of(settings),
    )
    attach_site(app, site)
    add_brand(app, settings)
    add_languages(app, settings)
    add_words(app)
    prepare_templates(app)
    programs = ("/tools", "/config", "/health", "/openapi.json") if alone else ("/gateway/",)
    allow_consoles(app, settings, programs)
    protect_posts(app, settings, programs)
    add_security_headers(app, settings)
    log_requests(app)
    count_requests(app)
    map_errors(app, as_json=alone)
    app.register_blueprint(health.bp)
    return app
