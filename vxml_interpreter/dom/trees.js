// Making nodes from records.

var KINDS = {
  1: Element, 2: Attr, 3: Text, 4: CDATASection, 7: ProcessingInstruction, 8: Comment, 9: Document, 10: DocumentType
};

// By the first character of a child.
var TYPES = { 0: 10, 3: 3, 4: 4, 7: 7, 8: 8 };

function partsOf(tree, number) {
  var content = tree.bodies[number].split(PART)[1];
  return content === '' ? [] : content.split(CHILD);
}

// A tree of nodes over these records; `owner` is its document, null when that is the first record.
function planted(heads, bodies, owner) {
  var tree = { heads: heads, bodies: bodies, nodes: {}, lists: {}, maps: {}, kinds: {}, owner: owner };
  for (var type in KINDS) tree.kinds[type] = Object.create(KINDS[type], { _tree: { value: tree } });
  var root = branch(tree, 0);
  tree.owner = owner || root;
  return root;
}

function branch(tree, number) {
  return tree.nodes[number] || (tree.nodes[number] =
    Object.create(tree.kinds[number || tree.owner ? 1 : 9], { _number: { value: number } }));
}

function leaf(tree, type, content, parent, position) {
  return Object.create(tree.kinds[type], {
    _content: { value: content }, _parent: { value: parent }, _position: { value: position }
  });
}

function children(tree, number) {
  var known = tree.lists[number];
  if (known) return known;
  var parent = branch(tree, number), parts = partsOf(tree, number), list = Object.create(NodeList);
  for (var i = 0; i < parts.length; i++) {
    var type = parts[i].charAt(0), rest = parts[i].slice(1);
    list[i] = type === '1' ? branch(tree, number + Number(rest)) : leaf(tree, TYPES[type], rest, parent, i);
  }
  return tree.lists[number] = locked(list, parts.length);
}

// The document of these records. What has many children gets them now: this can be suspended, a getter cannot.
function opened(heads, bodies, wide) {
  var document = planted(heads, bodies, null);
  for (var i = 0; i < wide.length; i++) children(document._tree, wide[i]);
  return document;
}
