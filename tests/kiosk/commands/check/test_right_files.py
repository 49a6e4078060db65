"""What `--check` calls good starts: right files of the store and of a mirror, and any mixture of parts."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.drivers.tag_reader import open_tag_reader
from hardware.errors import UriError
from kiosk.__main__ import main
from kiosk.commands.check.store import store_mistakes
from kiosk.commands.configuration import checked_store
from kiosk.config import Severity, StoreConfig, read_store
from kiosk.store.app import build_store
from kiosk.store.radio.room_radio import RoomRadio
from kiosk.store.radio.set_up import RadioSettings
from kiosk.store.settings import settings_of
from tests.kiosk.commands.check.shop_folder import write_files

STORES = [
    "",
    "shop: {name: A}\nrooms: {1: {}, 2: {}}\n",
    """\
readers: [{name: north, uri: "llrp://192.0.2.4?antennas=1,2&session=0&power_dbm=24.5"}]
rooms: {1: {antennas: [1]}, 2: {antennas: [north/2]}}
radio: {site: site.yaml, calibration: calibration.json}
catalogue: {feed: feed, pictures: pictures, company_prefixes: ["0614141"]}
recommender: {stylist: looks.yaml, history: events.parquet, key_file: model_key}
cards: {keys_file: card_keys, link_base: "https://shop.example/m"}
payments: {terminals: [{name: desk, uri: "sim://127.0.0.1:9100"}]}
listen: {public_url: "https://receipts.shop.example"}
""",
    """\
readers:
  - {name: rec, uri: "replay://{folder}/reads.jsonl?speed=2&loop=yes"}
  - {name: tags, uri: "sim://room?tags=30AA@1&seed=7"}
  - {name: pad, uri: "sim://127.0.0.1:7000/till"}
  - {name: scan, uri: "serial://{folder}/scanner?baud=9600"}
rooms: {1: {antennas: [rec/1, scan/1]}, 2: {antennas: [tags/1]}, 3: {antennas: [pad/1]}}
""",
    "readers: [{name: v6, uri: 'llrp://[fe80::1%25eth0]:5084'}]\nrooms: {1: {antennas: [1, 2]}}\n",
]
MIRRORS = [
    'room: "1"\ntoken_file: token\n',
    """store: http://192.0.2.9:8075
plain_http: nobody else is on this network
room: "1"
token_file: token
cards: sim://127.0.0.1:7000
scanner: "serial://{folder}/scanner"
""",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("shop")
    write_files(place)
    return place


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text.replace("{folder}", str(folder)) + "state: state\n", "utf-8")
    return file


@pytest.mark.parametrize("text", STORES)
def test_a_right_store_is_good_and_starts(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    file = written(folder, "store.yaml", text)
    assert main(["store", "--config", str(file), "--check"]) == 0, capsys.readouterr().err
    with closing(build_store(settings_of(checked_store(file).config))) as store:
        store.open()
    assert not [record for record in caplog.records if "cannot be opened" in record.getMessage()]


@pytest.mark.parametrize("text", MIRRORS)
def test_a_right_mirror_is_good(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(folder, "mirror.yaml", text)
    assert main(["mirror", "--config", str(file), "--check"]) == 0, capsys.readouterr().err


URIS = st.sampled_from(
    ["llrp://192.0.2.1", "llrp://192.0.2.1:5084?antennas=2", "llrp://[::1]", "llrp://h?power=3", "llrp://10.0.0..7",
     "llrps://h?ca=none", "impinj+https://u:p@h", "serial:///dev/null", "serial:///dev/ttyS9?baud=1", "sim://room",
     "sim://127.0.0.1:1", "pcsc://", "replay:///none", "replay://reads.jsonl?speed=0", "keyboard:///dev/none", "llrp"]
)  # fmt: skip
ANTENNAS = st.sampled_from([1, 2, 0, 65535, 65536, "a/1", "b/2", "c/1", "a/0", "x/y", "1/1"])
FILES = st.sampled_from(
    ["site.yaml", "site_of_others.yaml", "site_broken.yaml", "none", "calibration.json", "calibration_of_others.json",
     "calibration_broken.json", "feed", "empty"]
)  # fmt: skip
SHOPS = st.fixed_dictionaries(
    {
        "readers": st.lists(URIS, max_size=3).map(
            lambda uris: [{"name": name, "uri": uri} for name, uri in zip("abc", uris, strict=False)]
        ),
        "rooms": st.dictionaries(
            st.sampled_from(["1", "2", "7"]),
            st.fixed_dictionaries({"antennas": st.lists(ANTENNAS, max_size=3)}),
        ),
        "radio": st.fixed_dictionaries({}, optional={"site": FILES, "calibration": FILES}),
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shop=SHOPS)
def test_a_store_that_is_not_refused_starts_and_every_good_reader_opens(folder: Path, shop: object) -> None:
    file = written(folder, "any.yaml", "")
    file.write_text(json.dumps(shop), "utf-8")
    read = read_store(file)
    mistakes = store_mistakes(read)
    if any(mistake.severity is Severity.REFUSED for mistake in mistakes):
        return
    config = read.valid()
    wrong = {mistake.place[1] for mistake in mistakes if mistake.place[:1] == ("readers",)}
    made = settings_of(config, folder / "state")
    radio = RoomRadio(
        RadioSettings(
            readers=made.readers, rooms=made.rooms, calibration_file=made.calibration, site_file=made.site
        ),
        Nobody(),
    )
    radio.close()
    for position in set(range(len(config.readers))) - wrong:
        open_tag_reader(config.readers[position].uri, "r").close()


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | URIS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "uri", "antennas", "1", "site", "feed", "terminals", "key_file"]), inner
        )
    ),
    max_leaves=8,
)
SECTIONS = st.sampled_from([*StoreConfig.model_fields, "1"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shop=st.dictionaries(SECTIONS, TREES, max_size=5))
def test_no_file_breaks_the_check(folder: Path, shop: object) -> None:
    file = written(folder, "any.yaml", "")
    file.write_text(json.dumps(shop), "utf-8")
    read = read_store(file)
    assert set(read.mistakes) <= set(store_mistakes(read))


class Nobody:
    """Receives what the radio publishes."""

    def rooms_changed(self, changes: object) -> None: ...

    def radio_changed(self, state: object) -> None: ...


def test_a_planted_reader_that_check_does_not_know_is_caught() -> None:
    """The property above fails for a reader that is opened without a check."""
    with pytest.raises(UriError):
        open_tag_reader("llrp://h?power=3", "r")
