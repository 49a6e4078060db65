"""Deliveries to a real receiver over TLS that misbehaves: every event arrives, in order, or is shown as given up."""

from __future__ import annotations

import hmac
import json
import random
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import MESSAGE_ID, SIGNATURE
from kiosk.store.db.table_groups.events import DEAD_LETTER
from kiosk.store.event_log.events import Scope, kinds_of
from kiosk.store.event_log.trimming import trim
from kiosk.store.integrators.hooks.hook_rows import MAX_DEAD
from kiosk.store.integrators.hooks.retries import MAX_REJECTED
from tests.kiosk.connectors.web_hooks.receiver import BREAKS, KEY, receiver
from tests.kiosk.store.event_log.event_places import KINDS, Place
from tests.kiosk.store.integrators.hooks.called import Called, called
from tests.kiosk.store.sample_shop import START_US

HOUR_S = 3_600
ANSWERS = (204, 200, 500, 503, 429, 404, 302, BREAKS)


def test_events_arrive_in_their_order_signed_and_with_their_id(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(*range(1, 4))
        to.run()
        assert to.arrived == [1, 2, 3]
        page = place.feed.page(place.feed.position("oldest"), KINDS)
        assert [headers[MESSAGE_ID] for headers, _ in to.at.calls] == [e.event_id for e in page.events]
        headers, body = to.at.calls[0]
        stamp, mac = (part.partition("=")[2] for part in headers[SIGNATURE].split(","))
        assert mac == hmac.new(KEY.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
        assert json.loads(body)["kind"] == "piece.sold"
        to.run(10)
        assert (len(to.at.calls), to.state.seq) == (3, 3)


def test_a_new_receiver_begins_with_what_happens_next(place: Place, tmp_path: Path) -> None:
    place.say(1, 2)
    with called(place, tmp_path) as to:
        place.say(3)
        to.run()
        assert to.arrived == [3]


def test_a_receiver_gets_the_kinds_of_its_scopes(place: Place, tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        to = Called(place, at, kinds=kinds_of([Scope.ROOMS]))
        place.say(1, 2)
        to.run()
        assert (to.arrived, to.state.seq) == ([], 2)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 12))])
def test_whatever_the_receiver_answers_nothing_is_lost_and_the_order_is_kept(
    place: Place, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    with called(place, tmp_path) as to:
        for number in range(1, 21):
            place.say(number)
            to.at.script.extend(rng.choice(ANSWERS) for _ in range(rng.randrange(3)))
            to.run(rng.choice((0, 0, 5)))
            if rng.random() < 0.2:
                to.start_again()
        to.at.script.clear()
        to.run(3 * HOUR_S)
        once = list(dict.fromkeys(to.arrived))
        assert once == list(range(1, 21))
        assert len(to.arrived) > len(once), "a message without an answer was sent again"
        assert len({headers[MESSAGE_ID] for headers, _ in to.at.calls}) == 20


def test_planted_a_position_that_moves_on_without_an_answer_loses_an_event(
    place: Place, tmp_path: Path
) -> None:
    with called(place, tmp_path) as to:
        place.say(1, 2)
        to.at.script.extend((500, 204))
        to.delivery.deliver()
        with place.database.writing() as connection:
            connection.exec_driver_sql("UPDATE web_hook SET seq = seq + 1")
        to.run(60)
        answers = zip(to.arrived, (500, 204), strict=True)
        assert [number for number, answer in answers if answer == 204] == [2]


def test_the_waits_become_longer_and_the_next_event_waits(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        to.at.status = 503
        place.say(1, 2)
        times = []
        for _ in range(40):
            before = len(to.at.calls)
            to.delivery.deliver()
            if len(to.at.calls) > before:
                times.append((to.clock.now_us - START_US) // 1_000_000)
            to.clock.pass_s(1)
        assert times == [0, 1, 3, 7, 15, 31]
        assert set(to.arrived) == {1}
        assert (to.state.tries, to.state.why) == (6, "the receiver answers 503")
        to.at.status = 204
        to.run(60)
        assert (to.arrived[-2:], to.state.tries, to.state.why) == ([1, 2], 0, "")


def test_a_rejected_event_becomes_a_dead_letter_and_may_be_sent_again(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(1, 2, 3)
        to.at.script.extend((204, *(422,) * MAX_REJECTED))
        to.run(60)
        assert to.arrived == [1, *(2,) * MAX_REJECTED, 3]
        (dead,) = to.rows.dead("erp")
        assert (dead.seq, dead.why, dead.again) == (2, "the receiver answers 422", False)
        (report,) = to.rows.reports()
        assert (report.dead, report.waiting) == (1, 0)
        assert to.rows.send_again("erp") == 1
        to.start_again()
        to.at.script.extend((500, 204))
        to.run(10)
        assert to.arrived[-2:] == [2, 2]
        assert to.at.calls[-1][1] == dead.body.encode()
        assert to.at.calls[-1][0][MESSAGE_ID] == dead.event_id
        assert to.rows.dead("erp") == ()


def test_a_dead_letter_that_is_rejected_again_stays(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(1)
        to.at.status = 400
        to.run(60)
        to.rows.send_again("erp")
        to.run(60)
        (dead,) = to.rows.dead("erp")
        assert (dead.again, dead.why) == (False, "the receiver answers 400")
        assert len(to.at.calls) == MAX_REJECTED + 1
        to.rows.delete_dead_before(dead.dead_us + 1)
        assert to.rows.dead("erp") == ()


@pytest.mark.full
def test_after_a_day_away_an_event_is_given_up_and_the_next_one_is_tried(
    place: Place, tmp_path: Path
) -> None:
    with called(place, tmp_path) as to:
        to.at.status = 500
        place.say(1, 2)
        to.run(30 * HOUR_S)
        assert [d.seq for d in to.rows.dead("erp")] == [1]
        assert to.arrived[-1] == 2


def test_a_receiver_that_is_gone_gets_nothing_until_somebody_says_so(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        to.at.script.append(410)
        place.say(1, 2)
        to.run(HOUR_S)
        to.start_again()
        to.run(HOUR_S)
        assert (to.arrived, to.state.gone) == ([1], True)
        assert to.rows.send_again("erp") == 0
        to.run()
        assert (to.arrived, to.state.gone) == ([1, 1, 2], False)


def test_what_is_not_kept_any_more_is_counted(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        to.at.status = 500
        place.say(1, 2, 3)
        to.run()
        trim(place.database, before_us=3_000_000, max_events=1_000)
        to.at.status = 204
        to.run(5)
        assert (to.arrived[-1], to.state.missed, to.state.seq) == (3, 2, 3)
        place.feed.renew()
        place.say(4)
        to.run(5)
        assert (to.arrived[-1], to.state.missed) == (4, 3)


@pytest.mark.parametrize("network", [Network.PUBLIC, Network.PRIVATE])
def test_a_receiver_in_the_shops_own_network_is_called_only_if_it_may_be(
    place: Place, tmp_path: Path, network: Network
) -> None:
    with receiver(tmp_path) as at:
        to = Called(place, at, network)
        place.say(1)
        to.run()
        assert (at.calls, "network` does not allow" in to.state.why) == ([], True)


def test_a_certificate_that_is_not_trusted_and_a_missing_key_are_told(place: Place, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with called(place, tmp_path) as to, receiver(tmp_path / "other") as other:
        to.at.ca_file.write_bytes(other.ca_file.read_bytes())
        to.start_again()
        place.say(1)
        to.run()
        assert to.state.why == "the receiver's certificate is not trusted"
        to.at.key_file.write_text("")
        to.run(3)
        assert "`key` is missing" in to.state.why


@pytest.mark.full
def test_the_number_of_dead_letters_is_limited(place: Place, tmp_path: Path) -> None:
    with called(place, tmp_path) as to:
        place.say(1)
        to.at.status = 422
        to.run(60)
        (dead,) = to.rows.dead("erp")
        for number in range(MAX_DEAD - 2, MAX_DEAD + 2):
            to.rows.save(to.state, replace(dead, event_id=f"{number:032x}", seq=number))
        with place.database.writing() as connection:
            connection.execute(DEAD_LETTER.insert(), [
                asdict(replace(dead, event_id=f"x{number}", seq=number)) for number in range(2, MAX_DEAD - 2)
            ])  # fmt: skip
        to.rows.save(to.state, replace(dead, event_id="last", seq=MAX_DEAD + 2))
        assert [d.seq for d in to.rows.dead("erp")] == list(range(3, MAX_DEAD + 3))
        to.rows.keep_only(["bi"])
        assert (to.rows.reports(), to.rows.dead("erp")) == ((), ())
