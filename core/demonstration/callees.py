"""The callees that the demonstration calls, and what each of them implies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mirabelle.core.types import CalleeType, Outcome

# Numbers that no plan gives to anybody: 555-01xx. The last digit picks the loopback callee.
PREFIX = "+1617555010"


@dataclass(frozen=True, slots=True)
class Callee:
    """One call of the demonstration. `fields` go to queuecall.php beside number and URLs."""

    digit: int
    name: str
    outcome: Outcome
    callee_type: CalleeType
    attempts: int = 1
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def number(self) -> str:
        """The telephone number that reaches it."""
        return f"{PREFIX}{self.digit}"

    def differences(self, result: Mapping[str, str]) -> Iterator[str]:
        """In what a posted result is not what this callee implies; nothing when it is right."""
        implied = {
            "phone_number": self.number,
            "message_reference": self.name,
            "result": self.outcome,
            "callee_type": self.callee_type,
            "attempts": str(self.attempts),
        }
        for name, value in implied.items():
            if result.get(name) != value:
                yield f"{name} is {result.get(name)!r} instead of {str(value)!r}"


COMPLETED, FAILED = Outcome.COMPLETED, Outcome.FAILED
RETRIED = {"max_retries": "1", "retry_interval": "60"}
CALLEES = (
    Callee(1, "voice", COMPLETED, CalleeType.VOICE),
    Callee(2, "machine", COMPLETED, CalleeType.ANSWERINGMACHINE),
    Callee(3, "fax", COMPLETED, CalleeType.FAXMACHINE),
    Callee(4, "busy", FAILED, CalleeType.BUSY),
    Callee(5, "noanswer", FAILED, CalleeType.NOANSWER),
    Callee(6, "sit", FAILED, CalleeType.INFORMATIONTONE),
    Callee(7, "failure", FAILED, CalleeType.LINEFAILURE),
    Callee(8, "hangup", COMPLETED, CalleeType.VOICE),
    Callee(9, "busy_then_voice", COMPLETED, CalleeType.VOICE, attempts=2, fields=RETRIED),
)
