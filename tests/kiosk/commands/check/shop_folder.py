"""A folder with the files that a store's or a mirror's configuration names: good ones, and broken ones."""

from __future__ import annotations

import os
from pathlib import Path

from hardware.rooms.calibration import Calibration, save_calibration
from hardware.rooms.signal_model import RSSI_BINS
from hardware.rooms.site import Antenna

READS = '{"epc":"3034257BF7194E4000001A85","antenna":1,"rssi_dbm":-50,"at":"2026-01-01T00:00:00Z"}\n'
SITE = 'rooms:\n  "1": {antennas: [1]}\n  "2": {antennas: [2]}\n'


def write_files(folder: Path) -> None:
    """Every file that the tables of this folder's tests name, by relative path."""
    for name in ("feed", "pictures", "empty_feed", "state", "state_broken"):
        (folder / name).mkdir()
    texts = {
        "feed/styles.jsonl": "",
        "empty_feed/style.jsonl": "",
        "site.yaml": SITE,
        "site_of_others.yaml": 'rooms: {"7": {antennas: [9]}, "8": {antennas: [8]}}\n',
        "site_before.yaml": SITE.replace("[2]", "[4]"),
        "site_broken.yaml": "rooms: {1: {antenas: [1]}}\n",
        "calibration_broken.json": "{}",
        "reads.jsonl": READS,
        "looks.yaml": "looks: []\n",
        "looks_broken.yaml": "looks: [{pieces: 3}]\n",
        "looks_date.yaml": "looks: 2026-02-31\n",
        "card_keys": "00112233445566778899AABBCCDDEEFF\n",
        "card_keys_short": "0011\n",
        "password": "secret\n",
        "empty": "",
        "model_key": "key",
        "token": "0123abcd\n",
        "token_broken": "a b c\n",
        "events.parquet": "",
        "not_a_database.db": "no database" * 100,
        "state_broken/store.db": "no database" * 100,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "card_keys").chmod(0o600)
    (folder / "model_broken").mkdir()
    (folder / "model_broken" / "manifest.json").write_text("{}", "utf-8")
    os.mkfifo(folder / "scanner")
    os.mkfifo(folder / "pipe")
    for name, antennas in (("calibration.json", {"1": 1, "2": 2}), ("calibration_of_others.json", {"7": 1})):
        save_calibration(calibration(antennas), folder / name)


def calibration(antennas: dict[str, int]) -> Calibration:
    """A calibration with some reads of each room at its antenna."""
    counts = {(room, Antenna("", port)): (5,) * RSSI_BINS for room, port in antennas.items()}
    return Calibration(counts, read_rate=1.0, sure=0.9, outside_gap_db=10.0)
