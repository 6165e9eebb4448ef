// Attributes: Attr.

// A written attribute: qualified name, local name, namespace, value. Most scripts want values, so that these are found
// without making nodes.
function named(name, local) {
  if (arguments.length > 1) {
    var ends = [text(local), text(name)].join(PIECE) + PIECE;
    return function (attribute) { return attribute.slice(attribute.indexOf(PIECE) + 1).lastIndexOf(ends, 0) === 0; };
  }
  return function (attribute) { return attribute.lastIndexOf(String(name) + PIECE, 0) === 0; };
}

function written(element) { return body(element, 0).split(ATTRIBUTE).slice(1); }

function valueOf(element, matches) {
  var attributes = written(element);
  for (var i = 0; i < attributes.length; i++) {
    if (matches(attributes[i])) return attributes[i].split(PIECE)[3];
  }
  return null;
}

function itemOf(map, matches) {
  for (var i = 0; i < map.length; i++) if (matches(map[i]._written)) return map[i];
  return null;
}

function attributes(element) {
  var tree = element._tree, known = tree.maps[element._number];
  if (known) return known;
  var nodes = written(element);
  for (var i = 0; i < nodes.length; i++) nodes[i] = attribute(tree, nodes[i], element);
  return tree.maps[element._number] = nodes.length ? listOf(NamedNodeMap, nodes) : NO_NAMES;
}

function attribute(tree, content, element) {
  return Object.create(tree.kinds[2], { _written: { value: content }, ownerElement: { value: element } });
}

var Attr = kind('Attr', Node.prototype, {
  nodeType: 2,
  specified: true,
  get name() { return this._written.split(PIECE)[0]; },
  get nodeName() { return this._written.split(PIECE)[0]; },
  get localName() { return this._written.split(PIECE)[1]; },
  get namespaceURI() { return this._written.split(PIECE)[2] || null; },
  get prefix() { return prefixOf(this.name); },
  set prefix(value) { refuse(); },
  get value() { return this._written.split(PIECE)[3]; },
  set value(value) { refuse(); },
  get nodeValue() { return this.value; },
  set nodeValue(value) { refuse(); },
  get childNodes() {
    if (!this._list) {
      var texts = this.value ? [leaf(this._tree, 3, this.value, this, 0)] : [];
      Object.defineProperty(this, '_list', { value: listOf(NodeList, texts) });
    }
    return this._list;
  },
  cloneNode: function () { return attribute(this._tree, this._written, null); },
  toJSON: function () { return this.value; }
});
