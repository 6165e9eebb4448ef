"""What worker processes are, what they may do, and that none is left behind."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirabelle.contrib.ecmascript_quickjs import starting
from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.script_chain import Chain
from tests.contrib.ecmascript_quickjs.extra import needs_extra
from tests.contrib.ecmascript_quickjs.processes import ends, kill, runs

pytestmark = [needs_extra, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, which is Linux's")]

PARENT = """
from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.core.testing.script_chain import Chain
engine = QuickjsEngine()
chain = Chain(engine.session())
chain.run("Array.isArray([])")
work = chain.session.evaluate("Array.prototype.reverse.call({length: 4294967295})", chain.anonymous)
next(work)
print(engine.workers.connections[0].process_id, flush=True)
input()
"""
CONFINED = """
import os, socket, threading, errno
from mirabelle.contrib.ecmascript_quickjs.worker.confinement import confine
confine(1 << 32)
def refused(attempt):
    try:
        attempt()
    except OSError as error:
        return error.errno == errno.EPERM
    return False
attempts = [lambda: open("/etc/passwd"), socket.socket, os.fork, lambda: os.execv("/bin/true", ["true"]),
            lambda: os.kill(os.getppid(), 0), lambda: os.listdir("/"), lambda: os.unlink("/tmp/nothing")]
assert all(refused(attempt) for attempt in attempts), [refused(attempt) for attempt in attempts]
done = []
thread = threading.Thread(target=done.append, args=[1])
thread.start()
thread.join()
assert done == [1]
os.write(1, b"confined")
"""


@pytest.fixture
def pool() -> Iterator[Workers]:
    made = Workers(Options(workers=1))
    yield made
    made.close()


def process_of(pool: Workers) -> int:
    Chain(QuickjsEngine(workers=pool).session()).run("Array.isArray([])")
    return pool.connections[0].process_id


def read(process_id: int, name: str) -> str:
    return Path(f"/proc/{process_id}/{name}").read_text("utf-8")


def test_no_process_before_there_is_a_session(pool: Workers) -> None:
    engine = QuickjsEngine(workers=pool)
    assert pool.connections == ()
    engine.session()
    assert len(pool.connections) == 1


def test_sessions_are_spread_over_the_workers() -> None:
    pool = Workers(Options(workers=3))
    sessions = [QuickjsEngine(workers=pool).session() for _ in range(7)]
    assert sorted(each.sessions for each in pool.connections) == [2, 2, 3]
    del sessions
    pool.close()


def test_closing_ends_them(pool: Workers) -> None:
    process_id = process_of(pool)
    pool.close()
    assert not runs(process_id)
    assert pool.connections == ()


def test_they_end_when_nobody_holds_the_engine() -> None:
    engine = QuickjsEngine(Options(workers=1))
    process_id = process_of(engine.workers)
    del engine
    gc.collect()
    assert not runs(process_id)


def test_a_session_keeps_its_engine_alive() -> None:
    chain = Chain(QuickjsEngine(Options(workers=1)).session())
    gc.collect()
    assert chain.run("1 + 1") == 2


def test_they_end_with_the_platform_however_that_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        process_id = int(parent.stdout.readline())
        assert runs(process_id)
        kill(parent.pid)
    assert ends(process_id)


def test_signals_for_the_platform_do_not_end_them(pool: Workers) -> None:
    """Ctrl-C and a stop of the service: calls may go on while the platform winds down."""
    chain = Chain(QuickjsEngine(workers=pool).session())
    chain.run("var x = 1", chain.document)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(pool.connections[0].process_id, number)
    assert chain.run("x + 1") == 2
    assert os.getpgid(pool.connections[0].process_id) != os.getpgid(0)


def test_they_know_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch, pool: Workers) -> None:
    monkeypatch.setenv("MIRABELLE_SECRET", "hunter2")
    assert "hunter2" not in read(process_of(pool), "environ")


def test_they_are_confined(pool: Workers) -> None:
    process_id = process_of(pool)
    limits = {line[:26].strip(): line[26:47].strip() for line in read(process_id, "limits").splitlines()}
    assert limits["Max open files"] == "32"
    assert limits["Max core file size"] == limits["Max file size"] == "0"
    assert limits["Max address space"] == str(Options().address_space)
    status = read(process_id, "status")
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


def test_what_a_confined_process_cannot_do() -> None:
    ended = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("confined", "")


def test_sessions_leave_no_memory_behind(pool: Workers) -> None:
    """Nor those that met a limit, or were dropped while their script ran."""
    engine = QuickjsEngine(workers=Workers(Options(workers=1, seconds=600, patience=600)))

    def some() -> int:
        for number in range(60):
            chain = Chain(engine.session())
            chain.session.declare(chain.dialog, "given", {"list": ["x" * 1000]})
            chain.run("var held = []; for (var i = 0; i < 300; i++) held.push({i: i, of: held}); held")
            assert chain.attempt("null.x") == "TypeError"
            if number % 10 == 0:
                work = chain.session.evaluate("for (;;) {}", chain.anonymous)
                next(work)
        pages = int(read(engine.workers.connections[0].process_id, "statm").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    some()
    before = some()
    assert some() - before < 8_000_000
    assert engine.workers.connections[0].sessions <= 2
    engine.close()


def test_where_the_extra_is_missing_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(starting.Unavailable, match=r"pip install 'mirabelle\[quickjs\]'"):
        QuickjsEngine()
