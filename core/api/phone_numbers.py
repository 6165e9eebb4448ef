"""Phone numbers as clients write them (contract, section 4): `tel:+16177123000; ani=7778889999;postd=1pp2#`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SEPARATORS = str.maketrans("", "", "-.() ")
_DIGITS = re.compile(r"\+?[0-9]+")
_CALLER_ID = re.compile(r"\+?[0-9]{2,20}")
_POST_DIAL = re.compile(r"[0-9*#A-Dp]+")
_URI = re.compile(r"[\x21-\x7e]+")
_KNOWN = frozenset({"ani", "postd"})
# RFC 3966 gives these a meaning that changes who is reached: a call without them would reach somebody else.
_NOT_DIALLED = {"ext": "use postd for digits that are sent after the answer", "isub": "", "phone-context": ""}
_WHY = {
    ValidationResult.TOO_SHORT: "it is too short",
    ValidationResult.TOO_LONG: "it is too long",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "its area code is missing",
    ValidationResult.INVALID_COUNTRY_CODE: "its country code does not exist",
    ValidationResult.INVALID_LENGTH: "numbers there have another length",
}


class BadNumber(ValueError):
    """It cannot be dialled. The message repeats the number and says why where there is more to say."""

    def __init__(self, sent: str, why: str = "") -> None:
        super().__init__(f"'{sent}' is not a dialable number{': ' if why else ''}{why}")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that can be dialled: E.164 with "+", or the whole URI of another scheme.

    `caller_id` is what `ani` says, `post_dial` what `postd` says, both without visual separators.
    """

    destination: str
    caller_id: str | None = None
    post_dial: str | None = None


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """How an account's numbers are read: the region of numbers without country code, and whether only valid ones pass.

    `dials` says whether some telephony takes URIs of a scheme (lower case), as in `sip:`.
    """

    region: str = "US"
    strict: bool = False
    dials: Callable[[str], bool] = lambda scheme: False


def parse_number(sent: str, plan: NumberPlan) -> PhoneNumber:
    """The number that `sent` means. Raises `BadNumber`."""
    scheme = _SCHEME.fullmatch(sent.strip(" "))
    if scheme is None:
        return _telephone(sent, sent, plan)
    if scheme[1].lower() == "tel":
        return _telephone(sent, scheme[2], plan)
    return _other_scheme(sent, scheme[1].lower(), scheme[2], plan)


def ignored_parameters(sent: str) -> list[str]:
    """The parameters of a telephone number that can be dialled which mean nothing here, as written: `carrier=x`."""
    scheme = _SCHEME.fullmatch(sent.strip(" "))
    if scheme is not None and scheme[1].lower() != "tel":
        return []
    _, *parameters = sent.split(";")
    return [each.strip(" ") for each in parameters if each.partition("=")[0].strip(" ").lower() not in _KNOWN]


def _other_scheme(sent: str, scheme: str, rest: str, plan: NumberPlan) -> PhoneNumber:
    if not plan.dials(scheme):
        raise BadNumber(sent, f"no telephony here dials {scheme}:")
    if not _URI.fullmatch(rest):
        raise BadNumber(sent, f"after {scheme}: there must be printable characters without spaces")
    return PhoneNumber(f"{scheme}:{rest}")


def _telephone(sent: str, text: str, plan: NumberPlan) -> PhoneNumber:
    number, *parameters = text.split(";")
    destination = _destination(sent, number.translate(_SEPARATORS), plan)
    values = _parameters(sent, parameters)
    return PhoneNumber(destination, _caller_id(sent, values), _post_dial(sent, values))


def _destination(sent: str, digits: str, plan: NumberPlan) -> str:
    if not _DIGITS.fullmatch(digits):
        raise BadNumber(sent)
    try:
        number = phonenumbers.parse(digits, plan.region)
    except NumberParseException as error:
        raise BadNumber(sent, _parse_error(error, plan.region)) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != ValidationResult.IS_POSSIBLE:
        raise BadNumber(sent, _WHY[possible])
    if plan.strict and not phonenumbers.is_valid_number(number):
        raise BadNumber(sent, "its numbering plan has no such numbers")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parse_error(error: NumberParseException, region: str) -> str:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return f"its country code does not exist (numbers without one are read as those of {region})"
    return "it is too long" if error.error_type == NumberParseException.TOO_LONG else "it is too short"


def _parameters(sent: str, parameters: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = (part.strip(" ") for part in parameter.partition("="))
        if not name or not equals or not value:
            raise BadNumber(sent, f"'{parameter.strip(' ')}' is not of the form name=value")
        if name.lower() in values:
            raise BadNumber(sent, f"{name} is given twice")
        if name.lower() in _NOT_DIALLED:
            raise BadNumber(sent, f"{name} is not supported; {_NOT_DIALLED[name.lower()]}".rstrip("; "))
        values[name.lower()] = value
    return values


def _caller_id(sent: str, values: dict[str, str]) -> str | None:
    if "ani" not in values:
        return None
    caller_id = values["ani"].translate(_SEPARATORS)
    if not _CALLER_ID.fullmatch(caller_id):
        raise BadNumber(sent, f"ani '{values['ani']}' is not a phone number")
    return caller_id


def _post_dial(sent: str, values: dict[str, str]) -> str | None:
    if "postd" not in values:
        return None
    post_dial = values["postd"].translate(_SEPARATORS).upper().replace("P", "p")
    if not _POST_DIAL.fullmatch(post_dial):
        raise BadNumber(sent, f"postd '{values['postd']}' may hold 0-9, *, #, A-D, and p for a pause")
    return post_dial
