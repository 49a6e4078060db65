"""A survey of modelled rooms: it finds the isolation of the model, fails a bad wall, and writes the site file."""

from __future__ import annotations

import pytest

from hardware.ports import TagRead
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, Site, parse_site
from hardware.survey.findings import Verdict, check_references, evaluate_room
from hardware.survey.report import report_html, site_yaml
from hardware.survey.steps import StepKind, SurveyError, survey_steps
from hardware.survey.survey import Survey, run_steps
from tests.hardware.radio_model.model import Air, RadioModel, Rooms, isolation_db
from tests.hardware.survey.modelled_survey import ModelledShop

COUNT = 3


def shop(wall_db: float, seed: int = 3) -> ModelledShop:
    return ModelledShop(RadioModel(Rooms(COUNT), Air(wall_db=wall_db), seed), seed)


def surveyed(place: ModelledShop) -> Survey:
    return run_steps(place.site, [place], place.prompt, place.wait)


@pytest.fixture(scope="module")
def good() -> Survey:
    return surveyed(shop(10.0))


@pytest.fixture(scope="module")
def bad() -> Survey:
    """Walls that carry the sound: a little under 6 dB in all."""
    return surveyed(shop(-6.0))


def test_the_walk_visits_every_room_then_the_corridor() -> None:
    site = parse_site("rooms: {a: {antennas: [1]}, b: {antennas: [2]}}")
    assert [(step.kind, step.room) for step in survey_steps(site)] == [
        (StepKind.WALK, "a"),
        (StepKind.CHECK, "a"),
        (StepKind.WALK, "b"),
        (StepKind.CHECK, "b"),
        (StepKind.CORRIDOR, None),
        (StepKind.REFERENCE, None),
    ]
    assert all(step.text and step.seconds > 0 for step in survey_steps(site))
    assert StepKind.REFERENCE not in {step.kind for step in survey_steps(site, references=False)}


def isolations(survey: Survey) -> list[float]:
    return [round(finding.isolation_db, 1) for finding in survey.findings]


@pytest.mark.parametrize("wall_db", [0.0, 6.0])
def test_the_isolation_is_within_two_decibels_of_the_truth(wall_db: float) -> None:
    truth = isolation_db(Rooms(COUNT), Air(wall_db=wall_db))
    found = isolations(surveyed(shop(wall_db)))
    print(f"isolation of {truth:.1f} dB found as {found}")
    assert abs(sum(found) / COUNT - truth) <= 2.0
    assert all(abs(one - truth) <= 3.0 for one in found)


@pytest.mark.full
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("wall_db", [-4.0, 0.0, 4.0, 8.0, 12.0])
def test_the_isolation_is_within_two_decibels_over_many_surveys(wall_db: float) -> None:
    truth = isolation_db(Rooms(COUNT), Air(wall_db=wall_db))
    found = [one for seed in range(5) for one in isolations(surveyed(shop(wall_db, seed)))]
    off = sorted(abs(one - truth) for one in found)
    print(
        f"{truth:.1f} dB: mean error {sum(found) / len(found) - truth:+.2f}, worst {off[-1]:.1f} of {len(off)} rooms"
    )
    assert abs(sum(found) / len(found) - truth) <= 2.0
    assert off[int(0.8 * len(off))] <= 2.0


def test_a_good_site_passes_and_its_file_is_the_site(good: Survey) -> None:
    assert good.verdict is Verdict.PASSED
    assert all(finding.neighbour_accuracy >= 0.95 for finding in good.findings)
    text = site_yaml(good)
    site = parse_site(text)
    assert site.rooms == shop(10.0).site.rooms
    assert set(site.floors) == set(site.rooms)
    assert {reference.room for reference in site.references.values()} == set(site.rooms)
    assert good.calibration is not None
    RoomTracker(site, good.calibration)


def test_walls_that_hold_nothing_back_fail(bad: Survey) -> None:
    assert bad.verdict is Verdict.FAILED
    reasons = [reason for finding in bad.findings for reason in finding.failures]
    assert sum("below 10 dB" in reason for reason in reasons) == COUNT
    with pytest.raises(ValueError, match="did not pass"):
        site_yaml(bad)


def test_the_report_shows_verdict_drawing_and_reasons(good: Survey, bad: Survey) -> None:
    page = report_html(good, "Rue <Neuve>", "2026-03-02")
    assert "<svg" in page
    assert page.count("<rect") == COUNT * COUNT
    assert "Rue &lt;Neuve&gt;" in page
    assert "http" not in page
    assert 'class="pass"' in page
    assert 'class="fail"' in report_html(bad, "Rue Neuve", "2026-03-02")
    assert "lower the power" in report_html(bad, "Rue Neuve", "2026-03-02")


def test_a_lost_reader_and_a_technician_who_gives_up_end_it_with_a_word() -> None:
    place = shop(10.0)
    place.lose_at = StepKind.WALK
    with pytest.raises(SurveyError, match="the cable was pulled"):
        surveyed(place)
    assert place.closed
    place = shop(10.0)
    place.give_up_at = StepKind.CHECK
    with pytest.raises(SurveyError, match="given up"):
        surveyed(place)
    assert place.closed


SITE: Site = parse_site(
    "rooms: {a: {antennas: [1]}, b: {antennas: [2]}}\n"
    "references: {E1: {room: a, level_dbm: -50}, E2: {room: b, level_dbm: -50}}"
)


def reads(epc: str, port: int, signal: float, count: int = 100) -> list[tuple[Antenna, TagRead]]:
    return [(Antenna("", port), TagRead(epc, port, signal, n)) for n in range(count)]


def test_a_deaf_antenna_fails_by_name() -> None:
    finding = evaluate_room(SITE, "a", reads("E3", 2, -50.0), 0.0)
    assert finding.verdict is Verdict.FAILED
    assert "antenna 1 read the tags only 0 times" in finding.failures[0]


def test_power_advice_raises_a_faint_room_and_lowers_a_loud_one() -> None:
    faint = evaluate_room(SITE, "a", reads("E3", 1, -70.0), 1.0)
    loud = evaluate_room(SITE, "a", reads("E3", 1, -45.0) + reads("E3", 2, -60.0), 1.0)
    right = evaluate_room(SITE, "a", reads("E3", 1, -58.0) + reads("E3", 2, -72.0), 1.0)
    assert (faint.power_change_db, loud.power_change_db, right.power_change_db) == (6.0, -6.0, 0.0)


def test_reference_tags_are_checked() -> None:
    assert check_references(SITE, reads("E1", 1, -52.0) + reads("E2", 2, -49.0)) == ()
    drifts = check_references(SITE, reads("E1", 1, -60.0) + reads("E2", 1, -50.0))
    assert [(drift.epc, drift.heard_dbm) for drift in drifts] == [("E1", -60.0), ("E2", None)]
