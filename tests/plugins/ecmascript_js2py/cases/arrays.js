var a = []; [a.push(1), a.push(2, 3), a.push(), a.length] // => [1, 3, 3, 3]
var a = [1, 2]; [a.pop(), a.pop(), a.pop() === undefined, a.length] // => [2, 1, true, 0]
var a = [1, 2, 3]; [a.shift(), a.unshift(8, 9), a] // => [1, 4, [8, 9, 2, 3]]
[[1, 2].concat(3, [4, [5]]), [].concat().length] // => [[1, 2, 3, 4, [5]], 0]
[1, , 3].concat([, 5]).length // => 5
[[1, null, undefined, 'a'].join('-'), [].join(), [1].join('x'), [[1, 2], [3]].join(';')] // => ["1---a", "", "1", "1,2;3"]
var a = [1]; a.push(a); a.join() // => "1,"
var o = {}; Array.prototype.push.call(o, 'x'); o // => {"0": "x", "length": 1}
[1, 2, 3].reverse() // => [3, 2, 1]
var a = [1, , 3]; a.reverse(); 1 in a // => false
[[1, 2, 3, 4].slice(1, 3), [1, 2, 3].slice(-2), [1, 2, 3].slice(-9, -1), [1, 2].slice(5).length] // => [[2, 3], [2, 3], [1, 2], 0]
var a = [1, 2, 3, 4, 5], r = a.splice(1, 2, 'x', 'y', 'z'); [a, r] // => [[1, "x", "y", "z", 4, 5], [2, 3]]
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
[3, 2, 1].sort(function (a, b) { return a < b ? -1 : 1 }) // => [1, 2, 3]
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
[[1, 2, 3].find(function (x) { return x > 1 }), [1].find(function () {}) === undefined, [1, 2].findIndex(function (x) { return x == 2 })] // => [2, true, 1]
[[1, NaN].includes(NaN), [1].includes(2), new Array(2).fill(7), Array.of(1, 2)] // => [true, false, [7, 7], [1, 2]]
[[1, [2, 3]].toString(), [1, 2].toLocaleString(), String([null])] // => ["1,2,3", "1,2", ""]
Array.prototype.map.call('abc', function (c) { return c + c }).join() // => "aa,bb,cc"
Array.prototype.slice.call((function () { return arguments })(1, 2, 3), 1) // => [2, 3]
