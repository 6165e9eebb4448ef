"""Scripts that try to use up the machine."""

from typing import Final

LONG: Final = "var s = 'xy'; for (var i = 0; i < 18; i++) s += s; "
MANY: Final = "var o = {}; for (var i = 0; i < 3000; i++) o['k' + i] = i; "

ENDLESS: Final = {
    "an empty loop": "while (true) {}",
    "a loop in a finally": "for (;;) { try { while (1) {} } finally { while (1) {} } }",
    "a loop that catches all": "for (;;) { try { while (1) {} } catch (e) {} }",
    "a finally that goes on": "for (;;) { try { throw 1 } finally { continue } }",
    "throwing for ever": "for (;;) { try { throw {} } catch (e) {} }",
    "doubling a string": "var s = 'x'; while (1) s += s;",
    "doubling by concat": "var s = 'xxxxxxxx'; while (1) s = s.concat(s, s, s, s, s, s, s, s);",
    "doubling a property": "var o = {s: 'x'}; while (1) o.s += o.s;",
    "pushing for ever": "var a = []; while (1) a.push(a.length);",
    "adding properties for ever": "var o = {}, i = 0; while (1) o['k' + (i++)] = i;",
    "keeping long strings": "var a = [], s = 'x'; for (var i = 0; i < 19; i++) s += s; while (1) a.push(s + a.length);",
    "splitting long strings": (
        "var s = 'x'; for (var i = 0; i < 19; i++) s += s; var a = []; while (1) a.push(s.split(''));"
    ),
    "recursion": "function f() { return f() + 1 } f()",
    "recursion through a try": "function f() { try { f() } finally {} } f()",
    "a storm of recursion": "function f() { try { f() } catch (e) { f() } } f()",
    "recursion through call": "function f() { return f.call(this) + 1 } f()",
    "recursion through bind": "function f() { return f.bind(null)() + 1 } f()",
    "recursion through new": "function F() { this.f = new F() } new F()",
    "recursion through eval": "function f() { return eval('f()') } f()",
    "recursion through indirect eval": "var e = eval; function f() { return e('1') + f() } f()",
    "making functions for ever": "for (var i = 0;; i++) new Function('return ' + i)();",
    "many objects": "var a = []; for (;;) a.push({x: {y: [1, 2, 3]}});",
    "closures within closures": "var f; for (;;) f = (function (g) { return function () { return g } })(f);",
    "a callback that never ends": "[1].map(function () { for (;;) {} })",
    "a comparison that never ends": "[3, 1, 2].sort(function () { for (;;) {} })",
    "a getter that never ends": "({get x() { for (;;) {} }}).x",
    "a setter that never ends": "({set x(v) { for (;;) {} }}).x = 1",
    "a valueOf that never ends": "+{valueOf: function () { for (;;) {} }}",
    "a toJSON that never ends": "JSON.stringify({toJSON: function () { for (;;) {} }})",
    "a replacement that never ends": "'a'.replace(/a/, function () { for (;;) {} })",
    "an endless for-in": "for (var k in {a: 1}) for (;;) {}",
    "an endless with": "with ({a: 1}) for (;;) {}",
    "defining for ever": "var o = {}; for (var i = 0;; i++) Object.defineProperty(o, 'k' + i, {value: i});",
    "parsing for ever": "var a = []; for (;;) a.push(JSON.parse('[[1,2,3],[4,5,6],{\"a\":[7,8,9]}]'));",
    "bound arguments that grow": "function f() {} while (1) f = f.bind(null, 1, 2, 3);",
    "callbacks within callbacks": "function f() { return [1].map(f) } f()",
    "toString within join": "var a = []; a[0] = {toString: function () { return a.slice().join() }}; a.join()",
    "sort within sort": "function c() { [2, 1, 3].sort(c); return 0 } [2, 1, 3].sort(c)",
    "a getter of itself": "var o = {get x() { return this.x }}; o.x",
    "a valueOf of itself": "var o = {valueOf: function () { return +o }}; +o",
    "a replacement of itself": "function r() { return 'a'.replace('a', r) } r()",
    "a toJSON of itself": "var o = {toJSON: function () { return JSON.stringify(o) }}; JSON.stringify(o)",
    "changing the case": LONG + "for (;;) s.toUpperCase()",
    "searching": LONG + "for (;;) s.indexOf('z')",
    "searching backwards": LONG + "for (;;) s.lastIndexOf('z')",
    "cutting": LONG + "for (;;) s.substring(1)",
    "comparing": LONG + "var t = s + '', u = t + ''; for (;;) (s + '1') == (s + '2')",
    "ordering": LONG + "var t = s + 'a', u = s + 'b'; for (;;) t < u",
    "becoming a number": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) +s",
    "becoming a number when calculated with": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) s * 2",
    "parseInt": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) parseInt(s, 7)",
    "parseFloat": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) parseFloat(s)",
    "isNaN": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) isNaN(s)",
    "new Number": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) new Number(s)",
    "splitting": LONG + "for (;;) s.split('q')",
    "trimming": LONG + "for (;;) s.trim()",
    "escaping": LONG + "for (;;) escape(s)",
    "listing keys": MANY + "for (;;) for (var k in o) break",
    "freezing": MANY + "for (;;) Object.freeze(o)",
    "asking whether it is sealed": MANY + "for (;;) Object.isSealed(o)",
    "cutting arrays short": (
        "var a = []; for (var i = 0; i < 3000; i++) a[i] = i; for (;;) { a.length = 4e9; a.length = i }"
    ),
    "a chain of prototypes": "var o = {}; for (;;) o = Object.create(o)",
    "a chain of constructors": "function F() {} for (;;) F.prototype = new F",
    "many patterns": "for (var i = 0;; i++) new RegExp('(a|b)*' + i + new Array(1000).join('[a-z]'))",
    "encoding": LONG + "for (;;) encodeURIComponent(s)",
    "bringing JSON": LONG + "for (;;) JSON.stringify(s)",
    "reading JSON": LONG + "var j = JSON.stringify(s); for (;;) JSON.parse(j)",
    "matching": LONG + "for (;;) /^x/.test(s)",
    "reading dates": LONG + "for (;;) Date.parse(s)",
    "catching everything, for ever": (
        "function f() { for (;;) { try { f() } catch (e) { try { for (;;) {} } finally { "
        "continue } } finally { continue } } } f()"
    ),
    "a comparison that grows what is sorted": "var a = [2, 1]; a.sort(function f(x, y) { for (;;) a.push(x) })",
    "an exception for every key": (
        "var o = {}; for (var i = 0;; i++) { try { throw o['k' + i] = new Error(i) } catch (e) {} }"
    ),
    "doubling arrays": "var a = [1]; for (;;) a = a.concat(a)",
    "doubling by join": "var a = ['xxxxxxxxxxxxxxxx'], s; for (;;) { s = a.join(); a = [s, s] }",
    "doubling by replace": "var s = 'xy'; for (;;) s = s.replace(/x/, s)",
    "doubling by JSON": "var s = 'x'; for (;;) s = JSON.stringify([s, s])",
    "doubling by encoding": "var s = '%'; for (;;) s = encodeURIComponent(s)",
    "doubling by escaping": "var s = '\\u20ac'; for (;;) s = escape(s) + s",
    "doubling sources": "var s = '1'; for (;;) { s = s + '+' + s; eval(s) }",
    "functions that make functions": "function f() { return new Function('f', 'return f(f)')(f) } f()",
    "getters all the way": "var o = {}; Object.defineProperty(o, 'x', {get: function () { return o.x }}); o.x",
    "toString of itself": "var o = {toString: function () { return '' + o }}; '' + o",
    "valueOf in comparisons": "var o = {valueOf: function () { return o < o }}; o < o",
    "keys of a growing object": "var o = {a: 1}; for (;;) for (var k in o) o[k + k.length] = 1",
    "constructors within constructors": "function F() { return new F.prototype.constructor } new F",
    "call of call": "function f() { return Function.prototype.call.call(f) } f()",
    "apply with ever more": (
        "function f() { return f.apply(null, Array.prototype.slice.call(arguments).concat(1)) } f()"
    ),
    "setters that set": "var o = {set x(v) { this.x = v }}; o.x = 1",
    "a reviver without end": "JSON.parse('[[1]]', function (k, v) { for (;;) {} })",
    "a replacer without end": "JSON.stringify({a: 1}, function (k, v) { return {a: v} })",
    "toISOString without end": "Date.prototype.toISOString = function () { for (;;) {} }; JSON.stringify(new Date(0))",
    "a with of itself": "var o = {}; o.o = o; function f() { with (o) { return f() } } f()",
    "arguments that grow": "function f() { arguments[arguments.length++] = 1; return f.apply(null, arguments) } f(1)",
    "dates for ever": "for (;;) new Date(2024, 1e9).toString() + Date.parse('Thu, 29 Feb 2024 12:00:00 GMT')",
    "numbers as text for ever": "for (;;) (5e-324).toString(2) + (1e300).toFixed(20) + (0.1).toPrecision(100)",
    "keys of a long string": LONG + "for (;;) Object.keys(new String(s))",
    "going through a long string": LONG + "for (;;) for (var k in s) {}",
    "comparing in a switch": (
        LONG + "var t = s + 'a', u = s + 'b'; for (;;) switch (t) { case u: case u: case u: case u: }"
    ),
    "a template for every match": LONG + "for (;;) s.replace(/x/g, '$&$`')",
    "splitting at every match": LONG + "for (;;) s.split(/y/)",
    "unescaping": LONG + "for (;;) unescape(s + '%u20AC')",
    "boxing": LONG + "for (;;) new String(s).hasOwnProperty('length')",
    "freezing a string": LONG + "for (;;) Object.freeze(new String(s))",
    "sorting for ever": (
        "var a = []; for (var i = 0; i < 9000; i++) a[i] = i * 7919 % 9001; for (;;) "
        "a.sort(function (x, y) { return y - x })"
    ),
    "throwing through many": (
        "function f(n) { if (!n) throw n; try { f(n - 1) } finally { n } } for (;;) try { f(200) } catch (e) {}"
    ),
    "patterns for ever": "for (var i = 0;; i++) new RegExp(new Array(200).join('[a-z0-9]{1,3}|') + i)",
    "encoding what is wide": "var s = '\\u20ac'; for (var i = 0; i < 16; i++) s += s; for (;;) encodeURIComponent(s)",
    "decoding what is wide": "var s = '%E2%82%AC'; for (var i = 0; i < 14; i++) s += s; for (;;) decodeURIComponent(s)",
}
"""They go on for ever, or would if they had room; between the calls of built-in functions something can stop them."""

HEAVY: Final = {
    "finding long strings": LONG
    + "var a = [s + 1]; for (i = 0; i < 15; i++) a = a.concat(a); for (;;) a.indexOf(s + 2)",
    "joining a huge array": "new Array(1000000000).join('xxxxxxxxxx')",
    "searching an endless array-like": "Array.prototype.indexOf.call({length: 4294967295}, 1)",
    "reversing an endless array-like": "Array.prototype.reverse.call({length: 4294967295})",
    "slicing an endless array-like": "Array.prototype.slice.call({length: 4294967295}, 0).length",
    "sorting a huge array": "var a = new Array(400000000); a.sort()",
    "shifting a huge array": "var a = new Array(400000000); a.shift()",
    "mapping a huge array": "new Array(400000000).map(function () { return 1 })",
    "replacing what grows": (
        "var s = 'x'; for (var i = 0; i < 15; i++) s += s; s = s.replace(/x/g, s); s = s.replace(/x/g, s);"
    ),
    "slow alternatives": "/^(a|a)*$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
    "joining what joins": "var a = [1]; for (var i = 0; i < 30; i++) a = [a, a]; a.join()",
    "writing what is shared": (
        "var o = {x: 'xxxxxxxxxx'}; for (var i = 0; i < 40; i++) o = {a: o, b: o}; JSON.stringify(o)"
    ),
    "filtering an endless array-like": "Array.prototype.filter.call({length: 4294967295}, function () { return true })",
    "the last index of an endless array-like": "Array.prototype.lastIndexOf.call({length: 4294967295}, 1)",
    "unshifting an endless array-like": "Array.prototype.unshift.call({length: 4294967290}, 1)",
    "splicing an endless array-like": "Array.prototype.splice.call({length: 4294967295}, 0, 1)",
    "applying an endless array-like": "Math.max.apply(null, {length: 4294967295})",
    "replacing with all that is left": (
        "var s = new Array(20000).join('a'); s = s.replace(/a/g, \"$'$`\"); s.replace(/a/g, s).length"
    ),
}
"""One call of a built-in function that would take hours, or all memory."""

AMPLE: Final = {
    "a source in a string": "var s = '1+'; while (s.length < 70000) s += s; eval(s + '1')",
    "a huge literal": "eval('[' + new Array(60001).join('1,') + ']')",
    "deep JSON written": "var o = {}; for (var i = 0; i < 5000; i++) o = {a: o}; JSON.stringify(o)",
    "deep JSON read": "var s = ''; for (var i = 0; i < 20000; i++) s += '['; JSON.parse(s)",
    "a template that grows": LONG + "s.replace(/.+/, new Array(1000).join('$&'))",
    "a template that grows before": LONG + "s.replace('y', new Array(100000).join(\"$'\"))",
    "sorting long strings": LONG + "var a = [s + 1, s + 2]; for (i = 0; i < 15; i++) a = a.concat(a); a.sort()",
    "a huge pattern": "new RegExp(new Array(100000).join('a|'))",
    "throwing what is long": LONG + "throw s",
    "again and again": "while (1) /^(a|a)*$/.test('aaaaaaaaaaaaaaaaab')",
    "repetitions of repetitions": "/^(x+x+)+y/.test('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
    "groups of groups": "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
    "in replace": "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.replace(/(a*)*$/g, '').length",
    "in split": "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.split(/(?:a|a)*$/).length",
    "with references": "/^(a*)*\\1b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
    "a long chain of bound functions": (
        "var f = function () { return 1 }; for (var i = 0; i < 5000; i++) f = f.bind(null); f()"
    ),
    "a sparse array cut short": "var a = []; a.length = 4294967295; a[4294967294] = 1; a.length = 0; a.length",
    "a long number": "var s = '9'; for (var i = 0; i < 17; i++) s += s; parseInt(s, 10) + parseInt(s, 3) + Number(s)",
    "a large count": "try { new RegExp('x{1,4294967295}') } catch (e) { e.name }",
    "nested counts": "/((a{1,100}){1,100}){1,100}/.test('aaa')",
}
"""Much, but perhaps not too much: an engine may do it."""

SOURCES: Final = {
    "deep brackets": "(" * 20_000 + "1" + ")" * 20_000,
    "deep arrays": "[" * 20_000 + "]" * 20_000,
    "deep negation": "!" * 50_000 + "1",
    "deep conditions": "if(1)" * 10_000 + ";",
    "deep functions": "(function(){" * 3_000 + "})" * 3_000,
    "a long chain of else": "if(0){}" + "else if(0){}" * 5_000,
    "a long sum": "1" + "+1" * 30_000,
    "a source too long": "var a=1;" * 30_000,
    "deep expression in a pattern": "/" + "(" * 20_000 + ")" * 20_000 + "/",
    "deep members": "var a; a" + "[a" * 20_000 + "]" * 20_000,
    "deep objects": "a=" + "{a:" * 10_000 + "1" + "}" * 10_000,
    "deep blocks": "{" * 20_000 + "}" * 20_000,
    "many labels": "".join(f"l{number}:" for number in range(5_000)) + ";",
    "a long comment": "/*" + "*" * 60_000 + "*/1",
    "a long string": "'" + "x" * 60_000 + "'",
    "a long name": "var " + "x" * 60_000,
}
"""Sources that take more than a parser may have: refused, or parsed after all."""
