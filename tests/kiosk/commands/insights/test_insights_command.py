"""`cheval insights` with no store running, and with one: files, trials, and what it refuses."""

from __future__ import annotations

import argparse
import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kiosk.commands.insights import options
from kiosk.commands.insights.command import DONE, WRONG_USE, run
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from kiosk.store.insights.table import TableName
from kiosk.store.insights.weeks import Period
from kiosk.store.trials.trial import Feature, Measure
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store, served, settings_in

Command = Callable[..., int]
LATER_US = START_US + 8 * 24 * 3600 * 1_000_000


@pytest.fixture
def command(tmp_path: Path) -> Command:
    (tmp_path / "state").mkdir(mode=0o700)
    file = tmp_path / "store.yaml"
    file.write_text(json.dumps({"state": str(tmp_path / "state"), "shop": {"time_zone": "Europe/Vienna"}}))
    parser = argparse.ArgumentParser()
    options.add(parser.add_subparsers())
    return lambda *words: run(parser.parse_args(["insights", *map(str, words), "--config", str(file)]))


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_the_words_of_the_command_are_those_of_the_store() -> None:
    assert tuple(int(period) for period in Period) == options.WEEKS
    assert set(options.FEATURES) == {feature.value for feature in Feature}
    assert set(options.MEASURES) == {measure.value for measure in Measure}


def test_a_running_store_writes_every_table(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    clock = ManualClock(LATER_US)
    with sample_store(settings_in(tmp_path), clock) as store, served(store) as url:
        events = ItemEvents(store.resources.database)
        for number in range(12):
            events.add(ItemEventKind.TRIED, [("S1-WHI", "M")], START_US, f"v{number}")
        store.insights.keep(LATER_US)
        store.local_access.publish(url)
        assert command("export", "--out", tmp_path / "csv", "--language", "de") == DONE
        assert command("export", "--out", tmp_path / "pq", "--format", "parquet") == DONE
    assert f"{len(TableName)} tables with" in capsys.readouterr().err
    files = sorted((tmp_path / "csv").iterdir())
    assert {file.stem for file in files} == {name.value for name in TableName}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    (row,) = rows(tmp_path / "csv" / "sizes.csv")
    assert (row["size"], row["tried"], row["kept"]) == ("M", "15", "")
    (row,) = rows(tmp_path / "csv" / "styles.csv")
    assert row["style"] == "Linen <b>shirt</b> (de)"
    (row,) = pq.read_table(tmp_path / "pq" / "sizes.parquet").to_pylist()
    assert (row["size"], row["tried"], row["kept"]) == ("M", 15, None)


def test_without_a_store_its_database_is_read(command: Command, tmp_path: Path) -> None:
    with sample_store(settings_in(tmp_path)):
        pass
    assert command("export", "--out", tmp_path / "csv") == DONE
    assert (tmp_path / "csv" / "styles.csv").read_text("utf-8-sig").startswith("style_id,style,tried,")


def test_trials_are_begun_listed_and_stopped(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert command("trial", "start") == WRONG_USE
    assert "the store does not run" in capsys.readouterr().err
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        store.local_access.publish(url)
        assert command("trial", "start", "--feature", "sizes", "--measure", "sales", "--weeks", 2) == DONE
        assert "trial 1 runs from" in capsys.readouterr().out
        assert command("trial", "start") == WRONG_USE
        assert "another trial is planned or runs" in capsys.readouterr().err
        assert command("trial", "stop", 7) == WRONG_USE
        assert "there is no trial 7" in capsys.readouterr().err
        assert command("trial", "stop", 1) == DONE
        assert command("trial", "list") == DONE
        assert "sizes  sales   stopped" in capsys.readouterr().out
