"""`rehearse --json`: what scripts may rely on, event by event."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.commands import program

XMLNS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
FIELD = '<field name="f" type="digits?length=1"><prompt>Which key?</prompt>{}</field>'

Events = Sequence[Mapping[str, Any]]


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIRABELLE_CONFIG", raising=False)


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Events]:
    """The events of a document with these dialogs and rules; `status` is how the program must exit."""

    def play(dialogs: str, rules: str = "", *options: str, status: int = 0) -> Events:
        (tmp_path / "it.vxml").write_text(f"<vxml {XMLNS}>{dialogs}</vxml>", "utf-8")
        (tmp_path / "caller.toml").write_text(rules, "utf-8")
        arguments = ["rehearse", str(tmp_path / "it.vxml"), "--json", "--caller", str(tmp_path / "caller.toml")]
        assert program.run([*arguments, *options]) == status
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return play


def of(events: Events, kind: str, *fields: str) -> list[Any]:
    """The events of a kind: whole, that one field of each, or those fields."""
    found = [event for event in events if event["event"] == kind]
    if not fields:
        return found
    return [event[fields[0]] if len(fields) == 1 else tuple(event[name] for name in fields) for event in found]


def test_one_prompt_for_each_prompt_and_run_of_text(told: Callable[..., Events]) -> None:
    events = told("""<form><block>
      A  run of
      text <value expr="6 * 7"/>.
      <prompt>One <emphasis>marked</emphasis>.</prompt><prompt>Two.</prompt><log>between</log>After.
    </block></form>""")
    assert of(events, "prompt", "text") == ["A run of text 42.", "One marked.", "Two.", "After."]
    assert "<emphasis>marked</emphasis>" in of(events, "prompt", "ssml")[1]


def test_a_prompt_is_at_when_it_begins(told: Callable[..., Events]) -> None:
    events = told("<form><block>Ten letter<prompt><break time='2s'/></prompt>Last.</block></form>")
    assert of(events, "prompt", "at", "text") == [(0.0, "Ten letter"), (0.6, ""), (2.6, "Last.")]


def test_what_cannot_be_heard_is_no_prompt(told: Callable[..., Events]) -> None:
    events = told(f"<form><block><prompt/><prompt> </prompt>Heard.</block>{FIELD.format('')}</form>",
                  '[[rule]]\nhears="key"\nkeys="1"')  # fmt: skip
    assert of(events, "prompt", "text") == ["Heard.", "Which key?"]


def test_barge_in_cuts_one_prompt_and_leaves_the_others_unheard(told: Callable[..., Events]) -> None:
    events = told(
        "<form><block><prompt bargein='false'>Locked.</prompt></block><field name='f' type='digits?length=1'>"
        "<prompt>Interrupted here.</prompt><prompt>Never heard.</prompt></field><block>Thanks.</block></form>",
        '[[rule]]\nhears="Interrupted"\nkeys="1"\nat=0.5',
    )
    assert [(each["text"], each["bargein"], each.get("cut")) for each in of(events, "prompt")] == [
        ("Locked.", False, None),
        ("Interrupted here.", True, True),
        ("Thanks.", True, None),
    ]
    assert all("heard" not in each for each in of(events, "prompt"))


def test_a_hang_up_cuts_one_prompt_and_leaves_the_others_unheard(told: Callable[..., Events]) -> None:
    events = told(
        "<form><field name='f' type='digits?length=1'><prompt>Interrupted here.</prompt><prompt>Never heard.</prompt>"
        "</field></form>",
        '[[rule]]\nhears="Interrupted"\nhangup=true\nat=0.5',
    )
    assert [(each["text"], each["cut"]) for each in of(events, "prompt")] == [("Interrupted here.", True)]
    assert of(events, "thrown", "name") == ["connection.disconnect.hangup"]
    assert of(events, "exit", "at", "reason") == [(0.5, "hangup")]


def test_what_is_said_after_the_hang_up_is_marked(told: Callable[..., Events]) -> None:
    events = told(
        '<catch event="connection.disconnect.hangup">Farewell.<exit/></catch><form>' + FIELD.format("") + "</form>",
        '[[rule]]\nhears="key"\nhangup=true',
    )
    assert [(each["text"], each.get("heard")) for each in of(events, "prompt")] == [
        ("Which key?", None),
        ("Farewell.", False),
    ]


def test_listening_and_what_comes_of_it(told: Callable[..., Events]) -> None:
    events = told(
        f"<form>{FIELD.format('<noinput>Silent.<reprompt/></noinput><nomatch>Wrong.<reprompt/></nomatch>')}</form>",
        '[[rule]]\nhears="Silent"\nsays="seven hundred"\nconfidence=0.7\n[[rule]]\nhears="Wrong"\nkeys="7"',
    )  # fmt: skip
    listens = of(events, "listen")
    assert [each["timeout"] for each in listens] == [5, 5, 5]
    assert of(events, "input", "mode", "value") == [("silence", ""), ("voice", "seven hundred"), ("dtmf", "7")]
    assert len(of(events, "noinput")) == len(of(events, "nomatch")) == 1
    (recognized,) = of(events, "recognized")
    assert (recognized["utterance"], recognized["interpretation"], recognized["confidence"]) == ("7", "7", 1.0)
    assert recognized["grammar"] in listens[2]["grammars"]
    assert [each["event"] for each in events[-4:]] == ["listen", "input", "recognized", "exit"]


def test_the_timeout_of_the_last_prompt(told: Callable[..., Events]) -> None:
    events = told(
        "<form><field name='f' type='digits?length=1'><prompt timeout='2s'>A.</prompt>"
        "<prompt timeout='1500ms'>B.</prompt><noinput><exit/></noinput></field></form>"
    )
    (listen,) = of(events, "listen")
    assert listen["timeout"] == 1.5
    assert of(events, "noinput", "at") == [round(listen["at"] + 1.5, 3)]


def test_logs_and_events(told: Callable[..., Events]) -> None:
    events = told("""<catch event="my.own"><log label="Why" expr="_message"/></catch><form><block>
      <log> plain  text </log><throw event="my.own.event" message="because"/></block></form>""")
    assert of(events, "log", "label", "text") == [("", "plain text"), ("Why", "because")]
    (thrown,) = of(events, "thrown")
    assert (thrown["name"], thrown["message"], thrown["caught_by"]) == ("my.own.event", "because", "line 1")


def test_fetches_and_documents(told: Callable[..., Events], tmp_path: Path) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "next.vxml").write_text(f"<vxml {XMLNS}><form><block>Next.</block></form></vxml>")
    events = told(
        '<form><var name="a" expr="1"/><var name="b" expr="\'two words\'"/><block>'
        '<submit next="http://app/next.vxml" method="post" namelist="a b"/></block></form>',
        "",
        "--map",
        f"http://app/={folder}",
    )
    assert of(events, "document", "url") == [(tmp_path / "it.vxml").as_uri(), "http://app/next.vxml"]
    sent = of(events, "fetch")[1]
    assert (sent["method"], sent["url"], sent["fields"], sent["status"]) == (
        "POST",
        "http://app/next.vxml",
        {"a": "1", "b": "two words"},
        200,
    )


def test_a_missing_document_has_its_status(told: Callable[..., Events], tmp_path: Path) -> None:
    events = told(
        '<form><block><goto next="http://app/none.vxml"/></block></form>',
        "",
        "--map",
        f"http://app={tmp_path}",
        status=1,
    )
    assert of(events, "fetch", "url", "status")[1] == ("http://app/none.vxml", 404)
    (thrown,) = of(events, "thrown")
    assert (thrown["name"], thrown["caught_by"]) == ("error.badfetch.http.404", None)
    (ended,) = of(events, "exit")
    assert ended["reason"] == "error"
    assert ended["error"].startswith("error.badfetch.http.404")


@pytest.mark.parametrize(
    ("content", "reason", "values"),
    [
        ('<exit expr="({a: [1, null]})"/>', "exit", {"expr": {"a": [1, None]}}),
        ('<exit namelist="x y"/>', "exit", {"x": 1, "y": "é"}),
        ("<exit/>", "exit", {}),
        ("Nothing follows.", "end", {}),
        ("<disconnect/>", "disconnect", {}),
        ('<disconnect namelist="x"/>', "disconnect", {"x": 1}),
        ('<throw event="nobody.catches.this"/>', "end", {}),
    ],
)
def test_ways_to_end(told: Callable[..., Events], content: str, reason: str, values: Mapping[str, object]) -> None:
    events = told(f'<var name="x" expr="1"/><var name="y" expr="\'é\'"/><form><block>{content}</block></form>')
    assert events[-1]["event"] == "exit"
    assert (events[-1]["reason"], events[-1]["values"], events[-1]["error"]) == (reason, values, None)
    assert len(of(events, "disconnect")) == (1 if reason == "disconnect" else 0)


def test_values_that_json_does_not_know(told: Callable[..., Events]) -> None:
    events = told("<form><block><exit expr=\"[0/0, 1/0, '\\ud800', undefined]\"/></block></form>")
    assert of(events, "exit", "values") == [{"expr": [None, None, "\ufffd", None]}]


def test_the_first_document_gets_a_form_and_the_session_its_variables(
    told: Callable[..., Events], tmp_path: Path
) -> None:
    events = told(
        '<form><block><value expr="session.outbound.name"/></block></form>',
        "", "--post", "a=1", "--post", "a=2", "--post", "b=x=y", "--var", "name=Ann Lee",
    )  # fmt: skip
    (first,) = of(events, "fetch")
    assert (first["method"], first["url"]) == ("POST", (tmp_path / "it.vxml").as_uri())
    assert first["fields"] == {"a": ["1", "2"], "b": "x=y"}
    assert of(events, "prompt", "text") == ["Ann Lee"]


def test_a_turn_is_one_listen(told: Callable[..., Events]) -> None:
    dialogs = "<form>" + FIELD.format("<noinput count='3'><exit/></noinput>") + "</form>"
    assert len(of(told(dialogs, "", "--max-turns", "3"), "listen")) == 3
    events = told(dialogs, "", "--max-turns", "2", status=3)
    assert len(of(events, "listen")) == 2
    assert of(events, "exit") == []
