"""`cheval ledger audit | reopen` where a file is a folder or unreadable, and what they say of lost entries."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger_steps import pay, two_sales
from tests.kiosk.store.sample_shop import sample_store, settings_in

NOBODY = 65534
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two sales, of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("shop")
    two_sales(settings_in(folder))
    return folder


@pytest.fixture
def settings(shop_folder: Path) -> Iterator[StoreSettings]:
    """A copy of the shop, in a folder that any user can reach."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "shop"
        shutil.copytree(shop_folder, folder)
        Path(made).chmod(0o755)
        shop = settings_in(folder)
        config = {"state": str(shop.state), "rooms": {"1": {}, "2": {}}}
        (folder / "store.yaml").write_text(json.dumps(config), "utf-8")
        yield shop


@pytest.fixture
def say(settings: StoreSettings, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs `cheval ledger` with these words; exit code, output, error output."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["ledger", *words, "--config", str(settings.state.parent / "store.yaml")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def a_folder(ledger: Path) -> None:
    ledger.unlink()
    ledger.mkdir()


def a_folder_with_files(ledger: Path) -> None:
    a_folder(ledger)
    (ledger / "ledger.db").write_text("x", "utf-8")


def a_link_to_a_folder(ledger: Path) -> None:
    ledger.unlink()
    folder = ledger.parent / "elsewhere"
    folder.mkdir()
    ledger.symlink_to(folder)


def a_link_to_nothing(ledger: Path) -> None:
    ledger.unlink()
    ledger.symlink_to(ledger.parent / "unmounted" / "ledger.db")


def a_pipe(ledger: Path) -> None:
    ledger.unlink()
    os.mkfifo(ledger)


def a_socket(ledger: Path) -> None:
    ledger.unlink()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(ledger))


def a_folder_for_the_new_file(ledger: Path) -> None:
    ledger.with_name("ledger.new.db").mkdir()


def names(state: Path) -> list[tuple[str, bool]]:
    """The files of the ledger, and whether each is a folder."""
    return sorted((file.name, file.is_dir()) for file in state.glob("ledger*"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (a_folder, "ledger.db is a folder: move it away and put the ledger's file back"),
        (a_folder_with_files, "ledger.db is a folder: move it away"),
        (a_link_to_a_folder, "ledger.db is a folder: move it away"),
        (a_link_to_nothing, "ledger.db is a link to a file that is not there: mount its disk"),
        (a_pipe, "ledger.db is no regular file: move it away"),
        (a_socket, "ledger.db is no regular file: move it away"),
        (a_folder_for_the_new_file, "ledger.new.db is a folder: move it away, then run this again"),
    ],
)
def test_what_is_no_file_is_named_and_nothing_is_begun(
    settings: StoreSettings, say: Say, fault: Callable[[Path], None], words: str
) -> None:
    fault(settings.ledger_path)
    before = names(settings.state)
    code, out, err = say("reopen", "--although-sound")
    assert (code, out) == (2, "")
    assert words in err
    assert "Errno" not in err
    assert [name for name in names(settings.state) if "journal" not in name[0]] == [
        name for name in before if "journal" not in name[0]
    ]


@contextmanager
def as_the_stores_user(settings: StoreSettings) -> Iterator[None]:
    """As a user without root's rights, to whom all of the shop belongs but the files of `root`."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def owned(settings: StoreSettings) -> None:
    """Gives all files to the store's user."""
    if os.geteuid() == 0:
        folder = settings.state.parent
        for file in (folder, *folder.rglob("*")):
            os.chown(file, NOBODY, NOBODY)


def without_rights(file: Path) -> None:
    file.touch()
    file.chmod(0)


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db-journal", "ledger.new.db"])
def test_a_file_that_may_not_be_read_is_not_replaced(settings: StoreSettings, say: Say, name: str) -> None:
    owned(settings)
    file = settings.state / name
    before = settings.ledger_path.read_bytes()
    with as_the_stores_user(settings):
        without_rights(file)
        audited, begun = say("audit"), say("reopen", "--although-sound")
    assert begun[0] == 2
    assert f"{file} may not be read by this user (uid " in begun[2]
    assert "mode 0000): give it back to the store's user" in begun[2]
    file.chmod(0o600)
    assert settings.ledger_path.read_bytes() == before, "it was sound, and stays"
    if name != "ledger.new.db":
        assert audited[0] == 1
        assert f"{name} may not be read by this user" in audited[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of another user")
def test_a_file_of_another_user_is_not_replaced(settings: StoreSettings, say: Say) -> None:
    owned(settings)
    os.chown(settings.ledger_path, 0, 0)
    settings.ledger_path.chmod(0o644)
    with as_the_stores_user(settings):
        audited = say("audit")
        code, _, err = say("reopen", "--although-sound")
    assert (audited[0], "belongs to another user (uid 0, mode 0644)" in audited[1]) == (1, True)
    assert (code, "may not be replaced by this user (uid 0, mode 0644)" in err) == (2, True)


def put_an_old_copy_back(settings: StoreSettings) -> None:
    copy = settings.ledger_path.with_name("copy")
    shutil.copyfile(settings.ledger_path, copy)
    with sample_store(settings) as store:
        pay(store, "o5", ("F1", "BLK", "39"))
    shutil.copyfile(copy, settings.ledger_path)


def lose(settings: StoreSettings) -> None:
    settings.ledger_path.unlink()


@pytest.mark.parametrize(("loss", "first"), [(put_an_old_copy_back, 17), (lose, 1)])
def test_entries_that_were_lost_are_named_when_a_new_ledger_is_begun_and_ever_after(
    settings: StoreSettings, say: Say, loss: Callable[[StoreSettings], None], first: int
) -> None:
    loss(settings)
    code, out, _ = say("reopen")
    assert (code, f"lost: entries {first} to " in out) == (0, True)
    for _ in range(2):
        code, out, _ = say("audit")
        assert (code, f"entries {first} to " in out, "were lost when it was begun" in out) == (0, True, True)
        assert say("reopen", "--although-sound")[0] == 0, "a further ledger does not make it forgotten"
    found = json.loads(say("audit", "--json")[1])
    assert (found["sound"], len(found["lost_entries"])) == (True, 1)
    code, _, err = say("export", "--out", str(settings.state / "day.csv"))
    assert (code, "were lost when it was begun" in err) == (1, True), "the books are not complete"


def test_where_nothing_was_lost_nothing_is_said(settings: StoreSettings, say: Say) -> None:
    code, out, _ = say("reopen", "--although-sound")
    assert (code, "lost" in out) == (0, False)
    code, out, _ = say("audit")
    assert (code, "lost" in out) == (0, False)
    assert json.loads(say("audit", "--json")[1])["lost_entries"] == []
    assert settings.ledger_path.is_file()
