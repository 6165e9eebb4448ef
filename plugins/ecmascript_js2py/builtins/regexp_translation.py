"""Patterns of ECMAScript (5.1, 15.10.1, and B.1.4 of later editions) as patterns of the module `regex`.

Everything is translated, nothing passed through: `regex` knows far more than ECMAScript (fuzzy matching, recursion,
possessive repetition, flags within a pattern), and none of that is for scripts.
"""

import re
from typing import Final

from mirabelle.plugins.ecmascript_js2py.internals import throw

LINE_ENDS: Final = r"\n\r\u2028\u2029"
SPACES: Final = r"\t\n\x0b\x0c\r \xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
WORD: Final = "A-Za-z0-9_"
CLASSES: Final = {"d": "0-9", "w": WORD, "s": SPACES}
NEGATED: Final = {"D": "[^0-9]", "W": f"[^{WORD}]", "S": f"[^{SPACES}]"}
# What stands outside these ranges, because a negated class within a class cannot be written as one.
COMPLEMENTS: Final = {
    "D": r"\x00-/:-\U0010ffff",
    "W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    "S": (
        r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u180d\u180f-\u1fff\u200b-\u2027\u202a-\u202e"
        r"\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff"
    ),
}
CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "v": "\x0b", "f": "\x0c"}
BOUNDARY: Final = f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))"
NO_BOUNDARY: Final = f"(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))"
QUANTIFIER: Final = re.compile(r"[*+?]|\{(\d+)(,(\d*))?\}")
GROUP: Final = re.compile(r"\((?:\?(?::|<?[=!]))?")
CODE: Final = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|c([A-Za-z])|([0-3]?[0-7]{1,2})")
LARGEST_COUNT: Final = 65_535


def literal(character: str) -> str:
    """One character that stands for itself."""
    return character if character.isalnum() and character.isascii() else f"\\U{ord(character):08x}"


def count_groups(pattern: str) -> int:
    """How many groups capture."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern, flags=re.DOTALL)
    return len(re.findall(r"\((?!\?)", bare))


class Translation:
    """One pattern on its way."""

    def __init__(self, pattern: str, multiline: bool) -> None:
        self.pattern = pattern
        self.groups = count_groups(pattern)
        self.start = rf"(?:\A|(?<=[{LINE_ENDS}]))" if multiline else r"\A"
        self.end = rf"(?=[{LINE_ENDS}]|\Z)" if multiline else r"\Z"
        self.position = 0
        self.made: list[str] = []
        self.depth = 0
        self.repeatable = False

    def translate(self) -> str:
        """The pattern for `regex`. Raises a SyntaxError of the script."""
        while self.position < len(self.pattern):
            self._next()
        if self.depth:
            self._fail("a bracket is not closed")
        return "".join(self.made)

    def _fail(self, reason: str) -> None:
        throw("SyntaxError", f"invalid regular expression /{self.pattern}/: {reason}")

    def _add(self, made: str, taken: int, repeatable: bool = True) -> None:
        self.made.append(made)
        self.position += taken
        self.repeatable = repeatable

    def _next(self) -> None:
        character = self.pattern[self.position]
        if character == "\\":
            self._escape()
        elif character == "[":
            self._class()
        elif character == "(":
            self._open()
        elif character == ")":
            self._close()
        elif character in "*+?{" and (found := QUANTIFIER.match(self.pattern, self.position)):
            self._repeat(found)
        elif character in "^$|":
            self._add({"^": self.start, "$": self.end, "|": "|"}[character], 1, repeatable=False)
        elif character == ".":
            self._add(f"[^{LINE_ENDS}]", 1)
        else:
            self._add(literal(character), 1)

    def _open(self) -> None:
        found = GROUP.match(self.pattern, self.position)
        opening = found.group() if found else "("
        if opening == "(" and self.pattern.startswith("(?", self.position):
            self._fail("unknown kind of group")
        self.depth += 1
        self._add(opening, len(opening), repeatable=False)

    def _close(self) -> None:
        if not self.depth:
            self._fail("a bracket is not opened")
        self.depth -= 1
        self._add(")", 1)

    def _repeat(self, found: "re.Match[str]") -> None:
        if not self.repeatable:
            self._fail("nothing to repeat")
        least, comma, most = found.groups()
        made = found.group()
        if least is not None:
            made = self._counts(int(least[:9]), comma, most)
        end = found.end()
        if self.pattern.startswith("?", end):
            made, end = f"{made}?", end + 1
        self._add(made, end - self.position, repeatable=False)

    def _counts(self, least: int, comma: str | None, most: str | None) -> str:
        highest = least if comma is None else int(most[:9]) if most else None
        if highest is not None and highest < least:
            self._fail("numbers out of order")
        if max(least, highest or 0) > LARGEST_COUNT:
            self._fail("repeated too often")
        return f"{{{least},{'' if highest is None else highest}}}"

    def _escape(self) -> None:
        following = self.pattern[self.position + 1 : self.position + 2]
        if not following:
            self._fail("\\ at the end")
        if following in "bB":
            self._add(BOUNDARY if following == "b" else NO_BOUNDARY, 2, repeatable=False)
        elif following in CLASSES:
            self._add(f"[{CLASSES[following]}]", 2)
        elif following in NEGATED:
            self._add(NEGATED[following], 2)
        elif following in "123456789" and self._backreference():
            return
        else:
            character, taken = self._character()
            self._add(literal(character), taken)

    def _backreference(self) -> bool:
        digits = re.match(r"\d+", self.pattern[self.position + 1 :])
        number = int(digits.group()[:6]) if digits else 0
        if not digits or number > self.groups:
            return False
        # A group that has not matched matches nothing, and not never.
        self._add(f"(?:(?({number})\\{number}|))", 1 + digits.end())
        return True

    def _character(self) -> tuple[str, int]:
        """The character that an escape means, and how long the escape is."""
        following = self.pattern[self.position + 1]
        if following in CONTROLS:
            return CONTROLS[following], 2
        found = CODE.match(self.pattern, self.position + 1)
        if found is None:
            return following, 2
        short, long, control, octal = found.groups()
        if control:
            return chr(ord(control) % 32), 3
        code = int(octal, 8) if octal else int(short or long, 16)
        return chr(code), 1 + len(found.group())

    def _class(self) -> None:
        end_of_opening = 2 if self.pattern.startswith("[^", self.position) else 1
        opening = self.position
        self.position += end_of_opening
        items: list[str] = []
        while not self.pattern.startswith("]", self.position):
            if self.position >= len(self.pattern):
                self._fail("a class is not closed")
            items.append(self._class_item())
        negated = end_of_opening == 2
        inside = "".join(items)
        made = f"[{'^' if negated else ''}{inside}]" if inside else ("(?s:.)" if negated else "(?!)")
        taken = self.position + 1 - opening
        self.position = opening
        self._add(made, taken)

    def _class_item(self) -> str:
        first = self._class_atom()
        if len(first) > 1 or not self._range_follows():
            return first if len(first) > 1 else literal(first)
        self.position += 1
        last = self._class_atom()
        if len(last) > 1:
            return f"{literal(first)}\\-{last}"
        if last < first:
            self._fail("a range is out of order")
        return f"{literal(first)}-{literal(last)}"

    def _range_follows(self) -> bool:
        rest = self.pattern[self.position : self.position + 2]
        return len(rest) == 2 and rest[0] == "-" and rest[1] != "]"

    def _class_atom(self) -> str:
        """One character, or (longer) the ready ranges of a class."""
        character = self.pattern[self.position]
        if character != "\\":
            self.position += 1
            return character
        following = self.pattern[self.position + 1 : self.position + 2]
        ranges = CLASSES.get(following) or COMPLEMENTS.get(following)
        if ranges:
            self.position += 2
            return ranges
        if following == "b":
            self.position += 2
            return "\b"
        if not following:
            self._fail("\\ at the end")
        meant, taken = self._character()
        self.position += taken
        return meant
