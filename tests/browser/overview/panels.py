"""Panels and counts of the overview."""

import re

from playwright.sync_api import expect

LONG = (
    "Samhandling om barn og unge med sammensatte behov på tvers av skole, barnevern, "
    "helsestasjon, fastlege og spesialisthelsetjeneste"
)


def panel(page, name):
    return page.locator(f"#panel-{name}")


def open_panel(page, name):
    panel(page, name).locator("summary").click()


def box(page, name, label):
    return panel(page, name).get_by_role(
        "checkbox", name=re.compile(f"^{label} "), include_hidden=True
    )


def count(page):
    return page.locator(".result-count")


def expect_count(page, found, total=30):
    expect(count(page)).to_have_text(re.compile(f"{found} av {total} prosjekter"))
