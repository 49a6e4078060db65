"""A model folder that is damaged, tampered with, pickled or made for another catalogue is refused."""

import io
import json
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
from recommender.errors import (
    ModelError,
    ModelMalformedError,
    ModelMissingError,
    ModelTamperedError,
    WrongCatalogueError,
)
from recommender.looks.serving import artefact
from recommender.looks.serving.looks import LooksRecommender
from recommender.looks.serving.model import CoPurchaseWeights, RoomWeights
from recommender.looks.serving.score import scores
from tests.optional_values import present
from tests.recommender.small_model import small_model

FORMAT_1 = Path(__file__).parent / "models" / "cheval-looks-1"
Change = Callable[[Any, Any], object]
"""Changes the metadata and the arrays of a model in place."""


class PickleProbe:
    """Unpickling this sets a flag: proof that code was run."""

    ran = False

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return (_mark_as_run, ())


def _mark_as_run() -> None:
    PickleProbe.ran = True


def copied(model_folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "looks"
    shutil.copytree(model_folder, target)
    return target


def damage(folder: Path, rng: np.random.Generator) -> tuple[Path, bytearray]:
    """Damages one file at random: a flipped bit, truncated, extended, swapped, deleted, replaced by a pickle,
    or by a pickle with a matching manifest."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".npz", ".json"})
    victim = files[rng.integers(len(files))]
    content = bytearray(victim.read_bytes())
    match int(rng.integers(8)):
        case 0 | 1:
            content[rng.integers(len(content))] ^= 1 << int(rng.integers(8))
            victim.write_bytes(content)
        case 2:
            victim.write_bytes(content[: rng.integers(len(content))])
        case 3:
            victim.write_bytes(content + bytes(rng.integers(0, 256, int(rng.integers(1, 9)), np.uint8)))
        case 4:
            other = files[(files.index(victim) + 1) % len(files)]
            victim.write_bytes(other.read_bytes())
        case 5:
            victim.unlink()
        case pickled:
            probe = pickle.dumps(PickleProbe()) if rng.integers(2) else _object_array()
            victim.write_bytes(probe)
            if pickled == 7 and victim.suffix == ".npz":
                _restate(folder, victim.stem, probe)
    return victim, content


def accepted_after_damage(folder: Path, rounds: int, open_model: Callable[[Path], object]) -> int:
    """How many of `rounds` damaged copies are accepted; every file is restored from memory."""
    rng = np.random.default_rng(11)
    intact = {path: path.read_bytes() for path in folder.iterdir()}
    taken = 0
    for _ in range(rounds):
        damage(folder, rng)
        try:
            open_model(folder)
            taken += 1
        except ModelError:
            pass
        for path, content in intact.items():
            path.write_bytes(content)
    open_model(folder)
    return taken


def test_damaged_models_are_refused(model_folder: Path, tmp_path: Path) -> None:
    assert accepted_after_damage(copied(model_folder, tmp_path), 150, artefact.read) == 0
    assert not PickleProbe.ran


@pytest.mark.full
@pytest.mark.timeout(900)
def test_two_thousand_damaged_models_are_refused(model_folder: Path, tmp_path: Path) -> None:
    taken = accepted_after_damage(copied(model_folder, tmp_path), 2000, artefact.read)
    print(f"\n2,000 wounded models: {taken} taken for sound, code of theirs run {int(PickleProbe.ran)} times")
    assert taken == 0
    assert not PickleProbe.ran


def test_a_reader_that_unpickles_would_run_code() -> None:
    """The planted fault: what the tests above would detect if a model were loaded with pickle."""
    try:
        np.load(io.BytesIO(_object_array()), allow_pickle=True)["start"]
        assert PickleProbe.ran
    finally:
        PickleProbe.ran = False


def test_a_reader_without_checks_is_caught_by_the_same_damage(model_folder: Path, tmp_path: Path) -> None:
    def trusting(folder: Path) -> None:
        try:
            json.loads((folder / "manifest.json").read_bytes())
            for path in folder.glob("*.npz"):
                with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as opened:
                    _ = {name: opened[name] for name in opened.files}
        except Exception as wrong:
            raise ModelMalformedError(folder, "unreadable") from wrong

    assert accepted_after_damage(copied(model_folder, tmp_path), 150, trusting) > 0


def resealed(folder: Path, change: Change) -> None:
    """A forged folder: the change, with hashes and seal recomputed (there is no key)."""
    sealed = read_sealed(folder, artefact.KIND)
    change(sealed.metadata, sealed.arrays)
    write_sealed(folder, artefact.KIND, sealed.metadata, sealed.arrays)


def _vectors(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    return lambda _facts, arrays: arrays["vectors"].update(change(arrays["vectors"]))


@pytest.mark.parametrize(
    "change",
    [
        _vectors(lambda v: {"target": v["target"] * 2}),
        _vectors(lambda v: {"target": v["target"][:-1]}),
        _vectors(lambda v: {"context": v["context"] + np.float32("inf")}),
        lambda _f, arrays: arrays["pairs"].update(columns=arrays["pairs"]["columns"] + 10_000),
        lambda _f, arrays: arrays["pairs"].update(start=arrays["pairs"]["start"][::-1]),
        lambda _f, arrays: arrays["items"].update(sold=arrays["items"]["sold"] - 5),
        lambda _f, arrays: arrays["items"].pop("price"),
        lambda metadata, _a: metadata.pop("golden"),
        lambda metadata, _a: metadata["blend"].update(pairs={"shout": 3}),
        lambda metadata, _a: metadata["blend"]["rooms"].pop(),
        lambda metadata, _a: metadata["blend"].update(bias_dimensions=0),
        _vectors(lambda v: {"scale": v["scale"][:, 1:]}),
        _vectors(lambda v: {"scale": v["scale"] * 2}),
        lambda metadata, _a: metadata.update(roles=["no such"]),
    ],
)
def test_forged_models_are_refused(model_folder: Path, tmp_path: Path, change: Change) -> None:
    folder = copied(model_folder, tmp_path)
    resealed(folder, change)
    with pytest.raises(ModelError):
        artefact.read(folder)


def test_a_pickle_in_an_array_file_is_not_run(model_folder: Path, tmp_path: Path) -> None:
    folder = copied(model_folder, tmp_path)
    for content in (pickle.dumps(PickleProbe()), _object_array()):
        (folder / "pairs.npz").write_bytes(content)
        with pytest.raises(ModelTamperedError):
            artefact.read(folder)
        _restate(folder, "pairs", content)
        with pytest.raises(ModelMalformedError):
            artefact.read(folder)
    assert not PickleProbe.ran


def _object_array() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, start=np.array([PickleProbe()], dtype=object))
    return buffer.getvalue()


def _restate(folder: Path, name: str, content: bytes) -> None:
    from recommender.artefacts.sealed_arrays import _canonical, _seal

    body = json.loads((folder / "manifest.json").read_bytes())
    body.pop("seal")
    body["files"][name].update(sha256=sha256(content).hexdigest(), bytes=len(content))
    (folder / "manifest.json").write_bytes(_canonical({**body, "seal": _seal(body, None)}))


def test_the_wrong_catalogue_and_the_wrong_key(model_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongCatalogueError):
        artefact.read(model_folder, catalogue="0" * 64)
    with pytest.raises(ModelTamperedError):
        artefact.read(model_folder, key=b"the shop's key")
    folder = copied(model_folder, tmp_path)
    sealed = read_sealed(folder, artefact.KIND)
    write_sealed(folder, artefact.KIND, sealed.metadata, sealed.arrays, b"the shop's key")
    assert len(artefact.read(folder, key=b"the shop's key").items) == 180
    with pytest.raises(ModelTamperedError):
        artefact.read(folder, key=b"another key")


def test_an_empty_folder_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError):
        artefact.read(tmp_path)


def test_a_model_of_format_1_is_read_and_scores_as_before(tmp_path: Path) -> None:
    """The folder was written by the last version with format 1; its golden answers are compared while it is read."""
    model = artefact.read(FORMAT_1)
    assert model.blend.by_size == ()
    assert model.bias_dimensions == 1
    assert model.blend.pairs == CoPurchaseWeights(0.3, 0.2, 1.5, 2.0, 1.0)
    assert len(LooksRecommender(model).suggest(["a-red"], 3)) == 3
    metadata = {**model.metadata, "golden": artefact.golden_answers(model, [[0, 2]])}
    artefact.write(model, tmp_path / "again", metadata)
    again = artefact.read(tmp_path / "again")
    assert np.array_equal(scores(again, [0, 2]), scores(model, [0, 2]))


def test_a_damaged_model_of_format_1_is_refused(tmp_path: Path) -> None:
    assert accepted_after_damage(copied(FORMAT_1, tmp_path), 40, artefact.read) == 0


def test_a_model_of_a_later_format_is_refused_with_what_to_do(model_folder: Path, tmp_path: Path) -> None:
    folder = copied(model_folder, tmp_path)
    sealed = read_sealed(folder, artefact.KIND)
    write_sealed(folder, "cheval-looks-9", sealed.metadata, sealed.arrays)
    with pytest.raises(ModelMalformedError, match=r"'cheval-looks-9', not 'cheval-looks-2' .*train it again"):
        artefact.read(folder)


def test_weights_by_room_size_are_read_as_written(tmp_path: Path) -> None:
    model = small_model()
    rooms = tuple(
        RoomWeights(
            CoPurchaseWeights(0.1 * size),
            CoPurchaseWeights(pair_scores=2.0),
            np.array([size, 1], np.float32),
            -0.5,
            0.2 * size,
            0.3,
            0.4,
        )
        for size in (1, 2, 3)
    )
    model = replace(model, blend=replace(model.blend, by_size=rooms))
    artefact.write(model, tmp_path / "looks", {"golden": artefact.golden_answers(model, [[0], [0, 2]])})
    found = artefact.read(tmp_path / "looks").blend.by_size
    for room, expected in zip(found, rooms, strict=True):
        assert (room.pairs, room.styles, room.repeated) == (
            expected.pairs,
            expected.styles,
            expected.repeated,
        )
        assert np.array_equal(present(room.scale), present(expected.scale))
        assert (room.matched, room.matched_other, room.style_matched) == pytest.approx(
            (expected.matched, expected.matched_other, expected.style_matched)
        )


def test_a_model_from_before_matching_items_is_read_without_their_weights(
    model_folder: Path, tmp_path: Path
) -> None:
    folder = copied(model_folder, tmp_path)
    sealed = read_sealed(folder, artefact.KIND)
    names = ("matched", "matched_other", "style_matched")

    def forget(metadata: Any, arrays: Any) -> None:
        for room in metadata["blend"]["rooms"]:
            for name in names:
                del room[name]
        for role in ("match", "shade"):
            metadata["roles"].remove(role)
            del arrays["items"][f"{role}_codes"], arrays["items"][f"{role}_words"]
        metadata["golden"] = []

    assert sealed.metadata["blend"]["rooms"]
    resealed(folder, forget)
    model = artefact.read(folder)
    assert all(getattr(room, name) == 0 for room in model.blend.by_size for name in names)
    assert LooksRecommender(model).suggest(model.items.ids[:2], 3)


def test_the_card_states_blend_and_dates(model_folder: Path) -> None:
    card = (model_folder / "MODEL_CARD.md").read_text()
    assert "co-purchase" in card
    assert "2025-03-01" in card
