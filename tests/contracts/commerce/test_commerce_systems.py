"""What every connector promises (`kiosk/connectors/commerce/port.py`)."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

import pytest

from kiosk.connectors.commerce.errors import (
    AnswerError,
    ChangedError,
    CommerceError,
    CredentialsError,
    UnavailableError,
)
from kiosk.connectors.commerce.pulling import pull
from kiosk.connectors.commerce.reading import READINGS
from tests.contracts.commerce.rigs import SHOP, Rig, articles, numbers, read
from tests.kiosk.connectors.commerce.faults import body, breaks, drips, late, packed, status
from tests.kiosk.connectors.commerce.shop_system import TOKEN, Fault, Request, product, shop_system
from tests.optional_values import present


def test_all_is_read_once_and_means_the_same_everywhere(rig: Rig) -> None:
    pulled = read(rig)
    assert (set(pulled.entries.values()), pulled.refused) == ({7}, 0)
    assert {kind: pulled.lines(kind) for kind in ("styles", "items", "stock")} == {
        "styles": 7, "items": 21, "stock": 21,
    }  # fmt: skip
    found = articles(rig, pulled)
    assert numbers(found) == list(range(7))
    assert {(line.colour, line.size, present(line.price).minor) for line in found.values()} == {
        ("Sand", size, 5990) for size in "SML"
    }


def test_no_address_has_a_key(rig: Rig) -> None:
    read(rig)
    for path, query, headers in rig.shop.asked:
        assert headers.get("Authorization", "").startswith("Bearer ") or "mutation Login" in query["body"]
        assert not any(secret in f"{path}{query.get('size')}" for secret in (TOKEN, "secret"))


@pytest.mark.parametrize("code", [401, 403])
def test_a_key_that_has_expired(rig: Rig, code: int) -> None:
    rig.shop.always = status(code)
    with pytest.raises(CredentialsError, match=str(code)):
        read(rig)


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_system_that_has_no_time_is_asked_later(rig: Rig, code: int) -> None:
    rig.shop.always = status(code, Retry_After="120")
    with pytest.raises(UnavailableError) as error:
        read(rig)
    assert (error.value.retry_after_s, "secret" in str(error.value)) == (120, False)
    assert len(rig.shop.asked) == 1, "an answer is an answer: it is not asked again at once"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (status(302, Location="http://169.254.169.254/latest"), AnswerError), (status(404), AnswerError),
        (status(204), AnswerError), (body(b"<html>Sign in</html>"), AnswerError), (body(b""), AnswerError),
        (body(b"[" * 200_000), AnswerError), (body(b'{"data": 7}'), AnswerError), (body(b"null"), AnswerError),
        (body(b"\xff\xfe\xff"), AnswerError), (body(b"{}", Content_Encoding="gzip"), AnswerError),
        (packed(b" " * (40 << 20)), AnswerError),
    ],
    ids=["redirect", "404", "204", "page", "empty", "deep", "other", "null", "bytes", "unpackable", "bomb"],
)  # fmt: skip
def test_another_answer_than_expected(rig: Rig, fault: Fault, kind: type[CommerceError]) -> None:
    rig.shop.always = fault
    before = set(threading.enumerate())
    with pytest.raises(kind) as error:
        read(rig)
    assert "169.254" not in str(error.value)
    assert set(threading.enumerate()) <= before | {
        t for t in threading.enumerate() if "process_request" in t.name
    }


def test_a_connection_that_breaks_is_made_again_and_again_only_a_few_times(rig: Rig) -> None:
    rig.shop.always = breaks
    with pytest.raises(UnavailableError):
        read(rig)
    assert len(rig.shop.asked) <= 3


def test_an_answer_that_takes_long_is_waited_for_and_one_that_takes_too_long_is_not(rig: Rig) -> None:
    rig.shop.faults.append(late(0.6))
    assert read(rig, rig.impatient(10)).entries["catalogue"] == 7
    for fault in (late(3), drips):
        rig.shop.faults.append(fault)
        began = monotonic()
        with pytest.raises(UnavailableError, match="time"):
            read(rig, rig.impatient(0.5))
        assert monotonic() - began < 2.5


@pytest.mark.full
def test_every_answer_takes_five_seconds(rig: Rig) -> None:
    rig.shop.always = late(5)
    assert read(rig).entries["catalogue"] == 7


def test_a_system_that_is_started_again(rig: Rig) -> None:
    assert read(rig).entries["catalogue"] == 7
    with closing(rig.opened()) as system:
        first = rig.folder / "first"
        first.mkdir()
        assert pull(system, first, SHOP, lambda *_: None).entries["catalogue"] == 7
        # its connections are gone; a kept one is not taken for an answer
        rig.shop.drop()
        again = rig.folder / "again"
        again.mkdir()
        assert pull(system, again, SHOP, lambda *_: None).entries["catalogue"] == 7


def test_nobody_is_there(rig: Rig) -> None:
    with shop_system() as gone:
        port = gone.port
    rig.place = replace(rig.place, uri=rig.place.uri.replace(str(rig.shop.port), str(port)))
    with pytest.raises(UnavailableError, match="cannot be reached"):
        read(rig)


def test_one_who_waits_is_cut(rig: Rig) -> None:
    rig.shop.always = late(20)
    system = rig.opened()
    timer = threading.Timer(0.3, system.cut)
    timer.start()
    began = monotonic()
    with pytest.raises(CommerceError):
        read(rig, system)
    timer.join()
    assert monotonic() - began < 10


# Pages that change while they are read


def _once(rig: Rig, at_request: int, change: Any) -> None:
    """Does something before one of the answers."""

    def before(_: Request) -> None:
        if len(rig.shop.asked) == at_request:
            change()

    rig.shop.before = before


@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("at_request", [2, 3])
def test_no_product_is_lost_when_one_comes_or_goes_meanwhile(rig: Rig, at_request: int, place: int) -> None:
    for change in (partial(rig.remove, place), partial(rig.add, 90, place)):
        rig.stands_as_it_was()
        rig.shop.asked.clear()
        _once(rig, at_request, change)
        found = articles(rig, read(rig))
        assert set(range(7)) - {place} <= set(numbers(found))
        rig.shop.before = lambda _: None


def test_a_list_with_the_same_entries_as_the_last_time_is_read_once(rig: Rig) -> None:
    first = read(rig)
    known = {str(name): found.digest for name, found in first.lists.items()}
    rig.shop.asked.clear()
    work = rig.folder / "again"
    work.mkdir()
    with closing(rig.opened()) as system:
        again = pull(system, work, SHOP, lambda *_: None, known)
    assert again.lists == first.lists
    pages = {"vendure": 1 + 3 + 3, "mapped-one": 1, "mapped-offset": 4}.get(rig.name, 3)
    assert len(rig.shop.asked) == pages


@pytest.mark.parametrize("rig", ["mapped-page", "mapped-offset"], indirect=True)
def test_planted_without_a_second_look_a_product_is_lost(rig: Rig) -> None:
    """One reading of numbered pages, while the first product goes, leaves one out."""
    _once(rig, 2, lambda: rig.shop.products.pop(0))
    with closing(rig.opened()) as system:
        keys = [row.key for page in system.listings["catalogue"].pages() for row in page.rows]
    assert "P0003" not in keys


@pytest.mark.parametrize("rig", ["mapped-page", "mapped-offset"], indirect=True)
def test_a_list_that_never_stands_still_is_not_taken(rig: Rig) -> None:
    number = iter(range(100, 1000))

    def before(_: Request) -> None:
        rig.shop.products.insert(0, product(next(number)))
        rig.shop.products.pop()

    rig.shop.before = before
    with pytest.raises(ChangedError):
        read(rig)
    assert len(rig.shop.asked) <= READINGS * 5
