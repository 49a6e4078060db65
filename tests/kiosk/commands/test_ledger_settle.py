"""`cheval ledger settle`: agreement, differences, files that cannot be used, persons' words at a running store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.core.domain.payment import PaymentState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from tests.kiosk.store.payments.ledger_steps import two_sales
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

Settle = Callable[..., tuple[int, str, str]]
HEADER = "date,reference,type,amount,currency\n"
AGREES = HEADER + "1970-01-01,REF,sale,129.00,EUR\n1970-01-01,REF,sale,980.00,EUR\n"
"""The slips of the two sales of the shop."""


class Shop:
    """A shop with two sales and an open payment, and its configuration."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        two_sales(self.settings)
        self.report = folder / "day.csv"
        self.config = folder / "store.yaml"
        self.config.write_text(
            json.dumps({"state": str(self.settings.state), "rooms": {"1": {}, "2": {}}}), "utf-8"
        )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def settle(shop: Shop, capsys: pytest.CaptureFixture[str]) -> Settle:
    """Runs `cheval ledger settle` with a report of this text; exit code, output, error output."""

    def run(text: str, *words: str) -> tuple[int, str, str]:
        shop.report.write_text(text, "utf-8")
        code = main(["ledger", "settle", str(shop.report), *words, "--config", str(shop.config)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_report_that_agrees(settle: Settle) -> None:
    code, out, _ = settle(AGREES)
    assert (code, out) == (0, "own: 2 lines, 2 agree, 0 differences, 0 pending\n")


def test_differences_are_a_table_with_advice_or_json(settle: Settle) -> None:
    report = AGREES.replace("129.00", "12.90") + "1970-01-01,X77,sale,5.00,EUR\n"
    code, out, _ = settle(report)
    assert code == 1
    first, titles, *rows = out.splitlines()
    assert first == "own: 3 lines, 1 agree, 2 differences, 0 pending"
    assert titles.startswith("difference ")
    amount = next(row for row in rows if row.startswith("amount "))
    shown = "amount o1 REF 1970-01-01 12:00 129.00 EUR 12.90 EUR day.csv, line 2"
    assert amount.split() == shown.split()
    assert "amount: compare the receipt with the service" in out
    code, out, _ = settle(report, "--json")
    found = json.loads(out)
    (own,) = found["services"]
    assert (code, found["different"], own["service"]) == (1, True, "own")
    by_kind = {one["kind"]: one for one in own["differences"]}
    assert {kind: one["order"] for kind, one in by_kind.items()} == {"amount": "o1", "missing-in-ledger": ""}
    assert by_kind["amount"]["report"] == {"minor": 1290, "currency": "EUR"}


def test_what_a_report_says_is_no_command_for_a_terminal(settle: Settle) -> None:
    _, out, _ = settle(AGREES + "1970-01-01,\x1b[2J\x07evil,sale,5.00,EUR\n")
    assert "?[2J?evil" in out
    assert "\x1b" not in out


UNUSABLE = (
    ("", "day.csv, line 1: is no report that is known"),
    ("date,reference,amount\n", "for a report of own the columns `type` are missing"),
    (AGREES + "1970-01-01,R3,sale,1.234,EUR\n", "day.csv, line 4: 1.234 EUR is not in whole minor units"),
    (AGREES + "1970-01-01,R3,gift,1.00,EUR\n", "day.csv, line 4: type `gift` is neither sale nor refund"),
    (AGREES + "1970-13-01,R3,sale,1.00,EUR\n", "day.csv, line 4: `1970-13-01` in column date is no date"),
    (
        AGREES + "1970-01-01,R3,sale,1.00,XXX\n",
        "day.csv, line 4: `XXX` in column currency is no currency",
    ),
    (AGREES + '1970-01-01,"R3,sale,1.00,EUR\n', "day.csv, line 4: cannot be read"),
    (AGREES.replace("currency", "amount"), "day.csv, line 1: a column is there twice"),
)


def test_a_file_that_cannot_be_used_is_named_with_its_line(settle: Settle) -> None:
    for text, said in UNUSABLE:
        code, out, err = settle(text)
        assert (code, out) == (2, ""), said
        assert said in err


def say(store: Store, state: PaymentState) -> None:
    """An associate ends the open payment of the order o3 by her word, while the terminal is silent."""
    (attempt,) = store.payments.book.open_attempts()
    said = replace(
        attempt, state=state, provisional=True, changed_us=2, why="by-hand", terminal_id="sim:till"
    )
    if state is PaymentState.PAID:
        store.payments.settlement.write_paid(replace(said, reference="R3"))
    else:
        store.payments.book.put_attempt(said)


def words(out: str) -> Any:
    return json.loads(out)["words"]


def test_a_word_is_confirmed_by_the_running_store(shop: Shop, settle: Settle) -> None:
    with sample_store(shop.settings) as store, served(store) as url:
        store.local_access.publish(url)
        say(store, PaymentState.PAID)
        report = AGREES + "1970-01-01,R3,sale,89.50,EUR\n"
        assert words(settle(report, "--json", "--dry-run")[1]) == {}
        code, out, _ = settle(report, "--json")
        assert (code, words(out)) == (0, {"KEYo3": "confirmed"})
        attempt = store.payments.book.attempt("KEYo3")
        assert attempt is not None
        assert (attempt.state, attempt.provisional) == (PaymentState.PAID, False)
        assert words(settle(report, "--json")[1]) == {}, "nothing rests on a word any more"


def test_a_contradiction_becomes_a_task_at_the_desk(shop: Shop, settle: Settle) -> None:
    with sample_store(shop.settings) as store, served(store) as url:
        store.local_access.publish(url)
        say(store, PaymentState.PAID)
        code, out, _ = settle(AGREES)
        assert code == 1
        assert "missing-at-service" in out
        assert "words of associates contradicted by the report: 1; see the tasks at the desk" in out
        assert [task.task for task in store.service.desk.unsettled()] == [TaskKind.CONTRADICTION]


def test_without_a_running_store_words_stay_open_and_this_is_said(shop: Shop, settle: Settle) -> None:
    with sample_store(shop.settings) as store:
        say(store, PaymentState.ABANDONED)
    code, out, err = settle(AGREES, "--json")
    assert (code, words(out)) == (0, {"KEYo3": "not-said"})
    assert "start the store and run this again" in err
