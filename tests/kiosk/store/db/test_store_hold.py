"""One store at a time: on a state folder, an SQLite file, a PostgreSQL database; also after an outage."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from kiosk.store.db.database import Database
from kiosk.store.db.file_hold import FileHold
from kiosk.store.db.holder import Holder, StoreHeldError
from kiosk.store.db.postgres_hold import PostgresHold
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.db.tables import STYLE
from kiosk.store.resources import open_resources
from tests.kiosk.store import postgres
from tests.kiosk.store.sample_shop import ManualClock, sample_store, settings_in
from tests.optional_values import present

NEVER_S = 3600.0
HOLDS = "import sys, time; from pathlib import Path; from kiosk.store.db.store_hold import StoreHold\n"


@contextmanager
def store_process(state: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a store's locks until it is killed."""
    code = f"{HOLDS}h = StoreHold(Path({str(state)!r}), {url!r}); print('held', flush=True); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_store_on_one_database_is_refused_with_who_holds_it(
    tmp_path: Path, database_url: str
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    with store_process(one, database_url) as process:
        with pytest.raises(StoreHeldError) as refused:
            StoreHold(two, database_url, wait_s=0)
        holder = refused.value.holder
        assert holder is not None
        assert (holder.host, holder.pid) == (os.uname().nodename, process.pid)
        assert f"(process {process.pid}, since 20" in str(refused.value)
        process.kill()
        process.wait()
        StoreHold(two, database_url).close()


def test_a_second_store_on_one_state_folder_is_refused_with_who_holds_it(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings, ManualClock()), pytest.raises(StoreHeldError) as refused:
        open_resources(replace(settings, database=f"sqlite:///{tmp_path / 'other.db'}"))
    assert str(settings.state) in str(refused.value)
    assert f"(process {os.getpid()}, since 20" in str(refused.value)
    open_resources(settings).close()


def test_another_name_of_the_same_sqlite_file_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    states = [tmp_path / "one", tmp_path / "two"]
    for state in states:
        state.mkdir()
    with (
        closing(StoreHold(states[0], f"sqlite:///{tmp_path / 'store.db'}")),
        pytest.raises(StoreHeldError, match=r"store\.db is held by"),
    ):
        StoreHold(states[1], f"sqlite:///{tmp_path / 'link' / 'store.db'}", wait_s=0)


def test_a_lock_file_with_any_text_or_none_names_another_store(tmp_path: Path) -> None:
    file = tmp_path / "store.lock"
    with closing(FileHold(file, "here")):
        for damaged in ("", "{", "[]", '{"host": 1}', "x" * 10_000, '{"host":"h","pid":"x","since_us":1}'):
            file.write_text(damaged)
            with pytest.raises(StoreHeldError, match="here is held by another store"):
                FileHold(file, "here", wait_s=0)


def test_a_link_in_place_of_the_lock_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "store.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic"):
        FileHold(tmp_path / "store.lock", "here")
    assert not (tmp_path / "victim").exists()


def test_commands_beside_the_store_open_the_database_without_its_lock(
    tmp_path: Path, database_url: str
) -> None:
    with closing(StoreHold(tmp_path, database_url)) as hold, closing(Database(database_url, hold)) as ours:
        with closing(Database(database_url)) as beside, beside.writing() as connection:
            connection.execute(STYLE.delete())
        with ours.writing() as connection:
            connection.execute(STYLE.delete())


@pytest.mark.parametrize("host", ["till", "h" * 200, "größe", "a/b/c", ""])
def test_a_connection_says_who_holds_it(host: str) -> None:
    holder = Holder(host, 4711, 1_790_000_000_000_000)
    assert len(holder.application_name.encode()) <= 63
    found = Holder.from_application_name(holder.application_name)
    assert found is not None
    assert (found.pid, found.since_us) == (4711, holder.since_us)
    assert Holder.from_json(holder.as_json()) == holder
    assert Holder.from_application_name("psql") is None
    for strange in ("cheval/1/9" + "9" * 40 + "/h", "cheval/1/0/"):
        assert "process 1, since" in str(Holder.from_application_name(strange))


@pytest.fixture
def url(postgres_server: str) -> str:
    return postgres.fresh_database(postgres_server)


def end_connections(url: str) -> None:
    """Ends all connections of a database, as a restart of the server does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def held(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
        assert row is not None
        return int(row[0])


def hold_of(url: str) -> PostgresHold:
    return PostgresHold(make_url(url).set(drivername="postgresql+psycopg"), wait_s=0, check_s=NEVER_S)


def test_stores_in_different_schemas_of_one_database_are_different_stores(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS other")
    with closing(hold_of(url)), closing(hold_of(f"{url}?options=-csearch_path%3Dother")):
        assert held(url) == 2


def test_after_an_outage_the_lock_is_taken_again(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with closing(hold_of(url)) as hold:
        end_connections(url)
        hold.verify()
        assert held(url) == 1
        assert hold.taken_by is None
        assert not hold.regained
        with pytest.raises(StoreHeldError):
            hold_of(url)
    # the server ends a session, and with it the lock, after its connection
    assert any(held(url) == 0 for _ in range(1000))
    assert "was taken again" in caplog.text


class CutLine:
    """A TCP line to a server. `cut` ends the client's side; the server's side stays open, as behind a dead router."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._clients: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for client in self._clients:
            client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        for one in (*self._clients, *self._servers):
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                self._clients.append(client)
                self._servers.append(server)
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=self._copy, args=(source, sink), daemon=True).start()

    def _copy(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)


def test_a_line_that_was_cut_on_the_way_is_no_other_store(url: str, caplog: pytest.LogCaptureFixture) -> None:
    target = make_url(url)
    with closing(CutLine(present(target.host), present(target.port))) as line:
        through = target.set(port=line.port).render_as_string(hide_password=False)
        with closing(hold_of(through)) as hold:
            line.cut()
            assert held(url) == 1, "the server has not noticed it"
            hold.verify()
            assert hold.taken_by is None
            assert not hold.regained
            assert held(url) == 1
    assert "changes nothing any more" not in caplog.text


def test_the_watch_takes_it_again_by_itself(url: str) -> None:
    target = make_url(url).set(drivername="postgresql+psycopg")
    with closing(PostgresHold(target, wait_s=0, check_s=0.01)):
        end_connections(url)
        deadline = threading.Event()
        for _ in range(1000):
            if held(url):
                return
            deadline.wait(0.01)
    pytest.fail("the lock was not taken again")


def test_a_store_that_lost_the_database_to_another_says_so_and_writes_nothing(
    tmp_path: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(StoreHold(tmp_path, url)) as hold, closing(Database(url, hold)) as database:
        end_connections(url)
        with closing(hold_of(url)):
            with (
                pytest.raises(StoreHeldError, match=f"process {os.getpid()}"),
                database.writing() as connection,
            ):
                connection.execute(text("CREATE TABLE planted (x int)"))
            assert not database.reachable()
            with pytest.raises(StoreHeldError), database.writing():
                pytest.fail("nothing is written")
        assert caplog.text.count("this store changes nothing any more") == 1
        hold.verify()
        assert hold.taken_by is None
        assert hold.regained
        assert "must be started again" in caplog.text
        with database.reading() as connection:
            assert connection.scalar(text("SELECT to_regclass('planted')")) is None


def test_a_planted_database_without_lock_writes_into_the_others(tmp_path: Path, url: str) -> None:
    """The test above fails for a store that does not ask for its lock."""
    with closing(StoreHold(tmp_path, url)), closing(Database(url)) as database:
        end_connections(url)
        with closing(hold_of(url)):
            with database.writing() as connection:
                connection.execute(text("CREATE TABLE planted (x int)"))
            assert database.reachable()


def test_a_database_that_is_away_is_no_other_holder(url: str, tmp_path: Path) -> None:
    away = make_url(url).set(port=1).render_as_string(hide_password=False)
    with pytest.raises(OperationalError):
        StoreHold(tmp_path, away)
    StoreHold(tmp_path, url).close()


def test_what_another_store_says_with_health(tmp_path: Path, url: str) -> None:
    settings = replace(settings_in(tmp_path), database=url)
    with sample_store(settings, ManualClock()) as store:
        assert store.health().ok
        end_connections(url)
        with closing(hold_of(url)):
            with pytest.raises(StoreHeldError), store.resources.database.writing():
                pytest.fail("nothing is written")
            assert store.health().ok is False
