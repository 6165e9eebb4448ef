// 9.2 ToBoolean
[undefined, null, false, true, 0, -0, NaN, 1, -1, '', '0', ' ', {}, []].map(Boolean) // => [false, false, false, true, false, false, false, true, true, false, true, true, true, true]
[!!new Boolean(false), !!function () {}, !!/x/] // => [true, true, true]
// 9.3 ToNumber
['', ' ', '12', ' 12\n', '0x1f', '-5', '+5', '.5', '5.', '1e3', '00012'].map(Number) // => [0, 0, 12, 12, 31, -5, 5, 0.5, 5, 1000, 12]
['1 2', '0x', '-0x1', '1px', 'e5', '.', '+', 'infinity', '1e', '1_0', '١', '0xg'].filter(function (s) { return !isNaN(Number(s)) }) // => []
[Number('Infinity') === Infinity, Number('-Infinity') === -Infinity, Number('+Infinity') === Infinity, 1 / Number('-0') === -Infinity] // => [true, true, true, true]
[+true, +false, +null, isNaN(+undefined), +[], +[7], isNaN(+[1, 2]), isNaN(+{}), +new Date(5)] // => [1, 0, 0, true, 0, 7, true, true, 5]
Number('\u00a0\ufeff\u2028 8\t') // => 8
Number('1'.concat(new Array(400).join('0'))) === Infinity // => true
[Number('1e400') === Infinity, Number('1e-400'), Number('4.9e-324') > 0] // => [true, 0, true]
// 9.4 to 9.7
[~~3.7, ~~-3.7, ~~'12', ~~NaN, ~~Infinity, ~~4294967296, ~~2147483648] // => [3, -3, 12, 0, 0, 0, -2147483648]
[-1 >>> 0, 1.9 >>> 0, '7' >>> 0, -4294967297 >>> 0, 4294967295 >>> 0, NaN >>> 0] // => [4294967295, 1, 7, 4294967295, 4294967295, 0]
[1e20 | 0, -1e20 | 0, 1e10 | 0, 0.5 | 0, -0.5 | 0] // => [1661992960, -1661992960, 1410065408, 0, 0]
// 9.8 ToString
[1, 0, -0, 1.5, -1.5, 100, 1e20, 1e21, 1e-6, 1e-7, 123456789.125].map(String) // => ["1", "0", "0", "1.5", "-1.5", "100", "100000000000000000000", "1e+21", "0.000001", "1e-7", "123456789.125"]
[0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, 4.35, 1e300, 123e-20].map(String) // => ["0.30000000000000004", "0.3333333333333333", "5e-324", "1.7976931348623157e+308", "4.35", "1e+300", "1.23e-18"]
[NaN, Infinity, -Infinity, true, null, undefined].map(String) // => ["NaN", "Infinity", "-Infinity", "true", "null", "undefined"]
['' + {}, '' + [], '' + [1, [2]], '' + function () {}.call, '' + /a/g].map(function (s) { return s.slice(0, 9) }) // => ["[object O", "", "1,2", "function ", "/a/g"]
// 8.12.8 DefaultValue
var o = {valueOf: function () { return 1 }, toString: function () { return 'x' }}; [o + 1, o + '', '' + [o], o * 2, o == 1, String(o), o > 0] // => [2, "1", "x", 2, true, "x", true]
var o = {valueOf: function () { return {} }, toString: function () { return '7' }}; [o * 1, o + 1] // => [7, "71"]
var d = new Date(0); typeof (d + 1) + typeof (d - 1) + (d == d.toString()) // => "stringnumbertrue"
+{valueOf: null, toString: null} // !! TypeError
'' + {valueOf: function () { return {} }, toString: function () { return [] }} // !! TypeError
'' + Object.create(null) // !! TypeError
var log = ''; var o = {valueOf: function () { log += 'v'; return {} }, toString: function () { log += 's'; return '' }}; o + ''; String(o); log // => "vss"
// 9.9, 9.10
[typeof Object(1), typeof Object('s'), Object(true).valueOf(), Object('ab').length] // => ["object", "object", true, 2]
null.x // !! TypeError
undefined.x // !! TypeError
null[0] // !! TypeError
undefined.x = 1 // !! TypeError
null.f() // !! TypeError
[(5).x === undefined, 'a'.x === undefined, true.x === undefined] // => [true, true, true]
var s = 'abc'; s.x = 1; s.x === undefined // => true
// 9.12
[NaN === NaN, 0 === -0, [NaN].indexOf(NaN), Object.is === undefined || Object.is(NaN, NaN)] // => [false, true, -1, true]
