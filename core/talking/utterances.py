"""What a caller says, kept where the script wants it: recordutterance, VoiceXML 2.1, 7."""

from dataclasses import replace
from typing import Final

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.interfaces.telephony import Spoke
from mirabelle.core.observing import written
from mirabelle.core.talking.conversation import Conversation, Happening
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import NotMatched, Recognized, RecordFailed, Recording
from mirabelle.vxml_interpreter.commands import Collect
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.input.collector import Answer

FORMAT: Final = "error.unsupported.format"


class Utterances:
    """Keeps the utterance of one collection. A leg that cannot leaves the variables of the script undefined."""

    def __init__(self, talk: Conversation, ask: Collect, means: Means) -> None:
        self._talk = talk
        self._means = means
        self._spoken: Spoke | None = None
        offered = means.capabilities.recording_types
        can = means.capabilities.keeps_utterances and means.recordings is not None and offered
        self._asked = ask.keep if can else None
        self._type = ((self._asked or "").strip().lower() or offered[0]) if self._asked is not None else None
        supported = self._type if self._type in offered else None
        talk.leg.keep_utterances(supported)

    def take(self, event: Happening) -> None:
        """Take what happened on the line."""
        if isinstance(event, Spoke) and event.sound:
            self._spoken = event

    async def kept(self, answer: Answer) -> Answer | RecordFailed:
        """The answer, with its recording where there is one."""
        if self._type is None or not isinstance(answer, Recognized | NotMatched) or answer.mode is not Mode.VOICE:
            return answer
        offered = self._means.capabilities.recording_types
        if self._type not in offered:
            there = ", ".join(offered)
            return RecordFailed(FORMAT, f"utterances cannot be kept as {self._asked!r}; there are {there}")
        if self._spoken is None or self._means.recordings is None:
            return answer
        try:
            recording = await _written(self._spoken, self._type, self._means.recordings)
        except StorageFailed as error:
            # The caller was understood, and that matters more.
            self._talk.tell(EventKind.PLATFORM, {"problem": "an utterance cannot be kept", "error": written(error)})
            return answer
        return replace(answer, recording=recording)


async def _written(spoken: Spoke, media_type: str, recordings: CallRecordings) -> Recording | None:
    writing = await recordings.begin(media_type)
    try:
        await writing.write(spoken.sound or b"")
    except BaseException:
        await writing.discard()
        raise
    return await writing.finish(spoken.at - spoken.began, b"")
