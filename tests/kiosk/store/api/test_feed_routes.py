"""The feed over HTTP: what waits, who may see and accept it, mistakes, imports on request, and the event stream."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.local_access import running_store
from tests.kiosk.store.http_clients import HttpClient, associate, read_stream
from tests.kiosk.store.sample_shop import write_feed
from tests.optional_values import present

ENOUGH = 400


@pytest.fixture
def mei(url: str) -> Iterator[HttpClient]:
    """The manager Mei, signed in."""
    with associate(url, "m-mei", "920713") as client:
        yield client


@pytest.fixture
def command(store: Store, url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    """A command of this computer."""
    store.local_access.publish(url)
    client = HttpClient(url, present(running_store(settings.state)).token)
    yield client
    client.close()


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def write(file: Path, rows: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def season_change(feed: Path) -> None:
    """Three of five styles leave, one price is a hundredth, and one line is wrong."""
    styles = lines(feed / "styles.jsonl")[:2]
    styles[0]["price"]["minor"] //= 100
    write(feed / "styles.jsonl", styles)
    kept = {style["style_id"] for style in styles}
    items = [item for item in lines(feed / "items.jsonl") if item["style_id"] in kept]
    write(feed / "items.jsonl", [*items, {"gtin": "1", "style_id": "C1", "colour": "NVY", "size": "36"}])


def done(client: HttpClient, number: int) -> dict[str, Any]:
    """The result of an import on request."""
    pause = Event()
    for _ in range(ENOUGH):
        status, job = client.ask("GET", f"/api/v1/feed/import?number={number}")
        assert (status, job["number"]) == (200, number)
        if not job["running"]:
            return dict(job)
        pause.wait(0.02)
    raise AssertionError("the import does not end")


def imported(client: HttpClient, **body: object) -> dict[str, Any]:
    status, job = client.ask("POST", "/api/v1/feed/import", body)
    assert status == 202, job
    return done(client, job["number"])


def test_what_was_read_and_how_old_it_is(mei: HttpClient, settings: StoreSettings) -> None:
    status, found = mei.ask("GET", "/api/v1/feed")
    assert status == 200
    assert found["folder"] == str(settings.feeds)
    assert {kind["kind"]: kind["lines"] for kind in found["kinds"]}["styles"] == 5
    assert found["read_us"] > 0
    assert found["stock_counted_us"] > 0
    assert found["stock_file_us"] > 0
    assert (found["waiting"], found["mistakes"], found["failed"]) == ([], 0, [])


def test_a_season_change_waits_and_is_taken_over_by_a_yes(
    store: Store, mei: HttpClient, ines: HttpClient, settings: StoreSettings
) -> None:
    season_change(present(settings.feeds))
    with read_stream(ines, "/api/v1/floor/stream") as stream:
        stream.named("Floor")
        job = imported(mei)
        assert stream.named("FeedChanged") == {"is": "FeedChanged"}
    assert job["failure"] == ""
    losses = {(loss["kind"], loss["what"]): loss for loss in job["result"]["waiting"]}
    rows, prices = losses["styles", "rows lost"], losses["styles", "prices changed"]
    assert (rows["count"], rows["known"]) == (3, 5)
    assert set(rows["sample"]) == {"T1", "A1", "F1"}
    assert prices["prices"] == [
        {
            "key": "C1",
            "before": {"minor": 98_000, "currency": "EUR"},
            "after": {"minor": 980, "currency": "EUR"},
        }
    ]
    assert mei.ask("GET", "/api/v1/feed")[1]["waiting"] == job["result"]["waiting"]
    assert mei.ask("POST", "/api/v1/feed/accept", {"kind": "styles", "digest": "0" * 32})[0] == 404
    for number, loss in enumerate((rows, prices), start=2):
        status, said = mei.ask(
            "POST", "/api/v1/feed/accept", {"kind": loss["kind"], "digest": loss["digest"]}
        )
        assert (status, said) == (200, loss)
        job = done(mei, number)
    left = [loss for loss in job["result"]["waiting"] if loss["kind"] == "styles"]
    assert left == []


def test_mistakes_are_paged(mei: HttpClient, settings: StoreSettings) -> None:
    feed = present(settings.feeds)
    with (feed / "items.jsonl").open("a") as file:
        file.write("".join(f'{{"gtin": "{n}"}}\n' for n in range(30)))
    job = imported(mei)
    total = job["result"]["mistakes_total"]
    assert total >= 30
    pages = [mei.ask("GET", f"/api/v1/feed/mistakes?offset={at}&limit=20")[1] for at in range(0, total, 20)]
    assert {page["total"] for page in pages} == {total}
    told = [mistake for page in pages for mistake in page["mistakes"]]
    assert told == job["result"]["mistakes"]
    assert all(mistake.startswith("items.jsonl:") for mistake in told)
    assert mei.ask("GET", "/api/v1/feed/mistakes?limit=501")[0] == 422
    assert mei.ask("GET", f"/api/v1/feed/mistakes?offset={2**63}")[0] in (200, 422)
    report = Path(mei.ask("GET", "/api/v1/feed")[1]["report"])
    assert all(mistake in report.read_text("utf-8") for mistake in told)


def test_associates_see_nothing_of_it(ines: HttpClient) -> None:
    for method, path in (
        ("GET", ""), ("GET", "/mistakes"), ("GET", "/import"), ("POST", "/import"), ("POST", "/accept"),
    ):  # fmt: skip
        assert ines.ask(method, f"/api/v1/feed{path}", {} if method == "POST" else None)[0] == 403


def test_only_a_command_of_this_computer_names_a_folder(
    mei: HttpClient, command: HttpClient, tmp_path: Path
) -> None:
    other = write_feed(tmp_path / "other")
    status, problem = mei.ask("POST", "/api/v1/feed/import", {"folder": str(other)})
    assert (status, "names a folder" in problem["detail"]) == (403, True)
    assert command.ask("POST", "/api/v1/feed/import", {"folder": "feed"})[0] == 409
    assert command.ask("POST", "/api/v1/feed/import", {"folder": "/a\x00b"})[0] == 422
    assert imported(command, folder=str(other))["failure"] == ""


def test_a_yes_with_an_import_is_for_that_import(
    mei: HttpClient, command: HttpClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = write_feed(tmp_path / "other")
    season_change(other)
    waiting = imported(command, folder=str(other))["result"]["waiting"]
    accept = [
        {"kind": loss["kind"], "digest": loss["digest"]} for loss in waiting if loss["kind"] == "styles"
    ]
    job = imported(command, folder=str(other), accept=accept, by="root")
    assert "styles" not in {loss["kind"] for loss in job["result"]["waiting"]}
    assert "accepted by command line, root: styles: rows lost: 3 of 5" in caplog.text
    result = imported(command, folder=str(other), accept=accept, by="root")["result"]
    assert "nothing was accepted" in result["not_accepted"]
    assert imported(mei, accept=accept)["result"]["not_accepted"] == result["not_accepted"]


def test_a_yes_is_for_all_that_was_shown_or_for_nothing(mei: HttpClient, settings: StoreSettings) -> None:
    """One of several losses has changed: the answer says so with the new list, and the others wait as before."""
    feed = present(settings.feeds)
    season_change(feed)
    shown = imported(mei)["result"]
    accept = [{"kind": loss["kind"], "digest": loss["digest"]} for loss in shown["waiting"]]
    write(feed / "styles.jsonl", lines(feed / "styles.jsonl")[:1])
    imported(mei)
    result = imported(mei, accept=accept)["result"]
    assert "nothing was accepted" in result["not_accepted"]
    assert result["revision"] not in ("", shown["revision"])
    assert mei.ask("GET", "/api/v1/feed")[1]["revision"] == result["revision"]
    assert [loss["count"] for loss in result["waiting"] if loss["what"] == "rows lost"] == [4]
    assert {loss["what"] for loss in result["waiting"]} == {loss["what"] for loss in shown["waiting"]}
    again = imported(mei)["result"]
    assert [loss["digest"] for loss in again["waiting"]] == [loss["digest"] for loss in result["waiting"]]


def test_a_feed_that_loses_more_than_was_accepted_waits_anew(
    mei: HttpClient, settings: StoreSettings
) -> None:
    """The file changes between the list that was shown and the import that would carry the yes out."""
    feed = present(settings.feeds)
    season_change(feed)
    (rows,) = (loss for loss in imported(mei)["result"]["waiting"] if loss["what"] == "rows lost")
    write(feed / "styles.jsonl", lines(feed / "styles.jsonl")[:1])
    result = imported(mei, accept=[{"kind": "styles", "digest": rows["digest"]}])["result"]
    assert "waits anew: styles: rows lost: 4 of 5" in result["not_accepted"]
    assert next(kind["deleted"] for kind in result["kinds"] if kind["kind"] == "styles") == 0


def test_the_result_of_an_earlier_import_is_kept(mei: HttpClient) -> None:
    first, second = imported(mei, dry_run=True), imported(mei)
    assert mei.ask("GET", f"/api/v1/feed/import?number={first['number']}")[1] == first
    assert mei.ask("GET", "/api/v1/feed/import")[1] == second
    assert mei.ask("GET", "/api/v1/feed/import?number=99") == (200, None)


def test_a_folder_that_is_not_there_is_a_reason(command: HttpClient, tmp_path: Path) -> None:
    job = imported(command, folder=str(tmp_path / "none"))
    said = job["failure"] or " ".join(job["result"]["failed"])
    assert "none" in said


def test_a_dry_run_changes_nothing(mei: HttpClient, settings: StoreSettings) -> None:
    season_change(present(settings.feeds))
    job = imported(mei, dry_run=True)
    assert job["dry_run"] is True
    assert job["result"]["dry_run"] is True
    assert {loss["what"] for loss in job["result"]["waiting"]} >= {"rows lost", "prices changed"}
    found = mei.ask("GET", "/api/v1/feed")[1]
    assert (found["waiting"], found["mistakes"]) == ([], 0)


def test_a_stale_stock_is_late(store: Store, mei: HttpClient, clock: Any) -> None:
    assert mei.ask("GET", "/api/v1/feed")[1]["stock_late"] is False
    clock.now_us = mei.ask("GET", "/api/v1/feed")[1]["stock_file_us"] + 49 * 3600 * 1_000_000
    with associate(mei.url, "m-mei", "920713") as later:
        assert later.ask("GET", "/api/v1/feed")[1]["stock_late"] is True


def test_the_health_says_it_in_numbers(store: Store, mei: HttpClient, settings: StoreSettings) -> None:
    season_change(present(settings.feeds))
    imported(mei)
    feed = present(store.health().feed)
    assert feed.waiting >= 2
    assert feed.prices_waiting == 1
    assert feed.mistakes >= 1
    assert feed.report.endswith("feed-report.txt")
    shutil.rmtree(present(settings.feeds))
    assert store.health().ok
