// 15.5.1, 15.5.2, 15.5.3
[String(null), String([1, 2]), String(), String(undefined), new String('x') + 1, new String('abc').length, typeof String(1), typeof new String(1), new String().length] // => ["null", "1,2", "", "undefined", "x1", 3, "string", "object", 0]
[String.fromCharCode(72, 105), String.fromCharCode(65601), String.fromCharCode(), String.fromCharCode('65', -65470.5), String.fromCharCode(0xd83d, 0xde00) === '😀', String.fromCharCode(NaN).length] // => ["Hi", "A", "", "AB", true, 1]
// 15.5.4.2, 15.5.4.3
[new String('a').toString(), new String('a').valueOf(), 'a'.valueOf()] // => ["a", "a", "a"]
String.prototype.toString.call({}) // !! TypeError
String.prototype.valueOf.call(1) // !! TypeError
// 15.5.4.4, 15.5.4.5
['abc'.charAt(1), 'abc'.charAt(9), 'abc'.charAt(-1), 'abc'.charAt(), 'abc'.charAt('2'), 'abc'.charAt(1.9), 'abc'.charAt(NaN), 'abc'.charAt(Infinity)] // => ["b", "", "", "a", "c", "b", "a", ""]
['abc'.charCodeAt(0), 'é'.charCodeAt(), '😀'.charCodeAt(0), '😀'.charCodeAt(1), isNaN('a'.charCodeAt(1)), isNaN(''.charCodeAt(0)), isNaN('a'.charCodeAt(-1))] // => [97, 233, 55357, 56832, true, true, true]
['abc'[2], 'abc'[3] === undefined, 'abc'['1'], 'abc'['01'] === undefined, 'abc'[-1] === undefined, 'abc'.length, '😀'[0] === '\ud83d'] // => ["c", true, "b", true, true, 3, true]
// 15.5.4.6
['a'.concat(1, null), 'a'.concat(), 'a'.concat([1, 2], {}), String.prototype.concat.call(1, 2)] // => ["a1null", "a", "a1,2[object Object]", "12"]
// 15.5.4.7, 15.5.4.8
['abcabc'.indexOf('c', 3), 'abc'.indexOf(''), 'abc'.indexOf('x'), 'abc'.indexOf('', 9), 'abc'.indexOf('a', -5), 'aundefined'.indexOf(), 'a1'.indexOf(1), ''.indexOf(''), 'abc'.indexOf('c', '2'), '😀x'.indexOf('x')] // => [5, 0, -1, 3, 0, 1, 1, 0, 2, 2]
['abcabc'.lastIndexOf('bc'), 'abcabc'.lastIndexOf('bc', 3), 'abc'.lastIndexOf('a', 0), 'abc'.lastIndexOf('x'), 'canal'.lastIndexOf('a', NaN), 'abc'.lastIndexOf(''), 'abc'.lastIndexOf('', 1), 'abab'.lastIndexOf('ab', -1), 'aa'.lastIndexOf('a', '0')] // => [4, 1, 0, -1, 3, 3, 1, 0, 0]
// 15.5.4.9
['a'.localeCompare('b') < 0, 'b'.localeCompare('a') > 0, 'a'.localeCompare('a'), 'a'.localeCompare('ab') < 0, 'undefined'.localeCompare()] // => [true, true, 0, true, 0]
// 15.5.4.13, 15.5.4.15, B.2.3
['abcdef'.slice(1, 3), 'abcdef'.slice(-3, -1), 'abc'.slice(2, 1), 'abc'.slice(-9), 'abc'.slice(0, -9), 'abc'.slice(), 'abc'.slice(1, undefined), 'abc'.slice('1', '2'), 'abc'.slice(NaN, Infinity), 'abc'.slice(5)] // => ["bc", "de", "", "abc", "", "abc", "bc", "b", "abc", ""]
['abcdef'.substring(3, 1), 'abc'.substring(-1, 2), 'abc'.substring(NaN, 9), 'abc'.substring(1), 'abc'.substring(), 'abc'.substring(2, undefined), 'abc'.substring(Infinity, 1), 'abc'.substring('1', '1')] // => ["bc", "ab", "abc", "bc", "abc", "c", "bc", ""]
['abcdef'.substr(-3, 2), 'abc'.substr(1), 'abc'.substr(0, -1), 'abc'.substr(5), 'abc'.substr(-9, 2), 'abc'.substr(1, 99), 'abc'.substr(), 'abc'.substr(1, undefined)] // => ["de", "bc", "", "", "ab", "bc", "abc", "bc"]
// 15.5.4.16 to 15.5.4.20
['AbC\u00c9'.toLowerCase(), 'AbC\u00e9'.toUpperCase(), '\u00df'.toUpperCase(), '\u0130'.length, 'aB'.toLocaleLowerCase(), 'aB'.toLocaleUpperCase(), String.prototype.toUpperCase.call(true)] // => ["abcé", "ABCÉ", "SS", 1, "ab", "AB", "TRUE"]
[' \t\n\r\v\f\u00a0\ufeff\u2028\u2029\u3000x y\u2003 '.trim(), ''.trim(), '\u200b'.trim().length, '  '.trim(), String.prototype.trim.call(5)] // => ["x y", "", 1, "", "5"]
String.prototype.trim.call(null) // !! TypeError
String.prototype.charAt.call(undefined, 0) // !! TypeError
String.prototype.slice.call(null) // !! TypeError
String.prototype.toLowerCase.call(undefined) // !! TypeError
'abc'.concat({toString: function () { throw new RangeError('t') }}) // !! RangeError
// methods on other values
[String.prototype.charAt.call(123, 1), String.prototype.indexOf.call([1, 2], ','), String.prototype.slice.call(true, 1), String.prototype.split.call(1.5, '.')] // => ["2", 1, "rue", ["1", "5"]]
var o = {toString: function () { return 'own' }, up: String.prototype.toUpperCase}; o.up() // => "OWN"
// 15.5.5
var s = new String('abc'); s.x = 1; s[0] = 'z'; s.length = 1; s[5] = 'f'; [s + '', s.x, s.length, s[5], delete s[0], 0 in s, 3 in s, 'length' in s] // => ["abc", 1, 3, "f", false, true, false, true]
var s = 'abc'; s.x = 1; s[0] = 'z'; s.length = 1; [s, typeof s.x, s.length] // => ["abc", "undefined", 3]
[new String('a') == 'a', new String('a') === 'a', typeof Object('a'), 'a' instanceof String, Object('a') instanceof String] // => [true, false, "object", false, true]
// UTF-16
['😀'.length, '😀'.split('').length, 'a😀b'.slice(1, 3) === '😀', '😀'.charAt(0) + '😀'.charAt(1) === '😀', 'x😀'.substr(1).length, '\ud83d' + '\ude00' === '😀', '😀'.toUpperCase() === '😀'] // => [2, 2, true, true, 2, true, true]
// and together
['abc'.charAt(1), 'abc'.charAt(9), 'abc'.charCodeAt(0), isNaN('a'.charCodeAt(1)), 'abc'[2], 'abc'[3] === undefined] // => ["b", "", 97, true, "c", true]
['a'.concat(1, null), 'abcabc'.indexOf('c', 3), 'abc'.indexOf(''), 'abc'.indexOf('x'), 'abc'.indexOf('', 9)] // => ["a1null", 5, 0, -1, 3]
['abcabc'.lastIndexOf('bc'), 'abcabc'.lastIndexOf('bc', 3), 'abc'.lastIndexOf('a', 0), 'abc'.lastIndexOf('x'), 'canal'.lastIndexOf('a', NaN)] // => [4, 1, 0, -1, 3]
['abcdef'.slice(1, 3), 'abcdef'.slice(-3, -1), 'abc'.slice(2, 1), 'abc'.slice(-9), 'abc'.slice(0, -9)] // => ["bc", "de", "", "abc", ""]
['abcdef'.substring(3, 1), 'abc'.substring(-1, 2), 'abc'.substring(NaN, 9)] // => ["bc", "ab", "abc"]
['abcdef'.substr(-3, 2), 'abc'.substr(1), 'abc'.substr(0, -1), 'abc'.substr(5)] // => ["de", "bc", "", ""]
[' \t\u00a0\ufeffx\n '.trim(), 'AbC'.toLowerCase(), 'AbC'.toUpperCase(), '\u00df'.toUpperCase()] // => ["x", "abc", "ABC", "SS"]
['a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a')] // => [-1, 1, 0]
['a,b,c'.split(','), 'abc'.split(''), 'abc'.split(), 'a,b,c'.split(',', 2), ''.split(','), ''.split('')] // => [["a", "b", "c"], ["a", "b", "c"], ["abc"], ["a", "b"], [""], []]
['a1b2c'.split(/\d/), 'a1b'.split(/(\d)/), 'abc'.split(/(?:)/), ''.split(/x/), ''.split(/(?:)/), 'ab'.split(/(x)?/)] // => [["a", "b", "c"], ["a", "1", "b"], ["a", "b", "c"], [""], [], ["a", null, "b"]]
['aXbX'.replace('X', '-'), 'aXbX'.replace(/X/g, '-'), 'abc'.replace('x', 'y'), 'aaa'.replace('a', '$&$&')] // => ["a-bX", "a-b-", "abc", "aaaa"]
['john smith'.replace(/(\w+) (\w+)/, '$2, $1'), 'abc'.replace('b', '[$`|$\'|$$]'), 'a'.replace(/(a)/, '$2$01$10')] // => ["smith, john", "a[a|c|$]c", "$2aa0"]
['abc'.replace(/b/, function (m, i, s) { return m + i + s }), 'xay'.replace(/(a)(b)?/, function (m, a, b) { return typeof b })] // => ["ab1abcc", "xundefinedy"]
['abc'.replace(/(?:)/g, '-'), 'aaa'.replace(/a*?/g, 'x'), 'abc'.replace('', '_')] // => ["-a-b-c-", "xaxaxax", "_abc"]
['abcb'.match(/b/).index, 'abcb'.match(/b/g), 'abc'.match(/x/), 'abc'.match(/x/g), 'a1'.match('\\d')[0]] // => [1, ["b", "b"], null, null, "1"]
['abc'.search(/c/), 'abc'.search('x'), 'abc'.search()] // => [2, -1, 0]
[String(null), String([1, 2]), String(), new String('x') + 1, new String('abc').length, typeof String(1)] // => ["null", "1,2", "", "x1", 3, "string"]
[String.fromCharCode(72, 105), String.fromCharCode(65601), String.fromCharCode()] // => ["Hi", "A", ""]
try { String.prototype.trim.call(null) } catch (e) { e.name } // => "TypeError"
var s = 'abc'; s.x = 1; s[0] = 'z'; s.length = 1; [s, typeof s.x] // => ["abc", "undefined"]
