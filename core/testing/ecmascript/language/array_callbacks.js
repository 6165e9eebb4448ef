// 15.4.4.11 sort
[[3, 1, 2].sort(), [10, 9, 1].sort(), ['b', 'a', 'C'].sort(), [true, 'a', null, 5].sort(), [].sort()] // => [[1, 2, 3], [1, 10, 9], ["C", "a", "b"], [5, "a", null, true], []]
[[10, 9, 1].sort(function (a, b) { return a - b }), [1, 2, 3].sort(function (a, b) { return b - a }), [.3, .1, .2].sort(function (a, b) { return a - b })] // => [[1, 9, 10], [3, 2, 1], [0.1, 0.2, 0.3]]
var a = [2, undefined, 1, , 3], r = a.sort(); [r === a, a[0], a[2], a[3] === undefined, 3 in a, 4 in a, a.length] // => [true, 1, 3, true, true, false, 5]
var n = 0; [undefined, undefined].sort(function () { n++ }); n // => 0
var a = [{k: 1, n: 'a'}, {k: 0, n: 'b'}, {k: 1, n: 'c'}, {k: 0, n: 'd'}]; a.sort(function (x, y) { return x.k - y.k }); a.map(function (x) { return x.n }).join('') // => "bdac"
[[3, 2, 1].sort(function () { return NaN }), [3, 2, 1].sort(function () {}), [1, 2].sort(undefined)] // => [[3, 2, 1], [3, 2, 1], [1, 2]]
[3, 2, 1].sort(function (a, b) { return a < b ? -1 : 1 }) // => [1, 2, 3]
['\u00e9', 'z', 'e', '\ud83d\ude00', '\uffff'].sort().join('') === 'ez\u00e9\ud83d\ude00\uffff' // => true
var a = [3, 1, 2]; try { a.sort(function () { throw 'x' }) } catch (e) { a.slice().sort() } // => [1, 2, 3]
Array.prototype.sort.call({length: 3, 0: 'c', 1: 'a', 2: 'b'}) // => {"length": 3, "0": "a", "1": "b", "2": "c"}
var log = []; [2, 1].sort(function (a, b) { log.push(arguments.length, this === undefined || typeof this); return 0 }); log // => [2, "object"]
[1, 2].sort(5) // !! TypeError
[1, 2].sort({}) // !! TypeError
Object.freeze([2, 1]).sort() // !! TypeError
[1, 2].sort(function () { null.x }) // !! TypeError
// 15.4.4.16, 15.4.4.17
[[2, 4].every(function (x) { return x % 2 == 0 }), [1, 2].every(function (x) { return x > 1 }), [].every(function () { return false }), [, 1].every(function (x) { return x })] // => [true, false, true, true]
[[1, 2].some(function (x) { return x > 1 }), [1].some(function (x) { return x > 1 }), [].some(function () { return true }), [1].some(function () { return 'yes' })] // => [true, false, false, true]
var n = 0; [1, 2, 3].every(function () { n++; return false }); [1, 2, 3].some(function () { n++; return true }); n // => 2
// 15.4.4.18
var r = []; [5, , 7].forEach(function (x, i, a) { r.push(x, i, a.length, this.t) }, {t: 1}); r // => [5, 0, 3, 1, 7, 2, 3, 1]
[1].forEach(function () { return 5 }) === undefined // => true
var r = []; var a = [1, 2, 3]; a.forEach(function (x) { r.push(x); a.pop(); a.push(9) }); r // => [1, 2, 9]
var r = []; var a = [1, 2]; a.forEach(function (x) { r.push(x); if (r.length < 9) a.push(x) }); [r, a.length] // => [[1, 2], 4]
var r = []; Array.prototype.forEach.call('ab', function (c, i, s) { r.push(c, i, typeof s) }); r // => ["a", 0, "object", "b", 1, "object"]
// 15.4.4.19, 15.4.4.20
[[1, 2].map(function (x) { return x * this.f }, {f: 3}), 1 in [1, , 2].map(String), [1, , 2].map(String).length, ['1', '2', '3'].map(Number)] // => [[3, 6], false, 3, [1, 2, 3]]
['10', '10', '10'].map(parseInt).join() // => "10,NaN,2"
Array.prototype.map.call({length: 2, 0: 'a', 1: 'b'}, function (c) { return c + c }) // => ["aa", "bb"]
[[1, 2, 3].filter(function (x) { return x != 2 }), [, 1, , 2].filter(function () { return true }), [0, '', null, 'a', 1].filter(Boolean)] // => [[1, 3], [1, 2], ["a", 1]]
// 15.4.4.21, 15.4.4.22
[[1, 2, 3].reduce(function (a, b) { return a + b }), [1, 2].reduce(function (a, b) { return a + b }, 'x'), [1, 2, 3].reduceRight(function (a, b) { return a + '' + b }), [].reduce(function () {}, 7), [5].reduce(function () { return 'no' })] // => [6, "x12", "321", 7, 5]
var r = []; [1, , 3].reduce(function (acc, x, i, a) { r.push(acc, x, i, a.length) }); r // => [1, 3, 2, 3]
[[1, 2].reduce(function (a, b) { return a }, undefined) === undefined, [, ,].reduce(function () {}, 1)] // => [true, 1]
[].reduce(function () {}) // !! TypeError
[, ,].reduceRight(function () {}) // !! TypeError
[1].reduce() // !! TypeError
// callbacks that are none
[1].map() // !! TypeError
[].forEach({}) // !! TypeError
[].every(null) // !! TypeError
[].some('x') // !! TypeError
[].filter(/x/) // !! TypeError
Array.prototype.map.call(null, function () {}) // !! TypeError
[1, 2].forEach(function (x) { throw new RangeError(x) }) // !! RangeError
