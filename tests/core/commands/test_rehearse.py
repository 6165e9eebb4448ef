import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from mirabelle.core.commands import program
from mirabelle.core.testing.virtual_time import START

XMLNS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
ORDER = f"""<vxml {XMLNS}><form>
<block>Hello <value expr="session.outbound.name"/>.</block>
<field name="pin" type="digits?length=4"><prompt>Your pin?</prompt></field>
<field name="drink"><prompt>Coffee or tea?</prompt><option dtmf="1">coffee</option><option dtmf="2">tea</option></field>
<block><log label="pin"><value expr="pin"/></log><exit namelist="pin drink"/></block>
</form></vxml>"""


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIRABELLE_CONFIG", raising=False)


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "order.vxml"
    path.write_text(ORDER)
    return path


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


Captured = pytest.CaptureFixture[str]


def test_what_is_typed_is_what_the_caller_does(order: Path, typing: Any, capsys: Captured) -> None:
    typing("\n[1 x]\n12 34\ntea\n")
    assert program.run(["rehearse", str(order), "--var", "name=Ann=A"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        "C: Hello Ann=A.",
        "C: Your pin?",
        "H: [silence]",
        "! noinput <- platform",
        "C: Your pin?",
        "H: [1 2 3 4]",
        "C: Coffee or tea?",
        "H: tea",
        "# log pin: 1234",
        "= exit drink='tea' pin='1234'",
    ]
    assert "'x' is not a key" in captured.err


def test_what_is_shown_can_be_played_as_a_transcript(
    order: Path, typing: Any, capsys: Captured, tmp_path: Path
) -> None:
    typing("1\n1234\n2\n")
    assert program.run(["rehearse", str(order), "--var", "name=Ann"]) == 0
    transcript = tmp_path / "order.txt"
    transcript.write_text(capsys.readouterr().out)
    arguments = ["rehearse", str(order), "--var", "name=Ann", "--transcript", str(transcript)]
    assert program.run(arguments) == 0
    assert capsys.readouterr().out == f"{transcript}: as written\n"
    transcript.write_text(transcript.read_text().replace("Coffee or tea", "Tea or coffee"))
    assert program.run(arguments) == 1
    assert "-C: Tea or coffee?\n+C: Coffee or tea?" in capsys.readouterr().out


def test_the_end_of_input_is_a_hang_up(order: Path, typing: Any, capsys: Captured) -> None:
    typing("")
    assert program.run(["rehearse", str(order)]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "H: [hangup]",
        "! connection.disconnect.hangup <- platform",
        "= hangup",
    ]


RULES = """
[[rule]]
hears = "Your pin"
keys = "1234"
at = 0.3

[[rule]]
hears = "Coffee or (?P<drink>\\\\w+)"
says = "{drink}"
"""


def test_json_is_one_object_an_event(order: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "caller.toml").write_text(RULES)
    arguments = ["rehearse", str(order), "--json", "--caller", str(tmp_path / "caller.toml"), "--var", "name=Ann"]
    assert program.run(arguments) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == [
        "fetch", "document", "prompt", "prompt", "listen", "input", "recognized",
        "prompt", "listen", "input", "recognized", "log", "exit",
    ]  # fmt: skip
    hello, pin, drink = (event for event in events if event["event"] == "prompt")
    assert (hello["at"], hello["text"], hello["bargein"], "cut" in hello) == (0.0, "Hello Ann.", True, False)
    assert (pin["at"], pin["cut"]) == (0.6, True)
    assert events[4]["timeout"] == 5
    assert events[5] == {"at": 1.5, "event": "input", "mode": "dtmf", "value": "1234"}
    assert events[6]["interpretation"] == "1234"
    assert events[6]["grammar"] in events[4]["grammars"]
    assert drink["at"] == 1.5
    assert events[-1]["values"] == {"pin": "1234", "drink": "tea"}
    assert events[-1]["reason"] == "exit"
    assert events[-1]["error"] is None


def test_time_and_chance_are_the_same_in_each_rehearsal(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "once.vxml").write_text(f"""<vxml {XMLNS}><form><var name="began" expr="Number(new Date())"/>
<block>Ten letters, spoken.</block><field name="f" type="digits"><noinput><exit expr="{{began: began,
took: Number(new Date()) - began, drawn: [Math.random(), Math.random()]}}"/></noinput></field></form></vxml>""")
    (tmp_path / "silent.toml").write_text("")
    arguments = ["rehearse", str(tmp_path / "once.vxml"), "--json", "--caller", str(tmp_path / "silent.toml")]
    assert program.run(arguments) == 0
    first = capsys.readouterr().out
    assert program.run(arguments) == 0
    assert capsys.readouterr().out == first
    end = json.loads(first.splitlines()[-1])
    (result,) = end["values"].values()
    assert (result["began"], result["took"]) == (START * 1000, round(end["at"] * 1000))
    one, other = result["drawn"]
    assert one != other


def test_an_uncaught_error_is_status_1(tmp_path: Path, typing: Any, capsys: Captured) -> None:
    (tmp_path / "bad.vxml").write_text(f'<vxml {XMLNS}><form><block><value expr="x"/></block></form></vxml>')
    typing("")
    assert program.run(["rehearse", str(tmp_path / "bad.vxml")]) == 1
    captured = capsys.readouterr()
    assert "! error.semantic" in captured.out
    assert "error: the dialogue was ended by error.semantic" in captured.err


def test_turns_used_up_are_status_3(order: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "silent.toml").write_text("")
    assert program.run(["rehearse", str(order), "--caller", str(tmp_path / "silent.toml"), "--max-turns", "4"]) == 3
    captured = capsys.readouterr()
    assert captured.out.count("H: [silence]") == 4
    assert "4 turns" in captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.vxml"], "there is no file 'none.vxml'"),
        (["none.vxml#form"], "there is no file 'none.vxml'"),
        (["FOLDER"], "is a folder; name the documents in it"),
        (["ftp://app/order.vxml"], "a URL begins with http:// or https://"),
        (["ORDER", "--caller", "none.toml"], "none.toml"),
        (["ORDER", "--caller", "ORDER", "--transcript", "ORDER"], "give one of them"),
        (["ORDER", "--caller", "ORDER"], "is not TOML"),
        (["ORDER", "--transcript", "ORDER"], "line 1"),
        (["ORDER", "--var", "name"], "NAME=VALUE"),
        (["ORDER", "--post", "=x"], "NAME=VALUE"),
        (["ORDER", "--map", "http://app/=none"], "there is no folder 'none'"),
        (["ORDER", "--max-turns", "0"], "max-turns"),
        ([], "DOCUMENT"),
    ],
)
def test_wrong_use_is_status_2(order: Path, arguments: list[str], message: str, capsys: Captured) -> None:
    given = [argument.replace("ORDER", str(order)).replace("FOLDER", str(order.parent)) for argument in arguments]
    assert program.run(["rehearse", *given]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


@pytest.mark.parametrize("name", ["two.vxml", "#2.vxml", "a#b.vxml"])
def test_a_fragment_names_the_first_dialog(name: str, tmp_path: Path, typing: Any, capsys: Captured) -> None:
    (tmp_path / name).write_text(
        f'<vxml {XMLNS}><form><block>One.</block></form><form id="second"><block>Two.</block></form></vxml>'
    )
    (tmp_path / "written.txt").write_text("C: Two.\n= end\n")
    typing("")
    assert program.run(["rehearse", str(tmp_path / name)]) == 0
    assert program.run(["rehearse", f"{tmp_path / name}#second"]) == 0
    assert program.run(["rehearse", f"{tmp_path / name}#second", "--transcript", str(tmp_path / "written.txt")]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line[0] in "C="] == [
        "C: One.",
        "= end",
        "C: Two.",
        "= end",
    ]


def test_urls_can_be_served_from_a_folder(order: Path, tmp_path: Path, typing: Any, capsys: Captured) -> None:
    (tmp_path / "next.vxml").write_text(f'<vxml {XMLNS}><form><block><goto next="/order.vxml"/></block></form></vxml>')
    typing("")
    assert program.run(["rehearse", "http://app/next.vxml", "--map", f"http://app/={tmp_path}"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("GET http://app/order.vxml\nC: Hello")


@pytest.fixture
def server(order: Path) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = self.rfile.read(int(self.headers["content-length"])).decode()
            content = f'{escape(fields)}.<goto next="{order.as_uri()}"/>'
            document = f"<vxml {XMLNS}><form><block>{content}</block></form></vxml>"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(document.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/start"
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_real_server_gets_the_form_and_may_not_reach_files(server: str, typing: Any, capsys: Captured) -> None:
    typing("")
    assert program.run(["rehearse", server, "--post", "a=b c", "--post", "d=e"]) == 1
    out = capsys.readouterr().out
    assert "C: a=b+c&d=e." in out
    assert "came from elsewhere" in out
    assert "Hello" not in out
