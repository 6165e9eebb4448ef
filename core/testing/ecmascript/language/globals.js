// 15.1.1
[typeof NaN, isNaN(NaN), Infinity, undefined === void 0].join() // => "number,true,Infinity,true"
NaN = 1; Infinity = 2; [isNaN(NaN), isFinite(Infinity), delete NaN, delete undefined] // => [true, false, false, false]
// 15.1.2.2
['42px', '0x1f', ' 12', '-7', '+8', '010', '1e3', '3.9', '0b1', '-0x10', '9007199254740993'].map(function (s) { return parseInt(s) }) // => [42, 31, 12, -7, 8, 10, 1, 3, 0, -16, 9007199254740992.0]
['', ' ', 'x', '-', '0x', '.5', 'NaN', 'Infinity', '١'].filter(function (s) { return !isNaN(parseInt(s)) }) // => []
[parseInt('101', 2), parseInt('z', 36), parseInt('Z', 36), parseInt('19', 8), parseInt('0x1f', 16), parseInt('1f', 16), parseInt('12', 10), parseInt('129', 3)] // => [5, 35, 35, 1, 31, 31, 12, 5]
[parseInt('9', 1), parseInt('1', 37), parseInt('8', 8), parseInt('2', 2)].join() // => "NaN,NaN,NaN,NaN"
[parseInt('11', 0), parseInt('11', undefined), parseInt('11', null), parseInt('11', '2'), parseInt('11', 2.9), parseInt('11', 4294967298), parseInt('0x11', 10)] // => [11, 11, 11, 3, 3, 3, 0]
[parseInt(null, 36), parseInt(1e21), parseInt(0.0000005), parseInt([7, 8]), 1 / parseInt('-0') === -Infinity] // => [1112745, 1, 5, 7, true]
parseInt(new Array(400).join('9')) === Infinity // => true
// 15.1.2.3
['3.14abc', '.5', '-1e3x', '5.', '1.2.3', '1e', '1e+', ' 7', '0x1F', '-.5e-1'].map(parseFloat) // => [3.14, 0.5, -1000, 5, 1.2, 1, 1, 7, 0, -0.05]
['', 'x', '.', '-', 'e5', 'infinity', '+'].filter(function (s) { return !isNaN(parseFloat(s)) }) // => []
[parseFloat('Infinityx') === Infinity, parseFloat('-Infinity') === -Infinity, 1 / parseFloat('-0') === -Infinity, parseFloat('1e999') === Infinity] // => [true, true, true, true]
// 15.1.2.4, 15.1.2.5
['x', undefined, {}, [1, 2], '1 2'].every(isNaN) // => true
['', null, false, [], [5], '0x1', ' 1 '].some(isNaN) // => false
['5', 0, null, '', true, -1e308].every(isFinite) // => true
['x', NaN, Infinity, -Infinity, undefined, {}].some(isFinite) // => false
