new Date(0).toISOString() // => "1970-01-01T00:00:00.000Z"
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
var d = new Date(2024, 1, 29, 12, 30, 15, 500); [d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds(), d.getDay()] // => [2024, 1, 29, 12, 30, 15, 500, 4]
var d = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 500)); [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), d.getUTCDay()] // => [2024, 1, 29, 12, 30, 15, 500, 4]
Date.parse('2024-02-29T12:00:00Z') // => 1709208000000
Date.parse('2024-02-29T12:00:00+02:00') // => 1709200800000
Date.parse('2024-02-29') // => 1709164800000
Date.parse('2024-02') == Date.UTC(2024, 1) && Date.parse('2024') == Date.UTC(2024, 0) // => true
Date.parse('Thu, 29 Feb 2024 12:00:00 GMT') // => 1709208000000
Date.parse('Thu Feb 29 2024 12:00:00 GMT+0530') // => 1709188200000
Date.parse('Feb 29, 2024 12:00') == new Date(2024, 1, 29, 12).getTime() // => true
Date.parse('2/29/2024') == new Date(2024, 1, 29).getTime() // => true
['2024-02-30', '2024-13-01', '2024-00-01', '2024-01-01T25:00:00Z', '2024-01-01T24:00:01Z', 'soon', '', '-000000-01-01', '12:00'].filter(function (s) { return !isNaN(Date.parse(s)) }) // => []
Date.parse('2024-01-01T24:00:00Z') == Date.parse('2024-01-02T00:00:00Z') // => true
new Date(1709208000000).toUTCString() // => "Thu, 29 Feb 2024 12:00:00 GMT"
var d = new Date(1709208000123); Date.parse(d.toString()) == 1709208000000 && Date.parse(d.toUTCString()) == 1709208000000 && Date.parse(d.toISOString()) == +d // => true
var d = new Date(2024, 0, 31); d.setMonth(1); [d.getMonth(), d.getDate()] // => [2, 2]
var d = new Date(2024, 1, 29, 1, 2, 3, 4); [d.setHours(5, 6) == +d, d.getHours(), d.getMinutes(), d.getSeconds()] // => [true, 5, 6, 3]
var d = new Date(2024, 5, 15); d.setDate(0); [d.getMonth(), d.getDate()] // => [4, 31]
var d = new Date(0); d.setUTCFullYear(2024, 1, 29); d.toISOString() // => "2024-02-29T00:00:00.000Z"
var d = new Date(NaN); [isNaN(d.setMonth(1)), isNaN(d), isNaN(d.setUTCFullYear(2000)), d.getUTCFullYear()] // => [true, true, false, 2000]
var d = new Date(0); [isNaN(d.setTime()), d + '', isNaN(d.getDay())] // => [true, "Invalid Date", true]
var d = new Date(99, 0); [d.getFullYear(), d.getYear(), d.setYear(70) == +d, d.getFullYear()] // => [1999, 99, true, 1970]
var a = new Date(5), b = new Date(a); [a < new Date(6), a - 2, b.getTime(), typeof (a + 1), a.valueOf()] // => [true, 3, 5, "string", 5]
try { new Date(NaN).toISOString() } catch (e) { e.name } // => "RangeError"
[JSON.stringify({d: new Date(0)}), new Date(NaN).toJSON()] // => ["{\"d\":\"1970-01-01T00:00:00.000Z\"}", null]
[typeof Date(), new Date().getTime(), Date.now(), Date.parse(Date())] // => ["string", 1700000000250, 1700000000250, 1700000000000]
[Object.prototype.toString.call(new Date), new Date(2020, 0) instanceof Date, Date.prototype.constructor === Date] // => ["[object Date]", true, true]
try { Date.prototype.getTime.call({}) } catch (e) { e.name } // => "TypeError"
new Date(2024, 0, 1, 0, 0, 0).getTimezoneOffset() * 60000 + Date.UTC(2024, 0, 1) == +new Date(2024, 0, 1) // => true
new Date(0) // => "1970-01-01T00:00:00.000Z"
