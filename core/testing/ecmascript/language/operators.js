// 11.2 members, new, calls
var o = {a: {b: [1, {c: 2}]}}; [o.a.b[1].c, o['a']['b'][0], o.a.b['length'], o['a' + ''].b[1]['c']] // => [2, 1, 2, 2]
var o = {}; o[1] = 'a'; o['1'] = 'b'; o[1.0] = 'c'; o[null] = 'n'; o[undefined] = 'u'; o[true] = 't'; o // => {"1": "c", "null": "n", "undefined": "u", "true": "t"}
var o = {}; o[{toString: function () { return 'k' }}] = 1; o // => {"k": 1}
function F(a) { this.a = a } [new F(1).a, new F().a === undefined, (new F).constructor === F, new F(2) instanceof F] // => [1, true, true, true]
function F() { return {a: 1} } function G() { return 5 } [new F().a, typeof new G()] // => [1, "object"]
var o = {f: function () { return this === o }, g: {h: function () { return this === o.g }}}; [o.f(), o['f'](), o.g.h(), (o.f)(), (0, o.f)()] // => [true, true, true, true, false]
new new (function () { this.F = function () { this.x = 9 } })().F().x // => 9
new (function () { return function () { this.y = 3 } }())().y // => 3
new 5 // !! TypeError
new 'a'() // !! TypeError
new {} // !! TypeError
new Math.abs(1) // !! TypeError
5() // !! TypeError
'a'() // !! TypeError
({}).f() // !! TypeError
[].x.y // !! TypeError
undefined() // !! TypeError
var log = ''; function l(x) { log += x; return x } [l(1), l(2)][l(0)]; l(3) + l(4) * l(5); log // => "120345"
var log = ''; function f() { log += 'f'; return function () { log += 'c' } } f()(log += 'a'); log // => "fac"
// 11.3, 11.4
var i = 5; [i++, i, i--, i, ++i, --i, -i, +i, ~i] // => [5, 6, 6, 5, 6, 5, -5, 5, -6]
var s = '5'; [s++, s, typeof s] // => [5, 6, "number"]
var a = [1], i = 0; [a[i++]++, a[0], i] // => [1, 2, 1]
var o = {a: '1'}; [o.a++, ++o.a, o['a']--, o.a] // => [1, 3, 3, 2]
var u; [isNaN(u++), isNaN(u)] // => [true, true]
[-'5', +'', -null, isNaN(-undefined), 1 / -0 === -Infinity, - -1, !0, !'', !'a', !null, !!{}] // => [-5, 0, 0, true, true, 1, true, true, false, true, true]
[typeof 1, typeof '', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof function () {}, typeof /x/, typeof nowhere, typeof typeof 1] // => ["number", "string", "boolean", "undefined", "object", "object", "object", "function", "object", "undefined", "string"]
[void 0 === undefined, void 'x' === undefined, typeof void 0] // => [true, true, "undefined"]
5++ // !! SyntaxError
++5 // !! SyntaxError
1 = 2 // !! SyntaxError
a + b = 2 // !! SyntaxError
// 11.4.1 delete
var o = {a: 1, b: {c: 2}}; [delete o.a, 'a' in o, delete o.zzz, delete o.b.c, delete o['b'], Object.keys(o).length] // => [true, false, true, true, true, 0]
var a = [1, 2, 3]; [delete a[1], a.length, 1 in a, delete a.length, a.length] // => [true, 3, false, false, 3]
var x = 1; [delete x, x, delete 5, delete nowhere] // => [false, 1, true, true]
(function (p) { var v; return [delete p, delete v, delete arguments, typeof arguments] })(1) // => [false, false, false, "object"]
var o = Object.defineProperty({}, 'a', {value: 1}); [delete o.a, o.a] // => [false, 1]
var p = {x: 1}, o = Object.create(p); [delete o.x, o.x] // => [true, 1]
[delete 'abc'.length, delete 'abc'[0], delete 'abc'[5], delete Math.PI, delete [].length] // => [false, false, true, false, false]
delete null.x // !! TypeError
// 11.5
[7 * 2, 7 / 2, 7 % 2, -7 % 2, 7 % -2, 5.5 % 2, 2 * '3', '6' / '2', 1e308 * 10 === Infinity] // => [14, 3.5, 1, -1, 1, 1.5, 6, 3, true]
[1 / 0 === Infinity, -1 / 0 === -Infinity, 1 / -0 === -Infinity, isNaN(0 / 0), isNaN(5 % 0), 5 % Infinity, isNaN(Infinity % 5), 1 / (-4 % 2) === -Infinity] // => [true, true, true, true, true, 5, true, true]
[isNaN(0 * Infinity), 1 / (0 * -1) === -Infinity, isNaN(Infinity / Infinity), 0 / 5, 1 / (-0 / 5) === -Infinity] // => [true, true, true, 0, true]
// 11.6
[1 + 2, '1' + 2, 1 + '2', 1 + 2 + '3', '1' + 2 + 3, 1 + true, 'a' + null, 1 + null, isNaN(1 + undefined), 'a' + undefined] // => [3, "12", "12", "33", "123", 2, "anull", 1, true, "aundefined"]
['5' - 2, 5 - '2', isNaN('a' - 1), null - 1, true - true, [] + [], [] + {}, [1] + [2], 1 + [2]] // => [3, 3, true, -1, 0, "", "[object Object]", "12", "12"]
[isNaN(Infinity - Infinity), 1 / (-0 + -0) === -Infinity, 1 / (0 - 0) === Infinity, 0.1 + 0.7] // => [true, true, true, 0.7999999999999999]
// 11.7
[1 << 2, 1 << 31, 1 << 32, 1 << 33, -8 >> 1, -8 >>> 28, 8 >> 33, 1 << -1, '8' >> '1', 2147483648 >> 0] // => [4, -2147483648, 1, 2, -4, 15, 4, -2147483648, 4, -2147483648]
// 11.8
[1 < 2, 2 <= 2, 3 > 4, 4 >= 4, 'a' < 'b', 'B' < 'a', '10' < '9', 10 < '9', '10' < 9, 'a' < 1, 'a' >= 1] // => [true, true, false, true, true, true, true, false, false, false, false]
[NaN < 1, NaN >= NaN, undefined < 1, undefined >= undefined, null >= 0, null > 0, null < 1, true < 2, 'a' < 'ab', '' < 'a'] // => [false, false, false, false, true, false, true, true, true, true]
[[2] > 1, new Date(1) < new Date(2), {} >= {}, [1, 2] < [1, 3], '\ud83d\ude00' < '\uffff'] // => [true, true, true, true, true]
var log = ''; var a = {valueOf: function () { log += 'a' }}, b = {valueOf: function () { log += 'b' }}; a < b; a > b; a <= b; a >= b; log // => "abababab"
[[] instanceof Array, [] instanceof Object, {} instanceof Array, 1 instanceof Number, new Number(1) instanceof Number, null instanceof Object, Object instanceof Function, Function instanceof Object] // => [true, true, false, false, true, false, true, true]
function F() {} var f = new F; F.prototype = {}; [f instanceof F, new F instanceof F, Object.create(F.prototype) instanceof F] // => [false, true, true]
1 instanceof 1 // !! TypeError
({}) instanceof {} // !! TypeError
function F() {} F.prototype = 5; ({}) instanceof F // !! TypeError
['a' in {a: 1}, 'toString' in {}, 0 in [1], 1 in [1], '0' in [1], 'length' in [], 1.0 in [1, 2], undefined in {undefined: 1}] // => [true, true, true, false, true, true, true, true]
'a' in 'abc' // !! TypeError
1 in null // !! TypeError
// 11.9
[1 == '1', 0 == '', null == undefined, null == 0, null == false, undefined == 0, '0' == false, '' == false, 'a' == 'A', NaN == NaN] // => [true, true, true, false, false, false, true, true, false, false]
[[] == '', [1] == 1, [1, 2] == '1,2', {} == '[object Object]', [] == [], [0] == false, null == [], undefined == {}, true == 1, true == '1', true == 'true', '1.0' == 1] // => [true, true, true, true, false, true, false, false, true, true, false, true]
[new String('a') == 'a', new String('a') == new String('a'), new Number(1) == 1, new Boolean(false) == 0, 1 === 1.0, '1' === 1, null === undefined] // => [true, false, true, true, true, false, false]
[1 != '1', 1 !== '1', NaN != NaN, null != undefined, null !== undefined] // => [false, true, true, false, true]
// 11.10, 11.11
[5 & 3, 5 | 3, 5 ^ 3, '5' & '3', 1.9 | 0, NaN | 0, null | 1, -1 & 255, 4294967295 | 0] // => [1, 7, 6, 1, 1, 0, 1, 255, -1]
[0 || 'a', 1 || 'a', 0 && 'a', 1 && 'a', '' || 0 || null, 'x' && 'y' && 'z', null && nowhere, 1 || nowhere] // => ["a", 1, 0, "a", null, "z", null, 1]
[1 || 0 && 0, (1 || 0) && 0, !1 || 2, true ? 1 : 2 ? 3 : 4, false ? 1 : 0 ? 3 : 4] // => [1, 0, 2, 1, 4]
var n = 0; [true ? 'a' : n++, false ? n++ : 'b', n] // => ["a", "b", 0]
// 11.13
var a = 5; [a += 2, a -= 1, a *= 3, a /= 2, a %= 5, a <<= 3, a >>= 1, a >>>= 1, a |= 3, a &= 6, a ^= 5] // => [7, 6, 18, 9, 4, 32, 16, 8, 11, 2, 7]
var a, b, c; a = b = c = 4; [a, b, c] // => [4, 4, 4]
var s = 'a'; s += 1; s += null; s // => "a1null"
var o = {n: 1}; o.n += 2; o['n'] *= 3; var a = [1]; a[0] -= 5; [o.n, a] // => [9, [-4]]
var a = 1; function f() { a = 10; return 1 } a += f(); a // => 2
var o = {a: 1}; function f() { o.a = 10; return 1 } o.a += f(); o.a // => 2
var n = 0, o = {}, k = {toString: function () { n++; return 'k' }}; o[k] = 1; delete o[k]; o[k]; k in o; [n, 'k' in o] // => [4, false]
var log = ''; function l(x, v) { log += x; return v } l('a', {})[l('b', 'k')] = l('c', 1); log // => "abc"
var a = [1, 2], i = 0; a[i++] += 5; [a, i] // => [[6, 2], 1]
var a = [0], i = 0; i = a[i] = 5; [a, i] // => [[5], 5]
// 11.14
[(1, 2, 3), (function () { return 1, 2 })()] // => [3, 2]
for (var i = 0, j = 10; i < j; i++, j--); [i, j] // => [5, 5]
// precedence
[1 + 2 * 3, (1 + 2) * 3, 2 + 3 + '5', -2 * 3 % 4, 1 < 2 == true, 1 + 1 << 1, 6 & 3 == 3, !1 + 1, typeof 1 + 1] // => [7, 9, "55", -2, true, 4, 0, 1, "number1"]
[10 - 3 - 2, 100 / 10 / 5, 2 * 3 / 4, 1 - -1, 1 - - 1, 3 > 2 > 1] // => [5, 2, 1.5, 2, 2, false]
