"""`mirabelle check`: what it looks at, how it is shown, and its exit status."""

import json
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.checking.inspector import MOST_DOCUMENTS
from mirabelle.core.commands.program import run

NS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
EXCLUSIVE = 'exactly one of the attributes "next", "expr", "nextitem", "expritem" must be given'
MEND = "Mend it: other platforms, and this one with strict = true, do not understand it."
Captured = pytest.CaptureFixture[str]


def document(content: str, attributes: str = NS) -> str:
    return f"<vxml {attributes}>\n{content}\n</vxml>\n"


GOOD = document('<form id="a"><block>Hello<exit/></block></form>')


def leads(*targets: str) -> str:
    ways = "".join(f'<if cond="x == {number}"><goto next="{target}"/></if>' for number, target in enumerate(targets))
    return document(f'<form><var name="x"/>\n<block>{ways}<exit/></block></form>')


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIRABELLE_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        Path(name).write_text(text)


def check(capsys: Captured, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit status and the problems."""
    status = run(["check", "--json", *arguments])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def brief(problems: list[dict[str, Any]]) -> list[tuple[str, int | None, str]]:
    return [(problem["file"], problem["line"], problem["rule"]) for problem in problems]


# ---- what is shown ----


def test_a_good_document_is_shown_to_be_good(capsys: Captured) -> None:
    write({"good.vxml": GOOD})
    assert run(["check", "good.vxml"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "1 document, 0 errors, 0 warnings\n"


def test_a_problem_is_shown_with_file_line_element_section_and_remedy(capsys: Captured) -> None:
    write({"bad.vxml": document("<form><block>\n<log x='1'/><goto/></block></form>")})
    assert run(["check", "bad.vxml"]) == 1
    captured = capsys.readouterr()
    first, second = captured.out.splitlines()
    assert first == (
        f"bad.vxml:3: error: <goto> {EXCLUSIVE} (VoiceXML 2.0, 5.3.7)."
        " Give one of them, and no other. [exclusive-attributes]"
    )
    assert second == (
        'bad.vxml:3: warning: <log> VoiceXML defines no attribute "x": it has no effect (VoiceXML 2.0, F.3).'
        f" {MEND} [vendor-attribute]"
    )
    assert captured.err == "1 document, 1 error, 1 warning\n"


def test_json_has_the_same(capsys: Captured) -> None:
    write({"bad.vxml": document("<form><block>\n<goto/></block></form>")})
    status, (problem,) = check(capsys, "bad.vxml")
    assert status == 1
    assert problem == {
        "file": "bad.vxml",
        "line": 3,
        "element": "goto",
        "severity": "error",
        "rule": "exclusive-attributes",
        "message": EXCLUSIVE,
        "section": "VoiceXML 2.0, 5.3.7",
        "remedy": "Give one of them, and no other.",
    }


def test_a_document_does_not_write_on_the_terminal(capsys: Captured) -> None:
    write({"bad.vxml": document('<form><block>\n<goto next="#\u009b31m"/></block></form>')})
    assert run(["check", "bad.vxml"]) == 1
    assert "\u009b" not in capsys.readouterr().out


def test_warnings_alone_are_no_failure(capsys: Captured) -> None:
    write({"forgiven.vxml": GOOD.replace('version="2.0"', "")})
    status, problems = check(capsys, "forgiven.vxml")
    assert (status, brief(problems)) == (0, [("forgiven.vxml", 1, "missing-version")])


def test_a_document_may_be_named_with_the_fragment_of_a_dialog(capsys: Captured) -> None:
    write({"good.vxml": GOOD})
    assert run(["check", "good.vxml#a"]) == 0
    assert capsys.readouterr().err == "1 document, 0 errors, 0 warnings\n"


def test_strict_forgives_nothing(capsys: Captured) -> None:
    write({"sloppy.vxml": document("<form><block>\n<exit x='1'/><goto/></block></form>", 'version="2.0"')})
    status, problems = check(capsys, "sloppy.vxml", "--strict")
    assert status == 1
    errors = [problem["rule"] for problem in problems if problem["severity"] == "error"]
    assert sorted(errors) == ["exclusive-attributes", "no-namespace", "vendor-attribute"]


def test_strict_can_be_configured(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"mirabelle.toml": "[voicexml]\nstrict = true\n", "sloppy.vxml": GOOD.replace('version="2.0"', "")})
    assert check(capsys, "sloppy.vxml")[0] == 0
    monkeypatch.setenv("MIRABELLE_CONFIG", "mirabelle.toml")
    assert check(capsys, "sloppy.vxml")[0] == 1


@pytest.mark.parametrize("arguments", [[], ["missing.vxml"], ["--fallow", "x"]])
def test_wrong_use(arguments: list[str], capsys: Captured) -> None:
    assert run(["check", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_several_documents_are_reported_in_their_order_once(capsys: Captured) -> None:
    write({"b.vxml": "<html/>", "a.vxml": "<body/>"})
    status, problems = check(capsys, "b.vxml", "a.vxml", "b.vxml")
    assert (status, brief(problems)) == (1, [("b.vxml", 1, "root-element"), ("a.vxml", 1, "root-element")])


# ---- where documents lead ----


def test_files_that_a_file_refers_to_are_looked_at_but_not_reported_on(capsys: Captured) -> None:
    start = leads("there.vxml", "there.vxml#a", "there.vxml#b", "gone.vxml", "page.html", "http://127.0.0.1:9/x.vxml")
    write({"start.vxml": start, "there.vxml": GOOD.replace("Hello", "<goto/>"), "page.html": "<html/>"})
    status, problems = check(capsys, "start.vxml")
    assert (status, brief(problems)) == (
        1,
        [
            ("start.vxml", 3, "dangling-dialog"),
            ("start.vxml", 3, "missing-resource"),
            ("start.vxml", 3, "unusable-resource"),
        ],
    )
    assert 'has no dialog with the id "b"' in problems[0]["message"]
    assert "gone.vxml cannot be had: there is no such file" in problems[1]["message"]
    assert "the root element must be <vxml>" in problems[2]["message"]


def test_follow_reports_on_what_a_document_leads_to_and_so_on(capsys: Captured) -> None:
    write({"a.vxml": leads("b.vxml"), "b.vxml": leads("c.vxml", "a.vxml"), "c.vxml": "<html/>"})
    status, problems = check(capsys, "a.vxml", "--follow")
    assert status == 1
    assert brief(problems) == [("b.vxml", 3, "unusable-resource"), ("c.vxml", 1, "root-element")]


def test_scripts_grammars_and_recordings_of_files(capsys: Captured) -> None:
    content = (
        '<script src="bad.js"/>\n<script src="good.js"/>\n<form><field name="x">\n'
        '<grammar src="bad.json" type="application/vnd.mirabelle.phrases+json"/>\n'
        '<prompt><audio src="gone.wav"/></prompt>'
        '\n<grammar src="good.json" type="application/vnd.mirabelle.phrases+json"/></field></form>'
    )
    write({"a.vxml": document(content), "bad.js": "var a =\n;", "good.js": "var a;"})
    write({"bad.json": '[{"inputs": "a"}]', "good.json": '[{"input": "a"}]'})
    status, problems = check(capsys, "a.vxml")
    assert status == 1
    assert [(problem["line"], problem["rule"], problem["severity"]) for problem in problems] == [
        (2, "unusable-resource", "error"),
        (5, "unusable-resource", "error"),
        (6, "missing-resource", "warning"),
    ]
    assert "line 2: Unexpected token ;" in problems[0]["message"]


def test_application_root_documents(capsys: Captured) -> None:
    leaf = document("<form><block>Hello<exit/></block></form>", NS + ' application="root.vxml"')
    write({"leaf.vxml": leaf, "root.vxml": document('<var name="x"/>')})
    assert check(capsys, "leaf.vxml", "--follow") == (0, [])
    write({"root.vxml": document('<var name="x"/>', NS + ' application="leaf.vxml"')})
    status, problems = check(capsys, "leaf.vxml")
    assert (status, brief(problems)) == (1, [("leaf.vxml", 1, "root-with-root")])


def test_what_other_documents_lead_to_is_reached(capsys: Captured) -> None:
    two = document('<form id="a"><block><exit/></block></form>\n<form id="b"><block><exit/></block></form>')
    write({"start.vxml": leads("two.vxml#b"), "two.vxml": two})
    assert brief(check(capsys, "two.vxml")[1]) == [("two.vxml", 3, "unreachable-dialog")]
    assert check(capsys, "start.vxml", "--follow") == (0, [])


def test_a_base_moves_references(capsys: Captured) -> None:
    Path("below").mkdir()
    write({"start.vxml": leads("there.vxml").replace(NS, NS + ' xml:base="below/"'), "below/there.vxml": GOOD})
    assert check(capsys, "start.vxml") == (0, [])


def test_endless_documents_are_followed_to_a_limit(capsys: Captured, server: str) -> None:
    status, problems = check(capsys, f"{server}/endless?0", "--follow")
    assert (status, [problem["rule"] for problem in problems]) == (0, ["too-many"])
    assert Endless.asked <= MOST_DOCUMENTS + 1


# ---- servers ----


class Endless(SimpleHTTPRequestHandler):
    """Serves the folder, and below /endless a document that leads to the next for ever."""

    asked = 0

    def do_GET(self) -> None:
        if not self.path.startswith("/endless"):
            super().do_GET()
            return
        Endless.asked += 1
        body = leads(f"endless?{int(self.path.partition('?')[2]) + 1}").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is the library's
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    Endless.asked = 0
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(Endless, directory=str(tmp_path)))
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_documents_of_servers(capsys: Captured, server: str) -> None:
    write({"start.vxml": leads("b.vxml"), "b.vxml": GOOD.replace("<exit/>", "<goto/>")})
    assert check(capsys, f"{server}/start.vxml") == (0, [])
    status, problems = check(capsys, f"{server}/start.vxml", "--follow")
    assert (status, brief(problems)) == (1, [(f"{server}/b.vxml", 2, "exclusive-attributes")])


def test_what_a_server_does_not_have(capsys: Captured, server: str) -> None:
    status, (problem,) = check(capsys, f"{server}/none.vxml")
    assert (status, problem["rule"], problem["message"]) == (1, "not-available", "the answer has status 404")


def test_a_servers_document_leads_to_no_files(capsys: Captured, server: str, tmp_path: Path) -> None:
    write({"start.vxml": leads((tmp_path / "b.vxml").as_uri()), "b.vxml": GOOD})
    status, (problem,) = check(capsys, f"{server}/start.vxml", "--follow")
    assert (status, problem["rule"]) == (1, "missing-resource")
    assert "file: is closed" in problem["message"]


# ---- grammars ----


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("good.json", '[{"input": "a"}]', []),
        ("bad.json", '[{"input": 1}]', ["grammar"]),
        ("none.jsgf", "#JSGF V1.0;", ["grammar"]),
    ],
)
def test_grammars_are_checked_as_grammars(name: str, text: str, expected: list[str], capsys: Captured) -> None:
    write({name: text})
    status, problems = check(capsys, name)
    assert (status, [problem["rule"] for problem in problems]) == (1 if expected else 0, expected)
