"""Caller rules in TOML: `[[rule]]` and `[[transfer]]` tables, read strictly."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from mirabelle.core.simulation import timing
from mirabelle.core.simulation.people import Action, HangUp, Press, Say
from mirabelle.core.simulation.rules import PLACEHOLDER, Rule, RulesError, are_keys, without_blanks
from mirabelle.core.simulation.transfers import OUTCOMES, FarEnd
from mirabelle.vxml_interpreter.answers import TransferOutcome

MAX_BYTES = 1 << 20
MAX_SOUND = 10 << 20
RULE_KEYS = ("hears", "says", "keys", "silence", "hangup", "at", "lasts", "confidence", "nbest", "records")
TRANSFER_KEYS = ("outcome", "answers", "duration", "says", "keys", "hangup", "at")


@dataclass(frozen=True, slots=True)
class CallerRules:
    """What a caller rules file says: the rules in file order, and the far ends of transfers in theirs."""

    rules: tuple[Rule, ...]
    transfers: tuple[FarEnd, ...] = ()


def read_rules(path: Path) -> CallerRules:
    """The rules of a file. Raises `RulesError`: unreadable, not TOML, or a rule that is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RulesError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise RulesError(f"{path}: has {len(data)} bytes; at most {MAX_BYTES} are read")
    try:
        return parse_rules(data.decode("utf-8-sig"), str(path), path.parent)
    except UnicodeDecodeError as error:
        raise RulesError(f"{path}: is not UTF-8: {error}") from error


def parse_rules(text: str, name: str = "rules", folder: Path = Path()) -> CallerRules:
    """The rules in a text. `name` stands for it in messages; `records` are looked for in `folder`."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{name}: is not TOML: {error}") from error
    _Table(name, document).refuse_others(("rule", "transfer"))
    rules = [_rule(table, folder) for table in _tables(document, "rule", name)]
    return CallerRules(tuple(rules), tuple(_far_end(table) for table in _tables(document, "transfer", name)))


def _tables(document: Mapping[str, object], kind: str, name: str) -> Sequence["_Table"]:
    tables = document.get(kind, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RulesError(f"{name}: {kind}: write each as a table of its own: [[{kind}]]")
    return [_Table(f"{name}: {kind} {number}", table) for number, table in enumerate(tables, 1)]


def _rule(table: "_Table", folder: Path) -> Rule:
    table.refuse_others(RULE_KEYS)
    hears = _pattern(table)
    says, keys = table.text("says"), table.text("keys")
    nbest = _nbest(table)
    silence, hangup = table.flag("silence"), table.flag("hangup")
    records = table.text("records")
    spoken = says is not None or bool(nbest) or records is not None
    _one_answer(table, silence, answers=spoken or keys is not None or hangup)
    templates = {"says": [says or ""], "keys": [keys or ""], "nbest": [words for words, _ in nbest]}
    _know_their_groups(table, templates, set(hears.groupindex))
    if keys is not None and not PLACEHOLDER.search(keys) and not are_keys(without_blanks(keys)):
        raise table.wrong("keys", f"{keys!r} are not keys; a telephone has 0-9 * # A-D")
    sound = None if records is None else _sound(table, folder / records)
    lasts = table.seconds("lasts")
    if sound is not None and lasts is None:
        lasts = timing.of_wav(sound) or timing.AUDIO
    return Rule(table.where, hears, says, keys, sound, hangup, table.seconds("at"), lasts,
                table.share("confidence", 1.0), nbest)  # fmt: skip


def _pattern(table: "_Table") -> "regex.Pattern[str]":
    hears = table.text("hears")
    if hears is None:
        raise table.wrong("hears", "is missing; it is the pattern of the prompts that the rule answers")
    try:
        return regex.compile(hears)
    except (regex.error, RecursionError) as error:
        raise table.wrong("hears", f"is not a regular expression: {error}") from error


def _one_answer(table: "_Table", silence: bool, *, answers: bool) -> None:
    if silence and answers:
        raise table.wrong("silence", "cannot be true in a rule that answers")
    if not (answers or silence):
        raise table.wrong("says", "the rule answers nothing: give says, keys, nbest, records, hangup or silence")


def _know_their_groups(table: "_Table", templates: Mapping[str, Sequence[str]], groups: set[str]) -> None:
    for key, texts in templates.items():
        for text in texts:
            for name in PLACEHOLDER.findall(text):
                if name not in groups:
                    raise table.wrong(key, f"{{{name}}} is not a group of the pattern; write (?P<{name}>...) in hears")


def _nbest(table: "_Table") -> tuple[tuple[str, float], ...]:
    alternatives = table.values.get("nbest", [])
    if not isinstance(alternatives, list):
        raise table.wrong("nbest", 'is a list: ["chicago", ["boston", 0.4]]')
    return tuple(_alternative(table, alternative) for alternative in alternatives)


def _alternative(table: "_Table", alternative: object) -> tuple[str, float]:
    match alternative:
        case str(words):
            return words, table.share("confidence", 1.0)
        case [str(words), float() | int() as confidence] if 0 <= confidence <= 1:
            return words, float(confidence)
    raise table.wrong("nbest", f"{alternative!r} is neither words nor [words, confidence from 0 to 1]")


def _sound(table: "_Table", path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SOUND + 1)
    except OSError as error:
        raise table.wrong("records", f"{path} cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_SOUND:
        raise table.wrong("records", f"{path} has more than {MAX_SOUND} bytes")
    return data


def _far_end(table: "_Table") -> FarEnd:
    table.refuse_others(TRANSFER_KEYS)
    outcome = table.text("outcome") or "connected"
    if outcome not in OUTCOMES:
        raise table.wrong("outcome", f"{outcome!r} is none of {', '.join(OUTCOMES)}")
    keys = table.text("keys")
    if keys is not None and not are_keys(without_blanks(keys)):
        raise table.wrong("keys", f"{keys!r} are not keys; a telephone has 0-9 * # A-D")
    return FarEnd(
        TransferOutcome(outcome),
        answers=table.seconds("answers") or 0.0,
        duration=table.seconds("duration"),
        caller=tuple(_meanwhile(table, keys)),
    )


def _meanwhile(table: "_Table", keys: str | None) -> Iterator[Action]:
    """What the caller does during a transfer, one after the other."""
    at, says = table.seconds("at"), table.text("says")
    if says is not None:
        yield Say(says, at)
    if keys is not None:
        yield Press(without_blanks(keys), at)
    if table.flag("hangup"):
        yield HangUp(at)


@dataclass(frozen=True, slots=True)
class _Table:
    """A TOML table whose errors say where it stands."""

    where: str
    values: Mapping[str, object]

    def wrong(self, key: str, why: str) -> RulesError:
        return RulesError(f"{self.where}: {key}: {why}")

    def refuse_others(self, known: Sequence[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.wrong(key, f"is not known here; known are {', '.join(known)}")

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, f"is text, in quotes; found {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"is true or false; found {value!r}")
        return value

    def seconds(self, key: str) -> float | None:
        return self._number(key, lambda value: 0 <= value < 86400, "is a number of seconds, from 0 to a day")

    def share(self, key: str, default: float) -> float:
        value = self._number(key, lambda value: 0 <= value <= 1, "is a number from 0 to 1")
        return default if value is None else value

    def _number(self, key: str, good: Callable[[float], bool], what: str) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not good(value):
            raise self.wrong(key, f"{what}; found {value!r}")
        return float(value)
