"""From syntax tree to instructions: js2py's generator, repaired.

Repaired: `try`, `with` and `for`-`in` become blocks instead of fragments run by recursion; `switch` with `default` in
the middle; `delete`; functions; what ECMAScript 5.1 does not have is a SyntaxError that says so.
"""

from typing import Any

from mirabelle.plugins.ecmascript_js2py.functions import FunctionCode
from mirabelle.plugins.ecmascript_js2py.internals import ByteCodeGenerator, throw, undefined
from mirabelle.plugins.ecmascript_js2py.later_editions import NODES, refusal

Node = dict[str, Any]
HARMLESS = frozenset({"Literal", "Identifier", "ThisExpression", "FunctionExpression"})
"""What, being evaluated, changes nothing that is evaluated around it."""
LOOPS = frozenset({"WhileStatement", "DoWhileStatement", "ForStatement", "ForInStatement"})


class Generator(ByteCodeGenerator):
    """Emits the instructions of one unit. A method for each type of node; js2py calls them by that name."""

    def __init__(self, unit: Any) -> None:
        super().__init__(unit)
        self.uses_arguments = False
        self.line: int | None = None
        self.in_with = 0
        self.strict = False

    def emit(self, what: Any, *args: Any) -> None:
        """An instruction by name, a node, or a list of nodes."""
        if isinstance(what, str):
            # Where `eval` is called, `arguments` may be meant without being written.
            if args and (args[0] == "arguments" or args[0] == "eval"):
                self.uses_arguments = True
            self.exe.emit(what, *args, line=self.line)
        elif isinstance(what, list):
            for node in what:
                self.emit(node)
        else:
            # What fails on the way keeps its line.
            around, self.line = self.line, what.get("line", self.line)
            getattr(self, what["type"])(**what)
            self.line = around

    def _label(self) -> int:
        return int(self.exe.get_new_label())

    def _labels(self, number: int) -> list[int]:
        return [self._label() for _ in range(number)]

    def _unsupported(self, feature: str) -> None:
        throw("SyntaxError", refusal(feature))

    def AssignmentExpression(self, operator: str, left: Node, right: Node, **rest: Any) -> None:  # noqa: N802
        """11.13.2: of `a += b` the old value of `a` is read before `b`, which may change it."""
        if left["type"] in ("ArrayPattern", "ObjectPattern", "ArrayExpression", "ObjectExpression"):
            self._unsupported("destructuring")
        calculated = operator != "=" and right["type"] not in ("Literal", "Identifier")
        if calculated and left["type"] == "Identifier":
            self.emit(left)
            self.emit(right)
            self.emit("BINARY_OP", operator[:-1])
            self.emit("STORE", left["name"])
        elif calculated and left["type"] == "MemberExpression":
            self.emit(left["object"])
            self._property_name(left)
            self.emit("LOAD_FOR_OPERATION")
            self.emit(right)
            self.emit("BINARY_OP", operator[:-1])
            self.emit("STORE_MEMBER")
        else:
            super().AssignmentExpression(operator, left, right, **rest)

    def _property_name(self, member: Node) -> None:
        if member["computed"]:
            self.emit(member["property"])
        else:
            self.emit("LOAD_STRING", member["property"]["name"])

    def BinaryExpression(self, operator: str, left: Node, right: Node, **rest: Any) -> None:  # noqa: N802
        """`a + b + c ...` leans to the left; walked without recursion, because it can be long."""
        operations = [(operator, right)]
        while left["type"] == "BinaryExpression":
            operations.append((left["operator"], left["right"]))
            left = left["left"]
        self.emit(left)
        for operator, right in reversed(operations):
            self.emit(right)
            self.emit("BINARY_OP", operator)

    def _call_method(self, callee: Node, arguments: list[Node]) -> None:
        """11.2.3: which function is called is settled before its arguments are."""
        self.emit(callee["object"])
        self._property_name(callee)
        self.emit("LOAD_METHOD")
        self.emit(arguments)
        self.emit("LOAD_N_TUPLE", len(arguments))
        self.emit("CALL_ON_BASE", "it" if callee["computed"] else callee["property"]["name"])

    def CallExpression(self, callee: Node, arguments: list[Node], **rest: Any) -> None:  # noqa: N802
        """`eval(...)` by that name runs in the scope of its caller: 15.1.2.1.1."""
        if callee["type"] == "Identifier" and callee["name"] == "eval" and arguments:
            self.emit(callee)
            self.emit(arguments)
            self.emit("LOAD_N_TUPLE", len(arguments))
            self.emit("CALL_EVAL")
        elif callee["type"] == "Identifier" and self.in_with:
            # 11.2.3, step 6 b: a method of the object is called on it.
            self.emit("LOAD_CALLEE", callee["name"])
            self.emit(arguments)
            self.emit("LOAD_N_TUPLE", len(arguments))
            self.emit("CALL_ON_BASE", callee["name"])
        elif callee["type"] == "Identifier":
            self.emit(callee)
            if arguments:
                self.emit(arguments)
                self.emit("LOAD_N_TUPLE", len(arguments))
            self.emit("CALL" if arguments else "CALL_NO_ARGS", callee["name"])
        elif callee["type"] == "MemberExpression" and not all(node["type"] in HARMLESS for node in arguments):
            self._call_method(callee, arguments)
        else:
            super().CallExpression(callee, arguments, **rest)

    def FunctionDeclaration(self, **node: Any) -> None:  # noqa: N802
        """A function that exists before the code around it runs."""
        if node["id"] is None:
            throw("SyntaxError", "a function declaration without a name")
        name = node["id"]["name"]
        code = self._function(name, node["params"], node["defaults"], node["body"], binds_own_name=False)
        self.declared_vars.append(name)
        tape = self.exe.tape
        mark = len(tape)
        self.emit("LOAD_FUNCTION", code)
        self.emit("STORE", name)
        self.emit("POP")
        self.function_declaration_tape.extend(tape[mark:])
        del tape[mark:]

    def FunctionExpression(self, **node: Any) -> None:  # noqa: N802
        """A function as a value."""
        name = node["id"]["name"] if node["id"] else None
        code = self._function(name, node["params"], node["defaults"], node["body"], binds_own_name=bool(name))
        self.emit("LOAD_FUNCTION", code)

    def _function(
        self, name: str | None, params: list[Node], defaults: list[Node], body: Node, binds_own_name: bool
    ) -> FunctionCode:
        if defaults or any(parameter["type"] != "Identifier" for parameter in params):
            self._unsupported("defaults and destructuring among the parameters of a function")
        start, end = self._labels(2)
        self.record_state()
        outer_uses_arguments, self.uses_arguments = self.uses_arguments, False
        outer_strict = self.strict
        self.strict = body["strict"]
        self.emit("JUMP", end)
        self.emit("LABEL", start)
        mark = len(self.exe.tape)
        self.emit("LOAD_UNDEFINED")
        self.emit(body)
        self.ReturnStatement(None)
        self.emit("LABEL", end)
        self.exe.tape[mark:mark] = self.function_declaration_tape
        parameters = tuple(parameter["name"] for parameter in params)
        variables = dict.fromkeys((*parameters, *self.declared_vars), undefined)
        code = FunctionCode(
            self.exe, start, name, parameters, variables, self._sees_arguments(parameters), binds_own_name, self.strict
        )
        self.uses_arguments, self.strict = outer_uses_arguments, outer_strict
        self.restore_state()
        return code

    def _sees_arguments(self, parameters: tuple[str, ...]) -> bool:
        return self.uses_arguments and "arguments" not in parameters

    def Program(self, body: list[Node], strict: bool = False, **rest: Any) -> None:  # noqa: N802
        """14."""
        self.strict = strict
        super().Program(body, **rest)

    def Identifier(self, name: str, **rest: Any) -> None:  # noqa: N802
        """`undefined` is a name like any other, but nobody means another by it."""
        self.emit("LOAD_UNDEFINED") if name == "undefined" else self.emit("LOAD", name)

    def LabeledStatement(self, label: Node, body: Node, **rest: Any) -> None:  # noqa: N802
        """Several labels before one loop are all labels of the loop."""
        inner = body
        while inner["type"] == "LabeledStatement":
            inner = inner["body"]
        if inner["type"] not in LOOPS:
            super().LabeledStatement(label, body, **rest)
            return
        name = label["name"]
        # js2py's loops ask for their labels in this order: continue, break.
        self.declared_continue_labels[name] = self.exe.labels_made + 1
        self.declared_break_labels[name] = self.exe.labels_made + 2
        self.emit(body)
        del self.declared_continue_labels[name], self.declared_break_labels[name]

    def ForInStatement(self, left: Node, right: Node, body: Node, **rest: Any) -> None:  # noqa: N802
        """12.6.4. What stands on the left may be any reference."""
        again, end = self._labels(2)
        target = left
        if left["type"] == "VariableDeclaration":
            self.emit(left)
            target = left["declarations"][0]["id"]
        self.emit(right)
        self.emit("ENTER_FOR_IN", again, end)
        self.emit("LABEL", again)
        self.emit("NEXT_FOR_IN", end)
        self.AssignmentExpression("=", target, {"type": "ForInKey"})
        self.emit("POP")
        self.implicit_continues.append(again)
        self.implicit_breaks.append(end)
        self.emit(body)
        self.implicit_continues.pop()
        self.implicit_breaks.pop()
        self.emit("JUMP", again)
        self.emit("LABEL", end)

    def ForInKey(self, **rest: Any) -> None:  # noqa: N802
        """The key of this turn of a `for`-`in`."""
        self.emit("LOAD_FOR_IN_KEY")

    def ObjectExpression(self, properties: list[Node], **rest: Any) -> None:  # noqa: N802
        """11.1.5."""
        if any(each["computed"] for each in properties):
            self._unsupported("names of properties in brackets")
        super().ObjectExpression(properties, **rest)

    def GivenAssignment(self, left: Node, **rest: Any) -> None:  # noqa: N802
        """An assignment of the host's: VoiceXML 2.0, 5.3.2."""
        if left["type"] == "Identifier":
            self.emit("LOAD_GIVEN")
            self.emit("STORE", left["name"])
            return
        self.emit(left["object"])
        self._property_name(left)
        self.emit("STORE_GIVEN")

    def SwitchStatement(self, discriminant: Node, cases: list[Node], **rest: Any) -> None:  # noqa: N802
        """12.11: `default` is taken when no case is, wherever it stands."""
        labels, end = self._labels(len(cases)), self._label()
        default = end
        self.emit(discriminant)
        for case, label in zip(cases, labels, strict=True):
            if case["test"] is None:
                default = label
            else:
                self.emit(case["test"])
                self.emit("JUMP_IF_EQ", label)
        self.emit("POP")
        self.emit("JUMP", default)
        self.implicit_breaks.append(end)
        for case, label in zip(cases, labels, strict=True):
            self.emit("LABEL", label)
            self.emit(case["consequent"])
        self.implicit_breaks.pop()
        self.emit("LABEL", end)

    def TryStatement(  # noqa: N802
        self, block: Node, handler: Node | None, finalizer: Node | None, **rest: Any
    ) -> None:
        """12.14. `try` with both is a `try` with `catch` inside a `try` with `finally`."""
        if finalizer is None:
            self._try_catch(block, handler or {})
            return
        start, cleanup, end = self._labels(3)
        self.emit("ENTER_TRY_FINALLY", start, cleanup, end)
        self.emit("LABEL", start)
        if handler is None:
            self.emit(block)
        else:
            self._try_catch(block, handler)
        self.emit("LEAVE_TRY_FINALLY")
        self.emit("LABEL", cleanup)
        self.emit(finalizer)
        self.emit("END_FINALLY")
        self.emit("LABEL", end)

    def _try_catch(self, block: Node, handler: Node) -> None:
        start, catch, body, end = self._labels(4)
        self.emit("ENTER_TRY_CATCH", start, catch)
        self.emit("LABEL", start)
        self.emit(block)
        self.emit("LEAVE_BLOCK", end)
        self.emit("LABEL", catch)
        self.emit("ENTER_CATCH", handler["param"]["name"], body, end)
        self.emit("LABEL", body)
        self.emit(handler["body"])
        self.emit("LEAVE_BLOCK", end)
        self.emit("LABEL", end)

    def WithStatement(self, object: Node, body: Node, **rest: Any) -> None:  # noqa: A002, N802
        """12.10."""
        start, end = self._labels(2)
        self.emit(object)
        self.emit("ENTER_WITH", start, end)
        self.emit("LABEL", start)
        self.in_with += 1
        self.emit(body)
        self.in_with -= 1
        self.emit("LEAVE_BLOCK", end)
        self.emit("LABEL", end)

    def UnaryExpression(self, operator: str, argument: Node, **rest: Any) -> None:  # noqa: N802
        """`delete` of a member that is named by an expression, and of what is no reference: 11.4.1."""
        if operator != "delete" or argument["type"] == "Identifier":
            super().UnaryExpression(operator, argument, **rest)
        elif argument["type"] == "MemberExpression":
            self.emit(argument["object"])
            self._property_name(argument)
            self.emit("DELETE_MEMBER")
        else:
            self.emit(argument)
            self.emit("POP")
            self.emit("LOAD_BOOLEAN", 1)

    def VariableDeclaration(self, declarations: list[Node], kind: str, **rest: Any) -> None:  # noqa: N802
        """Only `var`, only names."""
        if kind != "var":
            self._unsupported(kind)
        if any(declaration["id"]["type"] != "Identifier" for declaration in declarations):
            self._unsupported("destructuring")
        self.emit(declarations)

    def Pyimport(self, **rest: Any) -> None:  # noqa: N802
        """js2py's own statement. The parser does not know it unless somebody else has switched it on."""
        self._unsupported("pyimport")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not name[:1].isupper():
            raise AttributeError(name)
        return lambda **rest: self._unsupported(NODES.get(name, name))
