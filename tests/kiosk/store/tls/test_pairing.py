"""Pairing over real TLS: the code, its tries and its time; somebody in the middle; streams of revoked devices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import US
from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.mirror.pairing_client import Invitation, PairingError, pair, parse_invitation
from kiosk.mirror.store_client import StoreClient
from kiosk.pairing.exchange import mirrors_side, proofs
from kiosk.store.api.administration.pairing_links import PairingLinks
from kiosk.store.errors import ForbiddenError, NotFoundError
from kiosk.store.lifecycle import Store
from kiosk.store.staff.devices import revoke
from kiosk.store.staff.pairing_codes import MAX_TRIES, VALID_US, target_of
from kiosk.store.staff.pairing_desk import PairingDesk
from tests.kiosk.store.tls.middleman import Middleman, serving
from tests.kiosk.store.tls.tls_shop import TlsShop, tls_shop
from tests.optional_values import present


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsShop]:
    with tls_shop(tmp_path_factory.mktemp("shop")) as opened:
        yield opened


@pytest.fixture
def shop(running: TlsShop) -> TlsShop:
    return running


def code_for(shop: TlsShop, room: str = "1") -> str:
    return shop.store.access.pairing.begin_code(target_of(room)).code


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_a_mirror_pairs_by_its_code_and_pins_the_root(shop: TlsShop) -> None:
    got = pair(shop.url, "1", Invitation(code_for(shop)))
    assert got.root == shop.root
    client = StoreClient(shop.url, "1", got.token, got.root)
    with client.stream() as stream:
        assert stream.status_code == 200
    client.close()


def test_the_qr_code_carries_code_and_pin(shop: TlsShop) -> None:
    link = PairingLinks(shop.root).link("https", "store.lan:8075", "2", code_for(shop, "2"))
    invitation = parse_invitation(link)
    assert pair(shop.url, "2", invitation).root == shop.root
    for pin in (invitation.pin[::-1], "ä" * 43):
        with pytest.raises(PairingError, match="another one than in the QR code"):
            pair(shop.url, "2", Invitation(code_for(shop, "2"), pin))


@pytest.mark.parametrize(
    ("text", "code"), [("12345678", "12345678"), (" 1234 5678\n", "12345678"), ("1234-5678", "12345678")]
)
def test_how_a_code_may_be_typed(text: str, code: str) -> None:
    assert parse_invitation(text) == Invitation(code)


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "1234567a", "https://x/", "١٢٣٤٥٦٧٨"])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(ValueError, match="a code has 8 digits"):
        parse_invitation(text)


def test_a_code_is_for_one_room_and_one_use(shop: TlsShop) -> None:
    code = code_for(shop)
    (shop.state / "pairing" / "mirror-2.json").unlink(missing_ok=True)
    with pytest.raises(PairingError, match="no code is open"):
        pair(shop.url, "2", Invitation(code))
    pair(shop.url, "1", Invitation(code))
    with pytest.raises(PairingError, match="no code is open"):
        pair(shop.url, "1", Invitation(code))


def test_five_tries_count_over_a_restart(shop: TlsShop) -> None:
    code = code_for(shop)
    for _ in range(MAX_TRIES - 1):
        with pytest.raises(PairingError, match="the code is wrong, or somebody is between"):
            pair(shop.url, "1", Invitation(other_than(code)))
    after_restart = PairingDesk(shop.state, shop.root, shop.clock)
    after_restart.begin("1", bytes(16), mirrors_side(other_than(code), "1", bytes(16)).share, "127.0.0.1")
    with pytest.raises(PairingError, match="tried too often from here"):
        pair(shop.url, "1", Invitation(code))


@pytest.mark.parametrize("passed_us", [VALID_US, -1], ids=["two minutes later", "clock set back"])
def test_a_code_ends(shop: TlsShop, passed_us: int) -> None:
    code = code_for(shop)
    shop.clock.now_us += passed_us
    with pytest.raises(PairingError, match="no code is open"):
        pair(shop.url, "1", Invitation(code))


def test_only_one_of_two_right_mirrors_gets_a_token(tmp_path: Path) -> None:
    desk = PairingDesk(tmp_path, "root", lambda: US)
    code = desk.begin_code(target_of("1")).code
    proven = []
    for session in (bytes(16), bytes(15) + b"1"):
        exchange = mirrors_side(code, "1", session)
        answer = desk.begin("1", session, exchange.share, "10.1.0.1")
        proven.append((session, proofs(exchange.key(answer.share, b"root")).of_mirror))
    assert desk.finish("1", *proven[0])
    with pytest.raises(NotFoundError, match="used already"):
        desk.finish("1", *proven[1])


def test_a_wrong_proof_ends_the_exchange(tmp_path: Path) -> None:
    desk = PairingDesk(tmp_path, "root", lambda: US)
    code = desk.begin_code(target_of("1")).code
    exchange = mirrors_side(code, "1", bytes(16))
    answer = desk.begin("1", bytes(16), exchange.share, "10.1.0.1")
    with pytest.raises(ForbiddenError):
        desk.finish("1", bytes(16), bytes(32))
    with pytest.raises(NotFoundError):
        desk.finish("1", bytes(16), proofs(exchange.key(answer.share, b"root")).of_mirror)


def test_somebody_in_the_middle_gets_neither_code_nor_token(shop: TlsShop, tmp_path: Path) -> None:
    middleman = Middleman(tmp_path, shop.url, shop.root, shop.clock)
    code = code_for(shop)
    with serving(middleman) as url, pytest.raises(PairingError, match="not of this shop's root"):
        pair(url, "1", Invitation(code))
    said = b"".join(middleman.heard)
    assert code.encode() not in said
    assert b"token" not in said
    assert b'"proof"' in said, "the first step went through"


def test_a_root_of_somebody_in_the_middle_is_noticed(shop: TlsShop, tmp_path: Path) -> None:
    middleman = Middleman(tmp_path, shop.url, shop.root, shop.clock)

    def exchanged(path: str, answer: dict[str, Any]) -> dict[str, Any]:
        return {**answer, "root": middleman.root} if path.endswith("begin") else answer

    middleman.change = exchanged
    with serving(middleman) as url, pytest.raises(PairingError, match="somebody is between"):
        pair(url, "1", Invitation(code_for(shop)))


class Stranger(Middleman):
    """Answers with one status and body, whatever it is asked."""

    answer = (200, b"")

    def ask(self, path: str, body: bytes) -> tuple[int, bytes]:
        self.heard += [path.encode(), body]
        return self.answer


@pytest.mark.parametrize(
    "answer",
    [
        (200, b""),
        (200, b"[" * 60_000),
        (400, b"[" * 60_000),
        (200, b"[]"),
        (200, b'{"share": 5, "root": "", "proof": ""}'),
        (200, b'{"share": "' + b"00" * 32 + b'", "root": "\\ud800", "proof": ""}'),
        (200, b'{"share": "' + b"00" * 32 + b'", "root": "", "proof": "00"}'),
        (418, b'{"detail": "\\u001b[2J' + b"x" * 50_000 + b'"}'),
    ],
    ids=lambda answer: f"{answer[0]} {answer[1][:20]!r}",
)
def test_a_stranger_who_answers_instead_of_the_store(
    shop: TlsShop, tmp_path: Path, answer: tuple[int, bytes]
) -> None:
    stranger = Stranger(tmp_path, shop.url, shop.root, shop.clock)
    stranger.answer = answer
    with serving(stranger) as url, pytest.raises(PairingError) as refused:
        pair(url, "1", Invitation("12345678"))
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 400


def test_planted_a_mirror_that_does_not_check_the_proof_gives_its_token_away(
    shop: TlsShop, tmp_path: Path
) -> None:
    """What the check of the store's proof is for: without it the middleman's root would be pinned."""
    middleman = Middleman(tmp_path, shop.url, shop.root, shop.clock)
    session = b"m" * 16
    code = code_for(shop)
    exchange = mirrors_side(code, "1", session)
    answer = shop.store.access.pairing.begin("1", session, exchange.share, "10.1.0.1")
    careless = proofs(exchange.key(answer.share, shop.root.encode()))
    body = {"room": "1", "session": session.hex(), "proof": careless.of_mirror.hex()}
    with serving(middleman) as url:
        import json
        from urllib.request import Request

        from kiosk.pairing.store_tls import opener_of

        asked = Request(
            f"{url}/api/v1/pairing/finish", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with opener_of(middleman.root).open(asked, timeout=10) as reply:
            token = json.loads(reply.read())["token"]
    assert token.encode() in b"".join(middleman.heard)


def test_a_revoked_mirror_loses_its_stream_and_its_visit(shop: TlsShop) -> None:
    got = pair(shop.url, "1", Invitation(code_for(shop)))
    watch = shop.store.access.watch
    watch.look(shop.clock.now_us)
    client = StoreClient(shop.url, "1", got.token, got.root)
    client.ask(ReportVisit(Ticket("t1"), began=True, at_us=1))
    room = shop.store.service.floor.room
    with client.stream() as stream:
        watch.look(shop.clock.now_us)
        assert present(room(shop.store.settings.rooms[0].room).visit).ticket == "t1"
        assert revoke(shop.state, "mirror-1")
        watch.look(shop.clock.now_us)
        while stream.raw.read1(65536):
            continue  # until the store has ended it
    assert room(shop.store.settings.rooms[0].room).visit is None
    client.close()


def test_pairing_anew_ends_the_stream_of_the_former_mirror_only(shop: TlsShop) -> None:
    first = pair(shop.url, "1", Invitation(code_for(shop)))
    other = pair(shop.url, "2", Invitation(code_for(shop, "2")))
    clients = [StoreClient(shop.url, room, c.token, c.root) for room, c in (("1", first), ("2", other))]
    with clients[0].stream() as former, clients[1].stream() as stays:
        assert former.raw.read1(10)
        assert stays.raw.read1(10)
        pair(shop.url, "1", Invitation(code_for(shop)))
        shop.store.access.watch.look(shop.clock.now_us)
        while former.raw.read1(65536):
            continue
        assert len(shop.store.hub.owners()) == 1
    for client in clients:
        client.close()


def test_without_tls_a_mirror_pairs_and_has_no_root(store: Store, url: str) -> None:
    code = store.access.pairing.begin_code(target_of("1")).code
    got = pair(url, "1", Invitation(code))
    assert got.root == ""
    client = StoreClient(url, "1", got.token)
    with client.stream() as stream:
        assert stream.status_code == 200
    client.close()
