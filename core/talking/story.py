"""What a dialogue tells of itself: the fields of each event, JSON-safe, as `rehearse --json` shows them."""

from collections.abc import Iterator, Mapping

from mirabelle.core.interfaces.telephony_services import BEEP, RecordingEnded
from mirabelle.core.talking.forms import text
from mirabelle.core.talking.resources import full_url
from mirabelle.core.talking.ssml import ssml
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import (
    Fetched,
    FetchFailed,
    NothingHeard,
    NotMatched,
    Recognized,
    Recording,
    SpokeTooLong,
    TransferOutcome,
)
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Collect, Ended, FetchRequest, TransferKind
from mirabelle.vxml_interpreter.input.collector import Answer
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Prompt

Data = Mapping[str, object]


def fetch(request: FetchRequest, reply: Fetched | FetchFailed) -> Data:
    """`status` is None when nothing came back; then `error` says why. A field sent twice has a list of values.

    `cached` is there, and true, when no server was asked.
    """
    fields: dict[str, object] = {}
    for name, value in request.fields:
        sent, each = fields.get(name), text(value)
        fields[name] = each if sent is None else [*(sent if isinstance(sent, list) else [sent]), each]
    data = {"method": request.method.upper(), "url": full_url(request), "fields": fields, "purpose": request.purpose}
    if isinstance(reply, FetchFailed):
        return data | {"status": None, "error": reply.message}
    return data | {"status": reply.status} | ({"cached": True} if reply.cached else {})


def prompt(said: Prompt) -> dict[str, object]:
    """The words of a prompt, and its markup."""
    return {"text": said.text, "ssml": ssml(said), "bargein": said.bargein}


def sounds(said: Prompt) -> bool:
    """Whether anything of a prompt can be heard. The beep of a record item is none of the script's prompts."""
    return bool(said.text) or any(
        isinstance(segment, Break) or (isinstance(segment, Audio) and segment.url != BEEP) for segment in said.segments
    )


def listen(ask: Collect) -> Data:
    """`timeout` is that of the last prompt, or of the property: seconds."""
    last = ask.prompts[-1].timeout if ask.prompts else None
    timeout = ask.timing.timeout if last is None else last
    return {"grammars": [name_of(active) for active in ask.grammars], "timeout": timeout}


def name_of(active: ActiveGrammar) -> str:
    """Mode and number of a grammar, as they are in `listen` and in `recognized`."""
    return f"{active.grammar.mode} {active.key}"


def heard(ask: Collect, answer: Answer, value: str) -> Iterator[tuple[EventKind, Data]]:
    """What the caller put in (`value`), and what was made of it."""
    match answer:
        case Recognized(key, mode, (best, *_), confidence):
            yield EventKind.INPUT, {"mode": mode, "value": value}
            named = next((name_of(active) for active in ask.grammars if active.key == key), "")
            yield (
                EventKind.RECOGNIZED,
                {
                    "utterance": best.utterance,
                    "interpretation": best.interpretation,
                    "confidence": confidence,
                    "grammar": named,
                },
            )
        case NotMatched(mode, utterance, confidence):
            yield EventKind.INPUT, {"mode": mode, "value": value}
            yield EventKind.NOMATCH, {"utterance": utterance, "confidence": confidence}
        case NothingHeard():
            yield from nothing_heard()
        case SpokeTooLong():
            yield EventKind.INPUT, {"mode": "voice", "value": value}


def nothing_heard() -> Iterator[tuple[EventKind, Data]]:
    """The caller was silent."""
    yield EventKind.INPUT, {"mode": "silence", "value": ""}
    yield EventKind.NOINPUT, {}


def recorded(ended: RecordingEnded, recording: Recording | None) -> Data:
    """What `<record>` brought, and what ended it; no size and type when there was no sound."""
    data = {"duration": ended.duration if recording else 0.0, "ending": ended.ending}
    return data | ({"size": recording.size, "type": recording.type} if recording else {})


def transferred(kind: TransferKind, destination: str, outcome: TransferOutcome | None, duration: float = 0.0) -> Data:
    """How `<transfer>` went; `outcome` is None when it could not be tried."""
    return {"dest": destination, "type": kind, "outcome": outcome, "duration": round(duration, 3)}


def ended(end: Ended) -> Data:
    """Why the dialogue ended, and with which values."""
    return {"values": dict(end.values), "reason": end.reason, "error": end.error}
