// True in every time zone: what depends on one is compared with itself.
// 15.9.1, 15.9.3
new Date(0).toISOString() // => "1970-01-01T00:00:00.000Z"
[new Date(951782400000).toISOString(), new Date(-1).toISOString(), new Date(8.64e15).toISOString(), new Date(-8.64e15).toISOString(), new Date(253402300800000).toISOString()] // => ["2000-02-29T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", "+010000-01-01T00:00:00.000Z"]
[new Date(8.64e15 + 1), new Date(NaN), new Date('x'), new Date(undefined), new Date({}), new Date(2000, NaN), new Date(Infinity)].map(Number).join() // => "NaN,NaN,NaN,NaN,NaN,NaN,NaN"
[new Date(null).getTime(), new Date(true).getTime(), new Date('5e3').getTime() === new Date('5e3').getTime() || true, new Date(1.9).getTime(), new Date(-1.9).getTime(), 1 / new Date(-0).getTime()] // => [0, 1, true, 1, -1, null]
var a = new Date(5), b = new Date(a); [a < new Date(6), a - 2, b.getTime(), a == b, typeof (a + 1), a.valueOf(), +b, a >= b] // => [true, 3, 5, false, "string", 5, 5, true]
new Date(2024, 1, 29, 12, 30, 15, 500).getTime() === new Date('2024-02-29T12:30:15.500').getTime() // => true
var d = new Date(2024, 1, 29, 12, 30, 15, 500); [d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds(), d.getDay()] // => [2024, 1, 29, 12, 30, 15, 500, 4]
var d = new Date(2024, 0); [d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()] // => [1, 0, 0, 0, 0]
[new Date(99, 0).getFullYear(), new Date(0, 0).getFullYear(), new Date(100, 0).getFullYear(), new Date(-1, 0).getFullYear(), new Date('99', '0').getFullYear()] // => [1999, 1900, 100, -1, 1999]
[new Date(2024, 12, 1).getMonth(), new Date(2024, -1, 1).getFullYear(), new Date(2024, 0, 0).getDate(), new Date(2024, 0, 1, 24).getDate(), new Date(2024, 0, 1.9, 5.9).getHours()] // => [0, 2023, 31, 2, 5]
// 15.9.2
[typeof Date(), Date().length > 20, typeof Date(0), Date(0) !== String(new Date(0))] // => ["string", true, "string", true]
// 15.9.4.2
[Date.parse('2024-02-29T12:00:00Z'), Date.parse('2024-02-29T12:00:00+02:00'), Date.parse('2024-02-29'), Date.parse('2024-02-29T12:00:00.5Z'), Date.parse('2024-02-29T12:00Z'), Date.parse('-000001-01-01T00:00:00Z'), Date.parse('+002024-02-29T00:00:00Z')] // => [1709208000000, 1709200800000, 1709164800000, 1709208000500, 1709208000000, -62198755200000, 1709164800000]
[Date.parse('2024-02') === Date.UTC(2024, 1), Date.parse('2024') === Date.UTC(2024, 0), Date.parse('2024-01-01T24:00:00Z') === Date.parse('2024-01-02T00:00:00Z')] // => [true, true, true]
[Date.parse('Thu, 29 Feb 2024 12:00:00 GMT'), Date.parse('Thu Feb 29 2024 12:00:00 GMT+0530'), Date.parse('Feb 29, 2024 12:00') === new Date(2024, 1, 29, 12).getTime(), Date.parse('2/29/2024') === new Date(2024, 1, 29).getTime()] // => [1709208000000, 1709188200000, true, true]
['2024-13-01', '2024-00-01', '2024-01-01T25:00:00Z', '2024-01-01T24:00:01Z', '2024-01-01T12:60Z', 'soon', '', '12:00', '2024-1x'].filter(function (s) { return !isNaN(Date.parse(s)) }) // => []
var d = new Date(1709208000123); [Date.parse(d.toString()), Date.parse(d.toUTCString()), Date.parse(d.toISOString())] // => [1709208000000, 1709208000000, 1709208000123]
// 15.9.4.3, 15.9.4.4
[Date.UTC(2000, 0), Date.UTC(99, 11, 31, 23, 59, 59, 999), Date.UTC(2024, 12, 1) === Date.UTC(2025, 0, 1), Date.UTC(2024, 0, 0) === Date.UTC(2023, 11, 31), Date.UTC(1970, 0, 1, 0, 0, 0, -1)] // => [946684800000, 946684799999, true, true, -1]
[Date.UTC(NaN, 0), Date.UTC(2024, 0, 1, Infinity), Date.UTC(275760, 8, 13, 0, 0, 0, 1), Date.UTC()].join() // => "NaN,NaN,NaN,NaN"
[Date.UTC(275760, 8, 13), Date.UTC(1970, 0, 1.9), Date.UTC('70', '1')] // => [8640000000000000, 0, 2678400000]
var n = Date.now(), d = new Date().getTime(); [typeof n, d >= n, d - n < 60000, n === Math.floor(n)] // => ["number", true, true, true]
// 15.9.5 getters
var d = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 500)); [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), d.getUTCDay()] // => [2024, 1, 29, 12, 30, 15, 500, 4]
var d = new Date(NaN); [d.getTime(), d.getFullYear(), d.getDay(), d.getUTCHours(), d.getTimezoneOffset(), d.valueOf()].join() // => "NaN,NaN,NaN,NaN,NaN,NaN"
new Date(2024, 0, 1, 0, 0, 0).getTimezoneOffset() * 60000 + Date.UTC(2024, 0, 1) === +new Date(2024, 0, 1) // => true
[new Date(Date.UTC(1600, 1, 29)).getUTCDate(), new Date(Date.UTC(1900, 1, 29)).getUTCDate(), new Date(Date.UTC(-4, 1, 29)).getUTCMonth(), new Date(-62167219200000).getUTCFullYear(), new Date(-62167219200001).getUTCFullYear()] // => [29, 1, 1, 0, -1]
// 15.9.5 setters
var d = new Date(2024, 0, 31); d.setMonth(1); [d.getMonth(), d.getDate()] // => [2, 2]
var d = new Date(2024, 1, 29, 1, 2, 3, 4); [d.setHours(5, 6) === +d, d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()] // => [true, 5, 6, 3, 4]
var d = new Date(2024, 5, 15); d.setDate(0); [d.getMonth(), d.getDate(), (d.setDate(100), d.getMonth())] // => [4, 31, 7]
var d = new Date(0); d.setUTCFullYear(2024, 1, 29); d.setUTCHours(23, 59, 58, 57); d.toISOString() // => "2024-02-29T23:59:58.057Z"
var d = new Date(0); d.setUTCMonth(13); d.setUTCDate(-1); d.setUTCMinutes(90); d.setUTCSeconds(-1); d.setUTCMilliseconds(1500); d.toISOString() // => "1971-01-30T01:30:00.500Z"
var d = new Date(0); [d.setTime(5), d.getTime(), d.setTime('7'), isNaN(d.setTime()), isNaN(d), isNaN(d.setTime(9e15))] // => [5, 5, 7, true, true, true]
var d = new Date(NaN); [isNaN(d.setMonth(1)), isNaN(d.setHours(1)), isNaN(d), isNaN(d.setUTCFullYear(2000)), d.getUTCFullYear(), d.getUTCMonth()] // => [true, true, true, false, 2000, 0]
var d = new Date(0); [isNaN(d.setUTCHours()), d + '', isNaN(d.getDay())] // => [true, "Invalid Date", true]
// B.2.4, B.2.5
var d = new Date(99, 0); [d.getYear(), d.setYear(70) === +d, d.getFullYear(), isNaN(d.setYear('x'))] // => [99, true, 1970, true]
// 15.9.5 texts
[new Date(1709208000000).toUTCString(), new Date(0).toGMTString(), String(new Date(NaN)), new Date(NaN).toUTCString()] // => ["Thu, 29 Feb 2024 12:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Invalid Date", "Invalid Date"]
var d = new Date(2024, 1, 29, 7, 8, 9); [/^Thu Feb 29 2024 07:08:09 GMT[+-]\d{4}/.test(d.toString()), d.toDateString(), /^07:08:09 GMT[+-]\d{4}/.test(d.toTimeString()), [d.toLocaleString(), d.toLocaleDateString(), d.toLocaleTimeString()].every(function (s) { return typeof s == 'string' && s })] // => [true, "Thu Feb 29 2024", true, true]
[JSON.stringify({d: new Date(0)}), new Date(NaN).toJSON(), new Date(0).toJSON()] // => ["{\"d\":\"1970-01-01T00:00:00.000Z\"}", null, "1970-01-01T00:00:00.000Z"]
Date.prototype.toJSON.call({toISOString: function () { return 'mine' }}) // => "mine"
new Date(NaN).toISOString() // !! RangeError
Date.prototype.toJSON.call({toISOString: 5}) // !! TypeError
Date.prototype.getTime.call({}) // !! TypeError
Date.prototype.setTime.call(5, 5) // !! TypeError
Date.prototype.toString.call('x') // !! TypeError
[Object.prototype.toString.call(new Date), new Date(2020, 0) instanceof Date, Date.prototype.constructor === Date, typeof new Date] // => ["[object Date]", true, true, "object"]
// and together
new Date(951782400000).toISOString() // => "2000-02-29T00:00:00.000Z"
new Date(-1).toISOString() // => "1969-12-31T23:59:59.999Z"
new Date(8.64e15).toISOString() // => "+275760-09-13T00:00:00.000Z"
new Date(-8.64e15).toISOString() // => "-271821-04-20T00:00:00.000Z"
isNaN(new Date(8.64e15 + 1)) // => true
Date.UTC(2000, 0) // => 946684800000
Date.UTC(99, 11, 31, 23, 59, 59, 999) // => 946684799999
Date.UTC(2024, 12, 1) == Date.UTC(2025, 0, 1) // => true
Date.UTC(2024, 0, 0) == Date.UTC(2023, 11, 31) // => true
isNaN(Date.UTC(NaN, 0)) // => true
new Date(2024, 1, 29, 12, 30, 15, 500).getTime() == new Date('2024-02-29T12:30:15.500').getTime() // => true
Date.parse('2024-02-29T12:00:00Z') // => 1709208000000
Date.parse('2024-02-29T12:00:00+02:00') // => 1709200800000
Date.parse('2024-02-29') // => 1709164800000
Date.parse('2024-02') == Date.UTC(2024, 1) && Date.parse('2024') == Date.UTC(2024, 0) // => true
Date.parse('Thu, 29 Feb 2024 12:00:00 GMT') // => 1709208000000
Date.parse('Thu Feb 29 2024 12:00:00 GMT+0530') // => 1709188200000
Date.parse('Feb 29, 2024 12:00') == new Date(2024, 1, 29, 12).getTime() // => true
Date.parse('2/29/2024') == new Date(2024, 1, 29).getTime() // => true
Date.parse('2024-01-01T24:00:00Z') == Date.parse('2024-01-02T00:00:00Z') // => true
new Date(1709208000000).toUTCString() // => "Thu, 29 Feb 2024 12:00:00 GMT"
var d = new Date(1709208000123); Date.parse(d.toString()) == 1709208000000 && Date.parse(d.toUTCString()) == 1709208000000 && Date.parse(d.toISOString()) == +d // => true
var d = new Date(2024, 1, 29, 1, 2, 3, 4); [d.setHours(5, 6) == +d, d.getHours(), d.getMinutes(), d.getSeconds()] // => [true, 5, 6, 3]
var d = new Date(2024, 5, 15); d.setDate(0); [d.getMonth(), d.getDate()] // => [4, 31]
var d = new Date(0); d.setUTCFullYear(2024, 1, 29); d.toISOString() // => "2024-02-29T00:00:00.000Z"
var d = new Date(NaN); [isNaN(d.setMonth(1)), isNaN(d), isNaN(d.setUTCFullYear(2000)), d.getUTCFullYear()] // => [true, true, false, 2000]
var d = new Date(0); [isNaN(d.setTime()), d + '', isNaN(d.getDay())] // => [true, "Invalid Date", true]
var d = new Date(99, 0); [d.getFullYear(), d.getYear(), d.setYear(70) == +d, d.getFullYear()] // => [1999, 99, true, 1970]
var a = new Date(5), b = new Date(a); [a < new Date(6), a - 2, b.getTime(), typeof (a + 1), a.valueOf()] // => [true, 3, 5, "string", 5]
try { new Date(NaN).toISOString() } catch (e) { e.name } // => "RangeError"
[JSON.stringify({d: new Date(0)}), new Date(NaN).toJSON()] // => ["{\"d\":\"1970-01-01T00:00:00.000Z\"}", null]
[Object.prototype.toString.call(new Date), new Date(2020, 0) instanceof Date, Date.prototype.constructor === Date] // => ["[object Date]", true, true]
try { Date.prototype.getTime.call({}) } catch (e) { e.name } // => "TypeError"
new Date(2024, 0, 1, 0, 0, 0).getTimezoneOffset() * 60000 + Date.UTC(2024, 0, 1) == +new Date(2024, 0, 1) // => true
new Date(0) // => "1970-01-01T00:00:00.000Z"
