"""A survey of modelled rooms: it finds the isolation of the model, fails a bad wall, and writes the site file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hardware.ports import NoteKind, RadioFact, ReaderNote
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import parse_site
from hardware.survey.findings import Verdict
from hardware.survey.report import report_html, site_yaml
from hardware.survey.steps import StepKind, SurveyError
from hardware.survey.survey import Survey, run_steps
from tests.hardware.radio_model.model import Propagation, RoomRow, isolation_db
from tests.hardware.survey.modelled_survey import ROOM_COUNT, ModelledShop, modelled_shop, surveyed


def isolations(survey: Survey) -> list[float]:
    return [round(finding.isolation_db or 0.0, 1) for finding in survey.findings]


@pytest.mark.parametrize("wall_db", [0.0, 6.0])
def test_the_measured_isolation_is_that_of_the_model(wall_db: float) -> None:
    truth = isolation_db(RoomRow(ROOM_COUNT), Propagation(wall_db=wall_db))
    found = isolations(surveyed(modelled_shop(wall_db)))
    print(f"isolation of {truth:.1f} dB found as {found}")
    assert abs(sum(found) / ROOM_COUNT - truth) <= 2.0
    assert all(abs(one - truth) <= 3.0 for one in found)


@pytest.mark.full
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("wall_db", [-4.0, 0.0, 4.0, 8.0, 12.0])
def test_the_measured_isolation_is_that_of_the_model_over_many_surveys(wall_db: float) -> None:
    truth = isolation_db(RoomRow(ROOM_COUNT), Propagation(wall_db=wall_db))
    found = [one for seed in range(5) for one in isolations(surveyed(modelled_shop(wall_db, seed)))]
    off = sorted(abs(one - truth) for one in found)
    print(
        f"{truth:.1f} dB: mean error {sum(found) / len(found) - truth:+.2f}, worst {off[-1]:.1f} of {len(off)} rooms"
    )
    assert abs(sum(found) / len(found) - truth) <= 2.0
    assert off[int(0.8 * len(off))] <= 2.0


def test_a_good_site_passes(good: Survey) -> None:
    assert good.verdict is Verdict.PASSED
    assert all(finding.neighbour_accuracy >= 0.95 for finding in good.findings)
    text = site_yaml(good)
    site = parse_site(text)
    assert site.rooms == modelled_shop(10.0).site.rooms
    assert set(site.min_signals) == set(site.rooms)
    assert {reference.room for reference in site.references.values()} == set(site.rooms)
    assert good.calibration is not None
    RoomTracker(site, good.calibration)


def test_thin_walls_fail(bad: Survey) -> None:
    assert bad.verdict is Verdict.FAILED
    reasons = [reason for finding in bad.findings for reason in finding.failures]
    assert sum("below 10 dB" in reason for reason in reasons) == ROOM_COUNT
    with pytest.raises(ValueError, match="did not pass"):
        site_yaml(bad)


def test_a_reader_that_sends_no_antenna_ends_the_survey_at_its_first_step() -> None:
    place = modelled_shop(10.0)
    place.sends_antenna = False
    with pytest.raises(SurveyError, match=r"sends no antenna number.*switch on AntennaID"):
        surveyed(place)
    assert place.closed


def test_a_reader_that_sends_no_strength_ends_the_survey_at_its_first_step() -> None:
    place = modelled_shop(10.0)
    place.sends_rssi = False
    with pytest.raises(SurveyError, match=r"sends no signal strength.*switch on PeakRSSI"):
        surveyed(place)
    assert place.closed


def test_a_lost_reader_and_giving_up_end_the_survey() -> None:
    place = modelled_shop(10.0)
    place.lose_at = StepKind.WALK
    with pytest.raises(SurveyError, match="the cable was pulled"):
        surveyed(place)
    assert place.closed
    place = modelled_shop(10.0)
    place.give_up_at = StepKind.CHECK
    with pytest.raises(SurveyError, match="cancelled"):
        surveyed(place)
    assert place.closed


class NotedShop(ModelledShop):
    """A shop whose reader has an antenna that is not connected."""

    def start(self, post: Callable[[RadioFact], None]) -> None:
        super().start(post)
        post(ReaderNote(self.name, NoteKind.ANTENNA, "antenna 4 is disconnected <&>", 1, antenna=4))


def test_notes_about_the_readers_are_told_after_their_step_and_reported() -> None:
    told: list[str] = []
    model = modelled_shop(20.0).model
    shop = NotedShop(model, 3)
    survey = run_steps(shop.site, [shop], shop.prompt, shop.wait, tell=told.append)
    assert survey.notes == tuple(told) == ("reader model: antenna 4 is disconnected <&>",)
    page = report_html(survey, "Ostrevane", "2026-03-02")
    assert "antenna 4 is disconnected &lt;&amp;&gt;" in page
    assert "Notes about the readers" not in report_html(replace(survey, notes=()), "Ostrevane", "2026-03-02")
