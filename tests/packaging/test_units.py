"""The services and files of the Debian package: what they start exists, what they name is understood."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import paths
from kiosk.__main__ import main as cheval
from kiosk.config import load_mirror, load_store
from kiosk.store.privacy.erasure_list import NEW_FILE

UNITS = ("cheval-store", "cheval-mirror", "cheval-stand", "cheval-train")


def unit(tree: Path, name: str) -> str:
    return (tree / "packaging" / "systemd" / f"{name}.service").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_exists(
    name: str, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", unit(tree, name), re.MULTILINE)
    words = shlex.split(line)
    words = words[next(place for place, word in enumerate(words) if word.endswith("/bin/cheval")) + 1 :]
    file = words[words.index("--config") + 1]
    assert Path(file).parent == Path("/etc/cheval")
    words[words.index("--config") + 1] = str(tree / "packaging" / "deb" / "etc" / Path(file).name)
    code = cheval([*words, "--check"])
    output = capsys.readouterr()
    assert code == 0
    assert ": good\n" in output.out
    if name in ("cheval-mirror", "cheval-stand"):
        # it starts without a pairing; a mirror asks for the code on its glass
        notes = (output.out + output.err).splitlines()
        (note,) = (line for line in notes if line.startswith("  - "))
        part, room = name.removeprefix("cheval-"), "1" if name == "cheval-mirror" else "coat-38"
        assert f"cheval pair {room}" in note
        assert f"cheval {part} --pair CODE" in note


def test_the_packages_files_name_the_units_directories(tree: Path) -> None:
    etc = tree / "packaging" / "deb" / "etc"
    for name, state in (
        ("cheval-store", load_store(etc / "store.yaml").state),
        ("cheval-mirror", load_mirror(etc / "mirror.yaml").state),
    ):
        assert state == Path("/var/lib") / name
        assert f"StateDirectory={name}\n" in unit(tree, name)
        assert f"User={name}\n" in unit(tree, name)


def test_every_file_of_the_package_is_removed_with_it(tree: Path) -> None:
    """`postrm purge` knows every directory a unit makes."""
    for name in UNITS:
        part = "mirror" if name in ("cheval-mirror", "cheval-stand") else "store"
        purge = (tree / "packaging" / "deb" / part / "postrm").read_text(encoding="utf-8")
        for kind, place in (("StateDirectory", "/var/lib"), ("CacheDirectory", "/var/cache")):
            for made in re.findall(rf"^{kind}=(\S+)$", unit(tree, name), re.MULTILINE):
                assert f"{place}/{made}" in purge


def test_the_looks_are_learned_every_night_by_the_stores_own_user(tree: Path) -> None:
    timer = (tree / "packaging" / "systemd" / "cheval-train.timer").read_text(encoding="utf-8")
    assert re.search(r"^OnCalendar=\*-\*-\* 0[0-9]:", timer, re.MULTILINE)
    assert "Persistent=true" in timer
    assert "User=cheval-store\n" in unit(tree, "cheval-train")
    assert "Type=oneshot\n" in unit(tree, "cheval-train")
    config = load_store(tree / "packaging" / "deb" / "etc" / "store.yaml")
    root = config.recommender.model
    assert root is not None
    assert root.parent == config.state, "what the night publishes lies where its unit may write"
    assert ".timer" in (tree / "packaging" / "deb" / "store" / "prerm").read_text(encoding="utf-8")


def test_the_store_is_backed_up_every_night_by_its_own_user(tree: Path) -> None:
    timer = (tree / "packaging" / "systemd" / "cheval-backup.timer").read_text(encoding="utf-8")
    assert re.search(r"^OnCalendar=\*-\*-\* 0[0-9]:", timer, re.MULTILINE)
    has = settings(unit(tree, "cheval-backup"))
    assert has["ExecStart"] == ["/opt/cheval-store/bin/cheval backup --config /etc/cheval/store.yaml --json"]
    assert (has["User"], has["StateDirectory"], has["LimitCORE"]) == (
        ["cheval-store"],
        ["cheval-store"],
        ["0"],
    )
    folder = load_store(tree / "packaging" / "deb" / "etc" / "store.yaml").backup.folder
    assert has["ReadWritePaths"] == [f"-{folder}"]
    scripts = tree / "packaging" / "deb" / "store"
    assert f'-g "$user" {folder}\n' in (scripts / "postinst").read_text(encoding="utf-8")
    assert f"rm -rf {folder}" not in (scripts / "postrm").read_text(encoding="utf-8"), "back-ups stay"
    assert "cheval-backup.timer" in (scripts / "prerm").read_text(encoding="utf-8")


def test_who_is_erased_is_listed_beside_the_back_ups_at_once(tree: Path) -> None:
    """The timer starts and stops what watches the store's list, so that nobody has to enable a second unit."""
    place, nightly = tree / "packaging" / "systemd", settings(unit(tree, "cheval-backup"))
    watch = settings((place / "cheval-backup-erased.path").read_text(encoding="utf-8"))
    new = f"/var/lib/{nightly['StateDirectory'][0]}/{NEW_FILE}"
    assert watch["PathExists"] == [new]
    assert "PathChanged" not in watch, "it loses a change that happens while the job ends"
    assert watch["PartOf"] == ["cheval-backup.timer"]
    timer = settings((place / "cheval-backup.timer").read_text(encoding="utf-8"))
    assert timer["Wants"] == ["cheval-backup-erased.path"]
    job = settings(unit(tree, "cheval-backup-erased"))
    assert job["ExecStartPre"] == [f"/usr/bin/rm -f {new}"], (
        "before the list is read, whether the job succeeds or not"
    )
    interval_s, starts = int(job["StartLimitIntervalSec"][0]), int(job["StartLimitBurst"][0])
    assert starts >= 2 * interval_s, (
        "a job takes about a second: many erasures in a minute do not end the watch"
    )
    for same in ("User", "Group", "StateDirectory", "ReadWritePaths", "UMask", "Type"):
        assert job[same] == nightly[same]
    (words,) = job["ExecStart"]
    assert words == "/opt/cheval-store/bin/cheval backup --erased-only --config /etc/cheval/store.yaml --json"


# what systemd itself thinks of a unit: 0 is locked, 10 is open; a bare unit scores 9.6
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    ("name", "most"),
    [
        (name, 3.0 if name == "cheval-mirror" else 1.5)
        for name in (*UNITS, "cheval-backup", "cheval-backup-erased")
    ],
)
def test_a_unit_is_hardened(name: str, most: float, tree: Path) -> None:
    file = tree / "packaging" / "systemd" / f"{name}.service"
    run = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    score = re.search(r"exposure level for \S+: ([\d.]+)", run.stdout)
    assert score, run.stdout + run.stderr
    assert float(score[1]) <= most


def test_the_memory_of_checked_pins_is_given_back(tree: Path) -> None:
    """glibc's limit must be below the 19 MB of a hash; without a value it rises with what is released."""
    values = dict(value.split("=", 1) for value in settings(unit(tree, "cheval-store"))["Environment"])
    assert int(values["MALLOC_MMAP_THRESHOLD_"]) <= 1 << 20


ZONES = ("Europe/Paris", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe")  # noqa: E501  # fmt: skip


def missing_days(at: time, zone: str) -> list[str]:
    """The days of two years on which this time of day does not exist: clocks are set forward over it."""
    local = (datetime.combine(date(2027, 1, 1) + timedelta(days=n), at, ZoneInfo(zone)) for n in range(731))
    return [
        f"{zone} {day:%Y-%m-%d}" for day in local if day.astimezone(UTC).astimezone(ZoneInfo(zone)) != day
    ]


@pytest.mark.parametrize("timer", ["cheval-backup", "cheval-train"])
def test_the_work_of_the_night_is_not_left_out_when_clocks_are_set_forward(timer: str, tree: Path) -> None:
    found = settings((tree / "packaging" / "systemd" / f"{timer}.timer").read_text(encoding="utf-8"))
    (at,) = (time.fromisoformat(value.split()[1]) for value in found["OnCalendar"])
    assert [day for zone in ZONES for day in missing_days(at, zone)] == []


def test_planted_a_time_that_is_left_out_is_found() -> None:
    assert missing_days(time(2, 10), "Europe/Paris") == ["Europe/Paris 2027-03-28", "Europe/Paris 2028-03-26"]


def settings(text: str) -> dict[str, list[str]]:
    """The values of each setting of a unit, in order; sections do not matter here."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def faults(text: str) -> list[str]:
    """What a unit that must always run lacks."""
    has = settings(text)
    wanted = {"Type": "notify", "Restart": "always", "StartLimitIntervalSec": "0", "LimitCORE": "0"}
    wrong = [name for name, value in wanted.items() if has.get(name) != [value]]
    wrong += [name for name in ("WatchdogSec", "TasksMax", "MemoryMax", "TimeoutStartSec") if name not in has]
    if "cage" in text and re.search(r"cage\b[^-]*(-\w+ )*-s\b", text):
        wrong.append("cage -s")
    return wrong


@pytest.mark.parametrize("name", ["cheval-store", "cheval-mirror", "cheval-stand"])
def test_a_service_is_watched_restarted_for_ever_and_leaves_no_core_file(name: str, tree: Path) -> None:
    assert faults(unit(tree, name)) == []
    # the messages to systemd come from a child of the compositor
    assert ("NotifyAccess=all" in unit(tree, name)) == (name == "cheval-mirror")


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ("Type=notify", "Type=exec", "Type"),
        ("WatchdogSec=30", "", "WatchdogSec"),
        ("StartLimitIntervalSec=0", "", "StartLimitIntervalSec"),
        ("LimitCORE=0", "LimitCORE=infinity", "LimitCORE"),
        ("TasksMax=512", "", "TasksMax"),
        ("cage -d --", "cage -d -s --", "cage -s"),
    ],
)
def test_a_planted_fault_in_a_unit_is_caught(line: str, instead: str, fault: str, tree: Path) -> None:
    right = unit(tree, "cheval-mirror")
    assert line in right
    assert faults(right.replace(line, instead)) == [fault]


def test_the_training_leaves_no_core_file(tree: Path) -> None:
    assert settings(unit(tree, "cheval-train"))["LimitCORE"] == ["0"]


def test_a_store_with_a_serial_scanner_needs_one_more_file(tree: Path) -> None:
    """The store's unit hides all devices; the example beside it opens serial ports and keyboards, and nothing else."""
    example = (tree / "packaging" / "deb" / "store" / "scanner.conf").read_text(encoding="utf-8")
    has = settings(example)
    assert has["PrivateDevices"] == ["no"]
    assert all(re.fullmatch(r"char-(ttyACM|ttyUSB|ttyS|input) rw", value) for value in has["DeviceAllow"])
    assert "DevicePolicy=closed" in unit(tree, "cheval-store")


@pytest.mark.parametrize("name", ["cheval-store", "cheval-train"])
def test_key_files_are_passed_as_credentials_under_the_name_that_the_program_expects(
    name: str, tree: Path
) -> None:
    has = settings(unit(tree, name))
    assert has["LoadCredential"] == [f"keys:{paths.KEYS}"]
    assert has["InaccessiblePaths"] == [f"-{paths.KEYS}"]
    script = (tree / "packaging" / "deb" / "store" / "postinst").read_text(encoding="utf-8")
    assert f'-g "$user" {paths.KEYS}' in script, "a unit does not start without the folder"


def stand_mistakes(text: str, scripts: Path) -> list[str]:
    """What the unit of a stand lacks to keep its pairing from its own user, and to be made and removed with it."""
    has, folder = settings(text), load_mirror(scripts.parent / "etc" / "stand.yaml").state
    wrong = [] if has.get("LoadCredential") == [f"keys:{folder}"] else ["LoadCredential"]
    wrong += (
        ["StateDirectory"] if "StateDirectory" in has else []
    )  # systemd would give it to the service's user
    made = (scripts / "postinst").read_text(encoding="utf-8")
    wrong += [] if f"-o root -g {has['User'][0]} {folder}\n" in made else ["postinst"]
    for script, words in (
        ("postrm", (str(folder), "/etc/cheval/stand.yaml", has["User"][0])),
        ("prerm", ("cheval-stand.service",)),
    ):
        said = (scripts / script).read_text(encoding="utf-8")
        wrong += [] if all(word in said for word in words) else [script]
    return wrong


@pytest.mark.parametrize(
    ("line", "instead", "found"),
    [
        ("", "", []),
        ("LoadCredential=keys:", "LoadCredential=keys:/tmp", ["LoadCredential"]),
        ("UMask=", "StateDirectory=cheval-stand\nUMask=", ["StateDirectory"]),
        ("User=cheval-stand", "User=cheval-mirror", ["postinst"]),
    ],
)
def test_the_pairing_of_a_stand_is_passed_as_a_credential(
    line: str, instead: str, found: list[str], tree: Path
) -> None:
    text = unit(tree, "cheval-stand").replace(line, instead) if line else unit(tree, "cheval-stand")
    assert stand_mistakes(text, tree / "packaging" / "deb" / "mirror") == found


def test_every_user_of_a_card_reader_may_use_pcscd(tree: Path) -> None:
    rule = (tree / "packaging" / "polkit" / "60-cheval.rules").read_text(encoding="utf-8")
    for name in ("cheval-store", "cheval-mirror", "cheval-stand"):
        assert f'"{settings(unit(tree, name))["User"][0]}"' in rule
