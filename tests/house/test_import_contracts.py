"""Every import contract of pyproject.toml catches a violation: each is tried with one planted in a copy of the tree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PACKAGES = ("kiosk", "hardware", "recommender")

# contract -> (a new file, its forbidden import); the linter must name this pair
PLANTED = {
    "kiosk.core imports no input or output": ("kiosk/core/planted.py", "import time"),
    "hardware imports neither kiosk nor recommender": (
        "hardware/planted.py",
        "import kiosk.core.domain.garment",
    ),
    "recommender imports neither kiosk nor hardware": ("recommender/planted.py", "import hardware.ports"),
    "kiosk.config imports the core only": ("kiosk/config/planted.py", "import kiosk.store"),
    "kiosk.connectors imports core and config only": (
        "kiosk/connectors/planted.py",
        "import hardware.ports",
    ),
    "kiosk.pairing imports the clock and hardware only": ("kiosk/pairing/planted.py", "import kiosk.store"),
    "kiosk.fonts imports nothing of ours": ("kiosk/fonts/planted.py", "import kiosk.config"),
    "kiosk.screen imports core only": ("kiosk/screen/planted.py", "import kiosk.mirror"),
    "kiosk.mirror imports neither screen nor store": ("kiosk/mirror/planted.py", "import kiosk.store"),
    "kiosk.store imports no mirror and no training": (
        "kiosk/store/planted.py",
        "import recommender.looks.training.lightfm_training",
    ),
    "kiosk.demo does not import the screen": ("kiosk/demo/planted.py", "import kiosk.screen"),
    "only the demo command imports kiosk.demo": ("kiosk/commands/planted_demo.py", "import kiosk.demo.shop"),
    "layers of the simulated floor": ("kiosk/demo/floor_day/measures.py", "import kiosk.demo.floor_day.day"),
    "layers of the soak test": ("kiosk/demo/soak/plan.py", "import kiosk.demo.soak.faults"),
    "packages do not import commands": ("kiosk/store/planted_up.py", "import kiosk.mirror_app"),
    "layers of the core": ("kiosk/core/domain/planted_up.py", "import kiosk.core.visit.events"),
    "layers of the store": ("kiosk/store/db/planted_up.py", "import kiosk.store.floor.event_hub"),
    "layers of the access to the API": (
        "kiosk/store/api/access/planted_up.py",
        "import kiosk.store.api.auth",
    ),
    "layers of the shop floor": (
        "kiosk/store/floor/rooms/planted_up.py",
        "import kiosk.store.floor.shop_floor",
    ),
    "layers of the feed import": (
        "kiosk/store/feed_import/kinds/planted_up.py",
        "import kiosk.store.feed_import.importer",
    ),
    "layers of the feeds": (
        "kiosk/connectors/feeds/values/planted_up.py",
        "import kiosk.connectors.feeds.file_reader",
    ),
    "only one module imports openpyxl": (
        "kiosk/connectors/feeds/values/planted_openpyxl.py",
        "import openpyxl",
    ),
    "layers of the shop systems": (
        "kiosk/connectors/commerce/web/planted_up.py",
        "import kiosk.connectors.commerce.mapped.model",
    ),
    "layers of the mapping": (
        "kiosk/connectors/mapping/readers/planted_up.py",
        "import kiosk.connectors.mapping.spool",
    ),
    "layers of the recommender": ("recommender/artefacts/planted_up.py", "import recommender.inputs.tables"),
    "layers of the ledger": (
        "kiosk/store/payments/ledger/on_disk/planted_up.py",
        "import kiosk.store.payments.ledger.opening",
    ),
    "layers of the notifications": ("kiosk/store/push/rings.py", "import kiosk.store.push.bell"),
    "layers of Web Push": (
        "kiosk/connectors/web_push/encryption.py",
        "import kiosk.connectors.web_push.vapid",
    ),
    "layers of the trials": ("kiosk/store/trials/design.py", "import kiosk.store.trials.effect"),
    "layers of looks and sizes": (
        "recommender/sizes/training/planted_up.py",
        "import recommender.looks.evaluation.report",
    ),
    "layers inside looks": (
        "recommender/looks/signals/planted_up.py",
        "import recommender.looks.training.assemble",
    ),
    "layers inside sizes": (
        "recommender/sizes/serving/planted_up.py",
        "import recommender.sizes.training.make",
    ),
    "layers of the hardware": ("hardware/epc/planted_up.py", "import hardware.rooms.site"),
    "layers inside LLRP": ("hardware/llrp/encoding/planted_up.py", "import hardware.llrp.settings"),
    "serving needs no training": (
        "recommender/looks/serving/planted_up.py",
        "import recommender.looks.training.assemble",
    ),
    "only kiosk.screen imports Qt": ("kiosk/pictures/planted_qt.py", "import PySide6"),
    "only hardware.pcsc.reader imports pyscard": ("hardware/planted_card.py", "import smartcard"),
    "only hardware.network.http imports h11": ("hardware/llrp/planted_http.py", "import h11"),
    "only hardware.zebra.web_socket imports wsproto": (
        "hardware/sim/planted_web_socket.py",
        "import wsproto",
    ),
    "the mirror's program needs no library of the store": (
        "kiosk/mirror/planted_package.py",
        "import sqlalchemy",
    ),
    "only one module imports scikit-learn": ("recommender/planted_trees.py", "import sklearn"),
    "only the driver of Stripe imports its SDK": ("kiosk/store/planted_stripe.py", "import stripe"),
    "only one module imports python-escpos": ("kiosk/store/planted_printer.py", "import escpos"),
    "only one module imports the library of Prometheus": (
        "kiosk/store/planted_metrics.py",
        "import prometheus_client",
    ),
    "only one module imports the lexicon of texts": (
        "kiosk/store/planted_lexicon.py",
        "import vaderSentiment",
    ),
    "layers of the e-mail": ("kiosk/connectors/messages/port.py", "import kiosk.connectors.messages.smtp"),
    "layers of the receipt printers": (
        "kiosk/connectors/printers/port.py",
        "import kiosk.connectors.printers.drivers",
    ),
    "only one module imports LightFM": ("recommender/planted_model.py", "import lightfm"),
    "only kiosk.pictures imports Pillow": ("kiosk/store/planted_picture.py", "import PIL"),
    "only one module of each package imports YAML": ("kiosk/core/planted_yaml.py", "import yaml"),
    "only one module each imports DuckDB and Spark": ("kiosk/store/planted_tables.py", "import duckdb"),
}


def verdicts(root: Path) -> tuple[dict[str, bool], str]:
    """Contract -> whether it was kept; and the linter's output."""
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "COLUMNS": "200"},  # a long pair of names stays on one line
    )
    said = run.stdout + run.stderr
    found = re.findall(r"^(\S.*?) (KEPT|BROKEN)\b", said, re.MULTILINE)
    return {name: word == "KEPT" for name, word in found}, said


@pytest.fixture(scope="module")
def planted(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bool], str]:
    """The linter's verdicts on a copy of the tree with all violations; no planted file is imported by another."""
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(
            tree / package,
            copy / package,
            ignore=lambda _, names: [n for n in names if "." in n and n[-3:] != ".py"],
        )
    shutil.copy(tree / "pyproject.toml", copy)
    for file, wrong in PLANTED.values():
        (copy / file).write_text(f"{wrong}\n", encoding="utf-8")
    return verdicts(copy)


def test_every_contract_has_a_planted_violation(tree: Path) -> None:
    settings = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]} == set(PLANTED)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_is_caught(contract: str, planted: tuple[dict[str, bool], str]) -> None:
    kept, said = planted
    file, wrong = PLANTED[contract]
    module = file.removesuffix(".py").replace("/", ".")
    assert kept.get(contract) is False, said
    assert f"{module} -> {wrong.removeprefix('import ')}" in said


def test_the_tree_keeps_all_contracts(tree: Path) -> None:
    kept, said = verdicts(tree)
    assert kept, said
    assert all(kept.values()), said
