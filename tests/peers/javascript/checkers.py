"""Checks the JavaScript of the store's pages with TypeScript's checker (strict, types from JSDoc) and ESLint."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from kiosk.store.pages.page_files import CONSOLE, SCOPE
from tests.peers.environment import node_modules

CONFIG = Path(__file__).with_name("eslint.config.mjs")
WORKER = "worker.js"
"""Runs in a service worker, which has other interfaces than a page."""
WHY_ABSENT = "TypeScript and ESLint could not be installed (node and npm with a registry are needed)"


def modules() -> Path | None:
    """The folder with TypeScript and ESLint; installs them from their lock file on the first call."""
    return node_modules("javascript", "typescript", ".venv-peers-javascript")


def type_faults(installed: Path, folder: Path, answers: str, work: Path) -> str:
    """What TypeScript's checker finds in the files of a folder that is served as the page's; empty if nothing.

    `answers` are the declarations of the store's answers; `work` is a folder for files of the check.
    """
    (work / "answers.d.ts").write_text(answers, "utf-8")
    found = ""
    for name, library, chosen in (("page", "dom", "**/*.js"), ("worker", "webworker", WORKER)):
        left_out = [str(folder / WORKER)] if name == "page" else []
        settings = work / f"{name}.json"
        settings.write_text(json.dumps(_settings(folder, work, library, chosen, left_out)), "utf-8")
        if name == "page" or (folder / WORKER).exists():
            found += _run(["node", str(installed / "typescript/bin/tsc"), "-p", str(settings)])
    return found


def style_faults(installed: Path, folder: Path, work: Path) -> str:
    """What ESLint finds in the files of a folder; empty if nothing."""
    # a configuration finds its packages beside itself
    config = work / CONFIG.name
    config.write_bytes(CONFIG.read_bytes())
    if not (work / "node_modules").exists():
        (work / "node_modules").symlink_to(installed)
    linked = work / "checked"
    linked.unlink(missing_ok=True)
    linked.symlink_to(folder)
    command = ["node", str(installed / "eslint/bin/eslint.js"), "--config", str(config), "--max-warnings=0"]
    return _run([*command, f"{linked}/**/*.js"], work)


def _settings(folder: Path, work: Path, library: str, chosen: str, left_out: list[str]) -> dict[str, object]:
    return {
        "compilerOptions": {
            "allowJs": True,
            "checkJs": True,
            "noEmit": True,
            "strict": True,
            "noImplicitReturns": True,
            "noUnusedLocals": True,
            "noUnusedParameters": True,
            "skipDefaultLibCheck": True,
            "target": "es2022",
            "module": "esnext",
            "moduleResolution": "bundler",
            "lib": ["es2023", library, *(["dom.iterable"] if library == "dom" else [])],
            "types": [],
            "paths": {"/api/answers": [str(work / "answers.d.ts")], f"{SCOPE}/*": [f"{folder}/*"]},
        },
        "include": [f"{folder}/{chosen}"],
        "exclude": left_out,
    }


def _run(command: list[str], place: Path = CONSOLE) -> str:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
