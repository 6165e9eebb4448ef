"""`rehearse` with records, transfers and objects: rules, JSON, and transcripts that can be played again."""

import io
import json
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from mirabelle.core.commands import program

XMLNS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
MESSAGE = f"""<vxml {XMLNS}><form>
<record name="m" type="audio/x-wav"><prompt>Leave a message.</prompt></record>
<block><exit expr="m$.duration + ' ' + m$.termchar"/></block>
</form></vxml>"""
AGENT = f"""<vxml {XMLNS}><form>
<transfer name="t" bridge="true" dest="tel:+16175550100"><prompt>One moment.</prompt>
<grammar mode="dtmf" src="builtin:dtmf/digits?length=1"/></transfer>
<block><exit expr="t"/></block>
</form></vxml>"""
BLIND = f'<vxml {XMLNS}><form><transfer dest="tel:+16175550100"/></form></vxml>'

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIRABELLE_CONFIG", raising=False)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def written(folder: Path, document: str, rules: str = "") -> list[str]:
    (folder / "it.vxml").write_text(document)
    (folder / "caller.toml").write_text(rules)
    return ["rehearse", str(folder / "it.vxml")] + (["--caller", str(folder / "caller.toml")] if rules else [])


def events(arguments: list[str], capsys: Captured) -> list[dict[str, Any]]:
    assert program.run([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def only(told: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (event,) = (event for event in told if event["event"] == kind)
    return event


def test_json_of_a_recording(tmp_path: Path, capsys: Captured) -> None:
    with wave.open(str(tmp_path / "said.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\1" * 12000)
    told = events(written(tmp_path, MESSAGE, '[[rule]]\nhears = "message"\nrecords = "said.wav"'), capsys)
    assert only(told, "record") == {
        "at": 5.46,
        "event": "record",
        "duration": 1.5,
        "ending": "final silence",
        "size": 12058,
        "type": "audio/x-wav",
    }
    assert only(told, "exit")["values"] == {"expr": "1500 undefined"}


@pytest.mark.parametrize(
    ("rules", "outcome", "duration"),
    [
        ("", "far_end_disconnect", 5),
        ('[[transfer]]\noutcome = "busy"', "busy", 0),
        ("[[transfer]]\nduration = 8", "far_end_disconnect", 8),
        ('[[transfer]]\nkeys = "1"\nat = 2', "near_end_disconnect", 2),
        ('[[transfer]]\noutcome = "maxtime_disconnect"\nduration = 3', "maxtime_disconnect", 3),
    ],
)
def test_json_of_a_transfer(tmp_path: Path, capsys: Captured, rules: str, outcome: str, duration: float) -> None:
    told = events(written(tmp_path, AGENT, f'[[rule]]\nhears = "nothing"\nsilence = true\n{rules}'), capsys)
    transfer = only(told, "transfer")
    assert (transfer["dest"], transfer["outcome"], transfer["duration"]) == ("tel:+16175550100", outcome, duration)
    assert only(told, "exit")["values"] == {"expr": outcome}


def test_a_caller_hangs_up_during_a_transfer(tmp_path: Path, capsys: Captured) -> None:
    told = events(written(tmp_path, AGENT, "[[transfer]]\nhangup = true\nat = 2"), capsys)
    assert only(told, "transfer")["outcome"] == "hangup"
    assert only(told, "exit")["reason"] == "hangup"


@pytest.mark.parametrize(
    ("document", "typed", "shown"),
    [
        (MESSAGE, "[speech 4s]\n", ["C: Leave a message.", "H: [speech 4s]", "R: 4s", "= exit expr='4000 undefined'"]),
        (MESSAGE, "[speech 4s 1]\n", ["C: Leave a message.", "H: [speech 4s 1]", "R: 4s", "= exit expr='4000 1'"]),
        (
            MESSAGE,
            "5\n\n[speech 1s hangup]\n",
            [
                "C: Leave a message.",
                "H: [5]",
                "R: nothing",
                "C: Leave a message.",
                "H: [silence]",
                "R: nothing",
                "! noinput <- platform",
                "C: Leave a message.",
                "H: [speech 1s hangup]",
                "R: 1s",
                "! connection.disconnect.hangup <- platform",
                "= hangup",
            ],
        ),
        (
            AGENT,
            "\n",
            [
                "C: One moment.",
                "H: [silence]",
                "T: far_end_disconnect 5s",
                "= exit expr='far_end_disconnect'",
            ],
        ),
        (
            AGENT,
            "4\n",
            [
                "C: One moment.",
                "H: [4]",
                "T: near_end_disconnect",
                "= exit expr='near_end_disconnect'",
            ],
        ),
        (BLIND, "", ["T: connected", "! connection.disconnect.transfer <- platform", "= disconnect"]),
    ],
)
def test_what_is_shown_can_be_played_again(
    tmp_path: Path, typing: Any, capsys: Captured, document: str, typed: str, shown: list[str]
) -> None:
    typing(typed)
    assert program.run(written(tmp_path, document)) == 0
    transcript = capsys.readouterr().out
    assert transcript.splitlines() == shown
    (tmp_path / "it.txt").write_text(transcript)
    assert program.run(["rehearse", str(tmp_path / "it.vxml"), "--transcript", str(tmp_path / "it.txt")]) == 0


def test_the_operators_rules_for_transfers_hold_in_rehearsals(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIRABELLE_SCRIPTS__TRANSFERS__ALLOW", "tel:+49*")
    assert program.run(written(tmp_path, BLIND, '[[rule]]\nhears = "x"\nsilence = true')) == 1
    assert "! error.connection.noauthorization" in capsys.readouterr().out


def test_a_recording_is_sent_to_a_server_as_a_file(tmp_path: Path, capsys: Captured) -> None:
    bodies: list[bytes] = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"<vxml {XMLNS}><form><block>Thank you.</block></form></vxml>".encode())

        def log_message(self, *arguments: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/save"
        document = MESSAGE.replace(
            "<exit expr=\"m$.duration + ' ' + m$.termchar\"/>",
            f'<submit next="{url}" method="post" enctype="multipart/form-data" namelist="m"/>',
        )
        arguments = written(tmp_path, document, '[[rule]]\nhears = "message"\nsays = "hello there"')
        assert program.run(arguments) == 0
        server.shutdown()
    assert "C: Thank you." in capsys.readouterr().out
    (body,) = bodies
    assert b'name="m"; filename="m.wav"\r\nContent-Type: audio/x-wav\r\n\r\nRIFF' in body
