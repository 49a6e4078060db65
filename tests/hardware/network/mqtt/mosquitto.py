"""A real MQTT broker (mosquitto) as a process of its own, with one listener and, if wanted, users and TLS."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.hardware.network.tls_front import Identity

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")


class Mosquitto:
    """A running broker on 127.0.0.1; `port` stays the same after `start` again."""

    def __init__(
        self,
        folder: Path,
        users: dict[str, str] | None = None,
        tls: Identity | None = None,
    ) -> None:
        if MOSQUITTO is None:
            pytest.skip("mosquitto is not installed")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {'false' if users else 'true'}"]
        lines += ["persistence false", "set_tcp_nodelay true", "user root"]
        if users:
            passwords = folder / "mosquitto.users"
            passwords.write_text("")
            passwords.chmod(0o600)
            for user, password in users.items():
                subprocess.run(
                    ["mosquitto_passwd", "-b", str(passwords), user, password],
                    check=True,
                    capture_output=True,
                )
            lines.append(f"password_file {passwords}")
        if tls is not None:
            lines += [f"certfile {tls.certificate}", f"keyfile {tls.key}"]
        self._file = folder / "mosquitto.conf"
        self._file.write_text("\n".join(lines) + "\n")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Starts the broker; returns when it accepts connections."""
        assert MOSQUITTO is not None
        self._process = subprocess.Popen(
            [MOSQUITTO, "-c", str(self._file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "mosquitto ended"
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.01)
            else:
                return
        raise AssertionError("mosquitto does not accept connections")

    def kill(self) -> None:
        """Ends the broker without a word to its clients."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Stops the process, so that connections stay open and nothing is answered."""
        assert self._process is not None
        self._process.send_signal(19)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(18)
