"""A member is erased after a back-up was made: a restore of that back-up does not bring her back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.commands.backup.erased import keep_list
from kiosk.core.domain.ids import ShopperId
from kiosk.store.backup.postgres_rows import clear
from kiosk.store.compose_members import compose_members
from kiosk.store.lifecycle import Store
from kiosk.store.privacy.erasure_list import NEW_FILE, OWN_FILE, ErasedMember, ErasureList
from kiosk.store.staff.tokens import store_key
from tests.kiosk.store import postgres
from tests.kiosk.store.backup.backed_up import Shop, shop_in
from tests.kiosk.store.sample_shop import START_US, sample_store

CLARA = ShopperId("s1")


def held(store: Store) -> tuple[str, ...]:
    desk = compose_members(store.settings, store.resources, store.service, store.clock)
    return tuple(one.place for one in desk.held(CLARA))


def erase(store: Store) -> None:
    desk = compose_members(store.settings, store.resources, store.service, store.clock)
    for place in desk.places:
        place.erase(CLARA)


@pytest.fixture
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """With SQLite, or with what the test asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return shop_in(tmp_path)
    return shop_in(tmp_path, postgres.fresh_database(request.getfixturevalue("postgres_server")), "database")


@pytest.fixture
def before(shop: Shop) -> Path:
    """The back-up of before she was erased."""
    made = shop.backup()
    with sample_store(shop.settings) as store:
        assert "profile" in held(store), "the back-up has her"
        erase(store)
        assert held(store) == ()
    return made.file


def backed_up_again(shop: Shop) -> None:
    assert main(["backup", "--config", str(shop.config), "--json"]) == 0


def restored(shop: Shop, file: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Restores a back-up; what the command says of erased members."""
    if shop.settings.database:
        clear(shop.settings.database)
    shop.lose_machine()
    capsys.readouterr()
    assert shop.restore(file, "--json", *words) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)["erased_again"]
    return said


@pytest.mark.parametrize("shop", ["sqlite", "postgresql"], indirect=True)
def test_she_is_erased_again_and_no_feed_brings_her_back(
    shop: Shop, before: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """She was erased after the last back-up; the job that each erasure starts has noted her."""
    assert main(["backup", "--config", str(shop.config), "--erased-only"]) == 0
    assert list(shop.backups.glob("*.backup")) == [before], (
        "nothing was backed up, and no back-up was deleted"
    )
    (listed,) = shop.backups.glob("cheval-erased-*.list")
    assert "s1" not in listed.read_text("utf-8").split()
    assert listed.stat().st_mode & 0o077 == 0
    said = restored(shop, before, capsys)
    assert (said["listed"], said["members"], said["damaged"]) == (1, 1, 0)
    with sample_store(shop.settings) as store:
        assert held(store) == ()
        store.resources.import_feed(shop.config.parent.parent / "feed", START_US + 1)
        assert held(store) == ()
    assert (shop.state / OWN_FILE).is_file(), "the next back-up has her in its list as well"


def test_planted_without_the_list_she_is_back_and_it_is_said(
    shop: Shop, before: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = restored(shop, before, capsys)
    assert (said["file"], said["members"]) == ("", 0)
    with sample_store(shop.settings) as store:
        assert "profile" in held(store)


def erase_members(erasures: ErasureList, file: Path, count: int) -> None:
    """One after the other, as the store does."""
    for number in range(count):
        erasures.add(file, [ErasedMember(f"{number:064x}", START_US + number)])


def test_two_jobs_and_erasures_at_the_same_time_lose_nobody(tmp_path: Path) -> None:
    """The nightly back-up and the job after an erasure write the same list."""
    state, folder = tmp_path / "state", tmp_path / "backups"
    state.mkdir()
    folder.mkdir()
    erasures, members = ErasureList(store_key(state)), 60
    with ThreadPoolExecutor(3) as pool:
        erasing = pool.submit(erase_members, erasures, state / OWN_FILE, members)
        counts: list[int] = []
        while not erasing.done():
            jobs = [pool.submit(keep_list, state, folder) for _ in range(2)]
            counts += [job.result() for job in jobs]
            kept = erasures.read(folder / erasures.name)
            assert (kept.damaged, len(kept.erased) >= max(counts)) == (0, True)
        erasing.result()
    assert keep_list(state, folder) == members
    assert len(erasures.read(folder / erasures.name).erased) == members
    assert sorted(folder.iterdir()) == [folder / erasures.name]


def test_the_list_may_be_elsewhere(shop: Shop, before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backed_up_again(shop)
    (listed,) = shop.backups.glob("cheval-erased-*.list")
    other = shop.backups.parent / "other"
    other.mkdir()
    listed.rename(other / listed.name)
    assert restored(shop, before, capsys, "--erased", str(other))["members"] == 1


def test_lines_of_others_and_half_lines_are_left_out(tmp_path: Path) -> None:
    own, other, file = ErasureList(b"a" * 32), ErasureList(b"b" * 32), tmp_path / "list"
    members = [ErasedMember(f"{n:064x}", START_US + n) for n in range(3)]
    own.add(file, members)
    assert own.read(file).erased == tuple(members)
    assert other.read(file) == type(own.read(file))((), 3)
    assert own.name != other.name
    text = file.read_text("ascii")
    moved = text.replace(str(START_US), str(START_US + 7), 1)
    for changed, left in ((text[:-3], 2), (moved, 2), (text + "\x00\xff\n", 3), ("", 0)):
        file.write_text(changed, "latin-1")
        assert len(own.read(file).erased) == left
        assert own.read(file).damaged == (0 if not changed else 1)
    own.add(file, members)
    assert own.read(file).erased == tuple(members)
    assert own.read(tmp_path / "none").erased == ()


def test_a_list_that_is_no_file_ends_the_back_up_and_no_restore(
    shop: Shop, before: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop.backups / ErasureList(store_key(shop.state)).name).mkdir()
    assert main(["backup", "--config", str(shop.config), "--json"]) == 1
    said = restored(shop, before, capsys)
    assert "directory" in said["failure"]
    assert said["members"] == 0


def test_a_change_of_the_stores_list_starts_the_job_that_copies_it(tmp_path: Path) -> None:
    erasures, one = ErasureList(b"k" * 32), ErasedMember("0" * 64, 1)
    new = tmp_path / NEW_FILE
    erasures.add(tmp_path / erasures.name, [one])
    assert not new.exists(), "the list beside the back-ups starts nothing"
    erasures.add(tmp_path / OWN_FILE, [one])
    new.unlink()
    erasures.add(tmp_path / OWN_FILE, [one])
    assert not new.exists(), "nothing has changed"
