"""README and guides: every link leads to a file, every command and every visit of the demo is named."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from kiosk.commands import parser as command_parsers
from kiosk.config.store import TERMINAL_SCHEMES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
GUIDES = sorted((ROOT / "packaging/guides").glob("*.md"))


def dead_links(text: str, folder: Path) -> list[str]:
    """Links of a text that lead to no file; addresses on the web are not followed."""
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [link.partition("#")[0] for link in links if "://" not in link]
    return [link for link in local if link and not (folder / link).exists()]


def missing_rows(text: str, begin: str, names: set[str]) -> set[str]:
    """Names that stand in no row of the table whose rows begin with `begin`."""
    first_cells = re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE)
    named = {word for cell in first_cells for word in re.findall(r"[\w-]+", cell) if begin in cell}
    return names - named


def commands() -> set[str]:
    commands = argparse.ArgumentParser().add_subparsers()
    command_parsers.add(commands)
    return set(commands.choices)


def visits() -> set[str]:
    return {file.stem for file in (ROOT / "assets/demo/visits").glob("*.yaml")}


def test_every_link_leads_to_a_file() -> None:
    assert dead_links(README, ROOT) == []
    assert {guide.name: dead_links(guide.read_text("utf-8"), guide.parent) for guide in GUIDES} == {
        guide.name: [] for guide in GUIDES
    }


def test_readme_names_every_command_every_guide_and_every_visit() -> None:
    assert missing_rows(README, "`cheval ", commands()) == set()
    assert missing_rows(README, "`", visits()) == set()
    assert [guide.name for guide in GUIDES if f"packaging/guides/{guide.name}" not in README] == []


UNCONFIRMED = "What no real terminal has confirmed"


def without_unconfirmed(readme: str, guide: str) -> set[str]:
    """Drivers of real terminals of which the guide does not say what nobody has tried; `readme` must lead there."""
    _, _, section = guide.partition(f"## {UNCONFIRMED}\n")
    rows = re.findall(r"^\| (`[^|]*) \|", section.partition("\n## ")[0], re.MULTILINE)
    named = {scheme for cell in rows for scheme in re.findall(r"`([^`]+)`", cell)}
    drivers = set(TERMINAL_SCHEMES) - {"sim"}
    row = next(line for line in readme.splitlines() if line.startswith("| **bank terminals**"))
    return drivers - named if UNCONFIRMED.lower().replace(" ", "-") in row else drivers


def test_the_guide_says_of_each_driver_what_no_real_terminal_has_confirmed() -> None:
    guide = (ROOT / "packaging/guides/terminals.md").read_text("utf-8")
    assert without_unconfirmed(README, guide) == set()
    # planted faults: no row of one driver; a README that does not lead there
    assert without_unconfirmed(README, re.sub(r"\n\| `attended`.*", "", guide)) == {"attended"}
    assert "stripe" in without_unconfirmed(README.replace("#what-no-real", "#"), guide)


def test_what_is_missing_is_found() -> None:
    """Planted faults: a link to no file, a command and a visit without a row."""
    assert dead_links("[a](no/such.md) [b](README.md#x) [c](https://example.com)", ROOT) == ["no/such.md"]
    assert missing_rows("| `cheval store` | runs |\n", "`cheval ", {"store", "mirror"}) == {"mirror"}
    assert missing_rows("| `ring` | a ring |\n", "`", {"ring", "exchange"}) == {"exchange"}
