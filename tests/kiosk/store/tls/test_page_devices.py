"""Devices of associates over real TLS: paired or refused, cookies, idle sessions, streams that end with the right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.clock import US, monotonic_us
from kiosk.store.staff.page_devices import MAX_SESSIONS, IdleSessions
from kiosk.store.staff.pairing_codes import ASSOCIATES, MAX_TRIES
from kiosk.store.tls.machine_names import addresses
from tests.kiosk.store.sample_shop import PIN
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop
from tests.optional_values import present

MANAGER_PIN = "920713"


class Page:
    """A browser's side: cookies, and the shop's root installed."""

    def __init__(self, shop: TlsShop, host: str) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(shop.state / "tls" / "root.pem")
        self._root = f"https://{host}:{shop.port}"

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> requests.Response:
        return self._session.request(method, f"{self._root}/api/v1{path}", json=body, timeout=10, **more)

    def sign_in(self, who: str = "a-ines", pin: str = PIN) -> requests.Response:
        return self.ask("POST", "/session", {"associate_id": who, "pin": pin})

    def open_stream(self) -> requests.Response:
        answer = self.ask("GET", "/floor/stream", stream=True)
        assert answer.ok, answer.text
        assert answer.raw.read1(10)
        return answer

    def close(self) -> None:
        self._session.close()


@pytest.fixture(scope="module")
def address() -> str:
    """An address of this computer at which its own requests do not come from a loopback address."""
    found = [a for a in addresses() if a.version == 4 and not a.is_loopback]
    if not found:
        pytest.skip("this computer has no network")
    return str(found[0])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    with tls_shop(tmp_path_factory.mktemp("shop"), host="0.0.0.0") as opened:
        yield opened


Pages = Callable[[str], Page]


@pytest.fixture
def page(shop: TlsShop) -> Iterator[Pages]:
    opened: list[Page] = []

    def at(host: str) -> Page:
        opened.append(Page(shop, host))
        return opened[-1]

    yield at
    for one in opened:
        one.close()


def joined(shop: TlsShop, page: Page, name: str = "tablet") -> str:
    """Pairs a page; the id of its device."""
    code = shop.store.access.pairing.begin_code(ASSOCIATES, name).code
    answer = page.ask("POST", "/devices/join", {"code": f"{code[:4]} {code[4:]}"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["device_id"])


def is_ended(stream: requests.Response) -> bool:
    while stream.raw.read1(65536):
        continue
    return True


def test_an_unpaired_device_is_refused_whatever_the_pin_and_a_paired_one_signs_in(
    shop: TlsShop, page: Pages, address: str
) -> None:
    tablet = page(address)
    for pin in (PIN, "0000"):
        refused = tablet.sign_in(pin=pin)
        assert (refused.status_code, refused.json()["code"]) == (403, "device-unpaired")
    joined(shop, tablet)
    assert tablet.sign_in().status_code == 200
    assert tablet.ask("GET", "/floor").status_code == 200
    assert page("127.0.0.1").sign_in().status_code == 200, "the store's own computer needs no code"


def test_a_session_of_a_paired_device_opens_nothing_elsewhere(
    shop: TlsShop, page: Pages, address: str
) -> None:
    tablet, thief = page(address), page(address)
    joined(shop, tablet)
    token = tablet.sign_in().json()["token"]
    stolen = {"Authorization": f"Bearer {token}"}
    assert thief.ask("GET", "/floor", headers=stolen).status_code == 403
    assert tablet.ask("GET", "/floor", headers=stolen).status_code == 200


def test_cookies_are_for_this_host_and_tls_only(shop: TlsShop, page: Pages) -> None:
    tablet = page("localhost")
    joined(shop, tablet)
    answers = [tablet.sign_in(), tablet.ask("DELETE", "/session")]
    set_cookies = [line for a in answers for line in a.raw.headers.getlist("set-cookie")]
    assert {line.partition("=")[0] for line in set_cookies} == {
        "__Host-cheval_session",
        "__Host-cheval_device",
    }
    for line in set_cookies:
        words = {word.strip().lower() for word in line.split(";")[1:]}
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= words
        assert not any(word.startswith("domain") for word in words)


def test_wrong_codes_are_five_and_a_code_is_for_one_device(shop: TlsShop, page: Pages, address: str) -> None:
    stranger = page(address)
    code = shop.store.access.pairing.begin_code(ASSOCIATES, "x").code
    wrong = f"{(int(code) + 1) % 10**8:08}"
    found = [stranger.ask("POST", "/devices/join", {"code": wrong}).status_code for _ in range(MAX_TRIES + 1)]
    assert found == [403] * MAX_TRIES + [404]
    assert stranger.ask("POST", "/devices/join", {"code": code}).status_code == 404
    assert stranger.ask("POST", "/devices/join", {"code": "abc"}).status_code == 403


def test_revoking_a_device_ends_its_stream_and_its_session(shop: TlsShop, page: Pages, address: str) -> None:
    tablet, other, manager = page(address), page(address), page("127.0.0.1")
    device, _ = joined(shop, tablet), joined(shop, other)
    manager.sign_in("m-mei", MANAGER_PIN)
    assert tablet.sign_in().ok
    assert other.sign_in().ok
    with tablet.open_stream() as ends, other.open_stream() as stays:
        shop.store.access.watch.look(shop.clock.now_us)
        assert stays.raw.read1(1)
        assert device in {d["device_id"] for d in manager.ask("GET", "/devices").json()}
        assert manager.ask("DELETE", f"/devices/{device}").status_code == 204
        shop.store.access.watch.look(shop.clock.now_us)
        assert is_ended(ends)
        assert any(owner.startswith("session/") for owner in shop.store.hub.owners()), "the other one stays"
    assert tablet.ask("GET", "/floor").status_code == 403
    assert tablet.sign_in().json()["code"] == "device-unpaired"


def test_associates_do_not_pair_and_revoke(shop: TlsShop, page: Pages) -> None:
    ines = page("127.0.0.1")
    ines.sign_in()
    assert ines.ask("GET", "/devices").status_code == 403
    assert ines.ask("POST", "/devices/codes", {"name": "x"}).status_code == 403
    assert ines.ask("DELETE", "/devices/mirror-1").status_code == 403


def test_a_manager_shows_a_code_with_its_picture(shop: TlsShop, page: Pages) -> None:
    mei = page("127.0.0.1")
    mei.sign_in("m-mei", MANAGER_PIN)
    answer = mei.ask("POST", "/devices/codes", {"name": "tablet"})
    assert answer.status_code == 200, answer.text
    assert "<svg" in answer.json()["qr"]
    assert answer.json()["link"].startswith(f"https://127.0.0.1:{shop.port}/associate/join.html#code=")
    assert mei.ask("POST", "/devices/codes", {"room": "99"}).status_code == 404


def test_the_root_can_be_fetched_to_install_it(shop: TlsShop, page: Pages) -> None:
    anybody = page("127.0.0.1")
    assert anybody.ask("GET", "/devices/root").json()["pem"] == shop.root
    crt = anybody.ask("GET", "/devices/root.crt")
    assert crt.headers["content-type"] == "application/x-x509-ca-cert"
    assert crt.content == shop.certificates.root.der


def test_a_stream_ends_with_its_session(shop: TlsShop, page: Pages) -> None:
    tablet = page("127.0.0.1")
    tablet.sign_in()
    with tablet.open_stream() as stream:
        shop.clock.now_us += shop.store.settings.timeouts.session_us + 1
        shop.store.access.watch.look(shop.clock.now_us)
        assert is_ended(stream)


def test_a_stream_ends_when_the_associate_is_taken_out_of_the_feed(tmp_path: Path) -> None:
    with tls_shop(tmp_path) as shop:
        tablet, stays = Page(shop, "127.0.0.1"), Page(shop, "127.0.0.1")
        tablet.sign_in()
        stays.sign_in("m-mei", MANAGER_PIN)
        with tablet.open_stream() as stream, stays.open_stream():
            file = present(shop.store.settings.feeds) / "associates.jsonl"
            lines = [
                line for line in file.read_text().splitlines() if json.loads(line)["associate_id"] != "a-ines"
            ]
            file.write_text("\n".join(lines) + "\n")
            shop.store.resources.import_feed(present(shop.store.settings.feeds), shop.clock.now_us)
            shop.store.access.watch.look(shop.clock.now_us)
            assert is_ended(stream)
            assert len(shop.store.hub.owners()) == 1
        assert tablet.ask("GET", "/floor").status_code == 401
        tablet.close()
        stays.close()


@pytest.mark.parametrize(
    ("idle_us", "passed_us", "over"), [(60, 59, False), (60, 60, True), (0, 10**12, False)]
)
def test_when_a_session_is_idle(idle_us: int, passed_us: int, over: bool) -> None:
    now = [0]
    idle = IdleSessions(idle_us * US, lambda: now[0])
    assert not idle.is_over("program"), "no page has used it"
    idle.begin("page")
    now[0] = passed_us * US
    assert idle.is_over("page") is over
    idle.used("page")
    assert not idle.is_over("page")
    now[0] += 10**9 * US
    assert not idle.is_over("program")


def test_cookies_that_strangers_make_up_are_not_remembered(shop: TlsShop, page: Pages) -> None:
    before, stranger = len(shop.store.access.idle), page("127.0.0.1")
    for number in range(5):
        for method in ("GET", "POST"):
            made_up = {"Cookie": f"__Host-cheval_session={number}"}
            assert stranger.ask(method, "/floor", headers=made_up).status_code in (401, 405)
        assert stranger.ask("POST", "/session/used", headers=made_up).status_code == 401
    assert len(shop.store.access.idle) == before
    stranger.sign_in()
    stranger.ask("GET", "/floor")
    assert len(shop.store.access.idle) == before + 1, "a session is"


def test_sessions_in_use_are_remembered_up_to_a_number() -> None:
    idle = IdleSessions(US, lambda: 0)
    for number in range(MAX_SESSIONS + 2):
        idle.begin(str(number))
    assert len(idle) == MAX_SESSIONS


def test_an_idle_page_is_signed_out_and_looking_alone_does_not_count(shop: TlsShop, page: Pages) -> None:
    idle = shop.store.access.idle
    clock, now = idle._now, [monotonic_us()]
    idle._now = lambda: now[0]
    tablet = page("127.0.0.1")
    tablet.sign_in()
    half = shop.store.settings.timeouts.idle_us // 2
    with tablet.open_stream() as stream:
        now[0] += half
        assert tablet.ask("POST", "/session/used").status_code == 204
        now[0] += half
        assert tablet.ask("GET", "/floor").status_code == 200
        now[0] += half
        shop.store.access.watch.look(shop.clock.now_us)
        assert is_ended(stream)
    assert tablet.ask("GET", "/floor").status_code == 401
    idle._now = clock
