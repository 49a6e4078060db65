"""`calibrate` and `locate`: their output, skipped rows, errors."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from hardware.commands.main import main
from tests.hardware.radio_model.model import Propagation, RadioModel, RoomRow
from tests.hardware.radio_model.visits import PathSegment, TagPath, simulate
from tests.hardware.radio_model.walk import walk

SITE = "rooms:\n  room-1: {antennas: [1]}\n  room-2: {antennas: [2]}\n  room-3: {antennas: [3]}\n"
ROOMS = RoomRow(3)
READS = ("at_us", "antenna", "rssi_dbm", "epc")
START_US = 1_753_218_903_000_000


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows(rows)
    return path


def resting(epc: str, room: int, start_s: float, end_s: float) -> TagPath:
    position = (room * ROOMS.width, 0.6, 1.1)
    return TagPath(epc, (PathSegment(start_s, end_s, position, position),))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site, a walk and a minute of reads of two garments, in no order."""
    place = tmp_path_factory.mktemp("shop")
    (place / "site.yaml").write_text(SITE)
    taught = walk(RadioModel(ROOMS, Propagation(), 5), 5, tags=2, seconds=15.0)
    rows = [(r.at_us, r.antenna.port, r.rssi_dbm, r.epc, r.room) for r in taught]
    write(place / "walk.csv", (*READS, "room"), rows)
    model = RadioModel(ROOMS, Propagation(), 6)
    paths = [resting("3034AA", 0, 0.0, 40.0), resting("3034BB", 2, 10.0, 60.0)]
    reads = [r for moment in simulate(model, paths, START_US) for r in moment.reads]
    random.Random(1).shuffle(reads)
    write(place / "reads.csv", READS, [(r.at_us, r.antenna, r.rssi_dbm, r.epc) for r in reads])
    return place


def locate(shop: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    arguments = ["locate", "--site", f"{shop}/site.yaml", "--reads", f"{shop}/reads.csv", *more]
    assert main(arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def calibrate(shop: Path, walk_name: str = "walk.csv") -> int:
    return main(
        [
            "calibrate",
            "--site",
            f"{shop}/site.yaml",
            "--walk",
            f"{shop}/{walk_name}",
            "--out",
            f"{shop}/cal.json",
        ]
    )


@pytest.mark.parametrize("calibrated", [True, False])
def test_every_second_has_the_room_of_each_tag(
    shop: Path, capsys: pytest.CaptureFixture[str], calibrated: bool
) -> None:
    if calibrated:
        assert calibrate(shop) == 0
        assert "right room" in capsys.readouterr().err
    lines = locate(shop, capsys, *(["--calibration", f"{shop}/cal.json"] if calibrated else []))
    assert {tuple(line) for line in lines} == {("at_us", "epc", "room", "confidence", "sure")}
    times = [int(str(line["at_us"])) for line in lines]
    assert times == sorted(times)
    assert all(time % 1_000_000 == 0 for time in times)
    shirt = {at: line for at, line in zip(times, lines, strict=True) if line["epc"] == "3034AA"}
    for second in range(3, 39):
        assert shirt[START_US + second * 1_000_000]["room"] == "room-1"
    assert shirt[START_US + 52_000_000]["room"] is None
    dress = [line for line in lines if line["epc"] == "3034BB"]
    assert {line["room"] for line in dress[3:]} == {"room-3"}
    assert all(0.0 <= float(str(line["confidence"])) <= 1.0 for line in lines)
    assert sum(line["sure"] is True for line in dress) > 30


def test_the_order_of_rows_does_not_matter(
    shop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = locate(shop, capsys)
    with (shop / "reads.csv").open() as file:
        header, *rows = list(csv.reader(file))
    rows.sort(key=lambda row: int(row[0]))
    (tmp_path / "site.yaml").write_text(SITE)
    write(tmp_path / "reads.csv", header, rows)
    assert locate(tmp_path, capsys) == lines


def test_bad_rows_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text(SITE)
    good = [(START_US + n * 100_000, 1, -50.0, "3034AA") for n in range(50)]
    bad = [
        ("soon", 1, -50, "E"),
        (START_US, 9, -50, "E"),
        (START_US, "x", -50, "E"),
        (START_US, 1, "nan", "E"),
        (START_US, 1, 99, "E"),
        (START_US, 1, -50, ""),
        (START_US,),
        (-5, 1, -50, "E"),
        ("1e400", 1, -50, "E"),
    ]
    write(tmp_path / "reads.csv", READS, [*bad[:5], *good, *bad[5:]])
    assert main(["locate", "--site", f"{tmp_path}/site.yaml", "--reads", f"{tmp_path}/reads.csv"]) == 0
    output = capsys.readouterr()
    assert f"{len(bad)} bad row(s)" in output.err
    assert "line 2: at_us 'soon' is not a time" in output.err
    assert "antenna 9 is not in the site" in output.err
    assert "... and 4 more" in output.err
    assert {json.loads(line)["epc"] for line in output.out.splitlines()} == {"3034AA"}


def test_columns_may_stand_in_any_order_with_others_beside_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.yaml").write_text(SITE)
    rows = [("x", "3034AA", f"{START_US + n * 100_000}.0", "1.0", -50) for n in range(50)]
    write(tmp_path / "reads.csv", ("note", "EPC", "at_us", "antenna", "rssi_dbm"), rows)
    lines = locate(tmp_path, capsys)
    assert lines[-1]["room"] == "room-1"


def test_days_between_reads_are_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text(SITE)
    days = [START_US + day * 86_400_000_000 for day in (0, 400)]
    rows = [(day + n * 100_000, 1, -50, "3034AA") for day in days for n in range(30)]
    write(tmp_path / "reads.csv", READS, rows)
    lines = locate(tmp_path, capsys)
    assert len(lines) < 100
    assert lines[-1]["room"] == "room-1"


@pytest.mark.parametrize(
    ("reads", "why"),
    [
        (None, "cannot be read"),
        ("", "no column at_us"),
        ("at_us,antenna,epc\n1,1,E\n", "no column rssi_dbm"),
        ("at_us,antenna,rssi_dbm,epc\n", "not one usable row"),
        ("at_us,antenna,rssi_dbm,epc\nx,1,-50,E\n", "not one usable row"),
        ("\x00\x01\x02,\xff\n", "no column"),
    ],
)
def test_an_unusable_file_of_reads_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reads: str | None, why: str
) -> None:
    (tmp_path / "site.yaml").write_text(SITE)
    if reads is not None:
        (tmp_path / "reads.csv").write_text(reads)
    assert main(["locate", "--site", f"{tmp_path}/site.yaml", "--reads", f"{tmp_path}/reads.csv"]) == 2
    output = capsys.readouterr()
    assert why in output.err
    assert "Traceback" not in output.err
    assert output.out == ""


def test_a_site_with_mistakes_and_a_foreign_calibration_are_refused(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.yaml").write_text("rooms: {a: {antenas: [1]}}")
    reads = f"{shop}/reads.csv"
    assert main(["locate", "--site", f"{tmp_path}/site.yaml", "--reads", reads]) == 2
    assert "did you mean `antennas`?" in capsys.readouterr().err
    (tmp_path / "cal.json").write_text("{}")
    arguments = [
        "locate",
        "--site",
        f"{shop}/site.yaml",
        "--reads",
        reads,
        "--calibration",
        f"{tmp_path}/cal.json",
    ]
    assert main(arguments) == 2
    assert "not a calibration" in capsys.readouterr().err


def test_a_walk_that_skips_a_room_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(START_US + n * 100_000, 1, -50, "E1", "room-1") for n in range(100)]
    rows += [(START_US, 1, -50, "E1", "cellar")]
    write(shop / "short.csv", (*READS, "room"), rows)
    assert calibrate(shop, "short.csv") == 2
    output = capsys.readouterr().err
    assert "room-2, room-3" in output
    assert "room 'cellar' is not in the site" in output


def test_an_unwritable_calibration_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "calibrate",
        "--site",
        f"{shop}/site.yaml",
        "--walk",
        f"{shop}/walk.csv",
        "--out",
        f"{shop}/no/cal.json",
    ]
    assert main(arguments) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_file_with_too_few_reads_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text('rooms: {"1": {antennas: [1]}, "2": {antennas: [2]}}\n', "utf-8")
    row = "1767225600000000,3034257BF7194E4000001A85,1,-50\n"
    (tmp_path / "reads.csv").write_text(f"at_us,epc,antenna,rssi_dbm\n{row}", "utf-8")
    assert main(["locate", "--site", f"{tmp_path}/site.yaml", "--reads", f"{tmp_path}/reads.csv"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "too few reads to locate a garment: 1 read in 0 s" in shown.err
