"""A machine after the installation of a package: what is still to be set up is not bad, and what is broken is."""

from __future__ import annotations

import json
import os
import pwd
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.sim.cards.pad import SimCardPad
from kiosk.__main__ import main
from kiosk.commands.doctor import State
from kiosk.commands.doctor.command import findings
from kiosk.commands.doctor.finding import bad, good, not_yet


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are for one user."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


def shipped(tree: Path, folder: Path, part: str, port: int) -> Path:
    """The configuration file of a package, with folders and a port of this test."""
    text = (tree / "packaging" / "deb" / "etc" / f"{part}.yaml").read_text(encoding="utf-8")
    file = folder / f"{part}.yaml"
    text = (
        text.replace("/var/lib/", f"{folder}/")
        .replace("/etc/cheval/", f"{folder}/")
        .replace("8075", str(port))
    )
    file.write_text(text, encoding="utf-8")
    return file


def paired(folder: Path, content: str) -> Path:
    """The file of a mirror's pairing, with this content."""
    file = folder / "cheval-mirror" / "pairing.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    return file


def test_a_stand_is_examined_without_a_screen(tree: Path, folder: Path, free_port: Callable[[], int]) -> None:
    pads = SimCardPad(())
    pads.start()
    try:
        file = shipped(tree, folder, "stand", free_port())
        file.write_text(file.read_text("utf-8").replace("cards: pcsc://", f"cards: {pads.uri()}"), "utf-8")
        found = {finding.about: finding.state for finding in findings(None, None, file)}
    finally:
        pads.close()
    assert State.BAD not in found.values(), found
    assert {about for about, state in found.items() if state is State.UNSET} == {"store", "stand's token"}
    assert [about for about in found if "screen" in about or "scanner" in about] == []


def states(store: Path | None, mirror: Path | None) -> dict[str, State]:
    """The worst state of each subject; without those of this computer's screen."""
    order = [State.GOOD, State.NOTE, State.UNSET, State.BAD]
    found: dict[str, State] = {}
    for finding in findings(store, mirror):
        worst = max(finding.state, found.get(finding.about, State.GOOD), key=order.index)
        found[finding.about] = worst
    return found


def test_the_shipped_files_are_good_or_not_set_up_yet(
    tree: Path, folder: Path, free_port: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    store, mirror = shipped(tree, folder, "store", port), shipped(tree, folder, "mirror", port)
    found = states(store, mirror)
    assert State.BAD not in found.values(), found
    assert {about for about, state in found.items() if state is State.UNSET} == {
        "store", "mirror's token", "back-ups",
    }  # fmt: skip
    assert main(["doctor", "--store", str(store), "--mirror", str(mirror), "--only", "mirror"]) == 0
    said = capsys.readouterr().out
    assert "todo  mirror's token: not set up yet: the mirror is not paired" in said
    assert "store's file" not in said


@pytest.mark.parametrize("content", ["", "two words\n"], ids=["empty", "no token"])
def test_a_token_file_with_something_else_is_bad(
    tree: Path, folder: Path, free_port: Callable[[], int], content: str
) -> None:
    mirror = shipped(tree, folder, "mirror", free_port())
    token = paired(folder, content)
    found = states(None, mirror)
    token.unlink()
    assert (found["mirror's token"], found["store"]) == (State.BAD, State.BAD), found


def test_a_mistake_in_the_file_is_bad_on_a_new_machine_too(
    tree: Path, folder: Path, free_port: Callable[[], int]
) -> None:
    mirror = shipped(tree, folder, "mirror", free_port())
    mirror.write_text(mirror.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert states(None, mirror)["mirror's file"] is State.BAD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take the rights of another user")
def test_root_sees_with_the_eyes_of_the_mirrors_user(
    tree: Path, folder: Path, free_port: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """A token that only root can read is of no use to the service; so is a feed file for the store."""
    nobody = pwd.getpwnam("nobody")
    mirror = shipped(tree, folder, "mirror", free_port())
    token = paired(folder, "ab12\n")
    os.chown(token.parent, nobody.pw_uid, nobody.pw_gid)
    assert main(["doctor", "--mirror", str(mirror), "--only", "mirror", "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    bad_rows = {row["about"] for row in rows if row["state"] == "bad"}
    assert "mirror's token" in bad_rows
    os.chown(token, nobody.pw_uid, nobody.pw_gid)
    main(["doctor", "--mirror", str(mirror), "--only", "mirror", "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["about"] for row in rows if row["state"] == "bad"} == {"store"}
    assert "Qt" in {row["about"] for row in rows if row["state"] != "bad"}, (
        "Qt starts with that user's rights"
    )
    token.unlink()
    assert (os.geteuid(), os.getegid()) == (0, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take the rights of another user")
def test_every_file_of_the_feed_is_opened_as_the_store_opens_it(
    tree: Path, folder: Path, free_port: Callable[[], int]
) -> None:
    nobody = pwd.getpwnam("nobody")
    store = shipped(tree, folder, "store", free_port())
    feed = folder / "feed"
    feed.mkdir()
    for name in ("styles.csv", "stock.csv"):
        (feed / name).write_text("style_id\n", encoding="utf-8")
        (feed / name).chmod(0o600)
    os.chown(feed / "styles.csv", nobody.pw_uid, nobody.pw_gid)
    (folder / "cheval-store").mkdir()
    os.chown(folder / "cheval-store", nobody.pw_uid, nobody.pw_gid)
    store.write_text(f"{store.read_text(encoding='utf-8')}catalogue: {{feed: {feed}}}\n", encoding="utf-8")
    said = [finding.found for finding in findings(store, None) if finding.about == "store's file"]
    assert any("stock.csv permission denied" in line for line in said), said
    assert not any("styles.csv" in line for line in said)


def test_only_what_is_bad_becomes_not_set_up_yet() -> None:
    assert not_yet(good("store", "answers")).state is State.GOOD
    assert not_yet(bad("store", "refused", "Start it.")).state is State.UNSET
