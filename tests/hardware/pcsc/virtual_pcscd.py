"""Runs a pcscd with virtual readers, separate from the computer's own pcscd, for tests and experiments.

The path of pcscd's socket is fixed, so the daemon runs in a mount namespace with its own /run, where it sees none of
the real readers. The PC/SC library finds the socket by the environment variable PCSCLITE_CSOCK_NAME. It reads the
variable once per process, so the variable names a symbolic link that stays when the daemon is replaced.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

DRIVER: Final = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_NAMESPACE: Final = "mount -t tmpfs tmpfs /run && mkdir /run/pcscd && echo ready && exec cat"
_START_S: Final = 10.0
_link_lock: Final = threading.Lock()
_link: Path | None = None


class VirtualPcscdError(RuntimeError):
    """This computer cannot run a virtual pcscd; the text says what is missing."""


def missing_requirement() -> str | None:
    """What is missing on this computer to run a virtual pcscd; None if nothing is."""
    for tool in ("pcscd", "unshare", "nsenter"):
        if shutil.which(tool, path=_PATH) is None:
            return f"{tool} is not installed"
    if not DRIVER.exists():
        return "the driver vsmartcard-vpcd is not installed"
    holder = _holder()
    ready = _is_ready(holder)
    _end(holder)
    return None if ready else "this machine allows no mount namespaces"


_PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _tool(name: str) -> str:
    return shutil.which(name, path=_PATH) or name


def _as_root_inside() -> list[str]:
    return [] if os.geteuid() == 0 else ["-U"]


def _holder() -> subprocess.Popen[bytes]:
    """A process that keeps the namespace open; it ends when its standard input closes."""
    map_root = [] if os.geteuid() == 0 else ["-U", "-r"]
    return subprocess.Popen(
        [_tool("unshare"), *map_root, "-m", "sh", "-c", _NAMESPACE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PATH": _PATH},
    )


def _is_ready(holder: subprocess.Popen[bytes]) -> bool:
    return holder.stdout is not None and holder.stdout.readline() == b"ready\n"


def _end(holder: subprocess.Popen[bytes]) -> None:
    holder.kill()
    holder.communicate()


class VirtualPcscd:
    """One pcscd with a virtual reader of two slots; `ports`: where virtual cards connect (`vpcd_pad`).

    A context manager. `kill`, `start`, `freeze`, `thaw`, `unplug` and `plug` simulate faults.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="cheval-pcscd-")
        self._configuration = Path(self._folder.name) / "vpcd"
        first = _free_pair()
        self.ports = (first, first + 1)
        self._holder = _holder()
        if not _is_ready(self._holder):
            self.close()
            raise VirtualPcscdError("no mount namespace could be made for pcscd")
        self._daemon: subprocess.Popen[bytes] | None = None
        self._point_library()
        self._write_configuration()
        self.start()

    def __enter__(self) -> VirtualPcscd:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def socket(self) -> Path:
        """Path of the daemon's socket, as seen from outside its namespace."""
        return Path(f"/proc/{self._holder.pid}/root/run/pcscd/pcscd.comm")

    @property
    def pid(self) -> int:
        """Process id of the running daemon."""
        assert self._daemon is not None
        return self._daemon.pid

    def start(self) -> None:
        """Starts the daemon and waits until it listens. Raises VirtualPcscdError."""
        # --root: otherwise nsenter would leave a chroot
        entry = [_tool("nsenter"), "-t", str(self._holder.pid), *_as_root_inside(), "-m", "--root"]
        self._daemon = subprocess.Popen(
            [*entry, _tool("pcscd"), "--foreground", "--auto-exit", "--config", self._folder.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PATH": _PATH},
        )
        until = time.monotonic() + _START_S
        while not self._listens():
            if time.monotonic() > until or self._daemon.poll() is not None:
                self.close()
                raise VirtualPcscdError("pcscd did not start")
            time.sleep(0.005)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def kill(self) -> None:
        """Kills the daemon and waits for its end."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.kill()
            daemon.wait()

    def stop(self) -> None:
        """Terminates the daemon and waits for its end."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.terminate()
            daemon.wait()

    def freeze(self) -> None:
        """Stops the daemon's execution (SIGSTOP)."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Continues the daemon's execution (SIGCONT)."""
        os.kill(self.pid, signal.SIGCONT)

    def plug(self) -> None:
        """Plugs the virtual reader in; restarts pcscd, which detects such readers only at its start."""
        self._write_configuration()
        self.kill()
        self.start()

    def unplug(self) -> None:
        """Unplugs the virtual reader: restarts pcscd without it."""
        self._configuration.unlink()
        self.kill()
        self.start()

    def _write_configuration(self) -> None:
        port = f"0x{self.ports[0]:X}"
        lines = (
            'FRIENDLYNAME "Virtual PCD"',
            f"DEVICENAME /dev/null:{port}",
            f"LIBPATH {DRIVER}",
            f"CHANNELID {port}",
        )
        self._configuration.write_text("\n".join(lines) + "\n", "ascii")

    def close(self) -> None:
        """Ends the daemon and its namespace; may be called twice."""
        if getattr(self, "_daemon", None) is not None:
            self.kill()
        _end(self._holder)
        self._folder.cleanup()

    def _point_library(self) -> None:
        global _link  # noqa: PLW0603  # the PC/SC library uses one socket per process
        with _link_lock:
            if _link is None:
                _link = Path(tempfile.gettempdir()) / f"cheval-pcscd-{os.getpid()}.comm"
                os.environ["PCSCLITE_CSOCK_NAME"] = str(_link)
            _link.unlink(missing_ok=True)
            _link.symlink_to(self.socket)


def _free_pair() -> int:
    """A free TCP port whose successor is free too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
