"""A new ledger after a damaged one: payments go on, receipts and returns of the old one are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.commands.ledger import print_reopened
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledger_steps import (
    ROOM,
    SHIRT,
    damage,
    lose_index,
    order,
    pay,
    reopen,
    token_of,
    two_sales,
)
from tests.kiosk.store.payments.ledgers import head_of, keep_head
from tests.kiosk.store.sample_shop import InProcessTerminal, piece_of, sample_store
from tests.optional_values import present


@pytest.mark.parametrize("fault", [damage, pytest.param(lose_index, marks=pytest.mark.full)])
def test_after_reopening_payments_go_on_and_the_old_ledger_is_read(
    settings: StoreSettings, fault: Callable[[StoreSettings], None]
) -> None:
    links = two_sales(settings)
    fault(settings)
    content = settings.ledger_path.read_bytes()
    reopen(settings)
    assert (settings.state / "ledger-1.db").read_bytes() == content
    terminal = InProcessTerminal()
    with sample_store(settings, terminal=terminal) as store:
        assert store.health().ok
        all_read_after = [present(store.service.desk.sale(token_of(link))).receipt.number for link in links]
        assert all_read_after == ["000001", "000002"]
        assert [a.key for a in store.payments.book.open_attempts()] == ["KEYo3"], (
            "it is followed in the new ledger"
        )
        with pytest.raises(Exception, match="sold already"):
            store.service.price_order(ROOM, order("o4", SHIRT))
        link = pay(store, "o5", ("F1", "BLK", "39"))
        assert present(store.service.desk.sale(token_of(link))).receipt.number == "001003"
    reopen(settings)
    with sample_store(settings) as store:
        assert store.health().ok
        assert present(store.service.desk.sale(token_of(links[0]))).receipt.number == "000001", (
            "of the second before"
        )


def test_a_changed_entry_of_the_old_ledger_is_not_believed(settings: StoreSettings) -> None:
    """Otherwise a changed amount could be paid back."""
    links = two_sales(settings)
    flip(
        settings.ledger_path,
        b'"ticket":"t","lines":[{"is":"OrderLine","piece":"' + piece_of(*SHIRT).encode(),
        10,
    )
    reopen(settings)
    with sample_store(settings) as store:
        assert store.service.desk.sale(token_of(links[0])) is None
        assert present(store.service.desk.sale(token_of(links[1]))).receipt.number == "000002"


def test_an_open_payment_that_cannot_be_read_any_more_is_said(
    settings: StoreSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal may have collected it."""
    two_sales(settings)
    flip(settings.ledger_path, b'"Attempt","key":"KEYo3"', 4)
    done = reopen(settings)
    assert done.unread == ("attempt KEYo3",)
    print_reopened(done)
    assert "nothing of it can be read: attempt KEYo3" in capsys.readouterr().out


def test_a_killed_reopening_leaves_a_ledger_that_agrees(settings: StoreSettings) -> None:
    """The new file is in its place, but its head was not kept any more."""
    two_sales(settings)
    before = head_of(settings.state)
    reopen(settings)
    keep_head(settings.state, before)
    with sample_store(settings) as store:
        assert store.health().ok
