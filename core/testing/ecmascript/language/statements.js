// 12.2 var, 10.5 hoisting
[typeof a, a === undefined]; var a = 1 // => ["undefined", true]
var a = 1, b = a + 1, c; [a, b, c === undefined] // => [1, 2, true]
if (false) { var hidden = 1 } [typeof hidden, hidden === undefined] // => ["undefined", true]
(function () { x = 1; var x; return x })() // => 1
var f = 1; [typeof f]; function f() {} // => ["number"]
[f(), typeof g]; function f() { return 1 } var g = function () {} // => [1, "undefined"]
function f() { return 1 } function f() { return 2 } f() // => 2
(function () { return inner(); function inner() { return 'hoisted' } })() // => "hoisted"
(function (a) { var a; return a })(5) // => 5
(function (a) { function a() {} return typeof a })(5) // => "function"
(function () { for (var i in {a: 1}); for (var j = 3; false;); return [i, j] })() // => ["a", 3]
// 12.5 if
var r = ''; if (1) r += 'a'; else r += 'b'; if (0) r += 'c'; else if ('') r += 'd'; else r += 'e'; r // => "ae"
if (1) if (0) 'a'; else 'b' // => "b"
// 12.6 loops
var i = 0; while (i < 5) { if (++i == 3) break } i // => 3
var i = 0, s = 0; while (i++ < 5) { if (i == 3) continue; s += i } s // => 12
var i = 0; do { i++ } while (false); i // => 1
var r = ''; for (var i = 0; ; i++) { if (i > 3) break; if (i % 2) continue; r += i } r // => "02"
var i = 0; for (;;) { if (i++ == 4) break } i // => 5
for (var i = 0, a = []; i < 3; a.push(i++)); a // => [0, 1, 2]
var x = 5; for (x in null); for (x in undefined); x // => 5
var k, r = []; for (k in {z: 1, a: 2, m: 3}) r.push(k); r.join() // => "z,a,m"
var r = []; for (var k in {b: 1, 2: 1, a: 1, 1: 1}) r.push(k); r.join() // => "1,2,b,a"
var r = []; for (var k in [7, , 8]) r.push(k); for (var c in 'ab') r.push(c); r.join() // => "0,2,0,1"
var o = {a: 1, b: 2, c: 3}, r = ''; for (var k in o) { r += k; delete o.b } r // => "ac"
function F() { this.own = 1 } F.prototype.up = 2; var r = []; for (var k in new F) r.push(k); r.join() // => "own,up"
var p = {a: 1, b: 1}, o = Object.create(p), r = []; o.a = 2; for (var k in o) r.push(k); r.sort().join() // => "a,b"
var o = Object.create({a: 1}), r = []; Object.defineProperty(o, 'a', {enumerable: false}); for (var k in o) r.push(k); r.length // => 0
var o = {}, r = []; for (o.k in {a: 1, b: 1}) r.push(o.k); r.join() // => "a,b"
var a = []; for (a[a.length] in {x: 1, y: 1}); a.join() // => "x,y"
(function () { for (var k in {a: 1}) return k })() // => "a"
var r = 0; for (var k in 5) r++; for (k in true) r++; for (k in {}) r++; r // => 0
for (1 in {}); // !! SyntaxError
// 12.7, 12.8, 12.12 labels
var r = ''; outer: for (var a in {p: 1, q: 1}) { for (var b in {x: 1, y: 1}) { r += a + b; continue outer } } r // => "pxqx"
var r = ''; outer: for (var i = 0; i < 3; i++) { inner: for (var j = 0; j < 3; j++) { if (j == 1) continue outer; if (i == 2) break outer; r += i + '' + j + ' ' } } r // => "00 10 "
a: b: c: for (var i = 0; i < 3; i++) { if (i == 1) continue b; if (i == 2) break c } i // => 2
var r = 'a'; block: { r += 'b'; break block; r += 'c' } r // => "ab"
l: if (true) { break l; nowhere } 'out' // => "out"
x: switch (1) { case 1: break x; default: nowhere } 'after' // => "after"
l: try { break l } finally { var f = 1 } f // => 1
var i = 0; l: while (true) { switch (i++) { case 2: break l; default: continue l } } i // => 3
a: { a: 1 } // !! SyntaxError
break // !! SyntaxError
continue // !! SyntaxError
a: { continue a } // !! SyntaxError
while (1) { break nowhere } // !! SyntaxError
l: (function () { break l })() // !! SyntaxError
// 12.9 return
(function () { return })() === undefined // => true
(function () {})() === undefined // => true
(function () { return 1; return 2 })() // => 1
return 1 // !! SyntaxError
// 12.10 with
var o = {a: 1}; with (o) { a = 2; var b = a } [o.a, b, 'b' in o] // => [2, 2, false]
var o = {a: 1}; with (o) { var a = 3 } [o.a, typeof a] // => [3, "undefined"]
var o = {f: function () { return this === o }}; with (o) { f() } // => true
with (Math) { max(1, floor(2.5)) } // => 2
with ('abc') { length } // => 3
var a = 1; with ({a: 2}) { (function () { return a })() } // => 2
var f; with ({x: 1}) { f = function () { return x } } f() // => 1
var o = {a: 1}; with (o) { delete a } 'a' in o // => false
for (var i = 0; i < 3; i++) with ({i: 9}) { if (i == 9) break } i // => 0
(function () { with ({a: 1}) { return a } })() // => 1
var a = 1; try { with ({a: 2}) { throw 0 } } catch (e) {} a // => 1
with (null) {} // !! TypeError
with (undefined) {} // !! TypeError
// 12.11 switch
function f(x) { switch (x) { case 1: return 'one'; case '1': return 'text'; case NaN: return 'never'; default: return 'other' } } [f(1), f('1'), f(NaN), f()] // => ["one", "text", "other", "other"]
var r = ''; switch (1) { case 1: r += 1; case 2: r += 2; break; case 3: r += 3 } r // => "12"
var r = ''; switch (9) { case 1: r += 1; default: r += 'd'; case 3: r += 3 } r // => "d3"
var r = ''; switch (3) { case 1: r += 1; default: r += 'd'; case 3: r += 3 } r // => "3"
var n = 0; switch (2) { case n++: case n++: case n++: } n // => 3
switch (1) {} 'fine' // => "fine"
switch (1) { default: var x = 5 } x // => 5
var r = ''; for (var i = 0; i < 4; i++) switch (i) { case 1: continue; case 3: break; default: r += i } r // => "02"
switch (1) { default: 1; default: 2 } // !! SyntaxError
// 12.13 throw, 12.14 try
try { throw 1 } catch (e) { e } // => 1
try { throw {a: [1]} } catch (e) { e.a[0] } // => 1
(function () { try { return 1 } finally { 2 } })() // => 1
(function () { try { return 1 } finally { return 2 } })() // => 2
(function () { try { throw 1 } catch (e) { return e + 1 } finally { 3 } })() // => 2
(function () { try { throw 1 } finally { return 'kept' } })() // => "kept"
(function () { for (;;) { try { return 'r' } finally { break } } return 'after' })() // => "after"
(function () { for (var i = 0; i < 2; i++) { try { continue } finally { if (i == 1) return 'f' } } })() // => "f"
(function () { l: try { return 1 } finally { break l } return 2 })() // => 2
var n = 0; function f() { try { return n++ } finally { n = 10 } } [f(), n] // => [0, 10]
var r = ''; try { try { throw 'a' } finally { r += 'f' } } catch (e) { r += e } r // => "fa"
var r = ''; try { try { throw 'a' } catch (e) { throw e + 'b' } finally { r += 'f' } } catch (e) { r += e } r // => "fab"
var r = ''; try { try { throw 'a' } finally { throw 'b' } } catch (e) { r += e } r // => "b"
var r = ''; for (var i = 0; i < 4; i++) { try { if (i == 1) continue; if (i == 3) break; r += i } finally { r += 'f' } } r // => "0ff2ff"
var r = ''; do { try { r += 1; continue } finally { r += 2 } } while (r.length < 4); r // => "1212"
var e = 'outer'; try { throw 'inner' } catch (e) { e = 'changed' } e // => "outer"
try { throw 1 } catch (e) { var made = e } made // => 1
var f; try { throw 1 } catch (e) { f = function () { return e } } f() // => 1
try { throw 1 } catch (e) { var e = 2 } e === undefined // => true
try { try { null.x } finally { nowhere } } catch (e) { e.name } // => "ReferenceError"
try { undeclared } catch (e) { [e instanceof ReferenceError, e instanceof Error, e.constructor === ReferenceError] } // => [true, true, true]
try { (function f() { null.x })() } catch (e) { Object.prototype.toString.call(e) } // => "[object Error]"
try { eval('1 +') } catch (e) { e.name } // => "SyntaxError"
(function () { try { throw 1 } catch (e) { try { throw 2 } catch (e) { return e } } })() // => 2
(function () { var r = []; for (var k in {a: 1, b: 2}) { try { throw k } catch (e) { r.push(e); continue } } return r })() // => ["a", "b"]
throw new RangeError('far') // !! RangeError
try { 1 } // !! SyntaxError
try { 1 } catch { 2 } finally // !! SyntaxError
// 12.15, 13, 12.1, 12.3
debugger; ;;; 1 // => 1
{ 1; { 2 } } // => 2
// and together
switch (9) { case 1: 'a'; break; default: 'd'; break; case 3: 'c' } // => "d"
var n = 0; for (var i = 0; i < 3; i++) { switch (i) { case 1: continue } n += i } n // => 2
var r = []; for (var k in {z: 1, a: 2, m: 3}) r.push(k); r.join() // => "z,a,m"
var r = ''; for (var k in 'abc') r += k; r // => "012"
var r = 'none'; for (var k in null) r = k; for (k in undefined) r = k; r // => "none"
var r = ''; outer: for (var a in {p: 1, q: 1}) { for (var b in {x: 1, y: 1}) { r += a + b; break outer } } r // => "px"
var r = []; for (var i in [7, 8]) r.push(typeof i, i); r.join() // => "string,0,string,1"
var r = ''; while (true) { try { break } finally { r += 'f' } } r // => "f"
var n = 0; function f() { try { n++; return n } finally { n = 10 } } [f(), n] // => [1, 10]
var r; try { (function () { try { null.x } finally { r = 'f' } })() } catch (e) { r += e.name } r // => "fTypeError"
try { undeclared } catch (e) { e instanceof ReferenceError } // => true
var f = function () { try { throw 1 } catch (e) { return function () { return e } } }; f()() // => 1
var o = {a: 1}; with (o) { a = 2 } o.a // => 2
var o = {a: 1}; with (o) { var a = 3, b = 4 } [o.a, typeof a, b] // => [3, "undefined", 4]
var o = {a: 1}; (function () { with (o) { return a } })() // => 1
var r; with ({x: 1}) { r = function () { return x } } r() // => 1
for (var i = 0; i < 3; i++) { with ({i2: i}) { if (i2 == 1) break } } i // => 1
f(); function f() { return 'hoisted' } // => "hoisted"
var x = 1; (function () { return x; var x })() === undefined // => true
(function fact(n) { return n < 2 ? 1 : n * fact(n - 1) })(5) // => 120
(function f() { var f = 1; return f })() // => 1
(function (a, a) { return a })(1, 2) // => 2
(function () { return arguments.length + arguments[1] })(1, 'b', 3) // => "3b"
(function (arguments) { return arguments })(1) // => 1
function F() { this.a = 1; return 5 } new F().a // => 1
function F() { return {a: 2} } new F().a // => 2
function F() {} F.prototype = {a: 3}; new F().a // => 3
var o = {m: function () { return this.v }, v: 4}; o.m() + o['m']() // => 8
(function () { return this.v }).call({v: 5}) // => 5
(function (a, b) { return this.v + a + b }).apply({v: 1}, [2, 3]) // => 6
(function (a, b) { return [this.v, a, b].join() }).bind({v: 1}, 2)(3) // => "1,2,3"
function P(x) { this.x = x } var B = P.bind(null, 7); new B().x + (new B() instanceof P) // => 8
Function('a', 'b', 'return a * b')(6, 7) // => 42
new Function('return typeof hidden')() // => "undefined"
(function (a) { return eval('a + 1') })(1) // => 2
(function (a) { return eval('arguments.length') })(1, 2) // => 2
(function () { var e = eval; try { return e('typeof local') } finally { var local = 1 } })() // => "undefined"
var f = function () {}; typeof f.prototype.constructor // => "function"
(function g() {}).name + [].push.name // => "gpush"
(function (a, b) {}).length // => 2
var o = {get a() { return this.b * 2 }, set a(v) { this.b = v }, b: 1}; o.a = 5; o.a // => 10
var o = {set only(v) { this.got = v }}; o.only = 3; [o.got, typeof o.only] // => [3, "undefined"]
var o = {get x() { return 1 }}; o.x = 2; o.x // => 1
var p = {set x(v) { this.y = v }}, o = Object.create(p); o.x = 4; [o.y, o.hasOwnProperty('x'), 'y' in p] // => [4, false, false]
1 / 0 // => null
[1 / 0 == Infinity, -1 / 0 == -Infinity, 1 / -0 == -Infinity] // => [true, true, true]
[5 % 3, -5 % 3, 5 % -3, 5.5 % 2] // => [2, -2, 2, 1.5]
[5 % Infinity, isNaN(Infinity % 5), isNaN(5 % 0)] // => [5, true, true]
[1 << 31, 1 << 32, -1 >>> 0, -1 >> 1, 5 & 6, 5 | 6, 5 ^ 6, ~5] // => [-2147483648, 1, 4294967295, -1, 4, 7, 3, -6]
['10' - 1, '3' * '4', 1 + '2', 1 + 2 + '3', +'', +' 12 ', +'0x1F'] // => [9, 12, "12", "33", 0, 12, 31]
[+'Infinity' == Infinity, isNaN(+'infinity'), +null, isNaN(+undefined), +true, +[], isNaN(+{})] // => [true, true, 0, true, 1, 0, true]
[null == undefined, null == 0, '' == 0, '1' == 1, true == 1, true == 'true', [1] == 1, NaN == NaN] // => [true, false, true, true, true, false, true, false]
[null === null, 1 === '1', 'a' === 'a', {} === {}, true === 1] // => [true, false, true, false, false]
['a' < 'b', 'B' < 'a', '10' < '9', 10 < '9', undefined < 1, null < 1] // => [true, true, true, false, false, true]
[NaN < 1, NaN > 1, NaN <= 1, NaN >= 1, undefined >= undefined, 'a' >= 'a'] // => [false, false, false, false, false, true]
[typeof 1, typeof 'a', typeof true, typeof null, typeof undefined, typeof {}, typeof function () {}, typeof nope] // => ["number", "string", "boolean", "object", "undefined", "object", "function", "undefined"]
var x = '5'; [x++, x, ++x, x--, --x] // => [5, 6, 7, 7, 5]
var o = {n: '1'}; [o.n++, o['n'], ++o.n, o['n']--, o.n] // => [1, 2, 3, 3, 2]
var o = {a: 1, b: 2}; [delete o.a, 'a' in o, delete o['b'], delete o.none, delete 5] // => [true, false, true, true, true]
var x = 1; [delete x, x] // => [false, 1]
var i = 0, a = [0, 0]; a[i++] += 5; [i, a[0]] // => [1, 5]
var k = 'b', o = {a: {b: 1}}; delete o.a[k]; 'b' in o.a // => false
(1, 2, 3) // => 3
var a = 1, b = a || 2, c = 0 && d_undeclared, d = a ? 'y' : 'n'; [b, c, d] // => [1, 0, "y"]
void 'x' === undefined // => true
({}) instanceof Object && [] instanceof Array && !('x' instanceof String) // => true
'length' in [] && !('x' in {}) // => true
[0.1 + 0.2, 1e21 + '', 1e-7 + '', 123456789012345680000 + '', 0.000001 + '', -1e-7 + ''] // => [0.30000000000000004, "1e+21", "1e-7", "123456789012345680000", "0.000001", "-1e-7"]
[100 + '', 1.5 + '', -0 + '', 5e-324 + '', 1.7976931348623157e308 + ''] // => ["100", "1.5", "0", "5e-324", "1.7976931348623157e+308"]
var n = 0; a: for (var i = 0; i < 3; i++) for (var j = 0; j < 3; j++) { if (j == 1) continue a; if (i == 2) break a; n++ } n // => 2
var n = 0; a: b: while (true) { n++; if (n < 3) continue a; break b } n // => 3
var r = 0; a: { r = 1; break a; r = 2 } r // => 1
var n = 0; do { n++; if (n == 2) continue; if (n == 4) break } while (n < 9); n // => 4
for (var i = 0, j = 10; i < j; i++, j--); i + ':' + j // => "5:5"
var i = 5; while (i --> 0) if (i == 2) break; i // => 2
[1, , 3].length + ':' + (1 in [1, , 3]) // => "3:false"
({a: 1, 'b c': 2, 3: 4, 1.5: 5, if: 6}) // => {"3": 4, "a": 1, "b c": 2, "1.5": 5, "if": 6}
'\x41\u0042\n\'\101' // => "AB\n'A"
0x10 + 1e2 + .5 // => 116.5
if (true) ; else 1; 4 // => 4
{ var z = 1; z + 1 } // => 2
