"""The operator's name, logo, colours, links and script on every page: as settings say, all served from this origin."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import Flask

from playground.branding import IMAGES, FooterLink, accent_css, make_accent
from playground.config import Settings
from playground.web.assets import BrandFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What templates know as `brand`. `logo` says whether there is an asset of that name; `analytics` may be empty."""

    title: str
    logo: bool
    footer_links: tuple[FooterLink, ...]
    analytics: str


def brand_files(settings: Settings) -> tuple[BrandFile, ...]:
    """Read the operator's files: accent and stylesheet follow ours in one file, the logo is a file of its own."""
    files: list[BrandFile] = []
    if settings.accent is not None:
        css = accent_css(make_accent(settings.accent)).encode()
        files.append(BrandFile(key="style", extension="css", media_type="text/css", data=css))
    if settings.stylesheet is not None:
        css = settings.stylesheet.read_bytes()
        files.append(BrandFile(key="style", extension="css", media_type="text/css", data=css))
    if settings.logo is not None:
        suffix = settings.logo.suffix.lower()
        data = settings.logo.read_bytes()
        files.append(BrandFile(key="logo", extension=suffix[1:], media_type=IMAGES[suffix], data=data))
    return tuple(files)


def look_of(settings: Settings) -> str:
    """Return a digest of everything that changes the look of pages: a part of the key of every cached page."""
    parts = (settings.title, settings.footer_links, settings.analytics, brand_files(settings))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def add_brand(app: Flask, settings: Settings) -> None:
    """Give every template `brand`."""
    app.jinja_env.globals["brand"] = Brand(
        title=settings.title,
        logo=settings.logo is not None,
        footer_links=settings.footer_links,
        analytics=settings.analytics or "",
    )
