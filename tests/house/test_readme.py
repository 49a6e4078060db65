"""README and guides: every link leads to a file, every command and every visit of the demo is named."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from kiosk.commands import parser as command_parsers

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


def test_what_is_missing_is_found() -> None:
    """Planted faults: a link to no file, a command and a visit without a row."""
    assert dead_links("[a](no/such.md) [b](README.md#x) [c](https://example.com)", ROOT) == ["no/such.md"]
    assert missing_rows("| `cheval store` | runs |\n", "`cheval ", {"store", "mirror"}) == {"mirror"}
    assert missing_rows("| `ring` | a ring |\n", "`", {"ring", "exchange"}) == {"exchange"}
