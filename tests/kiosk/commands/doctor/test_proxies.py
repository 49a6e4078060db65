"""The doctor says which callers the store cannot tell apart because of a proxy, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.doctor import State
from kiosk.commands.doctor.proxies import look
from kiosk.store.api.connections.proxy_signs import ProxySign
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, settings_in


def test_every_sign_has_its_words_and_what_to_do() -> None:
    for sign in ProxySign:
        (found,) = look({"proxies": [{"sign": sign.value, "address": "10.0.0.9", "count": 7}]})
        on_this_computer = sign in (ProxySign.UNNAMED, ProxySign.NO_ADDRESS)
        assert found.state is (State.BAD if on_this_computer else State.NOTE)
        assert ("7" in found.found) or "10.0.0.9" in found.found
        assert found.advice
        assert "{" not in found.found + found.advice


@pytest.mark.parametrize(
    "running", [{}, {"proxies": None}, {"proxies": ["x", {}, {"sign": "of a later version"}]}], ids=str
)
def test_a_store_that_says_nothing_of_proxies(running: dict[str, object]) -> None:
    assert list(look(running)) == []


def test_from_the_health_of_a_store(tmp_path: Path) -> None:
    with sample_store(settings_in(tmp_path), ManualClock(), InProcessTerminal()) as store:
        assert list(look(store.health().model_dump(mode="json"))) == []
        store.proxies.request("127.0.0.1", "/console", [(b"x-real-ip", b"10.0.0.7")])
        (found,) = look(store.health().model_dump(mode="json"))
    assert found.state is State.BAD
    assert "proxy_set_header X-Forwarded-For $remote_addr" in found.advice
