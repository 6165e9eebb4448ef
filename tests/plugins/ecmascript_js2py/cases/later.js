// What later editions have added, and what is this engine's own.
[[1, 2, 3].find(function (x) { return x > 1 }), [1].find(function () {}) === undefined, [1, 2].findIndex(function (x) { return x == 2 })] // => [2, true, 1]
[[1, NaN].includes(NaN), [1].includes(2), new Array(2).fill(7), Array.of(1, 2)] // => [true, false, [7, 7], [1, 2]]
['2024-02-30', '2024-13-01', '2024-00-01', '2024-01-01T25:00:00Z', '2024-01-01T24:00:01Z', 'soon', '', '-000000-01-01', '12:00'].filter(function (s) { return !isNaN(Date.parse(s)) }) // => []
[typeof Date(), new Date().getTime(), Date.now(), Date.parse(Date())] // => ["string", 1700000000250, 1700000000250, 1700000000000]
[isNaN(+'1_000'), isNaN(+'inf'), isNaN(+'nan'), isNaN(+'1x'), +'1e3', +'.5', +'5.'] // => [true, true, true, true, 1000, 0.5, 5]
{a: 1, b: [2]} // => {"a": 1, "b": [2]}
function () { return 1 } // => null
[parseFloat('3.14abc'), parseFloat('.5'), parseFloat('-1e3x'), isNaN(parseFloat('x')), parseFloat('Infinityx') == Infinity, parseFloat('1_0'), parseFloat('5.')] // => [3.14, 0.5, -1000, true, true, 1, 5]
[Number.isInteger(5), Number.isInteger('5'), Number.isNaN('x'), Number.isFinite('5')] // => [true, false, false, false]
[Math.floor(-1.5), Math.ceil(-1.5), Math.ceil(0.2), 1 / Math.ceil(-0.5) == -Infinity, Math.floor(Infinity) == Infinity, Math.trunc(-4.7), Math.sign(-3)] // => [-2, -1, 1, true, true, -4, -1]
Object.keys('ab').join ? 'array' : '' // => "array"
var o = Object.freeze({a: 1}); o.a = 2; o.b = 3; delete o.a; [o.a, o.b === undefined, Object.isFrozen(o), Object.isSealed(o)] // => [1, true, true, true]
var o = Object.seal({a: 1}); o.a = 2; o.b = 3; delete o.a; [o.a, 'b' in o, Object.isFrozen(o)] // => [2, false, false]
var o = Object.preventExtensions({a: 1}); o.b = 1; [Object.isExtensible(o), 'b' in o] // => [false, false]
Object.assign({a: 1}, {b: 2}, null, {a: 3}) // => {"a": 3, "b": 2}
[Object.values({a: 1, b: 2}), Object.entries({a: 1})] // => [[1, 2], [["a", 1]]]
[Function.prototype.toString.call(function f() {}), typeof Function.prototype, Function.prototype() === undefined] // => ["function f() { [native code] }", "function", true]
[/(?=a)a/.test('a'), /a(?!b)/.test('ab'), /(?<=a)b/.test('ab'), /(?<!a)b/.test('ab')] // => [true, false, true, false]
['abc'.includes('b'), 'abc'.startsWith('b', 1), 'abc'.endsWith('b', 2), 'ab'.repeat(3), ''.repeat(0)] // => [true, true, true, "ababab", ""]
['5'.padStart(3, '0'), '5'.padEnd(3), 'abc'.padStart(2), 'x'.padStart(6, 'ab'), ' a '.trimStart() + '|', ' a '.trimEnd() + '|'] // => ["005", "5  ", "abc", "ababax", "a |", " a|"]
