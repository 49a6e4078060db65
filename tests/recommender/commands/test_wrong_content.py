"""Files that exist but hold something else than an option expects: one line, and nothing is written or lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.__main__ import main
from recommender.commands import option_types
from tests.recommender import fit_answers, toy_shop
from tests.recommender.commands.test_options import every

COLUMNS = (
    "item_id", "style_id", "basket_id", "shopper_id", "at", "kind", "channel", "size", "fit", "category",
    "item", "other", "baskets",
)  # fmt: skip
PROGRESS = ("note: ", "counting", "choosing", "learning", "evaluating", "writing", "fitting")
INPUTS = (option_types.table, option_types.input_file, option_types.queries, option_types.folder)
COMMANDS = {
    "count-pairs": "--events EVENTS --out PLACE/pairs.parquet",
    "evaluate looks": "--catalogue ITEMS --events EVENTS --epochs 1",
    "evaluate fit": "--fits FITS",
    "evaluate size": "--fits FITS",
    "train-fit": "--fits FITS --out PLACE/fit",
    "predict-fit": "--model MODEL --batch FITS",
    "publish": "--model MODEL --to PLACE/root",
    "rollback": "--to PLACE/root",
    "explain": "--model MODEL --room a --item b",
    "renew": "--catalogue ITEMS --events EVENTS --to PLACE/root",
    "suggest": "--model MODEL",
    "train": "--catalogue ITEMS --events EVENTS --out PLACE/looks --epochs 1",
    "train-spark": "--catalogue ITEMS --events EVENTS --out PLACE/looks",
    "update": "--model MODEL --events EVENTS --out PLACE/looks",
}
"""Every command, with arguments that can be read; MODEL is a folder that is no model."""
WITHOUT = ("train-spark",)
"""Not run here: it starts a JVM. Its tables are read by Spark, see the tests of `co_purchase_spark`."""


def test_every_command_is_in_the_table() -> None:
    assert {name.rpartition(" ")[0] for name in every()} == set(COMMANDS)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    toy_shop.write(folder, baskets=40)
    fit_answers.write(folder / "fits.parquet", fit_answers.draw(60))
    (folder / "model").mkdir()
    return folder


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")

    def table(name: str, values: object) -> None:
        pq.write_table(pa.table(dict.fromkeys(COLUMNS, values)), folder / f"{name}.parquet")

    table("lists", [[1], [2]])
    table("bytes", [b"\xff\xfe", b"\x00"])
    pq.write_table(pa.table({"a": [1]}), folder / "other.parquet")
    (folder / "random.parquet").write_bytes(bytes(range(256)) * 9)
    (folder / "empty.parquet").touch()
    (folder / "twice.csv").write_text("item_id,item_id,style_id\n1,2,3\n")
    (folder / "quote.csv").write_text('item_id,style_id\n"open,1\n')
    (folder / "latin.csv").write_bytes("item_id,größe\n1,2\n".encode("latin-1"))
    (folder / "deep.json").write_text("[" * 20_000)
    (folder / "list.json").write_text("[1]")
    (folder / "gain.json").write_text('{"passes": false, "gain_at_10": 3}')
    (folder / "methods.json").write_text('{"passes": true, "methods": 3}')
    (folder / "code.yaml").write_text('!!python/object/apply:os.system ["true"]')
    (folder / "text").write_text("hello\n")
    for name in ("pointer", "nothing"):
        (folder / name).mkdir()
    (folder / "pointer" / "current").write_text("[")
    return folder


NAMES = (
    "lists.parquet", "bytes.parquet", "other.parquet", "random.parquet", "empty.parquet", "twice.csv", "quote.csv",
    "latin.csv", "deep.json", "list.json", "gain.json", "methods.json", "code.yaml", "text", "pointer", "nothing",
)  # fmt: skip


def cases() -> Iterator[tuple[str, str]]:
    for option, action in every().items():
        if action.type in INPUTS and not option.startswith(WITHOUT):
            kinds = "folder" if action.type is option_types.folder else "file"
            for name in NAMES:
                if (kinds == "folder") == ("." not in name and name != "text"):
                    yield option, name


# Tables of which a command reads no column, or every column that it finds.
ACCEPTED = {"predict-fit --batch", "count-pairs --events"}


@pytest.mark.parametrize(("option", "name"), list(cases()))
def test_wrong_content_is_one_line(
    option: str, name: str, good: Path, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *command, flag = option.split()
    places = {
        "ITEMS": good / "items.parquet", "EVENTS": good / "events.parquet", "FITS": good / "fits.parquet",
        "MODEL": good / "model",
    }  # fmt: skip
    words = [str(places.get(word, word)) for word in COMMANDS[" ".join(command)].split()]
    words = [word.replace("PLACE", str(tmp_path)) for word in words]
    if flag in words:
        words[words.index(flag) + 1] = str(wrong / name)
    else:
        words += [flag, str(wrong / name)]
    if command == ["suggest"] and flag not in ("--batch", "--room"):
        words += ["--room", "a"]
    code = main([*command, *words])
    shown = [line for line in capsys.readouterr().err.splitlines() if not line.startswith(PROGRESS)]
    refused = {1, 2} if command == ["renew"] else {2}
    if option in ACCEPTED and code == 0:
        return
    assert code in refused, shown
    assert len(shown) == 1, shown
    assert shown[0].startswith("recommender: ")
    assert len(shown[0]) < 600


def test_a_model_replaces_no_folder_with_other_files(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    for command in ("train", "update", "train-fit", "train-spark"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--out", str(mine)])
        assert ended.value.code == 2
        assert "'letter.txt', which would be lost" in capsys.readouterr().err
    fits = good / "fits.parquet"
    for _ in range(2):
        assert main(["train-fit", "--fits", str(fits), "--out", str(tmp_path / "fit")]) == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["documents", "fit"]
    assert (mine / "letter.txt").read_text() == "mine"


def test_an_input_is_not_overwritten(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = tmp_path / "events.parquet"
    shutil.copy(good / "events.parquet", events)
    before = events.read_bytes()
    (tmp_path / "link.parquet").symlink_to(events)
    looks = ["evaluate", "looks", "--catalogue", str(good / "items.parquet")]
    for words in (["count-pairs"], looks):
        assert main([*words, "--events", str(events), "--out", str(tmp_path / "link.parquet")]) == 2
        assert "would be overwritten" in capsys.readouterr().err
    assert events.read_bytes() == before
