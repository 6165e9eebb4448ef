// Nodes as XML that means the same: what they are where values become JSON. No nodes are made for it.

function escaped(value) {
  if (!/[&<>\r]/.test(value)) return value;
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
}

function quoted(value) {
  value = escaped(value);
  if (!/["\t\n]/.test(value)) return '"' + value + '"';
  return '"' + value.replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;') + '"';
}

function markup(tree, number) {
  var name = tree.heads[number].split(PART)[0];
  var attributes = tree.bodies[number].split(PART)[0].split(ATTRIBUTE), parts = partsOf(tree, number), i;
  for (i = 0; i < parts.length; i++) {
    var type = parts[i].charAt(0), rest = parts[i].slice(1);
    parts[i] = type === '1' ? markup(tree, number + Number(rest)) : leafMarkup(TYPES[type], rest);
  }
  var inside = parts.join(''), tag = '<' + name;
  for (i = 1; i < attributes.length; i++) {
    var pieces = attributes[i].split(PIECE);
    tag += ' ' + pieces[0] + '=' + quoted(pieces[3]);
  }
  if (name === Document.nodeName) return inside;
  return inside ? tag + '>' + inside + '</' + name + '>' : tag + '/>';
}

function leafMarkup(type, content) {
  var pieces = content.split(PIECE);
  switch (type) {
    case 3: return escaped(content);
    case 4: return '<![CDATA[' + content + ']]>';
    case 7: return '<?' + pieces[0] + (pieces[1] ? ' ' + pieces[1] : '') + '?>';
    case 8: return '<!--' + content + '-->';
  }
  var ids = pieces[1] ? ' PUBLIC "' + pieces[1] + '" ' : pieces[2] ? ' SYSTEM ' : '';
  var quote = pieces[2].indexOf('"') < 0 ? '"' : "'";
  return '<!DOCTYPE ' + pieces[0] + ids + (pieces[2] ? quote + pieces[2] + quote : '') + '>';
}
