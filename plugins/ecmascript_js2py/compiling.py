"""Sources become units; units are kept for all sessions."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from mirabelle.plugins.ecmascript_js2py.functions import FunctionCode
from mirabelle.plugins.ecmascript_js2py.generating import Generator, Node
from mirabelle.plugins.ecmascript_js2py.instructions import INSTRUCTIONS
from mirabelle.plugins.ecmascript_js2py.internals import DEFECTS, JsException, throw
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.parsing import Parser, SourceError
from mirabelle.vxml_interpreter.script import Work

LARGE = 2_048
"""Characters from which on a source is parsed beside the scripts that run: some 20 ms of parsing."""


def is_function_expression(program: Node) -> bool:
    """Whether a program is one function in brackets, and nothing else."""
    first, *rest = program["body"]
    return (
        first["type"] == "ExpressionStatement"
        and first["expression"]["type"] == "FunctionExpression"
        and all(node["type"] == "EmptyStatement" for node in rest)
    )


class Unit:
    """One compiled source: its instructions, ready to be called, and the variables it declares."""

    __slots__ = ("evals", "instructions", "is_function", "labels_made", "lines", "strict", "tape", "variables")

    def __init__(self) -> None:
        self.tape: list[Any] = []
        self.labels_made = 0
        self.instructions: tuple[Any, ...] = ()
        self.evals: list[Callable[[Any], Any]] = []
        self.lines: tuple[int | None, ...] = ()
        self.variables: tuple[str, ...] = ()
        self.is_function = False
        self.strict = False

    def get_new_label(self) -> int:
        """Asked by the generator."""
        self.labels_made += 1
        return self.labels_made

    def emit(self, name: str, *operands: Any, line: int | None = None) -> None:
        """Asked by the generator. `line`: where in the source it comes from."""
        instruction = INSTRUCTIONS[name](*operands)
        instruction.line = line
        self.tape.append(instruction)

    def link(self, variables: list[str]) -> None:
        """Put locations in the place of labels."""
        self.emit("RETURN")
        locations: dict[int, int] = {}
        instructions: list[Any] = []
        for instruction in self.tape:
            if type(instruction) is INSTRUCTIONS["LABEL"]:
                locations[instruction.num] = len(instructions)
            else:
                instructions.append(instruction)
        for instruction in instructions:
            _resolve(instruction, locations)
        self.instructions = tuple(instructions)
        self.evals[:] = [instruction.eval for instruction in instructions]
        self.lines = tuple(instruction.line for instruction in instructions)
        self.variables = tuple(dict.fromkeys(variables))
        self.tape = []


def _resolve(instruction: Any, locations: dict[int, int]) -> None:
    for name in getattr(instruction, "labels", ("label",) if hasattr(instruction, "label") else ()):
        setattr(instruction, name, locations[getattr(instruction, name)])
    code = getattr(instruction, "code", None)
    if isinstance(code, FunctionCode):
        code.start = locations[code.start]


def compile_program(source: str) -> Unit:
    """The unit of a source. Raises `SourceError`, `Limit`."""
    return _compile(lambda: _tree(source))


def compile_reference(reference: str) -> Unit:
    """The unit that assigns the frame's given value to a reference: `x`, `dialog.x`, `a.b[2]`."""
    return _compile(lambda: _assignment(reference))


def _tree(source: str) -> Node:
    # What begins with a brace is rather an object than a block; what is no program may still be an expression.
    if source.lstrip().startswith("{"):
        try:
            return _bracketed(source)
        except JsException:
            return Parser().parse(source)
    try:
        program = Parser().parse(source)
    except JsException:
        try:
            return _bracketed(source)
        except JsException:
            pass
        raise
    # The parser lets a declaration pass without a name; it can only be meant as a function expression.
    return _bracketed(source) if _is_nameless(program) else program


def _bracketed(source: str) -> Node:
    """The tree of an expression that cannot begin a statement."""
    if ")" in source:
        # What closes the brackets put around it does not close these.
        Parser().parse(f"[{source}\n]")
    return Parser().parse(f"({source}\n)")


def _is_nameless(program: Node) -> bool:
    return any(node["type"] == "FunctionDeclaration" and node["id"] is None for node in program["body"])


def _assignment(reference: str) -> Node:
    body = Parser().parse(reference)["body"]
    expression = body[0].get("expression") if len(body) in (1, 2) else None
    # The parser's end mark may have become an empty statement.
    if len(body) == 2 and body[1]["type"] != "EmptyStatement":
        expression = None
    if expression is None or expression["type"] not in ("Identifier", "MemberExpression"):
        throw("SyntaxError", f"not a variable or property: {reference}")
    assignment = {"type": "GivenAssignment", "left": expression}
    return {"type": "Program", "body": [{"type": "ExpressionStatement", "expression": assignment}]}


def _compile(parse: Callable[[], Node]) -> Unit:
    unit = Unit()
    generator = Generator(unit)
    try:
        tree = parse()
        unit.is_function = is_function_expression(tree)
        generator.emit(tree)
        unit.strict = generator.strict
        unit.link(generator.declared_vars)
    except RecursionError:
        raise Limit("depth of nesting in a source") from None
    except MemoryError:
        raise Limit("memory") from None
    except JsException as error:
        raise error if isinstance(error, SourceError) else SourceError(error.message, generator.line) from None
    except DEFECTS as defect:
        raise SourceError(f"the parser cannot read this ({type(defect).__name__}: {defect})", None) from None
    return unit


class UnitCache:
    """Compiled units by source text, the least recently used dropped first. Any thread may ask.

    Large sources are parsed one after the other in a thread of the cache's own, so that however many there are they
    take at most half of the process's time.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._units: OrderedDict[tuple[Callable[[str], Unit], str], Unit] = OrderedDict()
        self._lock = threading.Lock()
        self._beside = ThreadPoolExecutor(1, "scripts")

    def program_in_slices(self, source: str) -> Work[Unit]:
        """As `program`; yields while a large source is being parsed, so that others can run."""
        if self.is_at_hand(source):
            return self.program(source)
        compiling = self.beside(source)
        try:
            while not compiling.done():
                # Whoever runs meanwhile lets go of the interpreter lock at the latest after its switch interval.
                yield None
        finally:
            compiling.cancel()
        return compiling.result()

    def is_at_hand(self, source: str) -> bool:
        """Whether `program` takes no longer than others may wait."""
        return len(source) < LARGE or self.holds(source)

    def beside(self, source: str) -> "Future[Unit]":
        """As `program`, in the thread."""
        return self._beside.submit(self.program, source)

    def program(self, source: str) -> Unit:
        """The unit of a program or an expression. Raises `SourceError`, `Limit`."""
        return self._unit(compile_program, source)

    def reference(self, reference: str) -> Unit:
        """The unit of an assignment. Raises `SourceError`, `Limit`."""
        return self._unit(compile_reference, reference)

    def _unit(self, make: Callable[[str], Unit], source: str) -> Unit:
        key = make, source
        with self._lock:
            unit = self._units.get(key)
            if unit is not None:
                self._units.move_to_end(key)
                return unit
        unit = make(source)
        with self._lock:
            self._keep(key, unit)
        return unit

    def holds(self, source: str) -> bool:
        """Whether a program is compiled already."""
        return (compile_program, source) in self._units

    def _keep(self, key: tuple[Callable[[str], Unit], str], unit: Unit) -> None:
        if key not in self._units:
            self._held += len(key[1]) + 1
        self._units[key] = unit
        while self._held > self._size and self._units:
            (_, dropped), _ = self._units.popitem(last=False)
            self._held -= len(dropped) + 1
