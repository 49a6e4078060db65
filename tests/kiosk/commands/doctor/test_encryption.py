"""The doctor at the encryption: certificates with days and names, what a mirror has pinned, plain HTTP in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.commands.doctor import State, network
from kiosk.commands.doctor.certificates import encryption, pinned_root
from kiosk.config import parse_mirror, parse_store
from kiosk.config.listen import PLAIN_HTTP
from kiosk.pairing.credentials import Credentials, write_credentials
from kiosk.store.tls.server_certificate import VALID_DAYS, renewed
from kiosk.store.tls.shop_root import shop_root
from tests.kiosk.store.tls.tls_shop import tls_shop

MADE_US = 1_800_000_000 * US
DAY_US = 24 * 3600 * US
TLS = "listen: {host: 0.0.0.0}\n"


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ("listen: {}\n", State.GOOD, "from this computer only"),
        (f"listen: {{host: 0.0.0.0, plain_http: {PLAIN_HTTP}}}\n", State.NOTE, "everybody on the network"),
        (TLS, State.NOTE, "not set up yet"),
    ],
    ids=["loopback", "in words", "before the first start"],
)  # fmt: skip
def test_without_certificates(tmp_path: Path, text: str, state: State, words: str) -> None:
    (found,) = encryption.of_store(parse_store(text).listen, tmp_path, MADE_US)
    assert found.state is state
    assert words in found.found


@pytest.mark.parametrize(
    ("days", "state"), [(0, State.GOOD), (VALID_DAYS - 10, State.NOTE), (VALID_DAYS + 1, State.BAD)]
)
def test_days_left_and_names(tmp_path: Path, days: int, state: State) -> None:
    root = shop_root(tmp_path, ())
    renewed(tmp_path, root, ("till.lan", "10.0.0.5"), MADE_US)
    pin, dated = encryption.of_store(parse_store(TLS).listen, tmp_path, MADE_US + days * DAY_US)
    assert pin.state is State.GOOD
    assert len(pin.found.split(":")) == 32
    assert dated.state is state
    assert "till.lan, 10.0.0.5" in dated.found


def test_what_a_mirror_has_pinned_and_another_store_at_its_address(tmp_path: Path) -> None:
    file = tmp_path / "pairing.json"
    with tls_shop(tmp_path / "shop") as shop:
        config = parse_mirror(f"store: {shop.url}\nroom: 1\ntoken_file: {file}\n")
        (none,) = pinned_root.of_mirror(config, file)
        assert none.state is State.NOTE
        write_credentials(file, Credentials("ab", shop.root, "1"))
        (pin,) = pinned_root.of_mirror(config, file)
        assert pin.state is State.GOOD
        assert network.store(shop.url, pinned_root.pinned(file)).state is State.GOOD
        other = shop_root(tmp_path / "other", ()).pem
        wrong = network.store(shop.url, other)
        assert wrong.state is State.BAD
        assert "not of this shop's root" in wrong.found
        assert "cheval pair" in wrong.advice
    file.write_text("{", "ascii")
    (broken,) = pinned_root.of_mirror(config, file)
    assert broken.state is State.BAD
