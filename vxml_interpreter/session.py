"""What one call owns beside its scopes: the session of VoiceXML 2.0, 1.3.2."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NoReturn

from mirabelle.vxml_interpreter.answers import Recording
from mirabelle.vxml_interpreter.commands import EndReason, Lenient, Tell, Traced
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.dom.binding import Binding
from mirabelle.vxml_interpreter.events import SEMANTIC, Event
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.leniency import session_telephone
from mirabelle.vxml_interpreter.prompts import PromptQueue
from mirabelle.vxml_interpreter.script import Json, Scope, ScriptEngine, ScriptError, ScriptLimit
from mirabelle.vxml_interpreter.settings import Limits, Settings

# Steps that take as long as a slice of a script.
_SLICE: Final = 20


class Connection(StrEnum):
    """Whether the caller can be reached: 1.5.4. `GONE`: hung up, and no handler knows yet."""

    UP = "up"
    GONE = "gone"
    FINAL = "final processing"


class Guard:
    """Counts what happens without the caller hearing or being heard; ends dialogues that turn in circles."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = self._iterations = self._steps = self._unbroken = 0
        self._warned = False

    def turn(self) -> None:
        """One more. Past the limit raises error.semantic, once; past it again, the end."""
        self._turns += 1
        if self._turns > self._limits.turns:
            self._turns = 0
            cause = "turns without waiting for the caller: the dialogue goes round in circles"
            self._refuse(f"{self._limits.turns} {cause}")

    def steps(self, count: int) -> bool:
        """So many more; True when others are to be let run first. Past the limit as for turns, but that a handler
        gets no more than a tenth of it."""
        self._steps += count
        if self._steps > self._limits.steps:
            self._steps -= self._limits.steps // 10
            self._refuse(f"{self._limits.steps} steps without waiting for the caller")
        self._unbroken += count
        if self._unbroken < self._limits.unbroken:
            return False
        self._unbroken = 0
        return True

    def slice(self) -> None:
        """A slice of a script has run, and others after it."""
        self._steps += _SLICE
        self._unbroken = 0

    def iteration(self) -> None:
        """One more of a loop. Past the limit raises error.semantic."""
        self._iterations += 1
        if self._iterations > self._limits.iterations:
            raise Event(SEMANTIC, f"{self._limits.iterations} iterations without waiting for the caller")

    def reset(self) -> None:
        """The caller heard something, or was waited for."""
        self._turns = self._iterations = self._steps = 0
        self._warned = False

    def _refuse(self, message: str) -> NoReturn:
        if self._warned:
            raise Ending(EndReason.ERROR, error=f"{SEMANTIC}: {message}")
        self._warned = True
        raise Event(SEMANTIC, message)


class Session:
    """The state of one call that outlives its documents. `told` gathers tells until the next ask; `recordings` has
    what the caller has left, by URL, for those who submit or play it; `returned` what `<disconnect>` hands
    over (VoiceXML 2.1, 8); `fault` what a session variable could not become, until an event says so."""

    def __init__(
        self, engine: ScriptEngine, variables: Mapping[str, Json], documents: Documents, settings: Settings
    ) -> None:
        self.documents = documents
        self.settings = settings
        self.script = engine.session()
        self.fault: str | None = None
        self.scope: Scope = self.script.scope(None, "session", writable=False)
        for name, value in variables.items():
            if name != "telephone" or session_telephone.LENIENCY.name in settings.leniencies:
                self.put(name, value)
        self.dom = Binding(self.script, self.scope)
        self.returned: dict[str, Json] = {}
        self.queue = PromptQueue(settings.limits.queued)
        self.guard = Guard(settings.limits)
        self.connection = Connection.UP
        self.hung_up = EndReason.HANGUP
        self.told: list[Tell] = []
        self.recordings: dict[str, Recording] = {}

    def put(self, path: str, value: Json) -> None:
        """Set a session variable, or a property of one. What is too large for scripts leaves the old value."""
        try:
            self.script.set_path(self.scope, path, value)
        except (ScriptError, ScriptLimit) as error:
            self.fault = f"session.{path} cannot be set: {error}"

    def raise_fault(self) -> None:
        """Raise error.semantic, once, for a session variable that could not be set."""
        fault, self.fault = self.fault, None
        if fault is not None:
            raise Event(SEMANTIC, fault)

    def forgive(self, forgiven: Lenient) -> None:
        """A document was forgiven something: a warning, and a step for those who follow the algorithm."""
        self.tell(forgiven)
        if self.settings.trace:
            text = f"{forgiven.name}: {forgiven.message}"
            self.told.extend(Traced("lenient", text, forgiven.url, line) for line in forgiven.lines)

    def tell(self, tell: Tell) -> None:
        """To be handed to the driver with the next ask."""
        self.told.append(tell)
