"""`Record` on a leg: VoiceXML 2.0, 2.3.6."""

from dataclasses import dataclass, field
from typing import Final

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.interfaces.telephony import HungUp
from mirabelle.core.interfaces.telephony_services import (
    BEEP,
    RecordingEnded,
    RecordingEnding,
    RecordRequest,
    SoundRecorded,
)
from mirabelle.core.observing import written
from mirabelle.core.talking import story
from mirabelle.core.talking.commanding import Commanding
from mirabelle.core.talking.conversation import Commands, Conversation, Happening
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.recordings import CallRecordings, Writing
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import NothingHeard, Recorded, RecordFailed, Recording
from mirabelle.vxml_interpreter.commands import Collect, Record
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt

UNSUPPORTED: Final = "error.unsupported.record"
FORMAT: Final = "error.unsupported.format"
NO_RESOURCE: Final = "error.noresource"

_BEEP: Final = Prompt((Audio(BEEP),))


async def record(talk: Conversation, ask: Record, means: Means) -> Commands:
    """Play the prompts and the beep, record, and answer."""
    talk.take_what_is_there()
    prompts = (*ask.prompts, _BEEP) if ask.beep else ask.prompts
    commanding = Commanding(Collect(prompts, ask.grammars, ask.timing, ask.modes), talk, by_speaking=True)
    if closed := await commanding.play():
        return closed
    if commanding.matched is not None:
        return _answer(talk, commanding, RecordingEnded(talk.clock.monotonic(), RecordingEnding.STOPPED), None)
    try:
        recorder = await _recorder(talk, ask, means)
        if ask.beep and commanding.interrupts:
            await _beep(talk)
        ended, recording = await recorder.run(commanding)
    except _Failed as failed:
        return talk.reply(RecordFailed(failed.event, str(failed)))
    return _answer(talk, commanding, ended, recording)


class _Failed(Exception):
    def __init__(self, event: str, message: str) -> None:
        super().__init__(message)
        self.event = event


async def _recorder(talk: Conversation, ask: Record, means: Means) -> "_Recorder":
    capabilities = means.capabilities
    if not capabilities.record or means.recordings is None:
        raise _Failed(UNSUPPORTED, "this call cannot be recorded: its telephony does not do that")
    media_type = _media_type(ask.type, capabilities.recording_types)
    options, timing = means.options.recordings, ask.timing
    request = RecordRequest(
        media_type,
        timeout=timing.timeout,
        maxtime=min(options.maxtime if ask.maxtime is None else ask.maxtime, options.longest),
        finalsilence=options.finalsilence if ask.finalsilence is None else ask.finalsilence,
        largest=min(options.largest, means.recordings.room),
    )
    return _Recorder(talk, request, await _begun(means.recordings, media_type))


def _media_type(asked: str, offered: tuple[str, ...]) -> str:
    if not asked and offered:
        return offered[0]
    # A type with parameters names what nobody here can promise.
    wanted = asked.strip().lower()
    if wanted not in offered:
        raise _Failed(FORMAT, f"recordings of type {asked!r} cannot be made; there are {', '.join(offered) or 'none'}")
    return wanted


async def _begun(recordings: CallRecordings, media_type: str) -> Writing:
    try:
        return await recordings.begin(media_type)
    except StorageFailed as error:
        raise _Failed(NO_RESOURCE, written(error)) from error


async def _beep(talk: Conversation) -> None:
    """The caller has interrupted the prompts, and the beep with them; who speaks on is recorded after it."""
    if talk.gone:
        return
    talk.playback.play((_BEEP,), listening=False)
    while talk.playback.playing:
        talk.take(await talk.next())


@dataclass(slots=True)
class _Recorder:
    """One recording on the leg, written down as it comes."""

    talk: Conversation
    request: RecordRequest
    writing: Writing
    failure: StorageFailed | None = field(default=None, init=False)

    async def run(self, commanding: Commanding) -> tuple[RecordingEnded, Recording | None]:
        """Until it is over. Raises `_Failed`."""
        try:
            ended = await self._recorded(commanding)
            if ended.ending is RecordingEnding.FAILED:
                raise _Failed(NO_RESOURCE, f"the telephony cannot record: {ended.text or 'it does not say why'}")
            if self.failure is not None:
                raise _Failed(NO_RESOURCE, written(self.failure)) from self.failure
            return ended, await self.writing.finish(ended.duration, ended.head)
        except StorageFailed as error:
            raise _Failed(NO_RESOURCE, written(error)) from error
        except BaseException:
            self.talk.leg.stop_recording()
            await self.writing.discard()
            raise

    async def _recorded(self, commanding: Commanding) -> RecordingEnded:
        if self.talk.gone:
            return RecordingEnded(self.talk.clock.monotonic(), RecordingEnding.HUNG_UP)
        self.talk.leg.record(self.request)
        while True:
            event = await commanding.next()
            if isinstance(event, RecordingEnded):
                return event
            if isinstance(event, HungUp):
                # A leg that ends without telling how much was recorded.
                return RecordingEnded(event.at, RecordingEnding.HUNG_UP)
            await self._write(event)
            if commanding.matched is not None or self.talk.gone:
                self.talk.leg.stop_recording()

    async def _write(self, event: Happening) -> None:
        if not isinstance(event, SoundRecorded) or self.failure is not None:
            return
        try:
            await self.writing.write(event.data)
        except StorageFailed as error:
            self.failure = error
            self.talk.leg.stop_recording()


def _answer(talk: Conversation, commanding: Commanding, ended: RecordingEnded, recording: Recording | None) -> Commands:
    talk.take_what_is_there()
    talk.tell(EventKind.RECORD, story.recorded(ended, recording))
    commanding.tell_matched()
    if ended.ending is RecordingEnding.NO_SOUND and commanding.matched is None and not talk.gone:
        for kind, data in story.nothing_heard():
            talk.tell(kind, data)
        return talk.reply(NothingHeard())
    maxtime = ended.ending is RecordingEnding.MAXTIME
    return talk.reply(Recorded(recording, maxtime, talk.gone, commanding.matched, talk.playback.passed))
