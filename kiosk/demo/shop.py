"""Prepares the demo's shop on disk: feed, purchase history, models, pictures and card key, made once and kept.

Everything is made from seeds, so that two machines show the same shop. A stamp over the source files shows when a step
must be repeated; finished steps are not, so that an interrupted preparation continues where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk import paths
from kiosk.demo.invented_shop import feed, history

SEED = 7
AS_OF = "2027-01-31"
"""A day after the invented history, so that it is the same shop whatever the computer's clock says."""
Say = Callable[[str], None]


class PrepareError(Exception):
    """A step of the preparation failed; the text names it and its error."""


@dataclass(frozen=True, slots=True)
class DemoShop:
    """Paths of a prepared shop."""

    root: Path

    @property
    def feed(self) -> Path:
        return self.root / "feed"

    @property
    def history(self) -> Path:
        return self.root / "history"

    @property
    def looks_model(self) -> Path:
        return self.root / "models" / "looks"

    @property
    def fit_model(self) -> Path:
        return self.root / "models" / "fit"

    @property
    def pictures(self) -> Path:
        return self.feed / "pictures"

    @property
    def key(self) -> str:
        """The master key of this demo's cards, random, made once."""
        return (self.root / "card.key").read_text("ascii").strip()


def prepared(say: Say, root: Path | None = None) -> DemoShop:
    """The demo's shop; missing steps are run, and `say` is called with one line for each. Raises PrepareError."""
    shop = DemoShop(root or paths.cache("demo"))
    shop.root.mkdir(parents=True, exist_ok=True)
    _once(
        shop,
        "feed",
        ("invented_shop", "assets"),
        say,
        "writing the catalogue",
        lambda: feed.write(shop.feed, SEED),
    )
    _once(
        shop,
        "history",
        ("invented_shop", "assets"),
        say,
        "generating a year of purchase history",
        lambda: history.write(shop.history, SEED),
    )
    _once(
        shop, "looks", ("invented_shop", "recommender"), say, "training the looks model", lambda: _train(shop)
    )
    _once(
        shop,
        "fit",
        ("invented_shop", "recommender"),
        say,
        "training the size model",
        lambda: _train_fit(shop),
    )
    _once(shop, "pictures", ("pictures",), say, "copying the pictures", lambda: _copy_pictures(shop))
    if not (shop.root / "card.key").exists():
        (shop.root / "card.key").write_text(secrets.token_hex(16), "ascii")
        (shop.root / "card.key").chmod(0o600)
    return shop


def _once(
    shop: DemoShop, step: str, sources: tuple[str, ...], say: Say, words: str, make: Callable[[], object]
) -> None:
    stamp = shop.root / f"{step}.stamp"
    wanted = _digest(sources)
    if stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    say(words)
    make()
    stamp.write_text(wanted, "ascii")


def _digest(sources: tuple[str, ...]) -> str:
    """SHA-256 over the names and contents of the files that a step is made from."""
    here = Path(__file__).resolve().parent
    files = {
        "invented_shop": (here / "invented_shop").glob("*.py"),
        "recommender": (here.parent.parent / "recommender").rglob("*.py"),
        "assets": (paths.assets() / "demo").glob("*.json*"),
        "pictures": _shipped_pictures().glob("*.webp"),
    }
    digest = hashlib.sha256()
    for source in sources:
        for file in sorted(files[source]):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _shipped_pictures() -> Path:
    return paths.assets() / "demo" / "pictures"


def _copy_pictures(shop: DemoShop) -> None:
    """Replace the feed's pictures by the shipped ones (WebP, 1280 px high; drawn by `packaging/artwork/render`)."""
    shutil.rmtree(shop.pictures, ignore_errors=True)
    shutil.copytree(_shipped_pictures(), shop.pictures)


def _train(shop: DemoShop) -> None:
    catalogue, events = shop.history / "catalogue.parquet", shop.history / "events.parquet"
    words = ["--catalogue", str(catalogue), "--events", str(events), "--out", str(shop.looks_model)]
    _run("train", *words, "--as-of", AS_OF)


def _train_fit(shop: DemoShop) -> None:
    _run("train-fit", "--fits", str(shop.history / "fits.parquet"), "--out", str(shop.fit_model))


def _run(*args: str) -> None:
    """Run a command of the recommender in a process of its own, since only that one loads LightFM."""
    done = subprocess.run(
        [sys.executable, "-m", "recommender", *args], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise PrepareError(f"recommender {args[0]} failed: {last}")


def cards(shop: DemoShop) -> list[dict[str, object]]:
    """Cards and rings of the shop's members for the simulated card pad; their names are credential ids."""
    with (shop.feed / "shoppers.jsonl").open(encoding="utf-8") as lines:
        credentials = [credential for line in lines for credential in json.loads(line)["credentials"]]
    found: list[dict[str, object]] = [
        {
            "name": credential["credential_id"],
            "kind": "ntag424",
            "uid": credential["uid"],
            "link_base": "https://ostrevane.example/m",
            "key_hex": shop.key,
        }
        for credential in credentials
    ]
    found.append({"name": "bank-card", "kind": "payment", "uid": "08A1B2C3"})
    found.append({"name": "key-fob", "kind": "uid", "uid": "04FFEEDDCCBBAA"})
    return found
