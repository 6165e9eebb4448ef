// 15.10.4, 15.10.7
var r = /a/gim; [r.source, r.global, r.ignoreCase, r.multiline, r.lastIndex, r + '', typeof r, r instanceof RegExp] // => ["a", true, true, true, 0, "/a/gim", "object", true]
[new RegExp('') + '', new RegExp() + '', RegExp('a', 'g').global, new RegExp('a', undefined).global, new RegExp(undefined).test(''), new RegExp(null).source, new RegExp('\\d').source] // => ["/(?:)/", "/(?:)/", true, false, true, "null", "\\d"]
var r = /x/g; [RegExp(r) === r, new RegExp(r) === r, new RegExp(r).global, new RegExp(r).source] // => [true, false, true, "x"]
var r = /a/; r.source = 'b'; r.global = true; r.lastIndex = 3; [r.source, r.global, r.lastIndex, delete r.lastIndex] // => ["a", false, 3, false]
[/a/ === /a/, new RegExp('[') instanceof Object] // !! SyntaxError
new RegExp('a', 'x') // !! SyntaxError
new RegExp('a', 'gg') // !! SyntaxError
// 15.10.6
var r = /a/g; [r.exec('aa').index, r.lastIndex, r.exec('aa').index, r.lastIndex, r.exec('aa'), r.lastIndex] // => [0, 1, 1, 2, null, 0]
var r = /a/; r.lastIndex = 5; [r.test('a'), r.lastIndex, r.exec('ba').index] // => [true, 5, 1]
var r = /a/g; r.lastIndex = 1; [r.test('aXa'), r.lastIndex, r.test('a'), r.lastIndex] // => [true, 3, false, 0]
var r = /a/g; r.lastIndex = '0'; [r.test('a'), r.lastIndex, r.test('a'), r.lastIndex] // => [true, 1, false, 0]
var m = /b+/.exec('abbc'); [m.index, m.input, m.length, m[0], m instanceof Array] // => [1, "abbc", 1, "bb", true]
[/undefined/.test(), /null/.exec(null)[0], /1,2/.test([1, 2]), /a/.test('')] // => [true, "null", true, false]
RegExp.prototype.exec.call({}, 'a') // !! TypeError
RegExp.prototype.test.call('a', 'a') // !! TypeError
// 15.10.2.3 to 15.10.2.5
[/a|ab/.exec('abc')[0], /((a)|(ab))((c)|(bc))/.exec('abc').slice(), /a[a-z]{2,4}/.exec('abcdefghi')[0], /a[a-z]{2,4}?/.exec('abcdefghi')[0], /|a/.exec('a')[0], /a||b/.exec('b')[0]] // => ["a", ["abc", "a", "a", null, "bc", null, "bc"], "abcde", "abc", "", ""]
[/(aa|aabaac|ba|b|c)*/.exec('aabaac')[0], /(a*)*/.exec('b')[0], /(?:a*)*b/.test('aab'), /(a*)b\1+/.exec('baaaac').slice()] // => ["aaba", "", true, ["b", ""]]
[/a{2}/.test('aa'), /a{2,3}/.exec('aaaa')[0], /a{2,}?/.exec('aaaa')[0], /a{0}b/.test('b'), /^a{0,1}$/.test('aa'), /a?b??/.exec('ab')[0], /a+?/.exec('aa')[0], /(a+){2}/.exec('aaa').slice()] // => [true, "aaa", "aa", true, false, "a", "a", ["aaa", "a"]]
[/a{,2}/.test('a{,2}'), /a{/.test('a{'), /x{a}/.test('x{a}'), /{/.test('{'), /]/.test(']'), /}/.test('}')] // => [true, true, true, true, true, true]
// 15.10.2.6
[/^b/m.test('a\nb'), /^b/.test('a\nb'), /a$/m.test('a\nb'), /a$/.test('a\n'), /^$/m.test('a\n\nb'), /^b/m.test('a\rb'), /^b/m.test('a\u2028b')] // => [true, false, true, false, true, true, true]
[/\bfoo\b/.test('a foo b'), /\Boo/.test('foo'), /\b\u00e9/.test('\u00e9'), /\b/.test(''), /a\b/.test('a_')] // => [true, true, false, false, false]
[/(?=a)a/.test('a'), /a(?!b)/.test('ab'), /(?=(a+))/.exec('baaabac').slice(), /(?=(a+))a*b\1/.exec('baaabac').slice(), /(.*?)a(?!(a+)b\2c)\2(.*)/.exec('baaabaac').slice()] // => [true, false, ["", "aaa"], ["aba", "a"], ["baaabaac", "ba", null, "abaac"]]
// 15.10.2.8 to 15.10.2.11
[/a.b/.test('a\nb'), /a.b/.test('a\u2028b'), /a.b/.test('a\u0085b'), /^.$/.test('😀'), /^..$/.test('😀')] // => [false, false, true, false, true]
[/(a)|b/.exec('b')[1] === undefined, /(?:(a)|b)*/.exec('ab')[0], /(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac')[0], /(z)?\1x/.test('x'), /(a)\1/.test('aa'), /\1(a)/.exec('aa')[0]] // => [true, "ab", "zaacbbbcac", true, true, "a"]
[/\x41/.test('A'), /\u0041/.test('A'), /\cA/.test('\u0001'), /\0/.test('\0'), /\//.test('/'), /\-/.test('-'), /\$\^\.\*\+\?\(\)\[\]\{\}\|\\/.test('$^.*+?()[]{}|\\')] // => [true, true, true, true, true, true, true]
[/\t\n\v\f\r/.test('\t\n\v\f\r'), /\ud83d/.test('😀'), /[\ud83d]/.test('😀'), /\u00E9/.test('é')] // => [true, true, true, true]
// 15.10.2.12 to 15.10.2.19
[/\d+/.exec('a12')[0], /\w+/.exec('-a_1-')[0], /\s/.test('\u00a0'), /\s/.test('\ufeff'), /\S/.test('\u2029'), /\D/.test('1'), /\W/.test('\u00e9'), /\d/.test('\u0663'), /\w/.test('é')] // => ["12", "a_1", true, true, false, false, true, false, false]
[/[\w-]+/.exec('a-b c')[0], /[^\d\s]+/.exec('12 ab')[0], /[a\-z]/.test('-'), /[\b]/.test('\b'), /[\]]/.test(']'), /[^\W]/.test('-'), /[\D]/.test('a'), /[^\D5]/.exec('a57')[0]] // => ["a-b", "ab", true, true, true, false, true, "7"]
[/[]/.test('a'), /[^]/.test('\n'), /a[^]b/.test('a\nb'), /[.*+]/.test('x'), /[$]/.test('$'), /[a-]/.test('-'), /[-a]/.test('-'), /[a^]/.test('^')] // => [false, true, true, false, true, true, true, true]
[/[&&a]/.test('&'), /[a||b]/.test('|'), /[+--]/.test(','), /[[a]/.test('['), /[\u0041-\u0043]/.test('B'), /[\x30-\x32]/.test('1'), /[a-c-e]/.test('-')] // => [true, true, true, true, true, true, true]
[/ABC/i.test('aBc'), /\u00c9/i.test('\u00e9'), /[a-z]/i.test('Q'), /[^a]/i.test('A'), /(a)\1/i.test('aA'), /\u03a3/i.test('\u03c3')] // => [true, true, true, false, true, true]
[/a#b c/.test('a#b c'), / +/.exec('a  b')[0], /\w+\s*=\s*("[^"]*"|\d+)/.exec('x = "a b"')[1], /^\(?(\d{3})\)?[- ]?(\d{3})-(\d{4})$/.exec('(555) 123-4567').slice(1).join('')] // => [true, "  ", "\"a b\"", "5551234567"]
['+', '*', 'a**', '(', ')', '[', '(?', '(?a)', 'a{2,1}', '[z-a]', '\\', 'a++', '{1}', '?', '(?:', 'a|*', '(?=a', '^*'].filter(function (p) { try { new RegExp(p); return true } catch (e) { return e.name != 'SyntaxError' } }) // => []
// and together
/a(b)?(c)/.exec('ac').slice() // => ["ac", null, "c"]
var m = /b+/.exec('abbc'); [m.index, m.input, m.length] // => [1, "abbc", 1]
var r = /a/g; [r.exec('aa').index, r.lastIndex, r.exec('aa').index, r.exec('aa'), r.lastIndex] // => [0, 1, 1, null, 0]
var r = /a/; r.lastIndex = 5; [r.test('a'), r.lastIndex] // => [true, 5]
var r = /a/gim; [r.source, r.global, r.ignoreCase, r.multiline, r + '', typeof r] // => ["a", true, true, true, "/a/gim", "object"]
[/^b/m.test('a\nb'), /^b/.test('a\nb'), /a$/m.test('a\nb'), /a$/.test('a\n'), /a.b/.test('a\nb'), /a[^]b/.test('a\nb'), /[]/.test('a')] // => [true, false, true, false, false, true, false]
[/\d+/.exec('a12')[0], /\w+/.exec('-a_1-')[0], /\s/.test('\u00a0'), /\S/.test('\ufeff'), /\D/.test('1'), /\W/.test('\u00e9'), /\d/.test('\u0663')] // => ["12", "a_1", true, false, false, true, false]
[/\bfoo\b/.test('a foo b'), /\Boo/.test('foo'), /\b\u00e9/.test('\u00e9')] // => [true, true, false]
[/(a)|b/.exec('b')[1] === undefined, /(?:(a)|b)*/.exec('ab')[0], /(z)?\1x/.test('x'), /(a)\1/.test('aa'), /\1(a)/.exec('aa')[0]] // => [true, "ab", true, true, "a"]
[/a{2}/.test('aa'), /a{2,3}/.exec('aaaa')[0], /a{2,}?/.exec('aaaa')[0], /a{,2}/.test('a{,2}'), /a{/.test('a{'), /x{a}/.test('x{a}')] // => [true, "aaa", "aa", true, true, true]
[/[\w-]+/.exec('a-b c')[0], /[^\d\s]+/.exec('12 ab')[0], /[a\-z]/.test('-'), /[\b]/.test('\b'), /[\]]/.test(']'), /[^\W]/.test('-')] // => ["a-b", "ab", true, true, true, false]
[/[&&a]/.test('&'), /[a||b]/.test('|'), /[+--]/.test(','), /[[a]/.test('['), /[.*+]/.test('x')] // => [true, true, true, true, false]
[/\x41/.test('A'), /\u0041/.test('A'), /\cA/.test('\u0001'), /\0/.test('\0'), /\101/.test('A'), /\//.test('/'), /\-/.test('-'), /\a/.test('a')] // => [true, true, true, true, true, true, true, true]
[/ABC/i.test('aBc'), /\u00c9/i.test('\u00e9'), /[a-z]/i.test('Q')] // => [true, true, true]
[/a|ab/.exec('abc')[0], /((a)|(ab))((c)|(bc))/.exec('abc').slice(), /a[a-z]{2,4}?/.exec('abcdefghi')[0]] // => ["a", ["abc", "a", "a", null, "bc", null, "bc"], "abc"]
/(aa|aabaac|ba|b|c)*/.exec('aabaac')[0] // => "aaba"
[/]/.test(']'), /}/.test('}'), /\$/.test('$'), /a#b c/.test('a#b c')] // => [true, true, true, true]
['+', 'a**', '(', ')', '[', '(?P<a>b)', '(?#c)', 'a{2,1}', '[z-a]', '\\', '(?i)a', 'a++', '{1}', '(?>a)'].filter(function (p) { try { new RegExp(p); return true } catch (e) { return e.name != 'SyntaxError' } }) // => []
new RegExp('^(?:[a-z0-9!#$%&]+)@(?:[a-z0-9-]+\\.)+[a-z]{2,}$', 'i').test('Some.one@example.com') // => false
/^\(?(\d{3})\)?[- ]?(\d{3})-(\d{4})$/.exec('(555) 123-4567').slice(1).join('') // => "5551234567"
[new RegExp('a/b').source, new RegExp('a\\/b').source, new RegExp('/').test('/'), String(new RegExp('a/')), eval(String(new RegExp('/\n'))).test('/\n'), new RegExp('[/]').test('/')] // => ["a\\/b", "a\\/b", true, "/a\\//", true, true]
