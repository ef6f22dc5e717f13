"use strict";
// Both texts, row by row. Rows are filled a few at a time, so that the first can be read at once.

const SLICE = 12; // milliseconds of work after which the browser gets its turn
const FIRST = 40; // rows that fill any screen

class Rows {
  constructor(container, rows) {
    this.container = container;
    this.data = rows;
    this.waiting = new Set();
    this.elements = [];
    this.reachable = "source"; // the column whose findings the Tab key goes through: once is enough
    container.replaceChildren();
    this.#lineNumbers();
    this.#fillTo(Math.min(FIRST, this.data.length));
    this.#later();
  }

  /** The row's element, filled now if it was still to come. */
  element(at) {
    if (at >= this.elements.length) this.#fillTo(at + 1);
    if (this.waiting.delete(at)) this.#fill(at);
    return this.elements[at];
  }

  /** Show rows anew whose findings were switched: those in sight now, the others a little later. */
  refresh(rows) {
    for (const at of rows) if (at < this.elements.length) this.waiting.add(at);
    const seen = this.elements.filter((element) => this.waiting.has(Number(element.dataset.row)) && inSight(element));
    for (const element of seen) this.element(Number(element.dataset.row));
    this.#later();
  }

  /** The line of the source in which something stands, `units` UTF-16 units behind the start of a row. */
  line(at, units) {
    const source = this.source(at);
    const indent = source.length - source.trimStart().length; // the row's number is that of its first character
    return this.lines[at] + lineEnds(source.slice(0, units)) - (source.trim() ? lineEnds(source.slice(0, indent)) : 0);
  }

  lineOf(finding) {
    const [at] = finding.rows;
    let units = finding.source.trim() ? finding.source.length - finding.source.trimStart().length : 0;
    for (const piece of this.data[at].pieces) {
      if (piece.finding === finding) break;
      units += piece.source.length;
    }
    return this.line(at, units);
  }

  /** The line in which what can be seen of a span begins. */
  lineOfSpan(span) {
    const text = this.text(span);
    return this.line(span[0], span[1] + (text.trim() ? text.length - text.trimStart().length : 0));
  }

  /** The source in a span: row and units where it starts, row and units where it ends. */
  text(span) {
    return this.pieces(span).map(([at, start, end]) => this.source(at).slice(start, end)).join("\n");
  }

  /** A span, row by row, without those it only ends in front of: [row, units, units]. */
  pieces([first, start, last, end]) {
    const result = [];
    for (let at = first; at <= last; at++) {
      const stop = at === last ? end : this.source(at).length;
      const from = at === first ? start : 0;
      if (stop > from) result.push([at, from, stop]);
    }
    return result;
  }

  source(at) {
    return this.data[at].pieces.map(({ source }) => source).join("");
  }

  /** Let the Tab key go through the findings of one column. */
  reach(column) {
    this.reachable = column;
    for (const element of this.container.querySelectorAll(".finding")) {
      element.tabIndex = element.closest(`.${column}`) ? 0 : -1;
    }
  }

  /** The elements of a finding in both columns, or in one. */
  elementsOf(finding, column = "") {
    const selector = `${column && `.${column} `}[data-finding="${finding.number}"]`;
    return finding.rows.flatMap((at) => [...this.element(at).querySelectorAll(selector)]);
  }

  close() {
    this.closed = true;
  }

  #lineNumbers() {
    this.lines = [];
    for (const { line } of this.data) this.lines.push(line || this.lines.at(-1));
  }

  #later() {
    if (this.scheduled) return;
    this.scheduled = true;
    this.container.setAttribute("aria-busy", "true");
    setTimeout(() => {
      this.scheduled = false;
      if (!this.closed) this.#slice();
    });
  }

  #slice() {
    const end = performance.now() + SLICE;
    const fragment = document.createDocumentFragment();
    while (this.elements.length < this.data.length && performance.now() < end) fragment.append(this.#next());
    this.container.append(fragment);
    for (const at of this.waiting) {
      if (performance.now() > end) break;
      this.element(at);
    }
    if (this.waiting.size || this.elements.length < this.data.length) this.#later();
    else this.container.setAttribute("aria-busy", "false");
  }

  #fillTo(count) {
    const fragment = document.createDocumentFragment();
    while (this.elements.length < count) fragment.append(this.#next());
    this.container.append(fragment);
  }

  #next() {
    const at = this.elements.length;
    const row = document.createElement("div");
    row.setAttribute("role", "row");
    row.dataset.row = at;
    this.elements.push(row);
    this.#fill(at);
    return row;
  }

  #fill(at) {
    const row = this.elements[at];
    const { line, pieces } = this.data[at];
    const shown = pieces.some(({ finding }) => finding?.shown);
    row.className = `row${line ? "" : " continues"}${shown ? "" : " same"}`;
    row.replaceChildren(lineCell(line), this.#cell("source", pieces), this.#cell("clean", pieces));
  }

  #cell(column, pieces) {
    const cell = document.createElement("div");
    cell.className = column;
    cell.lang = "zh";
    cell.setAttribute("role", "cell");
    for (const piece of pieces) this.#append(cell, column, piece);
    closeEdges(cell);
    return cell;
  }

  #append(cell, column, piece) {
    const { finding } = piece;
    const text = column === "source" || !finding?.shown ? piece.source : piece.clean;
    if (!finding?.shown) {
      appendText(cell, text);
      return;
    }
    const element = findingElement(finding, column, text);
    element.tabIndex = column === this.reachable ? 0 : -1;
    cell.append(element);
  }
}

function lineCell(line) {
  const cell = document.createElement("span");
  cell.className = "line";
  cell.setAttribute("aria-hidden", "true");
  cell.textContent = line || "";
  return cell;
}

function inSight(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}
