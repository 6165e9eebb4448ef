// 15.6 Boolean
[Boolean(), Boolean('false'), Boolean(new Boolean(false)), typeof new Boolean(1), new Boolean(false).valueOf(), new Boolean(false) ? 1 : 2, new Boolean(false) == false, true.toString(), String(new Boolean(0))] // => [false, true, true, "object", false, 1, true, "true", "false"]
Boolean.prototype.valueOf.call(1) // !! TypeError
Boolean.prototype.toString.call('x') // !! TypeError
// 15.7.1 to 15.7.3
[Number(), Number(''), Number(null), Number(true), Number([5]), Number(new Date(5)), typeof new Number(5), new Number('7') + 1] // => [0, 0, 0, 1, 5, 5, "object", 8]
[Number.MAX_VALUE, Number.MIN_VALUE, Number.NEGATIVE_INFINITY === -Infinity, Number.POSITIVE_INFINITY === Infinity, isNaN(Number.NaN)] // => [1.7976931348623157e308, 5e-324, true, true, true]
Number.MAX_VALUE = 1; Number.MAX_VALUE > 1e308 // => true
// 15.7.4.2, 15.7.4.4
[(255).toString(16), (255).toString(2), (0.5).toString(2), (-255).toString(36), (1e21).toString(), NaN.toString(2), (35).toString(36), (10).toString(undefined), (0).toString(2), (-0).toString(), (0.1).toString(3).slice(0, 12)] // => ["ff", "11111111", "0.1", "-73", "1e+21", "NaN", "z", "10", "0", "0", "0.0022002200"]
[(1e21).toString(16), (4294967296).toString(16), (0.75).toString(16), Infinity.toString(16), (-1.5).toString(2), (Math.pow(2, 53)).toString(2).length] // => ["3635c9adc5dea00000", "100000000", "0.c", "Infinity", "-1.1", 54]
(1).toString(1) // !! RangeError
(1).toString(37) // !! RangeError
(1).toString(null) // !! RangeError
Number.prototype.toString.call('1') // !! TypeError
Number.prototype.valueOf.call({}) // !! TypeError
[new Number(3).valueOf(), typeof (5).toLocaleString(), (5).valueOf(), (1234.5).constructor === Number] // => [3, "string", 5, true]
// 15.7.4.5 toFixed
[(1.005).toFixed(2), (2.5).toFixed(0), (1.45).toFixed(1), (0).toFixed(2), (-1.5).toFixed(0), (1e21).toFixed(2), (1.23e-10).toFixed(2), (1000000000000000128).toFixed(0), (0.5).toFixed(), (123.456).toFixed(20).length, (5e-324).toFixed(3)] // => ["1.00", "3", "1.4", "0.00", "-2", "1e+21", "0.00", "1000000000000000128", "1", 24, "0.000"]
[NaN.toFixed(2), (-1.005).toFixed(2), (10.235).toFixed(2), (1.255).toFixed(2), (8.345).toFixed(2), (0.000001).toFixed(7), (1e20).toFixed(1), (99.995).toFixed(2)] // => ["NaN", "-1.00", "10.23", "1.25", "8.35", "0.0000010", "100000000000000000000.0", "100.00"]
[(1.5).toFixed('1'), (1.5).toFixed(1.9), (1.5).toFixed(NaN), Infinity.toFixed(1)] // => ["1.5", "1.5", "2", "Infinity"]
(1).toFixed(-1) // !! RangeError
(1).toFixed(101) // !! RangeError
Number.prototype.toFixed.call('1', 1) // !! TypeError
// 15.7.4.6 toExponential
[(123456).toExponential(2), (0).toExponential(), (0.00015).toExponential(), (-5).toExponential(1), Infinity.toExponential(), NaN.toExponential(200), (1).toExponential(0), (0).toExponential(2), (12345).toExponential(), (9.99).toExponential(1), (1e300).toExponential(3), (25).toExponential(0)] // => ["1.23e+5", "0e+0", "1.5e-4", "-5.0e+0", "Infinity", "NaN", "1e+0", "0.00e+0", "1.2345e+4", "1.0e+1", "1.000e+300", "3e+1"]
(1).toExponential(-1) // !! RangeError
(1).toExponential(101) // !! RangeError
// 15.7.4.7 toPrecision
[(123.456).toPrecision(4), (0.000123).toPrecision(2), (1e21).toPrecision(3), (1234.5).toPrecision(2), (0).toPrecision(3), (1.25).toPrecision(2), (1e-7).toPrecision(2), (123).toPrecision(3), (-1.5).toPrecision(1), (1).toPrecision(), NaN.toPrecision(0), (99.99).toPrecision(3), (0.00001).toPrecision(1), (123456).toPrecision(6)] // => ["123.5", "0.00012", "1.00e+21", "1.2e+3", "0.00", "1.3", "1.0e-7", "123", "-2", "1", "NaN", "100", "0.00001", "123456"]
(1).toPrecision(0) // !! RangeError
(1).toPrecision(101) // !! RangeError
// and together
[parseInt('42px'), parseInt('0x1f'), parseInt('101', 2), parseInt('z', 36), isNaN(parseInt('')), parseInt('-7'), parseInt('010'), parseInt(' 8')] // => [42, 31, 5, 35, true, -7, 10, 8]
[isNaN(parseInt('9', 1)), parseInt('0b1'), parseInt('12', 37) + '', parseInt('19', 8), parseInt('1e3')] // => [true, 0, "NaN", 1, 1]
[isNaN('x'), isNaN(undefined), isNaN(''), isFinite('5'), isFinite(1 / 0), isFinite('')] // => [true, true, false, true, false, true]
[(255).toString(16), (255).toString(2), (0.5).toString(2), (-255).toString(36), (1e21).toString(), NaN.toString(2), (35).toString(36)] // => ["ff", "11111111", "0.1", "-73", "1e+21", "NaN", "z"]
[(123.456).toPrecision(4), (0.000123).toPrecision(2), (1e21).toPrecision(3), (1234.5).toPrecision(2), (0).toPrecision(3), (1.25).toPrecision(2)] // => ["123.5", "0.00012", "1.00e+21", "1.2e+3", "0.00", "1.3"]
[(123456).toExponential(2), (0).toExponential(), (0.00015).toExponential(), (-5).toExponential(1), Infinity.toExponential()] // => ["1.23e+5", "0e+0", "1.5e-4", "-5.0e+0", "Infinity"]
[Number('12'), Number(''), isNaN(Number('1x')), Number(true), Number([5]), Number(new Date(5)), Number()] // => [12, 0, true, 1, 5, 5, 0]
[Number.MAX_VALUE > 1e308, Number.MIN_VALUE, Number.NEGATIVE_INFINITY == -Infinity, Number.POSITIVE_INFINITY == Infinity, isNaN(Number.NaN)] // => [true, 5e-324, true, true, true]
[Math.sqrt(9), isNaN(Math.sqrt(-1)), Math.pow(2, 10), isNaN(Math.pow(-8, 1 / 3)), Math.pow(2, 0.5) == Math.SQRT2, isNaN(Math.pow(1, Infinity)), Math.pow(NaN, 0)] // => [3, true, 1024, true, true, true, 1]
[Math.pow(10, 400) == Infinity, Math.pow(-10, 401) == -Infinity, Math.pow(0, -1) == Infinity, 1 / Math.pow(-0, 3) == -Infinity] // => [true, true, true, true]
[Math.round(2.5), Math.round(-2.5), Math.round(0.49999999999999994), 1 / Math.round(-0.2) == -Infinity, Math.round(1e300) == 1e300] // => [3, -2, 0, true, true]
[Math.max(1, 3, 2), Math.min(1, '0', 2), isNaN(Math.max(1, NaN)), 1 / Math.max(-0, 0) == Infinity, 1 / Math.min(0, -0) == -Infinity] // => [3, 0, true, true, true]
[Math.abs(-5), Math.exp(0), Math.exp(1000) == Infinity, Math.log(1), Math.log(0) == -Infinity, isNaN(Math.log(-1))] // => [5, 1, true, 0, true, true]
[isNaN(Math.acos(2)), Math.atan2(1, 1) * 4 == Math.PI, Math.sin(0), Math.cos(0), isNaN(Math.sin(Infinity)), Math.atan(Infinity) * 2 == Math.PI] // => [true, true, 0, 1, true, true]
var r = Math.random(); r >= 0 && r < 1 // => true
[(-0.0000001).toFixed(2), (-0).toFixed(2), (-0.4).toFixed(0)] // => ["-0.00", "0.00", "-0"]
