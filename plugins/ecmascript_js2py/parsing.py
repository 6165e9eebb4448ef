"""From source to syntax tree: js2py's parser, which is told here where each node begins."""

import threading
from typing import Any

from mirabelle.plugins.ecmascript_js2py.generating import Node
from mirabelle.plugins.ecmascript_js2py.internals import (
    BaseNode,
    Ecma51NotSupported,
    PyJsParser,
    ThrownError,
    parser,
)
from mirabelle.plugins.ecmascript_js2py.later_editions import NODES, recognised, refusal

_parsing = threading.local()


class PlacedNode(BaseNode):
    """A node that begins where the parser is: at the token that comes next."""

    def __init__(self) -> None:
        self.line = _parsing.parser.startLineNumber


class PlacedWrappingNode(BaseNode):
    """A node that is found out about when its first part has been read."""

    def __init__(self, start: Any = None) -> None:
        self.line = start["lineNumber"] if isinstance(start, dict) else _parsing.parser.startLineNumber


parser.Node = PlacedNode
parser.WrappingNode = PlacedWrappingNode


class SourceError(ThrownError):
    """A source cannot be parsed."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__("SyntaxError", message)
        self.line = line


class Parser(PyJsParser):
    """js2py's parser, with its errors as ECMAScript errors and its tree made without recursion."""

    def createError(self, line: int, pos: int, description: str) -> SourceError:  # noqa: N802
        """Called by the parser for every error."""
        later = recognised(self.source, pos)
        if later is not None:
            description = refusal(later)
        elif pos >= self.end and description.startswith("Unexpected"):
            description = "Unexpected end of input"
        return SourceError(description, min(line, self.lines))

    def parseScriptBody(self) -> Any:  # noqa: N802
        """The statements of a program; whether they are strict is known at their end: 14.1."""
        body = super().parseScriptBody()
        self.is_strict = bool(self.strict)
        return body

    def parseFunctionSourceElements(self) -> Any:  # noqa: N802
        """The body of a function, with whether it is strict."""
        body = super().parseFunctionSourceElements()
        body.strict = bool(self.strict)
        return body

    def scanOctalLiteral(self, prefix: str, start: int) -> Any:  # noqa: N802
        """A number like `010`, which strict mode does not have: B.1.1."""
        token = super().scanOctalLiteral(prefix, start)
        token["octal"] = True
        return token

    def parse(self, code: str, options: object = None) -> Node:
        """The tree of a program. Raises `SourceError`."""
        self._start(code)
        before = getattr(_parsing, "parser", None)
        _parsing.parser = self
        try:
            program = self.parseProgram()
        except Ecma51NotSupported as unsupported:
            name = NODES.get(unsupported.get_feature(), str(unsupported.get_feature()))
            raise SourceError(refusal(name), min(self.startLineNumber, self.lines)) from None
        finally:
            _parsing.parser = before
        tree = _plain(program)
        tree["strict"] = self.is_strict
        return tree

    def _start(self, code: str) -> None:
        self.clean()
        # The parser wants something after the end, so that it need not look for it everywhere.
        self.source = f"{code} \n ; //END"
        self.end = len(code)
        self.lines = 1 + code.count("\n")
        self.index = self.startIndex = self.lineStart = self.startLineStart = 0
        self.lineNumber = self.startLineNumber = 1
        self.length = len(self.source)
        self.lookahead = None
        self.state = {
            "allowIn": True,
            "labelSet": {},
            "inFunctionBody": False,
            "inIteration": False,
            "inSwitch": False,
            "lastCommentStart": -1,
            "curlyStack": [],
            "parenthesizedCount": None,
        }
        self.sourceType = "script"
        self.strict: Any = False
        self.is_strict = False


def _plain(program: Any) -> Node:
    """Nodes as dicts, which is what the generator takes."""
    root: dict[str, Any] = {"root": program}
    pending: list[Any] = [root]
    while pending:
        holder = pending.pop()
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(value, BaseNode):
                value = holder[key] = vars(value)
            if isinstance(value, dict | list):
                pending.append(value)
    node: Node = root["root"]
    return node
