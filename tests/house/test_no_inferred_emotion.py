"""Nothing in the product infers an emotion from face, voice or movement: no library for it, and no word in the code.

The law forbids it for staff (EU AI Act, article 5 (1) (f)); this product does not do it to shoppers either. What people
have written is another matter: they chose the words.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("kiosk", "hardware", "recommender")
WORDS = re.compile(
    r"(?i)(emotion|affective|facial|face_?(?:recogni|detect|expression)|voice_?(?:tone|mood|stress)|speech_?(?:mood|stress)"
    r"|gait|body_?language|mood_?(?:of|from|detect)|heart_?rate)"
)
LIBRARIES = re.compile(
    r"(?im)^(?:opencv|deepface|dlib|face[-_]recognition|mediapipe|fer|librosa|sounddevice|pyaudio|speechrecognition|"
    r"opensmile|vosk|insightface|py-feat|speechbrain)\b[^\n]*"
)


def named(root: Path) -> list[str]:
    """`file:line` of code that speaks of it."""
    found = []
    for folder in CODE:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in (".py", ".qml", ".js") and "__pycache__" not in file.parts:
                lines = enumerate(file.read_text("utf-8", "replace").splitlines(), 1)
                found += [f"{file.relative_to(root)}:{n}" for n, line in lines if WORDS.search(line)]
    return found


def locked(root: Path) -> list[str]:
    """Packages for it in the lock files."""
    files = sorted((root / "packaging/lock").glob("*.txt"))
    return [match for file in files for match in LIBRARIES.findall(file.read_text("utf-8"))]


def test_no_code_infers_an_emotion_from_face_voice_or_movement() -> None:
    assert named(ROOT) == []
    assert locked(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kiosk/mood.py", "def emotion_of(frame): ..."),
        ("hardware/camera.py", "detector = FaceDetector()  # face_detect"),
        ("recommender/gait.py", "gait = walk(reads)"),
    ],
)
def test_planted_code_that_does_is_found(tmp_path: Path, file: str, line: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line, "utf-8")
    assert named(tmp_path) == [f"{file}:1"]


def test_planted_a_library_for_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "packaging/lock").mkdir(parents=True)
    (tmp_path / "packaging/lock/run.txt").write_text("deepface==0.0.93\nrequests==2.32.5\n", "utf-8")
    assert locked(tmp_path) == ["deepface==0.0.93"]
