"""A fresh value on request: written into the field, the same one in the snippet; focus stays where it was pressed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_uuid_is_in_the_field_and_in_the_snippet(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/tour/fieldstext")
    page.get_by_role("button", name=re.compile("New UUID in")).click()
    field = page.locator('button[name="~new"]').locator("xpath=preceding-sibling::input")
    expect(field).to_have_value(re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"))
    expect(page.locator("#snippet")).to_contain_text(field.input_value())
    expect(page.locator("#response")).to_contain_text("Documented answers")
    assert page.url.endswith("/providers/tour/fieldstext")
