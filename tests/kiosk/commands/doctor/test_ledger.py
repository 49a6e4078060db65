"""What the doctor says of the ledger: of a running store, of one whose payments are closed, and of none."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.commands.doctor import State, ledger, network
from kiosk.store.staff.local_access import running_store
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.ledger_steps import damage, two_sales
from tests.kiosk.store.sample_shop import sample_store, served, settings_in
from tests.optional_values import present


@pytest.mark.parametrize("damaged", [False, True])
def test_the_running_store_says_it(tmp_path: Path, *, damaged: bool) -> None:
    settings = settings_in(tmp_path)
    two_sales(settings)
    if damaged:
        damage(settings)
    with sample_store(settings) as store, served(store) as url:
        at = urlsplit(url)
        store.local_access.publish(url)
        own = present(running_store(settings.state)).token
        health = network.running_health(at.hostname or "", at.port or 0, own_token=own)
        found, of_mirror = (
            ledger.look(health),
            network.store(url, own_token=mirror_token(settings.state, "1")),
        )
        strangers = network.store(url)
    if not damaged:
        assert (found.state, of_mirror.state, strangers.state) == (State.GOOD, State.GOOD, State.GOOD)
        return
    assert (strangers.state, "closed" in strangers.found) == (State.BAD, False)
    for finding in (found, of_mirror):
        assert finding.state is State.BAD
        assert "payments are closed" in finding.found
        assert "cheval ledger audit" in finding.advice


def test_without_a_store_it_is_not_checked() -> None:
    found = ledger.look({})
    assert found.state is State.NOTE
    assert "cheval ledger audit" in found.advice
