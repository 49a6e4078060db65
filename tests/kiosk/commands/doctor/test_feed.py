"""`cheval doctor` about the retailer's data: its age, what waits with the prices, the report; without a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.doctor import feed
from kiosk.commands.doctor.finding import Finding, State
from kiosk.store.staff.local_access import ACCESS_FILE, LocalAccess
from tests.kiosk.store.api.test_feed_routes import season_change
from tests.kiosk.store.sample_shop import sample_store, served, settings_in
from tests.optional_values import present


def told(folder: Path | None, state: Path) -> dict[str, Finding]:
    return {finding.about: finding for finding in feed.look(folder, state)}


def test_what_waits_is_named_with_the_prices(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store, served(store) as url:
        store.local_access.publish(url)
        good = told(settings.feeds, settings.state)
        assert {name: finding.state for name, finding in good.items()} == {
            "feed": State.GOOD,
            "stock": State.GOOD,
        }
        season_change(present(settings.feeds))
        store.service.feed.imported(store.resources.importer.run(present(settings.feeds), store.clock()))
        findings = list(feed.look(settings.feeds, settings.state))
    waits = [finding for finding in findings if finding.about == "waits for a yes"]
    assert all(finding.state is State.NOTE for finding in waits)
    words = "\n".join(finding.found for finding in waits)
    assert "styles: rows lost: 3 of 5" in words
    assert "C1: " in words
    assert "980" in words
    assert "9.80" in words
    assert all("cheval import --accept --shown " in finding.advice for finding in waits)
    (mistakes,) = (finding for finding in findings if finding.about == "mistakes in the feed")
    assert "feed-report.txt" in mistakes.advice


def test_without_a_running_store_it_says_so(tmp_path: Path) -> None:
    feed_folder, state = tmp_path / "feed", tmp_path / "state"
    state.mkdir()
    assert "the store does not run" in told(feed_folder, state)["feed"].found
    assert "the catalogue is not updated" in told(None, state)["feed"].found
    LocalAccess(state).publish("http://127.0.0.1:1")
    assert told(feed_folder, state)["feed"].state is State.BAD
    (state / ACCESS_FILE).unlink()
    (state / ACCESS_FILE).mkdir()
    assert told(feed_folder, state)["feed"].state is State.NOTE


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min ago"), (119, "119 min ago"), (120, "2 h ago"), (48 * 60, "2 days ago")]
)
def test_ages_are_in_the_unit_that_says_most(minutes: int, words: str) -> None:
    assert feed.age(minutes * 60_000_000) == words
