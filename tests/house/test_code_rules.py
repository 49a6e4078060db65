"""Rules that every file keeps; each rule is tried with a planted file that breaks it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FOLDERS = ("kiosk", "hardware", "recommender", "assets", "packaging", "tests", ".ci")
TEXT = {
    ".py",
    ".qml",
    ".js",
    ".html",
    ".css",
    ".sh",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".md",
    ".txt",
    ".ts",
    ".in",
    "",
}
THIS = "test_code_rules.py"
MAX_LINES = {".py": 300, ".qml": 300, ".js": 300}
MAX_FILES_IN_A_FOLDER = 20
# the number every scheme and terminal documents for tests; the simulated payment card must carry one
PUBLISHED = "4" + "1" * 15
VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "handler",
    "handlers",
    "data",
    "info",
    "misc",
    "common",
}


def files(root: Path) -> Iterator[Path]:
    """Every file of the tree, without generated ones."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
    yield from (file for file in sorted(root.glob("*")) if file.is_file())


def matches(root: Path, pattern: str, suffixes: set[str] = TEXT, room: str = "") -> list[str]:
    """`file:line` where a pattern stands in a text file; this file, which names them all, apart."""
    rule = re.compile(pattern)
    found = []
    for file in files(root):
        inside = file.relative_to(root).as_posix()
        if file.suffix not in suffixes or file.name == THIS or not inside.startswith(room):
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if rule.search(line):
                found.append(f"{inside}:{number}")
    return found


def long_files(root: Path) -> list[str]:
    """Files that are too long."""
    return [
        file.name
        for file in files(root)
        if file.suffix in MAX_LINES
        and len(file.read_text(encoding="utf-8").splitlines()) > MAX_LINES[file.suffix]
    ]


def full_folders(root: Path) -> list[str]:
    """Folders with more than 20 files of code (Python, QML, JavaScript), `__init__.py` apart."""
    counts = Counter(
        file.parent.relative_to(root).as_posix()
        for file in files(root)
        if file.suffix in MAX_LINES and file.name != "__init__.py"
    )
    return sorted(folder for folder, count in counts.items() if count > MAX_FILES_IN_A_FOLDER)


def vague_names(root: Path) -> list[str]:
    """Files and folders with a name that says nothing."""
    return [
        str(f.relative_to(root))
        for f in files(root)
        if f.suffix == ".py" and VAGUE_NAMES & {f.stem, f.parent.name}
    ]


def shadows(root: Path) -> list[str]:
    """A package named `packaging` would hide the library of that name."""
    return [name for name in ("packaging/__init__.py", "packaging.py") if (root / name).exists()]


def one_machines_paths(root: Path) -> list[str]:
    """Paths that exist on one machine alone."""
    return matches(root, r"""(?<![\w.}])/(home|root|work)/\w""")


def left_open(root: Path) -> list[str]:
    """Unfinished work."""
    return matches(
        root, r"raise NotImplementedError|#\s*(TODO|FIXME|XXX|HACK)\b", {".py", ".qml", ".js", ".sh"}
    )


def mocks(root: Path) -> list[str]:
    """Tests that patch instead of using a real implementation."""
    return matches(root, r"unittest\.mock|^\s*(import|from) mock\b|monkeypatch\.setattr", {".py"})


def cameras_and_microphones(root: Path) -> list[str]:
    """Cameras and microphones: the libraries, Qt modules, browser calls and devices that reach them."""
    words = (
        r"^\s*(import|from)\s+(cv2|picamera2?|sounddevice|pyaudio|soundcard|v4l2|imageio|speech_recognition)\b"
        r"|QtMultimedia|QCamera|QAudioInput|QAudioSource|getUserMedia|mediaDevices|MediaRecorder|(?<!camera://)/dev/(video|snd)"
    )
    return matches(root, words)


def signals_that_keep_functions(root: Path) -> list[str]:
    """Signals of Qt that are connected to a function in the screen: while the signal lives, so does what the function
    refers to, its own sender too. A method of a QObject is not kept."""
    return matches(root, r"\.connect\((lambda\b|[A-Za-z_]\w*\s*[,)])", {".py"}, "kiosk/screen/")


def texts_filled_in_steps(root: Path) -> list[str]:
    """Places of a text that are filled one after the other: a value that contains the next place is filled as well. In
    QML `SharedTexts.filled`, in Python `str.format` fill all in one pass."""
    rule = re.compile(r"\.arg\(|\.replace\(\s*[\"']\{\w+\}[^\n]*\s*\.replace\(\s*[\"']\{\w+\}")
    return [
        file.relative_to(root).as_posix()
        for file in files(root)
        if file.suffix in {".qml", ".py", ".js"}
        and file.relative_to(root).parts[0] != "tests"
        and file.name != THIS
        and rule.search(file.read_text(encoding="utf-8"))
    ]


def unsafe_yaml(root: Path) -> list[str]:
    """YAML loading that can create any object."""
    return matches(root, r"yaml\.(load|unsafe_load|full_load|load_all)\(", {".py"})


def registries(root: Path) -> list[str]:
    """Addresses of package registries, which are a machine's own setting."""
    return matches(
        root, r"--(extra-)?index-url|--find-links|files\.pythonhosted|pypi\.org/simple|\"resolved\": *\"http"
    )


def card_numbers(root: Path) -> list[str]:
    """Digits that could be a payment card's number: 15 or 16 of them, from a card scheme's range, Luhn-valid."""
    found = []
    for file in files(root):
        if file.suffix not in TEXT or "lock" in file.parts:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        # bytes written in hex may have no letter in them
        text = "\n".join(line for line in text.splitlines() if "fromhex" not in line)
        found += [
            f"{file.name}: {n}"
            for n in re.findall(r"(?<![\w.])[3-6]\d{14,15}(?![\w.])", text)
            if n != PUBLISHED and _luhn(n)
        ]
    return found


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [int(d) * (2 if position % 2 else 1) for position, d in enumerate(reversed(digits))]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def heavy(root: Path) -> list[str]:
    """Files too large for a source tree: 1.5 MB."""
    return [str(file.relative_to(root)) for file in files(root) if file.stat().st_size > 1_500_000]


# rule -> (a file that breaks it, its text)
RULES: dict[Callable[[Path], list[str]], tuple[str, str]] = {
    long_files: ("kiosk/long.py", "pass\n" * 301),
    vague_names: ("kiosk/store/utils.py", ""),
    shadows: ("packaging/__init__.py", ""),
    one_machines_paths: ("kiosk/place.py", "HOME = '/home/anna/cheval'\n"),
    left_open: ("hardware/open.py", "x = 1  # TODO: the rest\n"),
    mocks: ("tests/test_x.py", "from unittest.mock import patch\n"),
    cameras_and_microphones: ("kiosk/screen/qml/Eye.qml", "import QtMultimedia\n"),
    signals_that_keep_functions: ("kiosk/screen/x.py", "grab.ready.connect(ready)\n"),
    texts_filled_in_steps: ("kiosk/screen/x.qml", 'text: qsTr("%1, %2").arg(name).arg(size)\n'),
    unsafe_yaml: ("kiosk/config/x.py", "yaml.load(text)\n"),
    registries: ("packaging/lock/x.txt", "--extra-index-url somewhere\n"),
    card_numbers: ("kiosk/pay.py", "CARD = '" + "5500" + "0000" * 2 + "0004'\n"),
    heavy: ("assets/big.bin", "x" * 1_600_000),
}


@pytest.mark.parametrize("rule", [*RULES, full_folders], ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Callable[[Path], list[str]], tree: Path) -> None:
    assert rule(tree) == []


def test_a_planted_full_folder_is_caught(tmp_path: Path) -> None:
    for number in range(MAX_FILES_IN_A_FOLDER + 1):
        assert full_folders(tmp_path) == []
        file = tmp_path / "kiosk" / "store" / f"module{number}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    assert full_folders(tmp_path) == ["kiosk/store"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_file_is_caught(rule: Callable[[Path], list[str]], tmp_path: Path) -> None:
    assert rule(tmp_path) == []
    name, text = RULES[rule]
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert len(rule(tmp_path)) == 1
