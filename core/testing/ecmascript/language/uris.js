// 15.1.3
encodeURIComponent("aZ09-_.!~*'()") // => "aZ09-_.!~*'()"
encodeURIComponent(';/?:@&=+$,# %"<>[]^`{|}\\') // => "%3B%2F%3F%3A%40%26%3D%2B%24%2C%23%20%25%22%3C%3E%5B%5D%5E%60%7B%7C%7D%5C"
encodeURI(";/?:@&=+$,#aZ09-_.!~*'()") // => ";/?:@&=+$,#aZ09-_.!~*'()"
encodeURI('http://h/a b?c=d&e#f é%') // => "http://h/a%20b?c=d&e#f%20%C3%A9%25"
[encodeURIComponent('\u0000\u007f\u0080\u07ff\u0800\uffff'), encodeURIComponent('€')] // => ["%00%7F%C2%80%DF%BF%E0%A0%80%EF%BF%BF", "%E2%82%AC"]
[encodeURIComponent('\ud83d\ude00'), encodeURIComponent('😀'), encodeURI('\udbff\udfff')] // => ["%F0%9F%98%80", "%F0%9F%98%80", "%F4%8F%BF%BF"]
[encodeURIComponent(null), encodeURIComponent(), encodeURIComponent(1.5), encodeURIComponent('')] // => ["null", "undefined", "1.5", ""]
encodeURIComponent('\ud800') // !! URIError
encodeURIComponent('\udc00x') // !! URIError
encodeURI('\ud800\ud800') // !! URIError
encodeURI('\udc00\ud800') // !! URIError
[decodeURIComponent('a%20b%26%C3%A9'), decodeURIComponent('%2f%3B'), decodeURIComponent('+'), decodeURIComponent('')] // => ["a b&é", "/;", "+", ""]
[decodeURI('%41%2F%23%20%3b%E2%82%AC'), decodeURI('%24%26%2B%2C%3A%3D%3F%40')] // => ["A%2F%23 %3b€", "%24%26%2B%2C%3A%3D%3F%40"]
[decodeURIComponent('%F0%9F%98%80') === '😀', decodeURIComponent('%F0%9F%98%80').length, decodeURI('x%F4%8F%BF%BF').length] // => [true, 2, 3]
['%', '%4', '%zz', 'a%', '%4g', '%u0041', '%80', '%C3', '%C3%28', '%C3x', '%ED%A0%80', '%F8%80%80%80%80', '%C0%80', '%F4%90%80%80', '%FE'].filter(function (s) { try { decodeURIComponent(s); return true } catch (e) { return e.name != 'URIError' } }) // => []
decodeURI('%') // !! URIError
decodeURIComponent(encodeURIComponent('\u0001é\u4e2d\ud83d\ude00%')) === '\u0001é\u4e2d\ud83d\ude00%' // => true
// B.2.1, B.2.2
[escape('a b+é€@*_-./'), escape('😀'), escape('\u0000'), escape()] // => ["a%20b+%E9%u20AC@*_-./", "%uD83D%uDE00", "%00", "undefined"]
[unescape('%u20AC%E9%20'), unescape('%zz%u12%'), unescape('%uD83D%uDE00') === '😀', unescape('%u00411'), unescape('%41%4')] // => ["€é ", "%zz%u12%", true, "A1", "A%4"]
