// Lists of nodes: NodeList, NamedNodeMap.

// Elements are properties as well: list[0] is list.item(0).
function locked(list, length) {
  Object.defineProperty(list, 'length', { value: length });
  return Object.freeze(list);
}

function listOf(prototype, nodes) {
  var list = Object.create(prototype);
  for (var i = 0; i < nodes.length; i++) list[i] = nodes[i];
  return locked(list, nodes.length);
}

var NodeList = kind('NodeList', Object.prototype, {
  item: function (index) {
    index = index >>> 0;
    return index < this.length ? this[index] : null;
  }
});

var NamedNodeMap = kind('NamedNodeMap', NodeList, {
  getNamedItem: function (name) { return itemOf(this, named(name)); },
  getNamedItemNS: function (namespace, local) { return itemOf(this, named(namespace, local)); }
});
define(NamedNodeMap, refusing(['setNamedItem', 'removeNamedItem', 'setNamedItemNS', 'removeNamedItemNS']));

var NOTHING = listOf(NodeList, []);
var NO_NAMES = listOf(NamedNodeMap, []);
