// What the parts below use of the language, taken before a script can replace it. Nothing below looks a method up on a
// prototype, adds an element to an array by assignment, or iterates: scripts can change what all of these do.

const { apply, construct, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { has, ownKeys, set } = Reflect;
const { create, is, prototype: objectPrototype } = Object;
const { isArray, prototype: arrayPrototype } = Array;
const { parse, stringify } = JSON;
const { isFinite } = Number;
const RealProxy = Proxy, RealDate = Date, RealFunction = Function, realEval = eval, text = String;
const { RangeError: RealRangeError, ReferenceError: RealReferenceError, TypeError: RealTypeError } = globalThis;
const { hasOwn } = Object;
const toNumber = Number;

const method = (prototype, name) => {
    const of = prototype[name];
    return (self, ...given) => apply(of, self, given);
};
const wellFormed = method(String.prototype, "toWellFormed");
const sliced = method(String.prototype, "slice"), indexOf = method(String.prototype, "indexOf");
const stackOf = method({ get: getOwnPropertyDescriptor(Error.prototype, "stack").get }, "get");
const isoText = method(Date.prototype, "toISOString");
const milliseconds = method(Date.prototype, "valueOf");
const isEnumerable = method(Object.prototype, "propertyIsEnumerable");
const numberOf = method(Number.prototype, "valueOf"), stringOf = method(String.prototype, "valueOf");
const booleanOf = method(Boolean.prototype, "valueOf");

const mapGet = method(Map.prototype, "get"), mapHas = method(Map.prototype, "has");
const mapSet = method(Map.prototype, "set"), mapDelete = method(Map.prototype, "delete");
const mapEach = method(Map.prototype, "forEach");
const weakGet = method(WeakMap.prototype, "get"), weakHas = method(WeakMap.prototype, "has");
const weakSet = method(WeakMap.prototype, "set");
const RealBuffer = ArrayBuffer, RealMap = Map, RealWeakMap = WeakMap;

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";
const quoted = (string) => stringify(wellFormed(string));

// An own property, whatever is inherited.
const define = (holder, key, value, enumerable = true) =>
    defineProperty(holder, key, { __proto__: null, value, writable: true, enumerable, configurable: true });

// Lists that grow by definition, not by assignment.
const append = (list, item) => define(list, list.length, item);

const joined = (texts) => {
    let all = "";
    for (let index = 0; index < texts.length; index++) all += (index ? "," : "") + texts[index];
    return all;
};

// Ends a walk through values. Scripts may get hold of it in a getter that the walk calls; it means nothing to them.
const limits = new RealWeakMap();
const limit = (what) => {
    const reached = new RealRangeError(what);
    weakSet(limits, reached, what);
    return reached;
};
