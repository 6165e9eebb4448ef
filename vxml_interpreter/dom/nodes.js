// The read-only subset of DOM Level 2 Core that VoiceXML 2.1, Appendix D, binds to ECMAScript.
//
// A document comes as records in document order, number 0 for the document, one for each element. A head holds names
// and numbers: qualified name, local name, namespace, distance to the parent's record, position among the parent's
// children, number of records from here to the end of the element. A body holds the attributes, then the children: those
// that are elements as the distance to their record, all others whole. Nodes are made when somebody first asks for
// them; nothing is made twice, so that a node is always the same object.

var PART = '\u0001', CHILD = '\u0002', PIECE = '\u0003', ATTRIBUTE = '\u0004';

// This is the first of several parts of one program: what all nodes have, and what the DOM throws.

function Node() { throw new TypeError('nodes are made by the interpreter'); }

var NODE_TYPES = {
  ELEMENT_NODE: 1, ATTRIBUTE_NODE: 2, TEXT_NODE: 3, CDATA_SECTION_NODE: 4, ENTITY_REFERENCE_NODE: 5, ENTITY_NODE: 6,
  PROCESSING_INSTRUCTION_NODE: 7, COMMENT_NODE: 8, DOCUMENT_NODE: 9, DOCUMENT_TYPE_NODE: 10,
  DOCUMENT_FRAGMENT_NODE: 11, NOTATION_NODE: 12
};

// Loops are plain loops: an engine may give callbacks of built-in functions less time, or pay more for them.
function define(holder, members) {
  for (var name in members) {
    var found = Object.getOwnPropertyDescriptor(members, name);
    found.enumerable = false;
    if ('value' in found) found.writable = false;
    Object.defineProperty(holder, name, found);
  }
}

function constants(constructor, values) {
  for (var name in values) {
    var constant = { value: values[name], enumerable: true };
    Object.defineProperty(constructor, name, constant);
    Object.defineProperty(constructor.prototype, name, constant);
  }
}

function refuse() { throw new DOMException(DOMException.NO_MODIFICATION_ALLOWED_ERR, 'the data is read-only'); }

function refusing(names) {
  var members = {};
  for (var i = 0; i < names.length; i++) members[names[i]] = refuse;
  return members;
}

// What kinds of nodes there are: each has the prototype of another and some members of its own.
function kind(name, parent, members) {
  var prototype = Object.create(parent);
  define(prototype, { toString: function () { return '[object ' + name + ']'; } });
  define(prototype, members);
  return prototype;
}

constants(Node, NODE_TYPES);
define(Node.prototype, refusing(['insertBefore', 'replaceChild', 'removeChild', 'appendChild']));
define(Node.prototype, {
  get nodeValue() { return null; },
  set nodeValue(value) { },
  get parentNode() { return null; },
  get childNodes() { return NOTHING; },
  get firstChild() { return this.childNodes.item(0); },
  get lastChild() { var nodes = this.childNodes; return nodes.item(nodes.length - 1); },
  get previousSibling() { return null; },
  get nextSibling() { return null; },
  get attributes() { return null; },
  get ownerDocument() { return this._tree.owner; },
  get namespaceURI() { return null; },
  get prefix() { return null; },
  set prefix(value) { refuse(); },
  get localName() { return null; },
  hasChildNodes: function () { return this.childNodes.length > 0; },
  hasAttributes: function () { return false; },
  normalize: function () { },
  isSupported: supports
});

function text(value) { return value == null ? '' : String(value); }

function supports(feature, version) {
  return /^(core|xml)$/i.test(String(feature)) && /^(|1\.0|2\.0)$/.test(text(version));
}

function DOMException(code, message) {
  Object.defineProperty(this, 'code', { value: code, enumerable: true });
  Object.defineProperty(this, 'message', { value: message, enumerable: true });
}
DOMException.prototype = Object.create(Error.prototype);
define(DOMException.prototype, { constructor: DOMException, name: 'DOMException' });
constants(DOMException, {
  INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4,
  INVALID_CHARACTER_ERR: 5, NO_DATA_ALLOWED_ERR: 6, NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8,
  NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10, INVALID_STATE_ERR: 11, SYNTAX_ERR: 12,
  INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15
});
