"""Workers that end, and scripts that cannot be stopped: their dialogues end in order, the others do not notice."""

from collections.abc import Iterator

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import UNDEFINED, ScriptError, ScriptLimit, finish
from tests.contrib.ecmascript_quickjs.extra import needs_extra
from tests.contrib.ecmascript_quickjs.processes import ends, halt, kill, runs

pytestmark = needs_extra

UNSTOPPABLE = "Array.prototype.reverse.call({length: 4294967295})"


@pytest.fixture
def pool() -> Iterator[Workers]:
    made = Workers(Options(workers=2, patience=0.2, retirement=600))
    yield made
    made.close()


def chain(pool: Workers) -> Chain:
    made = Chain(QuickjsEngine(workers=pool).session())
    made.run("var here = 1 + 1", made.document)
    return made


def test_the_sessions_of_a_worker_that_is_killed_are_lost_and_no_others(pool: Workers) -> None:
    one, other = chain(pool), chain(pool)
    first, second = pool.connections
    kill(first.process_id)
    assert ends(first.process_id)
    for _ in range(2):
        assert "signal 9" in one.refused("here + 1").message
    assert other.run("here + 1") == 3
    assert pool.connections == (second,)


def test_another_worker_takes_its_place(pool: Workers) -> None:
    lost, kept = chain(pool), chain(pool)
    kill(pool.connections[0].process_id)
    assert lost.refused("here + 1").name == "InternalError"
    fresh = chain(pool)
    assert (fresh.run("here + 1"), kept.run("here + 1")) == (3, 3)
    assert len(pool.connections) == 2


def test_a_script_that_runs_when_its_worker_is_killed_ends_with_an_error(pool: Workers) -> None:
    one = chain(pool)
    work = one.session.evaluate("for (;;) {}", one.anonymous)
    next(work)
    kill(pool.connections[0].process_id)
    with pytest.raises(ScriptError, match="signal 9"):
        finish(work)


def test_a_dialogue_without_a_worker_still_knows_what_the_host_has_declared(pool: Workers) -> None:
    """So that it can select form items, throw its error, and end."""
    one = chain(pool)
    session = one.session
    session.declare(one.dialog, "field", "kept")
    session.declare(one.dialog, "shadow$", {"a": 1})
    kill(pool.connections[0].process_id)
    assert one.attempt("field + 1") == "InternalError"
    session.declare(one.dialog, "made", 1)
    session.declare(one.dialog, "_event", "error.semantic", writable=False)
    session.set_path(one.outer, "connection.state", "gone")
    assert session.value(one.dialog, "field") == "kept"
    assert session.value(one.dialog, "made") == 1
    assert one.run("_event") == "error.semantic"
    assert session.value(one.document, "here") == 2
    assert session.declared(one.dialog, "made")
    assert not session.declared(one.dialog, "nothing")
    assert session.value(one.dialog, "shadow$") is not UNDEFINED
    assert dict(session.snapshot(one.dialog)) == {
        "field": "kept",
        "shadow$": None,
        "made": 1,
        "_event": "error.semantic",
    }
    assert session.scope(one.anonymous) is not one.anonymous
    with pytest.raises(ScriptError):
        session.value(one.dialog, "nothing")
    with pytest.raises(ScriptError):
        finish(session.export(session.value(one.dialog, "shadow$")))


def test_a_script_that_nothing_stops_is_given_up_and_its_worker_gets_no_more(pool: Workers) -> None:
    one, neighbour = chain(pool), None
    for _ in range(3):
        neighbour = neighbour if neighbour and len(pool.connections) == 2 else chain(pool)
    with pytest.raises(ScriptLimit, match="time"):
        one.run(UNSTOPPABLE)
    assert one.refused("here + 1").message.endswith("a script could not be stopped")
    retired = next(each for each in pool.connections if each.retires_at is not None)
    before = retired.sessions
    for fresh in [chain(pool) for _ in range(4)]:
        assert fresh.run("here + 1") == 3
    assert retired.sessions == before


def test_others_in_the_worker_of_a_script_that_nothing_stops_go_on() -> None:
    pool = Workers(Options(workers=1, patience=600, retirement=600))
    one, other = chain(pool), chain(pool)
    work = one.session.evaluate(UNSTOPPABLE, one.anonymous)
    next(work)
    for _ in range(20):
        assert other.run("here += 0; here + 1") == 3
    next(work)
    work.close()
    pool.close()


def test_a_worker_that_was_given_up_ends_with_the_last_dialogue_in_it() -> None:
    pool = Workers(Options(workers=1, patience=0.2, retirement=600))
    one, other = chain(pool), chain(pool)
    (worker,) = pool.connections
    with pytest.raises(ScriptLimit):
        one.run(UNSTOPPABLE)
    assert other.run("here + 1") == 3
    assert runs(worker.process_id)
    del one, other
    pool.tidy()
    assert ends(worker.process_id)
    pool.close()


def test_it_ends_after_its_retirement_whoever_is_in_it() -> None:
    pool = Workers(Options(workers=1, patience=0.2, retirement=1e-9))
    one, other = chain(pool), chain(pool)
    (worker,) = pool.connections
    with pytest.raises(ScriptLimit):
        one.run(UNSTOPPABLE)
    assert other.attempt("here + 1") == "InternalError"
    assert ends(worker.process_id)
    assert chain(pool).run("here + 1") == 3
    pool.close()


def test_a_worker_that_does_not_answer_is_ended() -> None:
    pool = Workers(Options(workers=1, answer=0.2, patience=0.2))
    one = chain(pool)
    one.session.declare(one.dialog, "o", {})
    (worker,) = pool.connections
    halt(worker.process_id)
    assert one.session.value(one.dialog, "o") is not UNDEFINED
    assert ends(worker.process_id)
    assert "did not answer" in one.refused("here + 1").message
    assert chain(pool).run("here + 1") == 3
    pool.close()


def test_checking_needs_no_worker_that_was_there_before(pool: Workers) -> None:
    engine = QuickjsEngine(workers=pool)
    engine.check("1 + 1")
    kill(pool.connections[0].process_id)
    with pytest.raises(ScriptError, match="worker is lost"):
        engine.check("2 + 2")
    engine.check("2 + 2")


def test_a_dialogue_whose_worker_is_killed_ends_with_error_semantic() -> None:
    """As a whole: the interpreter throws, the document's handler speaks."""
    from mirabelle.vxml_interpreter.answers import Done, Fetched, Reply
    from mirabelle.vxml_interpreter.commands import Breathe, Command, Ended, Fetch, FetchRequest, Play
    from mirabelle.vxml_interpreter.interpreter import Interpreter

    url = "http://client.example/lost.vxml"
    document = b"""<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><catch event="error.semantic">
        <prompt>Sorry.</prompt><exit expr="'sorry'"/></catch><form><block><prompt>One.</prompt>
        <data name="pause" src="pause.xml"/><assign name="document.x" expr="1 + 1"/></block></form></vxml>"""
    pool = Workers(Options(workers=1))
    interpreter = Interpreter(QuickjsEngine(workers=pool))
    commands, answered = interpreter.start(FetchRequest(url)), 0
    heard: list[Command] = [*commands]
    while not isinstance(commands[-1], Ended):
        reply: Reply = Done()
        match commands[-1]:
            case Fetch():
                answered += 1
                content = document if answered == 1 else b"<x/>"
                kind = "application/voicexml+xml" if answered == 1 else "text/xml"
                reply = Fetched(url, 200, {"content-type": kind}, content)
                if answered == 2:
                    QuickjsEngine(workers=pool).check("1")
                    kill(pool.connections[0].process_id)
            case Play() | Breathe():
                pass
        commands = interpreter.handle(reply)
        heard += commands
    assert "sorry" in repr(heard[-1])
    pool.close()
