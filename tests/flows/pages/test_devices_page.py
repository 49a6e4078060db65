"""Pairing in a real browser that has the shop's root installed: a tablet joins, signs in, is listed, and is revoked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from kiosk.store.tls.machine_names import addresses
from tests.flows.browser import FLAGS, SIX_S, Errors, sign_in
from tests.kiosk.store.sample_shop import PIN
from tests.kiosk.store.tls.test_tried_out_codes import strangers_try
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop

MANAGER_PIN = "920713"


@contextmanager
def device(home: Path, root: Path | None, locale: str = "en-GB") -> Iterator[BrowserContext]:
    """A Chromium with an own home, in which the shop's root is installed, or is not."""
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    if root is not None:
        certutil = shutil.which("certutil")
        if certutil is None:
            pytest.skip("no certutil: ./packaging/check installs libnss3-tools")
        place = ["-d", f"sql:{database}"]
        subprocess.run([certutil, *place, "-N", "--empty-password"], check=True)
        subprocess.run([certutil, *place, "-A", "-n", "shop", "-t", "C,,", "-i", str(root)], check=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no chromium: ./packaging/check installs it"
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            home / "profile", executable_path=path, args=[*FLAGS, "--disable-component-update"], locale=locale,
            env={"HOME": str(home)}, viewport={"width": 412, "height": 1200},
        )  # fmt: skip
        try:
            yield context
        finally:
            context.close()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    with tls_shop(tmp_path_factory.mktemp("shop"), host="0.0.0.0") as opened:
        yield opened


@pytest.fixture(scope="module")
def url(shop: TlsShop) -> str:
    """The store at an address that is not loopback, where it is reached like by a tablet."""
    found = [str(a) for a in addresses() if a.version == 4 and not a.is_loopback]
    if not found:
        pytest.skip("this computer has no network")
    return f"https://{found[0]}:{shop.port}"


def root_of(shop: TlsShop) -> Path:
    return shop.state / "tls" / "root.pem"


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("#go").click()
    expect(page.locator("#done")).to_be_visible(timeout=SIX_S)


@pytest.mark.full
def test_a_browser_without_the_root_does_not_open_the_page(shop: TlsShop, url: str, tmp_path: Path) -> None:
    with device(tmp_path, None) as context, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        context.new_page().goto(f"{url}/associate")


def test_a_tablet_joins_and_a_manager_revokes_it(shop: TlsShop, url: str, tmp_path: Path) -> None:
    with device(tmp_path, root_of(shop)) as context:
        office = context.new_page()
        errors = Errors(office)
        local = f"https://127.0.0.1:{shop.port}"
        sign_in(office, local, "Mei", MANAGER_PIN)
        office.locator("#tab-devices").click()
        expect(office.locator("#device-root")).to_contain_text(":", timeout=SIX_S)
        office.locator("#device-name").fill("tablet <b>at the till</b>")
        office.locator("#device-go").click()
        expect(office.locator("#sheet .digits")).to_be_visible(timeout=SIX_S)
        strangers_try(shop)
        sheet = office.locator("#sheet")
        expect(sheet).to_contain_text("tried this code too often", timeout=SIX_S)
        sheet.locator(".actions button").first.click()
        expect(office.locator("#sheet .digits")).to_be_visible(timeout=SIX_S)
        code = office.locator("#sheet .digits").inner_text()
        office.locator("#sheet .actions button").click()

        tablet = context.new_page()
        join(tablet, f"{url}/associate/join.html#code={code.replace(' ', '')}")
        assert "#" not in tablet.url, "the code does not stay in the address"
        sign_in(tablet, url, "Inès", PIN)

        office.locator("#tab-devices").click()
        expect(office.locator("#device-list")).to_contain_text("tablet <b>at the till</b>", timeout=SIX_S)
        office.locator("#device-list li", has_text="at the till").get_by_role("button").click()
        office.locator("#sheet .actions button").first.click()
        expect(office.locator("#device-list")).not_to_contain_text("at the till", timeout=SIX_S)
        shop.store.access.watch.look(shop.clock.now_us)
        tablet.reload()
        expect(tablet.locator("#sign-in")).to_be_visible(timeout=SIX_S)
        tablet.get_by_role("radio", name="Inès").click()
        tablet.locator("#pin").fill(PIN)
        tablet.locator("#pin-go").click()
        expect(tablet.locator("#sign-in-trouble")).to_contain_text("not paired", timeout=SIX_S)
        assert errors.found == []


@pytest.mark.parametrize(
    ("locale", "title"),
    [("ar-EG", "إضافة هذا الجهاز"), pytest.param("ja-JP", "この端末を追加", marks=pytest.mark.full)],
)
def test_the_page_of_a_new_device_has_its_language(
    shop: TlsShop, url: str, tmp_path: Path, locale: str, title: str
) -> None:
    with device(tmp_path, root_of(shop), locale) as context:
        page = context.new_page()
        page.goto(f"{url}/associate/join.html")
        expect(page.locator("#title")).to_have_text(title, timeout=SIX_S)
        page.locator("#code").fill("0000 0000")
        page.locator("#go").click()
        expect(page.locator("#trouble")).not_to_be_empty(timeout=SIX_S)
        if locale.startswith("ar"):
            assert page.locator("html").get_attribute("dir") == "rtl"
