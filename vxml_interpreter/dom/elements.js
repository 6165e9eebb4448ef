// Nodes that have records of their own: Document, Element.

var BRANCH = kind('Node', Node.prototype, {
  get childNodes() { return children(this._tree, this._number); },
  get firstChild() { return children(this._tree, this._number)[0] || null; },
  hasChildNodes: function () { return body(this, 1) !== ''; },
  getElementsByTagName: function (name) {
    name = String(name);
    if (name === '*') return descendants(this, function () { return true; });
    return descendants(this, function (head) { return head.lastIndexOf(name + PART, 0) === 0; });
  },
  getElementsByTagNameNS: function (namespace, local) {
    namespace = text(namespace);
    local = String(local);
    return descendants(this, function (head) {
      var names = head.split(PART);
      return (local === '*' || names[1] === local) && (namespace === '*' || names[2] === namespace);
    });
  },
  cloneNode: function (deep) {
    var tree = this._tree, last = this._number + (deep ? Number(heading(this, 5)) : 1);
    var bodies = tree.bodies.slice(this._number, last);
    if (!deep) bodies[0] = body(this, 0) + PART;
    return planted(tree.heads.slice(this._number, last), bodies, this.nodeType === 9 ? null : tree.owner);
  },
  toJSON: function () { return markup(this._tree, this._number); }
});

function heading(node, part) { return node._tree.heads[node._number].split(PART)[part]; }

function body(node, part) { return node._tree.bodies[node._number].split(PART)[part]; }

function descendants(node, matches) {
  var tree = node._tree, found = [], last = Math.min(node._number + Number(heading(node, 5)), tree.heads.length);
  for (var number = node._number + 1; number < last; number++) {
    if (matches(tree.heads[number])) found.push(branch(tree, number));
  }
  return listOf(NodeList, found);
}

var Document = kind('Document', BRANCH, {
  nodeName: '#document',
  nodeType: 9,
  ownerDocument: null,
  get doctype() { return only(this.childNodes, 10); },
  get documentElement() { return only(this.childNodes, 1); },
  get implementation() { return IMPLEMENTATION; },
  // XML without a document type says of no attribute that it is an ID; everybody means these two.
  getElementById: function (id) {
    var tree = this._tree, value = PIECE + String(id);
    for (var number = 1; number < tree.heads.length; number++) {
      var attributes = tree.bodies[number].split(PART)[0] + ATTRIBUTE;
      if (attributes.indexOf(ATTRIBUTE + 'id' + PIECE + 'id' + PIECE + value + ATTRIBUTE) >= 0 ||
          attributes.indexOf(ATTRIBUTE + 'xml:id' + PIECE + 'id' + PIECE + XML + value + ATTRIBUTE) >= 0) {
        return branch(tree, number);
      }
    }
    return null;
  }
});
define(Document, refusing([
  'createElement', 'createDocumentFragment', 'createTextNode', 'createComment', 'createCDATASection',
  'createProcessingInstruction', 'createAttribute', 'createEntityReference', 'importNode', 'createElementNS',
  'createAttributeNS'
]));

var XML = 'http://www.w3.org/XML/1998/namespace';

function only(nodes, type) {
  for (var i = 0; i < nodes.length; i++) if (nodes[i].nodeType === type) return nodes[i];
  return null;
}

var IMPLEMENTATION = Object.create(kind('DOMImplementation', Object.prototype, { hasFeature: supports }));
define(Object.getPrototypeOf(IMPLEMENTATION), refusing(['createDocumentType', 'createDocument']));

var Element = kind('Element', BRANCH, {
  nodeType: 1,
  get nodeName() { return heading(this, 0); },
  get tagName() { return heading(this, 0); },
  get localName() { return heading(this, 1); },
  get namespaceURI() { return heading(this, 2) || null; },
  get prefix() { return prefixOf(heading(this, 0)); },
  set prefix(value) { refuse(); },
  get parentNode() { return this._number ? branch(this._tree, this._number - heading(this, 3)) : null; },
  get previousSibling() { return siblingOf(this, -1); },
  get nextSibling() { return siblingOf(this, 1); },
  get attributes() { return attributes(this); },
  hasAttributes: function () { return body(this, 0) !== ''; },
  getAttribute: function (name) { return valueOf(this, named(name)) || ''; },
  getAttributeNode: function (name) { return attributes(this).getNamedItem(name); },
  hasAttribute: function (name) { return valueOf(this, named(name)) !== null; },
  getAttributeNS: function (namespace, local) { return valueOf(this, named(namespace, local)) || ''; },
  getAttributeNodeNS: function (namespace, local) { return attributes(this).getNamedItemNS(namespace, local); },
  hasAttributeNS: function (namespace, local) { return valueOf(this, named(namespace, local)) !== null; }
});
define(Element, refusing([
  'setAttribute', 'removeAttribute', 'setAttributeNode', 'removeAttributeNode', 'setAttributeNS', 'removeAttributeNS',
  'setAttributeNodeNS'
]));

// Asked for in most loops over children, therefore without the detour by the parent.
function siblingOf(element, step) {
  var tree = element._tree, number = element._number, head = tree.heads[number].split(PART);
  return number ? children(tree, number - head[3])[Number(head[4]) + step] || null : null;
}

function prefixOf(name) { var colon = name.indexOf(':'); return colon < 0 ? null : name.slice(0, colon); }
