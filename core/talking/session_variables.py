"""What a script knows from the start: the fields of start_url and the `session` scope (contract, section 6)."""

from collections.abc import Iterable, Mapping

from mirabelle.core.types import CalleeType, CallRequest
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.script import Json

CALLEE_TYPE = "connection.callee_type"


def start_request(call_id: int, request: CallRequest, method: str) -> FetchRequest:
    """The request for the first document; `method` is get or post. A variable never replaces a contract's field."""
    fields = {
        "phone_number": request.phone_number,
        "call_id": str(call_id),
        "message_reference": request.message_reference,
        "campaign_parameters": request.campaign_parameters,
        "call_parameters": request.call_parameters,
    }
    fields |= {name: value for name, value in request.variables.items() if name not in fields}
    return FetchRequest(request.start_url, method=method, fields=tuple(fields.items()))


def session_variables(
    call_id: int, attempt: int, request: CallRequest, callee_type: CalleeType, protocol: str
) -> dict[str, Json]:
    """The `session` scope: VoiceXML 2.0, 5.1.4, and ours. `protocol` is the name of the telephony that dials."""
    number = request.destination.partition(":")[2] if request.destination.startswith("tel:") else request.destination
    outbound: dict[str, Json] = {
        "call_id": call_id,
        "attempt": attempt,
        "message_reference": request.message_reference,
        "call_parameters": request.call_parameters,
        "campaign_parameters": request.campaign_parameters,
    }
    return {
        "id": f"{call_id}-{attempt}",
        "connection": {
            "callee_type": callee_type.value,
            "local": {"uri": uri_of(request.caller_id) if request.caller_id else ""},
            "remote": {"uri": uri_of(request.destination)},
            "protocol": {"name": protocol, "version": ""},
        },
        "telephone": {"ani": request.caller_id or "", "dnis": number},
        "outbound": {**request.variables, **outbound},
    }


def uri_of(number: str) -> str:
    """A telephone number as a URI; what is one stays as it is."""
    return number if ":" in number else f"tel:{number}"


def merged(own: Mapping[str, Json], added: Iterable[Mapping[str, Json] | None]) -> dict[str, Json]:
    """The variables with what plugins add. Nested objects are merged; what is there already stays."""
    result = dict(own)
    for variables in added:
        result = _filled(result, variables or {})
    return result


def _filled(own: Mapping[str, Json], added: Mapping[str, Json]) -> dict[str, Json]:
    result = dict(own)
    for name, value in added.items():
        there = result.setdefault(name, value)
        if isinstance(there, dict) and isinstance(value, dict):
            result[name] = _filled(there, value)
    return result
