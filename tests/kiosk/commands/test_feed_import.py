"""`cheval import`: with a running store and without one, a dry run, a yes, mistakes, and wrong use."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.staff.local_access import ACCESS_FILE, LocalAccess
from tests.kiosk.store.api.test_feed_routes import lines as read_lines
from tests.kiosk.store.api.test_feed_routes import season_change
from tests.kiosk.store.api.test_feed_routes import write as write_lines
from tests.kiosk.store.sample_shop import sample_store, served, settings_in, write_feed
from tests.optional_values import present

Say = Callable[..., tuple[int, str, str]]


class Shop:
    """A shop's folder with its configuration; its store runs or not."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        self.settings.state.mkdir(mode=0o700, exist_ok=True)
        self.feed = present(self.settings.feeds)
        self.config = folder / "store.yaml"
        self.write()

    def write(self, **more: Any) -> None:
        catalogue = {"feed": str(self.feed)}
        settings = {"state": str(self.settings.state), "rooms": {"1": {}, "2": {}}, "catalogue": catalogue}
        self.config.write_text(json.dumps({**settings, **more}), "utf-8")

    @contextmanager
    def running(self) -> Iterator[None]:
        with sample_store(self.settings) as store, served(store) as url:
            store.local_access.publish(url)
            yield
            store.local_access.withdraw()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@contextmanager
def imported_once(shop: Shop, *, running: bool) -> Iterator[None]:
    if running:
        with shop.running():
            yield
        return
    with sample_store(shop.settings):
        pass
    yield


@pytest.fixture(params=["alone", pytest.param("running", marks=pytest.mark.full)])
def opened(request: pytest.FixtureRequest, shop: Shop) -> Iterator[Shop]:
    """The shop whose feed was imported once; the command works alone, or asks its running store."""
    with imported_once(shop, running=request.param == "running"):
        yield shop


@pytest.fixture(params=["alone", "running"])
def both(request: pytest.FixtureRequest, shop: Shop) -> Iterator[Shop]:
    """The same, always tried in both ways."""
    with imported_once(shop, running=request.param == "running"):
        yield shop


@pytest.fixture
def say(shop: Shop, capsys: pytest.CaptureFixture[str]) -> Say:
    def called(*words: str) -> tuple[int, str, str]:
        code = main(["import", *words, "--config", str(shop.config)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return called


def test_an_unchanged_feed_is_imported(opened: Shop, say: Say) -> None:
    code, out, _ = say()
    assert code == 0
    assert "waits" not in out
    (styles,) = (line.split() for line in out.splitlines() if line.startswith("styles"))
    assert styles == ["styles", "styles.jsonl", "5", "0", "0", "5", "0"]


def test_what_waits_is_shown_and_taken_over_by_kind(both: Shop, say: Say) -> None:
    season_change(both.feed)
    code, out, _ = say()
    assert code == 1
    assert "styles: rows lost: 3 of 5, since " in out
    assert "C1: EUR 980 -> EUR 9.80" in out or "C1: " in out
    assert "1 mistakes" in out or "mistakes" in out
    assert "cheval import --accept" in out
    code, out, _ = say("--accept", "styles", "--dry-run")
    assert (code, "would be accepted, as this command has found it:" in out) == (1, True)
    assert "styles: rows lost" in say()[1]
    code, out, _ = say("--accept", "styles")
    assert code == 1, "the mistake and other kinds are left"
    assert out.startswith("accepted, as this command has found it:\n  styles: ")
    assert "styles: rows lost" not in out.partition("kind")[2]
    assert "styles: rows lost" not in say()[1]


def revision(out: str) -> str:
    """The revision in the advice of what was shown."""
    return present(re.search(r"--accept --shown ([0-9a-f]{12})\b", out))[1]


def test_a_yes_is_for_the_list_that_was_shown(both: Shop, say: Say) -> None:
    season_change(both.feed)
    shown = revision(say()[1])
    assert revision(say("--dry-run")[1]) == shown
    write_lines(both.feed / "styles.jsonl", read_lines(both.feed / "styles.jsonl")[:1])
    code, out, _ = say("--accept", "styles", "--shown", shown)
    assert code == 1
    assert out.startswith("what waits is not what was shown: nothing was accepted; look at the new list\n")
    assert "styles: rows lost: 4 of 5" in out
    assert "accepted:" not in out
    fresh = revision(out)
    assert fresh != shown
    assert json.loads(say("--json", "--accept", "--shown", shown)[1])["not_accepted"] != ""
    code, out, _ = say("--accept", "styles", "--shown", fresh)
    assert out.startswith("accepted:\n  styles: ")
    assert "styles: rows lost" not in out.partition("kind")[2]


def test_a_list_that_is_over_is_not_accepted(opened: Shop, say: Say) -> None:
    season_change(opened.feed)
    shown = revision(say()[1])
    write_feed(opened.feed)
    code, out, _ = say("--accept", "--shown", shown)
    assert (code, out.startswith("what waits is not what was shown")) == (1, True)


def test_everything_is_taken_over_at_once(opened: Shop, say: Say) -> None:
    season_change(opened.feed)
    say("--accept")
    code, out, _ = say("--accept")
    assert "nothing waits" in out
    assert code == 1, "the line with a mistake is still there"


def test_a_dry_run_of_another_folder_changes_nothing(opened: Shop, say: Say, tmp_path: Path) -> None:
    other = write_feed(tmp_path / "other")
    season_change(other)
    code, out, _ = say(str(other), "--dry-run")
    assert code == 1
    assert "would be changed" in out
    assert "styles: rows lost: 3 of 5" in out
    assert say()[0] == 0


def test_all_mistakes_with_verbose_else_ten(opened: Shop, say: Say) -> None:
    with (opened.feed / "items.jsonl").open("a") as file:
        file.write("".join(f'{{"gtin": "{n}"}}\n' for n in range(30)))
    code, out, _ = say()
    assert code == 1
    told = [line for line in out.splitlines() if line.startswith("  items.jsonl:")]
    assert len(told) == 10
    assert "feed-report.txt" in out
    _, out, _ = say("--verbose")
    assert len([line for line in out.splitlines() if line.startswith("  items.jsonl:")]) >= 30


def test_json_is_one_line(opened: Shop, say: Say) -> None:
    season_change(opened.feed)
    _, out, _ = say("--json")
    found = json.loads(out)
    assert {loss["what"] for loss in found["waiting"]} >= {"rows lost", "prices changed"}
    assert out.count("\n") == 1


def test_the_accepting_user_is_in_the_log(shop: Shop, say: Say, caplog: pytest.LogCaptureFixture) -> None:
    with shop.running():
        season_change(shop.feed)
        say("--accept", "styles")
    assert "accepted by command line, " in caplog.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none",), "none does not exist"),
        (("{feed}/styles.jsonl",), "is not a folder; name the folder"),
        (("--accept", "style"), "there is no such kind; did you mean `styles`?"),
        (("--shown", "0123456789ab"), "--shown belongs to --accept"),
    ],
)
def test_wrong_use_is_one_line(shop: Shop, say: Say, words: tuple[str, ...], said: str) -> None:
    code, out, err = say(*(word.format(feed=shop.feed) for word in words))
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_without_a_feed_a_folder_must_be_named(shop: Shop, say: Say) -> None:
    shop.write(catalogue={})
    code, _, err = say()
    assert (code, "name a folder" in err) == (2, True)


def test_before_the_first_start_it_says_so(shop: Shop, say: Say) -> None:
    shop.settings.state.rmdir()
    code, _, err = say()
    assert (code, "start `cheval store` once" in err) == (2, True)
    assert not shop.settings.state.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_another_user_is_sent_to_the_stores(shop: Shop, say: Say) -> None:
    os.chown(shop.settings.state, 1, 1)
    code, _, err = say()
    assert (code, "run this as the store's user" in err) == (2, True)
    assert list(shop.settings.state.iterdir()) == []


def test_a_store_that_holds_the_database_and_cannot_be_asked_is_named(shop: Shop, say: Say) -> None:
    hold = StoreHold(shop.settings.state, shop.settings.database_url)
    try:
        code, _, err = say()
    finally:
        hold.close()
    assert code == 2
    assert f"(process {os.getpid()}, since " in err
    assert "run this on its computer" in err


def test_the_file_of_a_store_that_was_killed_is_no_store(shop: Shop, say: Say) -> None:
    LocalAccess(shop.settings.state).publish("http://127.0.0.1:1")
    assert say()[0] == 0


def test_another_store_at_the_address_of_a_killed_one_is_not_asked(
    shop: Shop, say: Say, tmp_path: Path
) -> None:
    other = Shop(tmp_path / "other")
    with other.running():
        LocalAccess(shop.settings.state).publish(
            json.loads((other.settings.state / ACCESS_FILE).read_text())["url"]
        )
        assert say()[0] == 0
    assert (shop.settings.state / "store.db").exists()


class _OtherVersion(BaseHTTPRequestHandler):
    """A store of another version: its answers have other fields."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"feed": "good"}')

    def log_message(self, *_: object) -> None:
        """Nothing on the error output."""


def test_a_store_of_another_version_is_named(shop: Shop, say: Say) -> None:
    server = HTTPServer(("127.0.0.1", 0), _OtherVersion)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        LocalAccess(shop.settings.state).publish(f"http://127.0.0.1:{server.server_port}")
        code, out, err = say()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert (code, out) == (2, "")
    assert "runs another version of the program; start it again" in err
    assert err.count("\n") == 1


def test_what_no_longer_waits_is_not_accepted(opened: Shop, say: Say) -> None:
    season_change(opened.feed)
    assert say()[0] == 1
    write_feed(opened.feed)
    code, out, _ = say("--accept", "styles")
    assert (code, "nothing waits of styles" in out) == (0, True)
