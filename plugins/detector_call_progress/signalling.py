"""What the end of an unanswered call says about the callee (contract, section 8)."""

from collections.abc import Mapping
from types import MappingProxyType

from mirabelle.core.interfaces.detection import Verdict
from mirabelle.core.interfaces.telephony import Cause, EndedBy, Tone
from mirabelle.core.types import CalleeType

NO_ANSWER = 19

BY_SIP: Mapping[int, CalleeType] = MappingProxyType(
    {
        486: CalleeType.BUSY,
        600: CalleeType.BUSY,
        408: CalleeType.NOANSWER,
        480: CalleeType.NOANSWER,
        404: CalleeType.INFORMATIONTONE,
        410: CalleeType.INFORMATIONTONE,
        484: CalleeType.INFORMATIONTONE,
        604: CalleeType.INFORMATIONTONE,
    }
)
# The Q.850 causes that RFC 3398 translates to those statuses; "no route" (2, 3) is a line failure in the contract.
BY_Q850: Mapping[int, CalleeType] = MappingProxyType(
    {
        1: CalleeType.INFORMATIONTONE,  # unallocated number
        17: CalleeType.BUSY,  # user busy
        18: CalleeType.NOANSWER,  # no user responding
        19: CalleeType.NOANSWER,  # alerting, no answer
        20: CalleeType.NOANSWER,  # subscriber absent
        22: CalleeType.INFORMATIONTONE,  # number changed
        28: CalleeType.INFORMATIONTONE,  # invalid number format
    }
)
# Tones instead of an answer, or after one that means nothing.
BY_TONE: Mapping[Tone, CalleeType] = MappingProxyType(
    {
        Tone.SPECIAL_INFORMATION: CalleeType.INFORMATIONTONE,
        Tone.BUSY: CalleeType.BUSY,
        Tone.REORDER: CalleeType.LINEFAILURE,
        Tone.FAX_ANSWER: CalleeType.FAXMACHINE,
        Tone.FAX_CALLING: CalleeType.FAXMACHINE,
    }
)


def judge_end(cause: Cause) -> Verdict:
    """Who was not reached. The SIP status decides where the contract names it, else the Q.850 cause.

    487 says only that we gave up: `noanswer` when it was our ring limit, else nobody knows.
    """
    evidence = {"by": cause.by.value, "q850": cause.q850, "sip": cause.sip, "text": cause.text}
    return Verdict(_type_of(cause), {name: value for name, value in evidence.items() if value not in (None, "")})


def _type_of(cause: Cause) -> CalleeType:
    if cause.by is EndedBy.PLATFORM:
        return CalleeType.NOANSWER if cause.q850 == NO_ANSWER else CalleeType.UNKNOWN
    told = BY_SIP.get(cause.sip or 0) or BY_Q850.get(cause.q850 or 0)
    return told or CalleeType.LINEFAILURE
