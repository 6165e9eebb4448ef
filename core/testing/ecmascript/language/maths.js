// 15.8.1
[Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2].map(function (n) { return n.toFixed(12) }).join() // => "3.141592653590,2.718281828459,0.693147180560,2.302585092994,1.442695040889,0.434294481903,1.414213562373,0.707106781187"
Math.PI = 3; [Math.PI > 3.1, Object.prototype.toString.call(Math), typeof Math] // => [true, "[object Math]", "object"]
new Math() // !! TypeError
Math() // !! TypeError
// 15.8.2
[Math.abs(-5), Math.abs('-3'), Math.abs(-Infinity) === Infinity, 1 / Math.abs(-0) === Infinity, isNaN(Math.abs()), Math.abs(null), Math.abs([-2])] // => [5, 3, true, true, true, 0, 2]
[isNaN(Math.acos(2)), Math.acos(1), isNaN(Math.asin(-1.1)), Math.asin(0), 1 / Math.asin(-0) === -Infinity, Math.atan(Infinity) * 2 === Math.PI, 1 / Math.atan(-0) === -Infinity] // => [true, 0, true, 0, true, true, true]
[Math.atan2(1, 1) * 4 === Math.PI, Math.atan2(0, -0) === Math.PI, Math.atan2(-0, -1) === -Math.PI, 1 / Math.atan2(-0, 1) === -Infinity, isNaN(Math.atan2(NaN, 1)), Math.atan2(Infinity, Infinity) * 4 === Math.PI] // => [true, true, true, true, true, true]
[Math.ceil(0.2), Math.ceil(-1.5), 1 / Math.ceil(-0.5) === -Infinity, Math.ceil(1e300) === 1e300, isNaN(Math.ceil(NaN)), Math.ceil(-Infinity) === -Infinity] // => [1, -1, true, true, true, true]
[Math.floor(-1.5), Math.floor(1.9), 1 / Math.floor(-0) === -Infinity, Math.floor(Infinity) === Infinity, Math.floor('7.9'), Math.floor(-0.5)] // => [-2, 1, true, true, 7, -1]
[Math.round(2.5), Math.round(-2.5), Math.round(0.49999999999999994), 1 / Math.round(-0.2) === -Infinity, 1 / Math.round(-0.5) === -Infinity, Math.round(1e300) === 1e300, Math.round(-0.51), Math.round(4503599627370495.5), Math.round(9007199254740991)] // => [3, -2, 0, true, true, true, -1, 4503599627370496, 9007199254740991]
[Math.sqrt(9), isNaN(Math.sqrt(-1)), 1 / Math.sqrt(-0) === -Infinity, Math.sqrt(Infinity) === Infinity, Math.sqrt(2) === Math.SQRT2] // => [3, true, true, true, true]
[Math.exp(0), Math.exp(1000) === Infinity, Math.exp(-Infinity), Math.log(1), Math.log(0) === -Infinity, isNaN(Math.log(-1)), Math.log(Math.E)] // => [1, true, 0, 0, true, true, 1]
[Math.sin(0), Math.cos(0), Math.tan(0), isNaN(Math.sin(Infinity)), isNaN(Math.cos(-Infinity)), isNaN(Math.tan(Infinity)), 1 / Math.sin(-0) === -Infinity] // => [0, 1, 0, true, true, true, true]
[Math.pow(2, 10), isNaN(Math.pow(-8, 1 / 3)), isNaN(Math.pow(1, Infinity)), Math.pow(NaN, 0), isNaN(Math.pow(1, NaN)), Math.pow(0, 0), Math.pow(4, 0.5), Math.pow(2, -1), Math.pow('2', '3')] // => [1024, true, true, 1, true, 1, 2, 0.5, 8]
[Math.pow(10, 400) === Infinity, Math.pow(-10, 401) === -Infinity, Math.pow(0, -1) === Infinity, 1 / Math.pow(-0, 3) === -Infinity, Math.pow(-0, -3) === -Infinity, Math.pow(-Infinity, 3) === -Infinity, Math.pow(2, -Infinity), Math.pow(0.5, Infinity), isNaN(Math.pow(-1, -Infinity))] // => [true, true, true, true, true, true, 0, 0, true]
[Math.max(), Math.min()].join() // => "-Infinity,Infinity"
[Math.max(1, 3, 2), Math.min(1, '0', 2), isNaN(Math.max(1, NaN, 3)), 1 / Math.max(-0, 0) === Infinity, 1 / Math.min(0, -0) === -Infinity, Math.max(-5), Math.max(null, undefined) !== Math.max(0), Math.max([4], '5')] // => [3, 0, true, true, true, -5, true, 5]
var n = 0, o = {valueOf: function () { n++; return 1 }}; Math.max(NaN, o, o); n // => 2
var r = Math.random(), s = Math.random(); [r >= 0 && r < 1, r !== s] // => [true, true]
