"""Back-ups made by somebody who has the public key: nothing is written elsewhere, nothing wrong is accepted."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.store.backup.archive import unpack
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.manifest import ELSEWHERE, LedgerEnd, Manifest, Member
from kiosk.store.backup.restoring import may_place
from kiosk.store.backup.sealing import SealedWriter, read_head
from kiosk.store.errors import BackupError
from tests.kiosk.store.backup.backed_up import Shop, shop_in

SECRET = SecretKey.new()
Fill = Callable[[tarfile.TarFile], None]


def file(tar: tarfile.TarFile, name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(content), kind, "/etc/passwd"
    if kind != tarfile.REGTYPE:
        info.size = 0
    tar.addfile(info, io.BytesIO(content))


def tried(fill: Fill, folder: Path, *, size: int = 1000) -> Manifest:
    sealed = io.BytesIO()
    writer = SealedWriter(sealed, SECRET.public, version="0", made_us=1, size=size)
    with gzip.GzipFile(fileobj=writer, mode="wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        fill(tar)
    writer.end()
    sealed.seek(0)
    return unpack(sealed, read_head(sealed), writer.stream_key, folder, lambda *_: None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside", tarfile.REGTYPE),
        ("/outside", tarfile.REGTYPE),
        ("state/../../outside", tarfile.REGTYPE),
        ("state/./outside", tarfile.REGTYPE),
        ("state//outside", tarfile.REGTYPE),
        ("state/link", tarfile.SYMTYPE),
        ("state/link", tarfile.LNKTYPE),
        ("state/device", tarfile.CHRTYPE),
        ("state/pipe", tarfile.FIFOTYPE),
        ("state/folder", tarfile.DIRTYPE),
        ("a" * 2000, tarfile.REGTYPE),
    ],
)
def test_names_and_kinds_that_lead_elsewhere(name: str, kind: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(BackupError):
        tried(lambda tar: file(tar, name, kind=kind), folder)
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.rglob("*")) == []


def listing(*members: tuple[str, bytes]) -> bytes:
    return Manifest(
        version="0", made_us=1, shop="", config="", state="", database="sqlite", database_file="", revision="",
        ledger_in_database=False, ledgers=(), ledger_end=LedgerEnd(seq=0, chain="", receipts=0), rows={}, references=(),
        missing=(),
        members=tuple(
            Member(name=name, origin="", mode=0o600, size=len(content), sha256=sha256(content).hexdigest())
            for name, content in members
        ),
    ).model_dump_json().encode()  # fmt: skip


def no_list(tar: tarfile.TarFile) -> None:
    file(tar, "state/a")


def another_file(tar: tarfile.TarFile) -> None:
    file(tar, "state/a")
    file(tar, "state/b")
    file(tar, "manifest.json", listing(("state/a", b"x")))


def missing_file(tar: tarfile.TarFile) -> None:
    file(tar, "manifest.json", listing(("state/a", b"x")))


def other_content(tar: tarfile.TarFile) -> None:
    file(tar, "state/a", b"y")
    file(tar, "manifest.json", listing(("state/a", b"x")))


def twice(tar: tarfile.TarFile) -> None:
    file(tar, "state/a")
    file(tar, "state/a")
    file(tar, "manifest.json", listing(("state/a", b"x")))


def after_the_list(tar: tarfile.TarFile) -> None:
    file(tar, "manifest.json", listing())
    file(tar, "state/a")


def no_json(tar: tarfile.TarFile) -> None:
    file(tar, "manifest.json", b"{")


@pytest.mark.parametrize(
    "fill", [no_list, another_file, missing_file, other_content, twice, after_the_list, no_json]
)
def test_what_does_not_agree_with_the_list(fill: Fill, tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        tried(fill, tmp_path)


def test_a_list_that_agrees_is_accepted(tmp_path: Path) -> None:
    def right(tar: tarfile.TarFile) -> None:
        file(tar, "state/a")
        file(tar, "manifest.json", listing(("state/a", b"x")))

    assert [member.name for member in tried(right, tmp_path).members] == ["state/a"]


def test_content_that_becomes_larger_than_the_head_says(tmp_path: Path) -> None:
    """One kilobyte of compressed zeros for each megabyte."""
    with pytest.raises(BackupError, match="more than its head says"):
        tried(lambda tar: file(tar, "state/a", bytes(80_000_000)), tmp_path, size=10)


def test_only_allowed_folders_are_written_to(tmp_path: Path) -> None:
    etc, outside = tmp_path / "etc", tmp_path / "outside"
    etc.mkdir()
    outside.mkdir()
    (etc / "link").symlink_to(outside)
    assert may_place(etc / "keys/terminal", (etc,))
    for wrong in (outside / "a", etc / "../outside/a", etc / "link/a", Path("etc/a")):
        assert not may_place(wrong, (etc,)), wrong


def test_files_that_belong_elsewhere_are_left_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shop_in(tmp_path)
    outside = tmp_path / "srv"
    outside.mkdir()
    (outside / "keys").write_text("card keys", "utf-8")
    config = shop.config.read_text("utf-8").replace(
        '"backup":', f'"cards": {{"keys_file": "{outside}/keys"}}, "backup":'
    )
    shop.config.write_text(config, "utf-8")
    made = shop.backup()
    shop.lose_machine()
    (outside / "keys").unlink()
    assert shop.restore(made.file) == 0
    assert "not put in place" in capsys.readouterr().out
    assert not (outside / "keys").exists()
    aside = shop.state / "restored" / str(outside).lstrip("/") / "keys"
    assert aside.read_text("utf-8") == "card keys"
    assert made.manifest.member(f"{ELSEWHERE}{str(outside).lstrip('/')}/keys") is not None


def damaged(shop: Shop, change: Callable[[bytearray], object]) -> Path:
    found = bytearray(shop.backup().file.read_bytes())
    change(found)
    wrong = shop.backups / "wrong"
    wrong.write_bytes(found)
    return wrong


def test_a_damaged_file_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = shop_in(tmp_path)
    cut = damaged(shop, lambda content: content.__delitem__(slice(len(content) - 100, None)))
    shop.lose_machine()
    assert shop.restore(cut) == 1
    assert "damaged or incomplete" in capsys.readouterr().err
    assert [entry.name for entry in shop.state.iterdir() if entry.suffix != ".lock"] == []
    assert not shop.config.exists()
    shop.key.write_text(SECRET.text, "utf-8")
    assert shop.restore(next(shop.backups.glob("*.backup"))) == 1
    assert "this is not the key of this back-up" in capsys.readouterr().err
