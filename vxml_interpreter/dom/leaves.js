// Nodes without children: Text, CDATASection, Comment, ProcessingInstruction, DocumentType.

var LEAF = kind('Node', Node.prototype, {
  get parentNode() { return this._parent; },
  get firstChild() { return null; },
  get previousSibling() { return beside(this, -1); },
  get nextSibling() { return beside(this, 1); },
  cloneNode: function () { return leaf(this._tree, this.nodeType, this._content, null, 0); },
  toJSON: function () { return leafMarkup(this.nodeType, this._content); }
});

function beside(leaf, step) {
  var parent = leaf._parent;
  return parent === null ? null : parent.childNodes[leaf._position + step] || null;
}

var CharacterData = kind('CharacterData', LEAF, {
  get data() { return this._content; },
  set data(value) { refuse(); },
  get nodeValue() { return this._content; },
  set nodeValue(value) { refuse(); },
  get length() { return this._content.length; },
  substringData: function (offset, count) {
    if (!(offset >= 0 && offset <= this.length && count >= 0)) throw new DOMException(DOMException.INDEX_SIZE_ERR, 'outside of the data');
    return this._content.substr(offset, count);
  }
});
define(CharacterData, refusing(['appendData', 'insertData', 'deleteData', 'replaceData']));

var Text = kind('Text', CharacterData, { nodeName: '#text', nodeType: 3, splitText: refuse });
var CDATASection = kind('CDATASection', Text, { nodeName: '#cdata-section', nodeType: 4 });
var Comment = kind('Comment', CharacterData, { nodeName: '#comment', nodeType: 8 });

var ProcessingInstruction = kind('ProcessingInstruction', LEAF, {
  nodeType: 7,
  get target() { return this._content.split(PIECE)[0]; },
  get nodeName() { return this.target; },
  get data() { return this._content.split(PIECE)[1]; },
  set data(value) { refuse(); },
  get nodeValue() { return this.data; },
  set nodeValue(value) { refuse(); }
});

var DocumentType = kind('DocumentType', LEAF, {
  nodeType: 10,
  entities: NO_NAMES,
  notations: NO_NAMES,
  internalSubset: null,
  get name() { return this._content.split(PIECE)[0]; },
  get nodeName() { return this.name; },
  get publicId() { return this._content.split(PIECE)[1] || null; },
  get systemId() { return this._content.split(PIECE)[2] || null; }
});
