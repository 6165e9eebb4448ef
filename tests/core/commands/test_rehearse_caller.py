"""`rehearse --caller`: what scripts may rely on, key by key."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.commands import program

XMLNS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
CITIES = """<form><field name="f"><option>chicago</option><option>boston</option><option>austin</option>
<prompt>Say  'Chicago'
   now.</prompt><prompt>Or Boston.</prompt>{}</field>
<block><exit namelist="f"/></block></form>"""
BRIDGE = """<form>
<transfer name="a" bridge="true" dest="tel:+1" connecttimeout="10s" maxtime="20s">{0}</transfer>
<transfer name="b" bridge="true" dest="tel:+2" connecttimeout="10s" maxtime="20s">{0}</transfer>
<transfer name="c" bridge="true" dest="tel:+3" connecttimeout="10s" maxtime="20s">{0}</transfer>
<block><exit expr="[a, b, c]"/></block></form>"""
GRAMMAR = '<grammar mode="dtmf" src="builtin:dtmf/digits?length=1"/>'

# The silence after which what was said is complete (completetimeout), in seconds.
COMPLETE = 0.5

Events = Sequence[Mapping[str, Any]]


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIRABELLE_CONFIG", raising=False)


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, str], Events]:
    """The events of a document with these dialogs and rules."""

    def play(dialogs: str, rules: str) -> Events:
        (tmp_path / "it.vxml").write_text(f"<vxml {XMLNS}>{dialogs}</vxml>")
        (tmp_path / "caller.toml").write_text(rules)
        assert (
            program.run(["rehearse", str(tmp_path / "it.vxml"), "--json", "--caller", str(tmp_path / "caller.toml")])
            == 0
        )
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return play


def of(events: Events, kind: str, field: str) -> list[Any]:
    """A field of each event of a kind."""
    return [event[field] for event in events if event["event"] == kind]


def rule(hears: str, *answer: str) -> str:
    return f'[[rule]]\nhears = "{hears}"\n' + "\n".join(answer) + "\n"


@pytest.mark.parametrize(
    ("rules", "heard"),
    [
        (rule("Say '(?P<word>[^']+)' now", 'says = "{word}"'), "Chicago"),
        (rule("Chicago", 'says = "austin"') + rule("Boston", 'says = "boston"'), "boston"),
        (rule("Or", 'says = "austin"') + rule("Boston", 'says = "boston"'), "austin"),
        (rule("chicago", 'says = "austin"'), ""),
        (rule("^Or", "silence = true") + rule("Chicago", 'says = "austin"'), ""),
    ],
    ids=["a group, found anywhere, white space collapsed", "latest prompt", "first rule", "none", "silence answers"],
)
def test_which_rule_answers(told: Callable[..., Events], rules: str, heard: str) -> None:
    events = told(CITIES.format("<noinput><exit/></noinput>"), rules)
    assert of(events, "input", "value") == [heard]


def test_prompts_are_those_since_the_last_input(told: Callable[..., Events]) -> None:
    events = told(
        CITIES.format("<noinput><exit/></noinput>").replace("<block>", '<field name="g"><option>denver</option>'
        "<prompt>And then?</prompt><noinput><exit/></noinput></field><block>"),
        rule("Chicago", 'says = "chicago"'),
    )  # fmt: skip
    assert of(events, "input", "mode") == ["voice", "silence"]


def test_by_default_the_answer_follows_the_last_prompt(told: Callable[..., Events]) -> None:
    events = told(CITIES.format(""), rule("Chicago", 'says = "boston"'))
    (last,) = (event for event in events if event["event"] == "prompt" and event["text"] == "Or Boston.")
    assert "cut" not in last
    over = last["at"] + 10 * 0.06
    assert of(events, "recognized", "at") == [pytest.approx(over + 6 * 0.06 + COMPLETE)]


def test_barge_in_is_at_seconds_after_the_prompt_that_matched(told: Callable[..., Events]) -> None:
    events = told(CITIES.format(""), rule("Boston", 'says = "boston"', "at = 0.2", "lasts = 3"))
    prompts = [event for event in events if event["event"] == "prompt"]
    assert [event.get("cut", False) for event in prompts] == [False, True]
    assert of(events, "recognized", "at") == [pytest.approx(prompts[1]["at"] + 0.2 + 3 + COMPLETE)]


def test_how_sure_the_recogniser_is(told: Callable[..., Events]) -> None:
    threshold = '<property name="confidencelevel" value="0.5"/><nomatch><exit/></nomatch>'
    events = told(CITIES.format(threshold), rule("Boston", 'says = "boston"', "confidence = 0.4"))
    assert [event["event"] for event in events if event["event"] in ("recognized", "nomatch")] == ["nomatch"]
    events = told(CITIES.format(threshold), rule("Boston", 'says = "boston"', "confidence = 0.5"))
    assert of(events, "recognized", "confidence") == [0.5]


@pytest.mark.parametrize("says", ["", 'says = "austin"'], ids=["alone", "with what is said"])
def test_alternatives(told: Callable[..., Events], says: str) -> None:
    listed = '<property name="maxnbest" value="3"/><filled><exit expr="results()"/></filled>'
    script = """<script>function results() { var all = application.lastresult$, found = [];
      for (var i in all) found.push(all[i].utterance, all[i].confidence); return found; }</script>"""
    nbest = 'nbest = [["austin", 0.75], ["boston", 0.5], "denver", ["chicago", 0.25]]'
    events = told(script + CITIES.format(listed), rule("Boston", says, nbest, "confidence = 0.6"))
    assert of(events, "exit", "values")[0]["expr"][:4] == ["austin", 0.75, "boston", 0.5]


def test_who_hangs_up_after_speaking_is_heard_first(told: Callable[..., Events]) -> None:
    events = told(CITIES.format(""), rule("Boston", 'says = "boston"', "hangup = true"))
    assert of(events, "recognized", "utterance") == ["boston"]


def test_a_recording_is_ended_by_a_key(told: Callable[..., Events]) -> None:
    events = told(
        '<form><record name="m" beep="true" dtmfterm="true"><prompt>Speak.</prompt></record>'
        "<block><exit expr=\"[m$.duration, m$.termchar]\"/></block></form>",
        rule("Speak", 'says = "hello"', "lasts = 2", 'keys = "#"'),
    )  # fmt: skip
    assert of(events, "exit", "values") == [{"expr": [2000, "#"]}]
    assert of(events, "prompt", "text") == ["Speak."]
    assert of(events, "record", "duration") == [2]


def test_without_transfers_the_far_end_hangs_up_after_5_seconds(told: Callable[..., Events]) -> None:
    events = told(BRIDGE.format(""), rule("never", "silence = true"))
    assert of(events, "transfer", "dest") == ["tel:+1", "tel:+2", "tel:+3"]
    assert of(events, "transfer", "at") == [5, 10, 15]
    assert of(events, "exit", "values") == [{"expr": ["far_end_disconnect"] * 3}]


def test_transfers_are_in_order_and_the_last_repeats(told: Callable[..., Events]) -> None:
    rules = (
        '[[transfer]]\noutcome = "busy"\nanswers = 2\n[[transfer]]\noutcome = "connected"\nanswers = 1\nduration = 3\n'
    )
    events = told(BRIDGE.format(""), rules)
    assert of(events, "transfer", "outcome") == ["busy", "far_end_disconnect", "far_end_disconnect"]
    assert of(events, "transfer", "at") == [2, 6, 10]


@pytest.mark.parametrize("times", ["", "answers = 2\nduration = 5\n"], ids=["by itself", "with its times"])
@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        ("connected", "far_end_disconnect"),
        ("far_end_disconnect", "far_end_disconnect"),
        ("near_end_disconnect", "near_end_disconnect"),
        ("busy", "busy"),
        ("noanswer", "noanswer"),
        ("network_busy", "network_busy"),
        ("network_disconnect", "network_disconnect"),
        ("maxtime_disconnect", "maxtime_disconnect"),
        ("unknown", "unknown"),
    ],
)
def test_an_outcome_is_what_the_script_gets(told: Callable[..., Events], outcome: str, result: str, times: str) -> None:
    events = told(BRIDGE.format(""), f'[[transfer]]\noutcome = "{outcome}"\n{times}')
    assert of(events, "exit", "values") == [{"expr": [result] * 3}]
    assert of(events, "transfer", "outcome") == [result] * 3


@pytest.mark.parametrize("hangs_up", ['outcome = "hangup"\nduration = 4', "hangup = true\nat = 4"])
def test_the_caller_hangs_up_during_a_transfer(told: Callable[..., Events], hangs_up: str) -> None:
    events = told(BRIDGE.format(""), f"[[transfer]]\nanswers = 2\n{hangs_up}\n")
    assert of(events, "transfer", "outcome") == ["hangup"]
    assert of(events, "thrown", "name") == ["connection.disconnect.hangup"]
    assert of(events, "exit", "at") == [6]


def test_what_the_caller_does_during_a_transfer_ends_it_when_a_grammar_listens(told: Callable[..., Events]) -> None:
    rules = '[[transfer]]\nanswers = 2\nduration = 30\nkeys = "1"\nat = 3\n'
    assert of(told(BRIDGE.format(GRAMMAR), rules), "transfer", "outcome") == ["near_end_disconnect"] * 3
    assert of(told(BRIDGE.format(""), rules), "transfer", "outcome") == ["maxtime_disconnect"] * 3


def test_a_blind_transfer_is_the_end_for_the_caller(told: Callable[..., Events]) -> None:
    events = told('<form><transfer dest="tel:+1"/><block>Never.</block></form>', '[[transfer]]\noutcome = "connected"')
    assert of(events, "transfer", "outcome") == ["connected"]
    assert of(events, "thrown", "name") == ["connection.disconnect.transfer"]
    assert of(events, "prompt", "text") == []
