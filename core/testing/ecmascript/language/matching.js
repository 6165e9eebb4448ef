// 15.5.4.10 match
['abcb'.match(/b/).index, 'abcb'.match(/b/g), 'abc'.match(/x/), 'abc'.match(/x/g), 'a1'.match('\\d')[0], 'abc'.match()[0], 'null'.match(null)[0], 'aaa'.match(/a*?/g).length] // => [1, ["b", "b"], null, null, "1", "", "null", 4]
var m = 'xaby'.match(/a(b)(c)?/); [m.length, m[1], m[2] === undefined, m.index, m.input] // => [3, "b", true, 1, "xaby"]
var r = /a/g; r.lastIndex = 2; ['aaa'.match(r).length, r.lastIndex] // => [3, 0]
// 15.5.4.12 search
['abc'.search(/c/), 'abc'.search('x'), 'abc'.search(), 'a.c'.search('.'), 'abc'.search(/B/i)] // => [2, -1, 0, 0, 1]
var r = /b/g; r.lastIndex = 2; ['abc'.search(r), r.lastIndex] // => [1, 2]
// 15.5.4.11 replace
['aXbX'.replace('X', '-'), 'aXbX'.replace(/X/g, '-'), 'abc'.replace('x', 'y'), 'aaa'.replace('a', '$&$&'), 'abc'.replace('b'), 'a.b'.replace('.', '-'), 'abc'.replace(/b/, null)] // => ["a-bX", "a-b-", "abc", "aaaa", "aundefinedc", "a-b", "anullc"]
['john smith'.replace(/(\w+) (\w+)/, '$2, $1'), 'abc'.replace('b', "[$`|$'|$$]"), 'a'.replace(/(a)/, '$2$01$10'), 'ab'.replace(/(a)(b)/, '$2$1$3$0'), 'a'.replace('a', '$1$'), 'ab'.replace(/(x)?b/, '[$1]')] // => ["smith, john", "a[a|c|$]c", "$2aa0", "ba$3$0", "$1$", "a[]"]
['abc'.replace(/b/, function (m, i, s) { return m + i + s }), 'xay'.replace(/(a)(b)?/, function (m, a, b, i, s) { return [m, a, typeof b, i, s, arguments.length].join() })] // => ["ab1abcc", "xa,a,undefined,1,xay,5y"]
['abc'.replace(/(?:)/g, '-'), 'aaa'.replace(/a*?/g, 'x'), 'abc'.replace('', '_'), 'abc'.replace(/$/, '!'), 'a\nb'.replace(/^/gm, '>'), 'aaa'.replace(/a/g, function () { return '$&' })] // => ["-a-b-c-", "xaxaxax", "_abc", "abc!", ">a\n>b", "$&$&$&"]
['abc'.replace('b', function () {}), 'abc'.replace('b', function () { return null }), 'abc'.replace(/./g, function (c) { return c.charCodeAt(0) - 96 })] // => ["aundefinedc", "anullc", "123"]
var r = /a/g; r.lastIndex = 1; ['aa'.replace(r, 'b'), r.lastIndex] // => ["bb", 0]
'abc'.replace(/b/, function () { throw new RangeError('r') }) // !! RangeError
// 15.5.4.14 split
['a,b,c'.split(','), 'abc'.split(''), 'abc'.split(), 'a,b,c'.split(',', 2), ''.split(','), ''.split(''), 'abc'.split('x'), 'a,b'.split(',', 0), 'aXXb'.split('X'), 'ab'.split(undefined, 0)] // => [["a", "b", "c"], ["a", "b", "c"], ["abc"], ["a", "b"], [""], [], ["abc"], [], ["a", "", "b"], []]
['a1b2c'.split(/\d/), 'a1b'.split(/(\d)/), 'abc'.split(/(?:)/), ''.split(/x/), ''.split(/(?:)/), 'ab'.split(/(x)?/), 'abc'.split(/(b)/, 2), ',a,'.split(/,/), 'a1b'.split(1)] // => [["a", "b", "c"], ["a", "1", "b"], ["a", "b", "c"], [""], [], ["a", null, "b"], ["a", "b"], ["", "a", ""], ["a", "b"]]
'A<B>bold</B>and<CODE>coded</CODE>'.split(/<(\/)?([^<>]+)>/) // => ["A", null, "B", "bold", "/", "B", "and", null, "CODE", "coded", "/", "CODE", ""]
['ab'.split(/a*?/), 'ab'.split(/a*/), 'abc'.split('', 2), 'a b  c'.split(' ').length, 'a,b'.split(',', -1).length, 'a,b,c'.split(',', 4294967297).length] // => [["a", "b"], ["", "b"], ["a", "b"], 4, 2, 1]
String.prototype.split.call(null, ',') // !! TypeError
String.prototype.replace.call(undefined, 'a', 'b') // !! TypeError
String.prototype.match.call(null, /x/) // !! TypeError
'a'.match('(') // !! SyntaxError
