"""What later editions of ECMAScript have added to the syntax, so that whoever writes it hears what it is."""

import re
from typing import Final

NODES: Final = {
    "ArrowFunction": "arrow functions (=>)",
    "ArrowFunctionExpression": "arrow functions (=>)",
    "ClassDeclaration": "classes",
    "ClassExpression": "classes",
    "TemplateElement": "templates (`...`)",
    "ObjectPattern": "destructuring",
    "ArrayPattern": "destructuring",
    "AssignmentPattern": "destructuring",
    "ImportDeclaration": "modules",
    "ExportDeclaration": "modules",
    "RestElement": "rest parameters (...)",
    "SpreadElement": "spread (...)",
}
"""What the parser calls it, and what people do."""

_BEFORE: Final = tuple(
    (re.compile(before + r"\Z"), re.compile(at), name)
    for before, at, name in (
        (r"", r"\.\.\.", "spread and rest (...)"),
        (r"\?", r"\.", "optional chaining (?.)"),
        (r"\?", r"\?", "the operator ??"),
        (r"\*", r"\*", "the operator **"),
        (r"\bfunction\s*", r"\*", "generators (function*)"),
        (r"\basync\s*", r"function\b|\(", "async functions"),
        (r"\bcatch\s*", r"\{", "catch without a name"),
        (r"\bfor\s*\([^()]*\s", r"of\b", "for-of"),
        (r"\bnew\s*", r"\.", "new.target"),
        (r"", r"yield\b", "generators (yield)"),
        (r"", r"super\b", "classes (super)"),
        (r"", r"`", "templates (`...`)"),
        (r"\d", r"_", "numbers with _ in them"),
        (r"\d", r"n\b", "numbers without bounds (1n)"),
    )
)
_NEAR: Final = 200


def refusal(name: str) -> str:
    """What the author of a document hears of it."""
    return f"{name}: not part of ECMAScript 5"


def recognised(source: str, position: int) -> str | None:
    """What of a later edition stands where a source of ECMAScript 5 would have to go on otherwise; None: a mistake."""
    before, here = source[max(0, position - _NEAR) : position], source[position : position + _NEAR]
    for preceding, following, name in _BEFORE:
        if following.match(here) and preceding.search(before):
            return name
    return None
