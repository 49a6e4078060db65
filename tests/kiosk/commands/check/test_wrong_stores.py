"""A table of wrong configurations of the store: `--check` names each with its line, and the store says the same."""

from __future__ import annotations

import logging
import os
import re
import socket
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.commands.configuration import checked_store
from kiosk.config import ConfigError
from kiosk.store.app import build_store
from kiosk.store.settings import settings_of
from tests.kiosk.commands.check.shop_folder import write_files

ONE = "readers:\n  - {name: north, uri: 'llrp://192.0.2.4%s'}\nrooms:\n  1: {antennas: [%s]}\n  2: {antennas: [2]}\n"
TWO = """\
readers:
  - {name: north, uri: '%s'}
  - {name: south, uri: '%s'}
rooms:
  1: {antennas: [north/1]}
  2: {antennas: [south/1]}
"""
SITE = ONE % ("", "1") + "radio: {site: %s}\n"
CALIBRATION = ONE % ("", "1") + "radio: {calibration: %s}\n"


def reader(uri: str) -> str:
    return f"rooms: {{1: {{antennas: [1]}}}}\nreaders:\n  - name: north\n    uri: {uri}\n"


# the store does not start: text, line, words
REFUSED = [
    (reader("'llrp://h?power=24'"), 4, "llrp:// has no option power; did you mean power_dbm?"),
    (reader("'llrp://h?power_dbm=high'"), 4, "power_dbm=high is not a number"),
    (reader("'llrp://h?power_dbm=24dBm'"), 4, "write 24 without a unit"),
    (reader("'llrp://h?session=4'"), 4, "session=4 is not between 0 and 3"),
    (reader("'llrp://h?session=1&session=2'"), 4, "session= is written twice"),
    (reader("'llrp://h?antennas=1;2'"), 4, "antennas=1;2 is not a number"),
    (reader("'llrp://10.0.0..7'"), 4, "a part between two dots is empty"),
    (reader("'llrp://10.0.0.300'"), 4, "is not an IPv4 address"),
    (reader("'llrp://h:0'"), 4, "port 0 is not a number from 1 to 65535"),
    (reader("'llrp://h:99999'"), 4, "port 99999 is not a number from 1 to 65535"),
    (reader("'llrp://root@h'"), 4, "takes no user name"),
    (reader("'llrp://h/rooms'"), 4, "nothing may stand after host and port"),
    (reader("'llrp://h#1'"), 4, "begins a fragment"),
    (reader("'llrp://'"), 4, "needs a host"),
    (reader("'lrp://h'"), 4, "unknown scheme `lrp`; did you mean `llrp`?"),
    (reader("'impinj+https://root:p@ss/word@h'"), 4, "cannot be told from the host"),
    (reader("'impinj+https://root:s3cret@h?password_file={folder}/password'"), 4, "exclude each other"),
    (reader("'llrps://h?pin=sha256:12'"), 4, "is not a fingerprint"),
    (reader("'zebra+https://h?mode=own&session=1'"), 4, "so remove session"),
    (reader("'impinj+hook://h'"), 4, "listen= is missing"),
    (reader("'impinj+hook://h?listen=192.0.2.77:8091'"), 4, "is no address of this computer"),
    (reader("'impinj+hook://h?listen=8075'"), 4, "this port is used by the store itself (listen.port)"),
    (TWO % ("impinj+hook://a?listen=8091", "impinj+hook://b?listen=127.0.0.1:8091"), 3, "used by reader `north`"),
    (reader("'impinj+mqtt://broker'"), 4, "the topic is missing"),
    (TWO % ("impinj+mqtt://broker/t", "impinj+mqtt://broker:1883/t"), 3, "is the same reader as `north`"),
    (TWO % ("impinj+mqtt://broker/t", "impinj+mqtt://broker/t/2?status=s"), 3, "the topic of `north` contains t/2"),
    (TWO % ("impinj+mqtt://broker/t/2", "impinj+mqtt://broker/t?status=s"), 3, "its topic contains t/2"),
    (TWO % ("impinj+mqtt://b/t", "impinj+mqtt://B.:1883/t?status=x"), 3, "the topic of `north` contains t"),
    (TWO % ("zebra+mqtt://b/t", "zebra+mqtt://b/t?heartbeat_s=5"), 3, "the topic of `north` contains t"),
    (TWO % ("zebra+mqtt://b/t?events=e", "zebra+mqtt://b/u?events=e"), 3, "the topic of `north` contains e"),
    (TWO % ("impinj+https://h", "impinj+mqtt://b/t?reader=H."), 3, "is the same reader as `north`"),
    (TWO % ("impinj+mqtt://b/t?reader=h", "impinj+mqtt://b/u?reader=root@h:443"), 3, "is the same reader as"),
    (TWO % ("impinj+mqtt://b/t", "zebra+mqtt://b/t/z"), 3, "the topic of `north` contains t/z"),
    (reader("'impinj+https://h?pasword_file=password'"), 4, "did you mean password_file?"),
    (reader("'replay://reads.jsonl?speed=fast'"), 4, "speed=fast is not a number"),
    (reader("'replay://reads.jsonl?loop=true'"), 4, "loop=true is none of yes, no"),
    (reader("'serial:///dev/null?baud=1'"), 4, "baud=1 is none of"),
    (reader("'serial://dev/ttyACM0'"), 4, "write three slashes before the path"),
    (reader("'sim://host:seven'"), 4, "the form is sim://NAME"),
    (ONE % ("", "99999"), 4, "`99999` is not an antenna: ports are numbered from 1"),
    (ONE % ("", "0"), 4, "`0` is not an antenna: ports are numbered from 1"),
    (ONE % ("", "1, 1"), 4, "`north/1` is listed twice"),
    (ONE % ("", "nort/1"), 4, "unknown reader `nort`; did you mean `north`?"),
    (ONE % ("?antennas=2,3", "1"), 4, "because its address says antennas=2,3; write antennas=1,2,3 there"),
    ("rooms:\n  1: {antennas: [1]}\n", 2, "there is no reader in `readers`"),
    ("rooms:\n  1: {}\n  01: {}\n", 3, "is written twice; first on line 2"),
    (TWO % ("llrp://h", "llrp://h:5084"), 3, "is the same reader as `north`"),
    (TWO % ("llrp://H.example", "llrps://h.example.:5084"), 3, "is the same reader as `north`"),
    (TWO % ("llrp://[::1]", "llrp://[0:0::1]:5084"), 3, "is the same reader as `north`"),
    (TWO % ("serial:///dev/ttyS0", "serial:///dev/ttyS0?baud=9600"), 3, "is the same reader as `north`"),
    (TWO % ("pcsc://ACR", "pcsc://acr"), 3, "is the same reader as `north`"),
    (
        TWO.replace("south/1", "south/2") % ("llrp://h", "keyboard:///dev/input/event0"),
        6,
        "is a label scanner, which has no antennas; write south/1",
    ),
    (
        TWO.replace("south/1", "south/3") % ("llrp://h", "sim://127.0.0.1:7000"),
        6,
        "is a card reader, which has no antennas; write south/1",
    ),
    (TWO.replace("south/1", "1") % ("llrp://a", "llrp://b"), 6, "write reader/port, since there are 2 readers"),
    ("shop: {}\nlisten: {host: 256.1.1.1}\n", 2, "is not an IPv4 address"),
    ("listen: {host: 192.0.2.77}\n", 1, "is no address of this computer"),
    ("listen:\n  public_url: http://user:s3cret@h/\n", 2, "no user name"),
    ("catalogue:\n  feed: https://u:s3cret@shop.example/feed\n", 2, "is an address (https://); write the path of"),
    ("catalogue: {feed: sftp://shop.example/feed}\n", 1, "is an address (sftp://); write the path of a file or folder"),
    ("shop: {}\ncards: {keys_file: file:///etc/keys}\n", 2, "is an address; write the path alone"),
    ("state: empty/state\n", 1, "empty is not a folder"),
    ("database: sqlite:///{folder}/not_a_database.db\n", 1, "file is not a database"),
    ("database: sqlite:////nowhere/x.db\n", 1, "/nowhere: no such file or directory"),
    ("database: sqlite://\n", 1, "is kept in memory only"),
    ("database: postgresql://u:s3cret@h:port/x\n", 1, "the host or the port is wrong"),
    ("shop: {}\nrecommender: {key_file: none}\n", 2, "recommender.key_file: "),
    ("shop: {}\nrecommender: {key_file: /dev/zero}\n", 2, "is no file, but a pipe or a device"),
    ("payments: {terminals: [{name: a, uri: 'sim://h'}]}\n", 1, "write sim://HOST:PORT"),
    ("payments: {ledger: database}\n", 1, "needs `database: postgresql://...`"),
    ("payments: {ledger: both}\n", 1, "ledger"),
    ("shop: {currency: XXX}\n", 1, "`XXX` is not a currency of ISO 4217"),
    ("shop: {currency: XTS}\n", 1, "`XTS` is not a currency of ISO 4217"),
    ("shop: {tax_percent: 7.12345}\n", 1, "more than four decimals"),
    ("shop: {tax_rates: [{percent: 7}]}\n", 1, "needs category, tax_class or price_below"),
    ("shop: {currency: JPY, tax_rates: [{percent: 8, price_below: 99.5}]}\n", 1, "more decimals than JPY has (0)"),
    ("fiscal: {uri: 'ftp://till'}\n", 1, "unknown scheme `ftp`"),
    ("fiscal: {uri: 'https://till', key_file: /none}\n", 1, "no such file"),
    ("payments: {terminals: [{name: a, uri: 'sim://h:1'}, {name: b, uri: 'sim://h:1'}]}\n", 1, "terminal `a` already"),
    ("payments: {terminals: [{name: a, uri: 'stripe://tmr_simulated01'}]}\n", 1, "`key_file` is missing"),
    ("payments: {terminals: [{name: a, uri: 'sim://s3cret@h:1'}]}\n", 1, "a file into `key_file`"),
    ("rooms: {1: {terminal: t}}\npayments: {terminals: [{name: t1, uri: 'sim://h:1'}]}\n", 1, "`t1`?"),
]  # fmt: skip
# the store starts without it, and its log says so: text, line, words
WITHOUT = [
    (reader("'llrps://h?ca=none.pem'"), 4, "ca=none.pem: no such file or directory"),
    (reader("'llrps://h?ca={folder}/empty'"), 4, "holds no certificate in PEM form"),
    (reader("'impinj+https://h?password_file=none'"), 4, "password_file=none: no such file or directory"),
    (reader("'impinj+https://h?password_file={folder}/empty'"), 4, "its first line is empty"),
    (reader("'impinj+https://h?password_file={folder}/pipe'"), 4, "pipe: is no file, but a pipe or a device"),
    (reader("'llrps://h?ca=/dev/zero'"), 4, "/dev/zero: is no file, but a pipe or a device"),
    (
        reader("'impinj+hook://h?listen=8091&cert={folder}/pipe&key=/dev/zero'"),
        4,
        "key=/dev/zero: is no file",
    ),
    (reader("'replay://{folder}/pipe'"), 4, "pipe: is no file, but a pipe or a device"),
    (SITE % "pipe", 6, "is no file, but a pipe or a device"),
    (CALIBRATION % "/dev/zero", 6, "is no file, but a pipe or a device"),
    ("cards: {keys_file: pipe}\n", 1, "pipe: is no file, but a pipe or a device"),
    (reader("'replay:///nowhere/reads.jsonl'"), 4, "/nowhere/reads.jsonl: no such file or directory"),
    (reader("'serial:///dev/null'"), 4, "is no serial port and no keyboard"),
    (reader("'keyboard:///dev/input/by-id/none'"), 4, "no such file or directory; it is opened as soon as"),
    (TWO % ("llrp://localhost", "llrp://127.0.0.1:5084"), 3, "is the same reader as `north`"),
    (ONE % ("", "2"), 5, "`north/2` is an antenna of room 1 too; without radio.calibration"),
    (SITE % "none.yaml", 6, "none.yaml: no such file or directory; default values are used"),
    (SITE % "site_broken.yaml", 6, "did you mean `antennas`?"),
    (SITE % "site_of_others.yaml", 6, "was made for other rooms (7, 8); run `cheval survey` again"),
    (SITE % "site_before.yaml", 6, "room 2 had antenna 4 at the survey, and has 2 now"),
    (CALIBRATION % "none.json", 6, "none.json: no such file or directory; the default calibration is used"),
    (CALIBRATION % "calibration_broken.json", 6, "not a calibration"),
    (CALIBRATION % "calibration_of_others.json", 6, "the walk did not visit 1, 2"),
    ("catalogue:\n  feed: fed\n", 2, "fed: no such file or directory; the catalogue is not updated"),
    ("catalogue: {pictures: none}\n", 1, "garments are shown without pictures"),
    ("catalogue:\n  feed: feed/styles.jsonl\n", 2, "styles.jsonl: is a file; write its folder, "),
    ("catalogue:\n  feed: pipe\n", 2, "pipe: not a directory; the catalogue is not updated"),
    ("catalogue: {pictures: looks.yaml}\n", 1, "looks.yaml: is a file; write its folder, "),
    ("recommender: {model: model_broken}\n", 1, "model_broken"),
    ("recommender: {fit_model: none}\n", 1, "sizes are advised without a model until it is corrected"),
    ("recommender:\n  stylist: looks_broken.yaml\n", 2, "looks_broken.yaml"),
    ("recommender:\n  stylist: looks_date.yaml\n", 2, "looks_date.yaml"),
    ("recommender: {history: none.parquet}\n", 1, "`cheval train` fails until it is corrected"),
    ("cards: {keys_file: none}\n", 1, "`cheval cards enrol --new-key` makes it"),
    ("cards: {keys_file: card_keys_short}\n", 1, "2 bytes instead of 16"),
    (
        "shop: {}\nstate: state_broken\n",
        2,
        "store.db: file is not a database; the store keeps this file aside",
    ),
]
# nothing is wrong, but it may surprise: text, line, words
NOTES = [
    ("fiscal: {uri: 'http://till.shop:9443'}\n", 1, "without encryption"),
    ("payments: {min_free_mb: 1000000}\n", 1, "less than 1000000: no orders are taken"),
    (ONE % ("?antennas=1,2,4", "1"), 2, "no room has antenna 4"),
    (TWO.replace("south/1", "north/2") % ("llrp://a", "llrp://b"), 3, "its reads are ignored"),
    (TWO % ("llrp://h", "impinj+https://h"), 3, "has the host of `north` with another port"),
    (ONE % ("", "2") + "radio: {calibration: calibration.json}\n", 5, "only the calibration tells"),
    (ONE % ("", "1") + "  3: {}\n", 6, "has no antennas"),
    (reader("'impinj+https://root:s3cret@h'"), 4, "contains a password"),
    ("rooms: {1: {title: A}, 2: {title: A}}\n", 1, "associates see the same name as for room 1"),
    ("radio: {site: site.yaml}\n", 1, "no room has an antenna"),
    ("catalogue: {feed: empty_feed}\n", 1, "; is styles.jsonl meant?"),
    ("recommender: {model: none}\n", 1, "no model yet"),
    (
        "rooms: {1: {}}\npayments: {terminals: [{name: a, uri: 'sim://h:1'}, {name: b, uri: 'sim://h:2'}]}\n",
        1,
        "so `a` is used, the first one",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path)
    return tmp_path


def written(folder: Path, text: str) -> Path:
    """The configuration as a file, with a state folder unless it names one."""
    state = "" if "state:" in text else "state: state\n"
    file = folder / "store.yaml"
    file.write_text(text.replace("{folder}", str(folder)) + state, "utf-8")
    return file


def names(output: str, line: int, words: str) -> bool:
    return any(
        re.match(rf"  - line {line}: ", one) and words in one and "s3cret" not in one
        for one in output.splitlines()
    )


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_what_the_store_refuses_is_named_by_check_and_by_the_start_alike(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, words: str
) -> None:
    file = str(written(folder, text))
    assert main(["store", "--config", file, "--check"]) == 2
    checked = capsys.readouterr().err
    assert names(checked, line, words), checked
    with pytest.raises(ConfigError):  # else the next line would start a store
        checked_store(Path(file))
    assert main(["store", "--config", file]) == 2
    assert capsys.readouterr().err == checked


@pytest.mark.parametrize(("text", "line", "words"), WITHOUT)
def test_what_the_store_starts_without_is_named_by_check_and_in_its_log(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    text: str,
    line: int,
    words: str,
) -> None:
    file = written(folder, text)
    assert main(["store", "--config", str(file), "--check"]) == 2
    output = capsys.readouterr()
    assert names(output.err, line, words), output.err
    assert "good" not in output.out
    checked = checked_store(file)
    build_store(settings_of(checked.config)).close()
    checked.log_to(logging.getLogger("check"))
    logged = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert any(f"line {line}: " in message and words in message for message in logged)


@pytest.mark.parametrize("kind", ["pipe", "folder", "broken link"])
def test_what_is_no_file_in_the_feed_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    stock = folder / "feed" / "stock.csv"
    make = {
        "pipe": os.mkfifo,
        "folder": os.mkdir,
        "broken link": lambda place: Path(place).symlink_to("none"),
    }
    make[kind](stock)
    file = written(folder, "shop: {}\ncatalogue:\n  feed: feed\n")
    assert main(["store", "--config", str(file), "--check"]) == 2
    assert names(capsys.readouterr().err, 3, "stock.csv"), kind


def test_a_store_without_rooms_is_noted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("shop: {}\n", "shop: {}\nrooms: {}\n"):
        assert main(["store", "--config", str(written(folder, text)), "--check"]) == 0
        assert "rooms: there are none, so no mirror can connect" in capsys.readouterr().out
    assert main(["store", "--config", str(written(folder, "rooms: {1: {}}\n")), "--check"]) == 0
    assert "there are none" not in capsys.readouterr().out


def test_a_port_that_is_in_use_is_a_note(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        file = written(folder, f"shop: {{}}\nlisten:\n  port: {other.getsockname()[1]}\n")
        assert main(["store", "--config", str(file), "--check"]) == 0
    assert names(capsys.readouterr().out, 3, "address already in use, perhaps by the running store")


@pytest.mark.parametrize(("text", "line", "words"), NOTES)
def test_what_may_surprise_is_a_note_and_the_file_is_good(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, words: str
) -> None:
    file = written(folder, text)
    assert main(["store", "--config", str(file), "--check"]) == 0
    output = capsys.readouterr()
    assert names(output.out, line, words), output.out
    assert "good" in output.out
    assert "note" in output.out
    assert output.err == ""


def test_the_table_has_the_size_that_was_asked_for() -> None:
    assert len({text for text, _, _ in REFUSED}) >= 40
    assert len({text for text, _, _ in WITHOUT}) >= 20
