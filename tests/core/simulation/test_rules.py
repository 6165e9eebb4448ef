from collections.abc import Sequence
from pathlib import Path

import pytest

from mirabelle.core.simulation import rules as rules_module
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.simulation.rules import RuleFollower, RulesError
from mirabelle.core.simulation.rules_file import parse_rules, read_rules
from mirabelle.core.simulation.transfers import FarEnd
from mirabelle.vxml_interpreter.answers import TransferOutcome

EXAMPLE = """
[[rule]]
hears = "Say '(?P<word>[^']+)'"
says = "{word}"

[[rule]]
hears = "Press '(?P<key>[^']+)'"
keys = "{key}"

[[rule]]
hears = "Say nothing"
silence = true

[[rule]]
hears = "Hang up now"
hangup = true

[[transfer]]
outcome = "busy"
answers = 2
duration = 5
says = "chicago"
"""


def reply(text: str, *prompts: str) -> Sequence[Action]:
    heard = [HeardPrompt(prompt, began=10.0 * number, ended=10.0 * number + 5) for number, prompt in enumerate(prompts)]
    return RuleFollower(parse_rules(text).rules).reply(heard)


@pytest.mark.parametrize(
    ("prompts", "actions"),
    [
        (["Say  'Chicago'\nagain."], [Say("Chicago", alternatives=(("Chicago", 1.0),))]),
        (["Press '1'."], [Press("1")]),
        (["No input expected. Say nothing please."], []),
        (["Hang up now."], [HangUp()]),
        (["Something else."], []),
        ([], []),
        (["Press '1'.", "Press '2'.", "Thank you."], [Press("2")]),
        (["Press '1'.", "Say nothing."], []),
    ],
    ids=["says", "keys", "silence", "hangup", "no rule", "no prompt", "latest first", "silence is an answer"],
)
def test_the_example(prompts: list[str], actions: list[Action]) -> None:
    assert list(reply(EXAMPLE, *prompts)) == actions


def test_rules_are_tried_in_their_order() -> None:
    assert reply('[[rule]]\nhears="a"\nkeys="1 2 #"\n[[rule]]\nhears="."\nkeys="3"', "ab") == [Press("12#")]


def test_barge_in_counts_from_the_prompt_that_matched() -> None:
    rule = '[[rule]]\nhears="first"\nsays="yes"\nat=1.5\nlasts=5\nconfidence=0.4\nhangup=true'
    assert reply(rule, "nothing", "the first", "another") == [
        Say("yes", 11.5, 5.0, (("yes", 0.4),)),
        HangUp(10.0),  # never before what is said is over
    ]


def test_alternatives_best_first() -> None:
    rule = '[[rule]]\nhears="(?P<city>.+)"\nsays="{city}"\nconfidence=0.8\nnbest=[["boston", 0.4], "{city}ville"]'
    alternatives = (("austin", 0.8), ("boston", 0.4), ("austinville", 0.8))
    assert reply(rule, "austin") == [Say("austin", None, None, alternatives)]


def test_words_that_are_listed_too_are_heard_once() -> None:
    rule = '[[rule]]\nhears="."\nsays="austin"\nnbest=[["austin", 0.6], ["boston", 0.4], ["boston", 0.3]]'
    assert reply(rule, "Where?") == [Say("austin", None, None, (("austin", 0.6), ("boston", 0.4)))]


def test_who_does_everything_speaks_first_and_hangs_up_last(tmp_path: Path) -> None:
    (tmp_path / "hello.bin").write_bytes(b"no header")
    (tmp_path / "caller.toml").write_text(
        '[[rule]]\nhears="beep"\nrecords="hello.bin"\nsays="hello"\nkeys="#"\nhangup=true\nat=2'
    )
    assert RuleFollower(read_rules(tmp_path / "caller.toml").rules).reply([HeardPrompt("beep", 10, 11)]) == [
        Say("hello", 12.0, 2.0, (("hello", 1.0),), b"no header"),
        Press("#", 10.0),
        HangUp(10.0),
    ]


def test_a_recording_is_sound_of_its_length(tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(b"no header")
    (tmp_path / "caller.toml").write_text('[[rule]]\nhears="beep"\nrecords="noise.bin"')
    heard = [HeardPrompt("the beep", 0, 1)]
    assert RuleFollower(read_rules(tmp_path / "caller.toml").rules).reply(heard) == [
        Say("", None, 2.0, (), b"no header")
    ]


def test_far_ends_of_transfers() -> None:
    assert parse_rules(EXAMPLE).transfers == (FarEnd(TransferOutcome.BUSY, 2.0, 5.0, (Say("chicago"),)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule", "rules: is not TOML"),
        ("[[rules]]", "rules: rules: is not known here; known are rule, transfer"),
        ("rule = 1", "rules: rule: write each as a table of its own"),
        ('[[rule]]\nkeys="1"', "rules: rule 1: hears: is missing"),
        ('[[rule]]\nhears="("\nkeys="1"', "rules: rule 1: hears: is not a regular expression"),
        ('[[rule]]\nhears=1\nkeys="1"', "rules: rule 1: hears: is text, in quotes; found 1"),
        ('[[rule]]\nhears="a"', "rules: rule 1: says: the rule answers nothing"),
        ('[[rule]]\nhears="a"\nkey="1"', "rules: rule 1: key: is not known here; known are hears, says, keys"),
        ('[[rule]]\nhears="a"\nkeys="1"\n[[rule]]\nhears="a"\nkeys="x"', "rules: rule 2: keys: 'x' are not keys"),
        ('[[rule]]\nhears="a"\nkeys=""', "rules: rule 1: keys: '' are not keys"),
        ('[[rule]]\nhears="a"\nkeys="{b}"', r"rules: rule 1: keys: {b} is not a group of the pattern"),
        ('[[rule]]\nhears="a"\nsilence=true\nhangup=true', "rules: rule 1: silence: cannot be true"),
        ('[[rule]]\nhears="a"\nsilence="yes"', "rules: rule 1: silence: is true or false; found 'yes'"),
        ('[[rule]]\nhears="a"\nsays="b"\nat=-1', "rules: rule 1: at: is a number of seconds"),
        ('[[rule]]\nhears="a"\nsays="b"\nat=nan', "rules: rule 1: at: is a number of seconds"),
        ('[[rule]]\nhears="a"\nsays="b"\nlasts=true', "rules: rule 1: lasts: is a number of seconds"),
        ('[[rule]]\nhears="a"\nsays="b"\nconfidence=2', "rules: rule 1: confidence: is a number from 0 to 1"),
        ('[[rule]]\nhears="a"\nnbest="b"', "rules: rule 1: nbest: is a list"),
        ('[[rule]]\nhears="a"\nnbest=[["b", 2]]', r"rules: rule 1: nbest: \['b', 2\] is neither"),
        ('[[rule]]\nhears="a"\nrecords="none.wav"', "rules: rule 1: records: none.wav cannot be read"),
        ('[[transfer]]\noutcome="lost"', "rules: transfer 1: outcome: 'lost' is none of connected"),
        ('[[transfer]]\nkeys="?"', "rules: transfer 1: keys: '\\?' are not keys"),
    ],
)
def test_a_wrong_rule_is_named(text: str, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        parse_rules(text)


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"absent\.toml: cannot be read: No such file"):
        read_rules(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9t\xe9")
    with pytest.raises(RulesError, match=r"latin\.toml: is not UTF-8"):
        read_rules(tmp_path / "latin.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (1 << 20) + b"#")
    with pytest.raises(RulesError, match=r"large\.toml: has 1048577 bytes"):
        read_rules(tmp_path / "large.toml")


def test_a_pattern_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_module, "PATTERN_SECONDS", 0.05)
    with pytest.raises(RulesError, match="rules: rule 1: hears: the pattern takes more than"):
        reply("[[rule]]\nhears = '^(a|aa)+$'\nkeys = '1'", "a" * 60 + "b")


def test_a_group_that_is_no_key_cannot_be_pressed() -> None:
    with pytest.raises(RulesError, match="rules: rule 2: keys: 'CALL' are not keys"):
        reply(EXAMPLE, "Press 'call'.")
