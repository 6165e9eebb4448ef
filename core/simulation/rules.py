"""A person who answers by rules: what is said when which prompt is heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say

# A pattern comes from a file that somebody wrote, the text from a script: their product must not stop the platform.
PATTERN_SECONDS = 1.0
PLACEHOLDER = regex.compile(r"\{([A-Za-z_]\w*)\}")


class RulesError(Exception):
    """The rules cannot be read or followed; the message says which file, which rule, which key, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rule]]`. `where` names it in messages. `{name}` in `says`, `keys` and `nbest` is a group of the pattern.

    `at`: seconds after the prompt that matched began; None: after the last prompt. `lasts`: seconds of speech, None:
    as long as the words take. `nbest`: alternatives (words, confidence), best first. `records`: a sound that a
    recording gets in the place of the words, for as long as `lasts` says. Who does several things speaks first, then
    presses keys, then hangs up. Neither words, keys, sound nor `hangup`: silence.
    """

    where: str
    hears: regex.Pattern[str]
    says: str | None = None
    keys: str | None = None
    records: bytes | None = field(default=None, repr=False)
    hangup: bool = False
    at: float | None = None
    lasts: float | None = None
    confidence: float = 1.0
    nbest: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleFollower:
    """A person who follows rules.

    Prompts are tried from the latest to the earliest; for each, the rules in their order. The first whose pattern is
    found, white space collapsed, answers. None: silence.
    """

    rules: tuple[Rule, ...]

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """What the rules say. Raises `RulesError` when a pattern takes too long or its words cannot be pressed."""
        for prompt in reversed(heard):
            for rule in self.rules:
                found = _search(rule, prompt.text)
                if found is not None:
                    return _actions(rule, prompt, found)
        return ()


def _search(rule: Rule, text: str) -> Mapping[str, str] | None:
    try:
        found = rule.hears.search(" ".join(text.split()), timeout=PATTERN_SECONDS)
    except TimeoutError:
        raise RulesError(
            f"{rule.where}: hears: the pattern takes more than {PATTERN_SECONDS:g} s; simplify it"
        ) from None
    return None if found is None else {name: value or "" for name, value in found.groupdict().items()}


def _actions(rule: Rule, prompt: HeardPrompt, groups: Mapping[str, str]) -> list[Action]:
    at = None if rule.at is None else prompt.began + rule.at
    actions: list[Action] = []
    if rule.says is not None or rule.nbest or rule.records is not None:
        actions.append(_speech(rule, groups, at))
    if rule.keys is not None:
        actions.append(Press(_pressable(rule, fill(rule.keys, groups)), prompt.began if actions else at))
    if rule.hangup:
        actions.append(HangUp(prompt.began if actions else at))
    return actions


def _speech(rule: Rule, groups: Mapping[str, str], at: float | None) -> Say:
    if rule.says is None and not rule.nbest:
        return Say("", at, rule.lasts, alternatives=(), sound=rule.records)
    listed: dict[str, float] = {}
    for words, confidence in rule.nbest:
        listed.setdefault(fill(words, groups), confidence)
    # Words that are said and listed are heard once, as surely as the list has it.
    said = ({} if rule.says is None else {fill(rule.says, groups): rule.confidence}) | listed
    return Say(next(iter(said)), at, rule.lasts, tuple(said.items()), rule.records)


def _pressable(rule: Rule, keys: str) -> str:
    keys = without_blanks(keys)
    if not are_keys(keys):
        raise RulesError(f"{rule.where}: keys: {keys!r} are not keys; a telephone has 0-9 * # A-D")
    return keys


def without_blanks(keys: str) -> str:
    """Keys as they are written for people (`1 2 #`) without the blanks."""
    return "".join(keys.split()).upper()


def are_keys(keys: str) -> bool:
    """Whether these are one or more keys of a telephone."""
    return bool(keys) and set(keys) <= set("0123456789*#ABCD")


def fill(template: str, groups: Mapping[str, str]) -> str:
    """The template with each `{name}` replaced by that group."""
    return str(PLACEHOLDER.sub(lambda found: groups[found[1]], template))
