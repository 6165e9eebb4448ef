// 15.4.1, 15.4.2
[Array(3).length, new Array('3').length, Array(1, 2).length, new Array(2)[0] === undefined, 0 in new Array(2), [].length, new Array().length, Array(null).length] // => [3, 1, 2, true, false, 0, 0, 1]
[new Array(4294967295).length, Array([5]).length, Array(true)[0], new Array(0).length] // => [4294967295, 1, true, 0]
new Array(-1) // !! RangeError
new Array(1.5) // !! RangeError
Array(4294967296) // !! RangeError
new Array(NaN) // !! RangeError
// 15.4.3.2
[Array.isArray([]), Array.isArray(Array.prototype), Array.isArray({length: 0}), Array.isArray(), Array.isArray('a'), Array.isArray((function () { return arguments })()), Array.isArray(Object.create([]))] // => [true, true, false, false, false, false, false]
// 15.4.4.2, 15.4.4.3
[[1, [2, 3], null, undefined, 'x'].toString(), [].toString(), String([null]), [1, 2].toLocaleString(), [[], [[]]].toString()] // => ["1,2,3,,,x", "", "", "1,2", ","]
[Array.prototype.toString.call({join: function () { return 'j' }}), Array.prototype.toString.call({}), Array.prototype.toString.call({join: 5})] // => ["j", "[object Object]", "[object Object]"]
[{toLocaleString: function () { return 'L' }}, null].toLocaleString() // => "L,"
// 15.4.4.4 concat
[[1, 2].concat(3, [4, [5]]), [].concat().length, [1].concat([], [[]]).length, [1, , 3].concat([, 5]).length] // => [[1, 2, 3, 4, [5]], 0, 2, 5]
[1 in [1, , 3].concat(), 4 in [1].concat([2, , , 3])] // => [false, true]
var r = Array.prototype.concat.call('ab', 1); [r.length, typeof r[0], r[1]] // => [2, "object", 1]
[].concat({length: 1, 0: 'a'}).length // => 1
Array.prototype.concat.call(null) // !! TypeError
// 15.4.4.5 join
[[1, null, undefined, 'a'].join('-'), [].join(), [1].join('x'), [[1, 2], [3]].join(';'), [1, 2].join(undefined), [1, 2].join(null), [1, 2].join(''), [, ,].join('x')] // => ["1---a", "", "1", "1,2;3", "1,2", "1null2", "12", "x"]
[Array.prototype.join.call({length: 3, 0: 'a', 2: 'c'}, '+'), Array.prototype.join.call('abc', '-'), Array.prototype.join.call({length: '2'}), Array.prototype.join.call(5)] // => ["a++c", "a-b-c", ",", ""]
// 15.4.4.6, 15.4.4.7
var a = [1, 2]; [a.pop(), a.pop(), a.pop() === undefined, a.length] // => [2, 1, true, 0]
var a = [1, , 3]; a.pop(); [a.pop() === undefined, a.length] // => [true, 1]
var o = {length: 2, 0: 'a', 1: 'b'}; [Array.prototype.pop.call(o), o] // => ["b", {"length": 1, "0": "a"}]
var o = {}; [Array.prototype.pop.call(o) === undefined, o] // => [true, {"length": 0}]
var a = []; [a.push(1), a.push(2, 3), a.push(), a.push([4]), a] // => [1, 3, 3, 4, [1, 2, 3, [4]]]
var o = {}; [Array.prototype.push.call(o, 'x', 'y'), o] // => [2, {"0": "x", "1": "y", "length": 2}]
var o = {length: '1'}; Array.prototype.push.call(o, 'x'); o // => {"1": "x", "length": 2}
Object.freeze([]).push(1) // !! TypeError
Array.prototype.push.call(undefined, 1) // !! TypeError
// 15.4.4.8 reverse
[[1, 2, 3].reverse(), [1, 2].reverse(), [].reverse(), [1].reverse()] // => [[3, 2, 1], [2, 1], [], [1]]
var a = [1, , 3, 4], r = a.reverse(); [r === a, 2 in a, 1 in a, a[0], a[3]] // => [true, false, true, 4, 1]
Array.prototype.reverse.call({length: 3, 0: 'a', 2: 'c'}) // => {"0": "c", "2": "a", "length": 3}
// 15.4.4.9, 15.4.4.13
var a = [1, 2, 3]; [a.shift(), a.unshift(8, 9), a, [].shift() === undefined, [].unshift()] // => [1, 4, [8, 9, 2, 3], true, 0]
var a = [, 2, , 4]; a.shift(); [a.length, 0 in a, 1 in a, a[2]] // => [3, true, false, 4]
var a = [1, , 3]; a.unshift(0); [a.length, a[1], 2 in a, a[3]] // => [4, 1, false, 3]
var o = {length: 2, 0: 'a', 1: 'b'}; [Array.prototype.shift.call(o), o] // => ["a", {"length": 1, "0": "b"}]
var o = {length: 1, 0: 'a'}; [Array.prototype.unshift.call(o, 'x'), o] // => [2, {"length": 2, "0": "x", "1": "a"}]
// 15.4.4.10 slice
[[1, 2, 3, 4].slice(1, 3), [1, 2, 3].slice(-2), [1, 2, 3].slice(-9, -1), [1, 2].slice(5), [1, 2].slice(), [1, 2, 3].slice(1, undefined), [1, 2].slice(NaN, 1), [1, 2].slice('1'), [1, 2, 3].slice(2, 1), [1, 2].slice(0, Infinity)] // => [[2, 3], [2, 3], [1, 2], [], [1, 2], [2, 3], [1], [2], [], [1, 2]]
var a = [1, , 3], s = a.slice(); [s !== a, 1 in s, s.length, [1, 2, ,].slice(1).length] // => [true, false, 3, 2]
[Array.prototype.slice.call('abc', 1), Array.prototype.slice.call({length: 2, 0: 'x'}).length] // => [["b", "c"], 2]
// 15.4.4.12 splice
var a = [1, 2, 3, 4, 5], r = a.splice(1, 2, 'x', 'y', 'z'); [a, r] // => [[1, "x", "y", "z", 4, 5], [2, 3]]
var a = [1, 2, 3, 4], r = a.splice(-2, 1); [a, r] // => [[1, 2, 4], [3]]
var a = [1, 2, 3]; [a.splice(0, 2), a, a.length, 2 in a] // => [[1, 2], [3], 1, false]
var a = [1, 2]; [a.splice(1, 0, 'm'), a, a.splice(9, 1, 'e'), a, a.splice(0, -1, 'b'), a] // => [[], ["b", 1, "m", 2, "e"], [], ["b", 1, "m", 2, "e"], [], ["b", 1, "m", 2, "e"]]
var a = [1, 2, 3], r = a.splice(0, undefined); [a, r] // => [[1, 2, 3], []]
var a = [1, , 3, 4], r = a.splice(0, 2); [0 in r, 1 in r, r.length, a] // => [true, false, 2, [3, 4]]
var o = {length: 3, 0: 'a', 1: 'b', 2: 'c'}; [Array.prototype.splice.call(o, 1, 1), o] // => [["b"], {"length": 2, "0": "a", "1": "c"}]
// 15.4.4.14, 15.4.4.15
[[1, 2, 1].indexOf(1, 1), [1, 2].indexOf('1'), [NaN].indexOf(NaN), [1, 2, 3].indexOf(3, -1), [1].indexOf(1, 5), [0].indexOf(-0), [, 1].indexOf(undefined), [undefined].indexOf(), [1, 2].indexOf(1, -9), [].indexOf(1)] // => [2, -1, -1, 2, -1, 0, -1, 0, 0, -1]
[[1, 2, 1].lastIndexOf(1), [1, 2, 1].lastIndexOf(1, -2), [1, 2].lastIndexOf(2, 0), [1].lastIndexOf(1, -5), [1, 1].lastIndexOf(1, undefined), [1, 1].lastIndexOf(1, 9), [].lastIndexOf(1), [undefined].lastIndexOf()] // => [2, 0, -1, -1, 0, 1, -1, 0]
[Array.prototype.indexOf.call('abc', 'c'), Array.prototype.indexOf.call({length: 2, 1: 'x'}, 'x'), Array.prototype.lastIndexOf.call('abca', 'a')] // => [2, 1, 3]
[].indexOf.call(null, 1) // !! TypeError
// 15.4.5 length and indexes
var a = [1, 2, 3]; a.length = 1; a[3] = 4; [a.length, a[1] === undefined, 2 in a, 3 in a] // => [4, true, false, true]
var a = []; a[5] = 1; a['007'] = 2; a['1.0'] = 3; a[-1] = 4; [a.length, a[7] === undefined, a[1] === undefined, Object.keys(a).length] // => [6, true, true, 4]
var a = []; a['4294967295'] = 1; a['4294967294'] = 2; [a.length, Object.keys(a).join()] // => [4294967295, "4294967294,4294967295"]
var a = [1]; a.x = 2; [a.length, Object.keys(a).join(), a.length = 0, a.x] // => [1, "0,x", 0, 2]
var a = [1, 2, 3]; a.length = '2'; a.length = {valueOf: function () { return 1 }}; a // => [1]
var a = [1, 2, 3]; Object.defineProperty(a, 1, {configurable: false}); a.length = 0; [a.length, a] // => [2, [1, 2]]
var a = Object.defineProperty([1, 2], 'length', {writable: false}); a.length = 0; a[5] = 1; a[0] = 9; [a.length, 5 in a, a[0]] // => [2, false, 9]
var a = [1, 2, 3]; Object.defineProperty(a, 'length', {value: 1}); a // => [1]
var a = []; Object.defineProperty(a, 3, {value: 1}); [a.length, a[3]] // => [4, 1]
[].length = -1 // !! RangeError
[].length = 1.5 // !! RangeError
[].length = 'x' // !! RangeError
Object.defineProperty([], 'length', {value: -1}) // !! RangeError
Object.defineProperty(Object.defineProperty([1], 'length', {writable: false}), 'length', {value: 0}) // !! TypeError
Object.defineProperty(Object.defineProperty([], 'length', {writable: false}), 0, {value: 1}) // !! TypeError
Object.defineProperty(Object.defineProperty([], 'length', {writable: false}), 'length', {writable: true}) // !! TypeError
Object.defineProperty([], 'length', {get: function () {}}) // !! TypeError
// and together
var a = []; [a.push(1), a.push(2, 3), a.push(), a.length] // => [1, 3, 3, 3]
var a = [1, 2, 3]; [a.shift(), a.unshift(8, 9), a] // => [1, 4, [8, 9, 2, 3]]
[[1, 2].concat(3, [4, [5]]), [].concat().length] // => [[1, 2, 3, 4, [5]], 0]
[1, , 3].concat([, 5]).length // => 5
[[1, null, undefined, 'a'].join('-'), [].join(), [1].join('x'), [[1, 2], [3]].join(';')] // => ["1---a", "", "1", "1,2;3"]
var a = [1]; a.push(a); a.join() // => "1,"
var o = {}; Array.prototype.push.call(o, 'x'); o // => {"0": "x", "length": 1}
[1, 2, 3].reverse() // => [3, 2, 1]
var a = [1, , 3]; a.reverse(); 1 in a // => false
[[1, 2, 3, 4].slice(1, 3), [1, 2, 3].slice(-2), [1, 2, 3].slice(-9, -1), [1, 2].slice(5).length] // => [[2, 3], [2, 3], [1, 2], 0]
var a = [1, 2, 3], r = a.splice(1); [a, r] // => [[1], [2, 3]]
var a = [1, 2, 3, 4], r = a.splice(-2, 1); [a, r, a.splice().length] // => [[1, 2, 4], [3], 0]
var a = [1, 2, 3]; a.splice(0, 2); [a.length, 2 in a] // => [1, false]
[3, 1, 2].sort() // => [1, 2, 3]
[10, 9, 1].sort() // => [1, 10, 9]
[10, 9, 1].sort(function (a, b) { return a - b }) // => [1, 9, 10]
[.3, .1, .2].sort(function (a, b) { return a - b }) // => [0.1, 0.2, 0.3]
[2, undefined, 1, , 3].sort(function (a, b) { return b - a }).length // => 5
var a = [2, undefined, 1, , 3].sort(); [a[0], a[3] === undefined, 3 in a, 4 in a] // => [1, true, true, false]
var a = [{k: 1, n: 'a'}, {k: 0, n: 'b'}, {k: 1, n: 'c'}, {k: 0, n: 'd'}]; a.sort(function (x, y) { return x.k - y.k }).map(function (x) { return x.n }).join('') // => "bdac"
[3, 2, 1].sort(function () { return NaN }) // => [3, 2, 1]
try { [1, 2].sort(5) } catch (e) { e.name } // => "TypeError"
var a = [3, 1, 2]; try { a.sort(function () { throw 'x' }) } catch (e) {} a // => [3, 1, 2]
[[1, 2, 1].indexOf(1, 1), [1, 2].indexOf('1'), [NaN].indexOf(NaN), [1, 2, 3].indexOf(3, -1), [1].indexOf(1, 5)] // => [2, -1, -1, 2, -1]
[[1, 2, 1].lastIndexOf(1), [1, 2, 1].lastIndexOf(1, -2), [1, 2].lastIndexOf(2, 0), [1].lastIndexOf(1, -5)] // => [2, 0, -1, -1]
[[2, 4].every(function (x) { return x % 2 == 0 }), [].every(function () {}), [1, 2].some(function (x) { return x > 1 })] // => [true, true, true]
var r = []; [5, , 7].forEach(function (x, i, a) { r.push(x * i + a.length) }); r // => [3, 17]
[[1, 2].map(function (x) { return x * this.f }, {f: 3}), 1 in [1, , 2].map(String)] // => [[3, 6], false]
[1, 2, 3].filter(function (x) { return x != 2 }) // => [1, 3]
[[1, 2, 3].reduce(function (a, b) { return a + b }), [1, 2].reduce(function (a, b) { return a + b }, 'x'), [1, 2, 3].reduceRight(function (a, b) { return a + '' + b })] // => [6, "x12", "321"]
try { [].reduce(function () {}) } catch (e) { e.name } // => "TypeError"
try { [1].map() } catch (e) { e.name } // => "TypeError"
[Array.isArray([]), Array.isArray({length: 0}), Array.isArray(Array.prototype)] // => [true, false, true]
[new Array(3).length, new Array('3').length, Array(1, 2).length, new Array(2)[0] === undefined] // => [3, 1, 2, true]
var a = [1, 2, 3]; a.length = 1; a[3] = 4; [a.length, a[1] === undefined, 2 in a] // => [4, true, false]
var a = []; a[5] = 1; a['007'] = 2; [a.length, a['7'] === undefined] // => [6, true]
var a = []; a['4294967295'] = 1; a.length // => 0
var a = [1]; a.x = 2; [a.length, Object.keys(a).join()] // => [1, "0,x"]
var a = [1, 2, 3]; Object.defineProperty(a, 1, {configurable: false}); a.length = 0; a.length // => 2
var a = Object.defineProperty([1, 2], 'length', {writable: false}); a.length = 0; a[5] = 1; [a.length, 5 in a] // => [2, false]
try { Object.freeze([1]).push(2) } catch (e) { e.name } // => "TypeError"
[[1, [2, 3]].toString(), [1, 2].toLocaleString(), String([null])] // => ["1,2,3", "1,2", ""]
Array.prototype.map.call('abc', function (c) { return c + c }).join() // => "aa,bb,cc"
Array.prototype.slice.call((function () { return arguments })(1, 2, 3), 1) // => [2, 3]
