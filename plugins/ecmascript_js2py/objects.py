"""Objects, arrays, wrappers: the object model of js2py's VM with what ECMAScript 5.1, 8.12 and 15.4.5 ask of it."""

from collections.abc import Iterable
from typing import Any

from mirabelle.plugins.ecmascript_js2py.conversions import property_key, same_value, to_number, to_uint32
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, PyJs, constant, data, throw, undefined

Descriptor = dict[str, Any]


class JsObject(PyJs):
    """An object. `own` is its property table, in the order of insertion."""

    Class = "Object"
    ancestors = 0
    """How many prototypes that scripts have made are above it."""

    def __init__(self, prototype: "JsObject | None") -> None:
        self.prototype = prototype
        self.own: dict[str, Descriptor] = {}

    def get_property(self, prop: str) -> Descriptor | None:
        """8.12.2, without recursion: a chain of prototypes may be long."""
        holder: JsObject | None = self
        while holder is not None:
            found = holder.own.get(prop)
            if found is not None:
                return found
            holder = holder.prototype
        return None

    def get(self, prop: str) -> JsValue:
        """8.12.3."""
        found = self.get_property(prop)
        if found is None:
            return undefined
        if "value" in found:
            return found["value"]
        getter = found["get"]
        return undefined if getter is undefined else getter.call(self, ())

    def get_member(self, unconverted_prop: JsValue) -> JsValue:
        """What brackets read."""
        return self.get(property_key(unconverted_prop))

    def put_member(self, unconverted_prop: JsValue, val: JsValue) -> None:
        """What an assignment to brackets writes."""
        self.put(property_key(unconverted_prop), val)

    def put(self, prop: str, val: JsValue, throw: bool = False) -> None:
        """8.12.5."""
        found = self.own.get(prop)
        if found is not None and found.get("writable"):
            found["value"] = val
            return
        if found is None:
            found = self.get_property(prop)
            if self.extensible and (found is None or found.get("writable")):
                self.own[prop] = data(val)
                return
        setter: JsValue = undefined if found is None else found.get("set", undefined)
        if setter is undefined:
            self._refuse(prop, throw)
        else:
            setter.call(self, (val,))

    def define_own_property(self, prop: str, desc: Descriptor, throw: bool) -> bool:
        """8.12.9."""
        current = self.get_own_property(prop)
        if current is None:
            if not self.extensible:
                return self._refuse(prop, throw)
            self.own[prop] = _complete(desc)
            return True
        if not _may_change(current, desc):
            return self._refuse(prop, throw)
        _apply(current, desc)
        return True

    def names(self) -> list[str]:
        """The names of all own properties: array indexes in their order, then the others as they were inserted."""
        indexes = [name for name in self.own if is_index(name)]
        if not indexes:
            return list(self.own)
        return sorted(indexes, key=int) + [name for name in self.own if not is_index(name)]

    def enumerable_names(self) -> list[str]:
        """The names of the own properties that `for`-`in` and `Object.keys` see."""
        own = self.own
        return [name for name in self.names() if name not in own or own[name]["enumerable"]]

    def _refuse(self, prop: str, raises: bool) -> bool:
        if raises:
            throw("TypeError", f"property {prop} cannot be changed")
        return False


def is_index(name: str) -> bool:
    """Whether a property name is an array index: 15.4."""
    return name.isdecimal() and name.isascii() and (name[0] != "0" or name == "0") and int(name[:11]) < 0xFFFFFFFF


def _complete(desc: Descriptor) -> Descriptor:
    if "get" in desc or "set" in desc:
        return {"get": undefined, "set": undefined, "enumerable": False, "configurable": False, **desc}
    return {"value": undefined, "writable": False, "enumerable": False, "configurable": False, **desc}


def _may_change(current: Descriptor, desc: Descriptor) -> bool:
    if current["configurable"]:
        return True
    if desc.get("configurable") or desc.get("enumerable", current["enumerable"]) != current["enumerable"]:
        return False
    accessor = "get" in desc or "set" in desc
    if "get" in current:
        same = all(desc.get(part, current[part]) is current[part] for part in ("get", "set"))
        return same and not ("value" in desc or "writable" in desc)
    if accessor:
        return False
    if current["writable"]:
        return True
    return not desc.get("writable") and ("value" not in desc or same_value(desc["value"], current["value"]))


def _apply(current: Descriptor, desc: Descriptor) -> None:
    if ("get" in desc or "set" in desc) and "value" in current:
        del current["value"], current["writable"]
        current.update(get=undefined, set=undefined)
    elif ("value" in desc or "writable" in desc) and "get" in current:
        del current["get"], current["set"]
        current.update(value=undefined, writable=False)
    current.update(desc)


class JsArray(JsObject):
    """An array: 15.4.5."""

    Class = "Array"

    def __init__(self, length: float, prototype: JsObject | None) -> None:
        super().__init__(prototype)
        self.own["length"] = data(float(length), enumerable=False, configurable=False)

    def _init(self, elements: Iterable[JsValue]) -> None:
        # None is a hole of an array literal: js2py's LOAD_NONE.
        self.own.update((str(i), data(element)) for i, element in enumerate(elements) if element is not None)

    @property
    def length(self) -> int:
        """The property `length`."""
        return int(self.own["length"]["value"])

    def put(self, prop: str, val: JsValue, throw: bool = False) -> None:
        """15.4.5.1 makes an assignment to an element or to `length` a definition."""
        found = self.own.get(prop)
        if found is not None and "value" in found:
            if not found["writable"]:
                self._refuse(prop, throw)
            elif prop == "length":
                self._set_length(val, found, throw)
            else:
                found["value"] = val
        elif found is None and is_index(prop) and int(prop) >= self.length and not self.own["length"]["writable"]:
            self._refuse(prop, throw)
        else:
            super().put(prop, val, throw)
            if prop in self.own:
                self._grow(prop)

    def define_own_property(self, prop: str, desc: Descriptor, throw: bool) -> bool:
        """15.4.5.1."""
        length = self.own["length"]
        if prop == "length":
            return self._define_length(length, desc, throw)
        if is_index(prop) and int(prop) >= length["value"] and not length["writable"]:
            return self._refuse(prop, throw)
        if not super().define_own_property(prop, desc, throw):
            return False
        self._grow(prop)
        return True

    def _grow(self, prop: str) -> None:
        if is_index(prop) and int(prop) >= self.own["length"]["value"]:
            self.own["length"]["value"] = int(prop) + 1.0

    def _define_length(self, length: Descriptor, desc: Descriptor, raises: bool) -> bool:
        rest = {part: desc[part] for part in desc if part != "value"}
        if not _may_change(length, rest if length["writable"] else desc):
            return self._refuse("length", raises)
        if "value" in desc and not self._set_length(desc["value"], length, raises):
            return False
        _apply(length, rest)
        return True

    def _set_length(self, value: JsValue, length: Descriptor, raises: bool) -> bool:
        wanted = to_uint32(value)
        if wanted != to_number(value):
            throw("RangeError", "invalid array length")
        for index in self._indexes_from(wanted):
            if not self.delete(str(index)):
                length["value"] = index + 1.0
                return self._refuse("length", raises)
        length["value"] = float(wanted)
        return True

    def _indexes_from(self, start: int) -> Iterable[int]:
        if self.length - start <= len(self.own):
            return range(self.length - 1, start - 1, -1)
        return sorted((int(name) for name in self.own if is_index(name) and int(name) >= start), reverse=True)


class StringObject(JsObject):
    """A string as an object; its characters are properties: 15.5.5.2."""

    Class = "String"

    def __init__(self, value: str, prototype: JsObject | None) -> None:
        super().__init__(prototype)
        self.value = value
        self.own["length"] = constant(float(len(value)))

    def get_own_property(self, prop: str) -> Descriptor | None:
        """8.12.1 with the characters."""
        if is_index(prop) and int(prop) < len(self.value):
            return data(self.value[int(prop)], writable=False, configurable=False)
        return self.own.get(prop)

    def get_property(self, prop: str) -> Descriptor | None:
        """The characters come first."""
        return self.get_own_property(prop) or super().get_property(prop)

    def names(self) -> list[str]:
        """The characters' indexes, then the other properties."""
        return [str(index) for index in range(len(self.value))] + super().names()


class ScopeObject(JsObject):
    """The object of a scope: its properties are variables, and what cannot be written says so."""

    def put(self, prop: str, val: JsValue, throw: bool = False) -> None:
        """A variable that is read-only is no less so by its qualified name."""
        found = self.own.get(prop)
        if found is not None and found.get("writable") is False:
            refuse_read_only(prop)
        super().put(prop, val, throw)

    def delete(self, prop: str, throw: bool = False) -> bool:
        """8.12.7; what is read-only cannot be deleted either."""
        found = self.own.get(prop)
        if found is not None and found.get("writable") is False:
            refuse_read_only(prop)
        return bool(super().delete(prop, throw))


class ReadOnly(JsObject):
    """What no script can change; the host writes its table. An attempt is an error, so that somebody hears of it."""

    extensible = False

    def put(self, prop: str, val: JsValue, throw: bool = False) -> None:
        """Refuse."""
        refuse_read_only(prop)

    def delete(self, prop: str, throw: bool = False) -> bool:
        """Refuse, unless there is nothing to delete."""
        return prop not in self.own or refuse_read_only(prop)

    def define_own_property(self, prop: str, desc: Descriptor, throw: bool) -> bool:
        """Refuse."""
        return refuse_read_only(prop)


class ReadOnlyArray(ReadOnly, JsArray):
    """An array that no script can change."""


def refuse_read_only(name: str) -> bool:
    """The error of a script that writes where only the host may."""
    throw("TypeError", f"{name} is read-only")
