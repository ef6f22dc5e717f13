"use strict";
// One document: its figures, its stages to switch, and the way from change to change.

class DocumentView {
  constructor(article, explanation) {
    this.article = article;
    this.explanation = explanation;
    this.part = (selector) => article.querySelector(selector);
    this.table = this.part(".rows");
    this.#listen();
  }

  /** Show the document with this number, counted from 1. */
  open(number) {
    this.close();
    this.data = JSON.parse(document.getElementById(`document-${number}`).textContent);
    this.findings = new Findings(this.data);
    this.current = null;
    this.left = null;
    this.article.hidden = false;
    this.rows = new Rows(this.part(".body"), this.findings.rows);
    this.rows.reach(this.#column());
    this.describe();
  }

  close() {
    this.rows?.close();
    this.explanation.close();
    this.article.hidden = true;
  }

  /** Everything that is said in words or figures, in the language chosen. */
  describe() {
    this.part(".title").textContent = this.data.name;
    this.part(".facts").textContent = this.#facts();
    const nothing = !this.data.findings.length;
    this.part(".nothing").hidden = !nothing;
    for (const part of [".stages", ".strip", ".legend", ".jumps"]) this.part(part).hidden = nothing;
    const gaps = this.data.findings.length - this.data.edits;
    this.#figure("changes", "n_changes", this.data.edits);
    this.#figure("gaps", "n_gaps", gaps);
    this.part(".damage-number").textContent = percents.format(this.data.damage);
    const [before, after] = this.data.lengths.map((length) => numbers.format(length));
    this.part(".length-number").textContent = before === after ? before : `${before} → ${after}`;
    drawStages(this.part(".stages ul"), this.findings, gaps);
    drawStrip(this.part(".strip svg"), this.findings.rows, this.data.lengths[0]);
    this.#position();
  }

  /** Show the next change (1) or the previous one (-1), from where the reader is. */
  step(by) {
    const { shown } = this.findings;
    if (!shown.length) return;
    const at = this.current?.shown ? this.current.position + by : this.#nearest(by);
    this.go(shown[(at + shown.length) % shown.length]);
  }

  /** Bring a finding into sight and focus it, which explains it. */
  go(finding) {
    const [element] = this.rows.elementsOf(finding, `${this.#column()}`);
    bringIntoSight(element);
    element.focus({ preventScroll: true });
    this.explanation.place();
  }

  /** From a change to the other place that has to do with it. */
  follow() {
    const { finding } = this.explanation;
    const to = finding && destination(finding, this.findings);
    if (!to) return;
    this.left = finding;
    this.part(".back").hidden = false;
    this.explanation.close();
    if (to.finding?.shown) this.go(to.finding);
    else this.#point(to.span ?? [to.finding.rows[0], 0, to.finding.rows[0], 0]);
  }

  back() {
    if (this.left?.shown) this.go(this.left);
    this.left = null;
    this.part(".back").hidden = true;
  }

  toggle(stage) {
    this.explanation.close();
    const rows = this.findings.toggle(stage).flatMap((finding) => finding.rows);
    this.rows.refresh(new Set(rows));
    drawStrip(this.part(".strip svg"), this.findings.rows, this.data.lengths[0]);
    this.#position();
  }

  view(name) {
    this.explanation.close();
    this.table.dataset.view = name;
    for (const button of this.article.querySelectorAll(".views button")) {
      button.setAttribute("aria-pressed", String(button.value === name));
    }
    this.rows.reach(this.#column());
  }

  nextView() {
    const names = [...this.article.querySelectorAll(".views button")].map((button) => button.value);
    this.view(names[(names.indexOf(this.table.dataset.view) + 1) % names.length]);
  }

  #listen() {
    const actions = { next: () => this.step(1), previous: () => this.step(-1), back: () => this.back() };
    for (const [name, act] of Object.entries(actions)) this.part(`.${name}`).addEventListener("click", act);
    this.part(".views").addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) this.view(button.value);
    });
    this.part(".stages").addEventListener("change", ({ target }) => this.toggle(target.value));
    this.part(".only-changed").addEventListener("change", ({ target }) => {
      this.table.classList.toggle("only-changed", target.checked);
    });
    this.part(".strip svg").addEventListener("click", (event) => this.#goToPart(event));
    this.#listenToFindings();
  }

  #listenToFindings() {
    const shownBy = (target) => target.closest?.(".finding");
    this.table.addEventListener("focusin", ({ target }) => shownBy(target) && this.#enter(shownBy(target)));
    this.table.addEventListener("focusout", () => this.explanation.close());
    this.table.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType === "mouse" && shownBy(target)) this.#explain(shownBy(target));
    });
    this.table.addEventListener("pointerout", ({ target, relatedTarget }) => {
      if (shownBy(target) && !relatedTarget?.closest?.(".finding, #explanation")) this.explanation.closeSoon();
    });
  }

  #enter(element) {
    this.current = this.#explain(element);
    this.#position();
  }

  #explain(element) {
    const finding = this.findings.all[element.dataset.finding];
    if (this.explanation.anchor !== element) this.explanation.show(finding, element, this.rows, this.findings);
    for (const other of this.table.querySelectorAll(".current")) other.classList.remove("current");
    for (const each of this.rows.elementsOf(finding)) each.classList.add("current");
    return finding;
  }

  /** Show a span of the source that is no finding. */
  #point(span) {
    const pieces = this.rows.pieces(span);
    const at = pieces[0]?.[0] ?? span[0];
    const row = this.rows.element(at);
    bringIntoSight(row);
    highlight(pieces.map(([piece, start, end]) => rangeIn(this.rows.element(piece).querySelector(".source"), start, end)));
    for (const element of this.table.querySelectorAll(".target")) element.classList.remove("target");
    row.classList.add("target");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }

  /** Where to begin when no change has been visited: at what the window shows. */
  #nearest(by) {
    const top = this.part(".toolbar").getBoundingClientRect().bottom;
    const isBelow = ({ rows: [at] }) => this.rows.element(at).getBoundingClientRect().bottom > top;
    let low = 0;
    let high = this.findings.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(this.findings.shown[middle])) high = middle;
      else low = middle + 1;
    }
    return by > 0 ? low : low - 1;
  }

  #goToPart({ offsetX, currentTarget }) {
    const part = offsetX / currentTarget.clientWidth;
    const at = Math.min(Math.floor(part * this.findings.rows.length), this.findings.rows.length - 1);
    bringIntoSight(this.rows.element(at));
  }

  #column() {
    return this.table.dataset.view === "clean" ? "clean" : "source";
  }

  #facts() {
    const { encoding, lost } = this.data;
    const facts = encoding ? [say("encoding_note", { encoding })] : [];
    if (lost) facts.push(say("lost_note", { n: lost }));
    return facts.join(" · ");
  }

  #figure(name, key, n) {
    put(this.part(`.${name}-name`), key, { n });
    this.part(`.${name}-number`).textContent = numbers.format(n);
  }

  #position() {
    const { shown } = this.findings;
    const at = this.current?.shown ? this.current.position + 1 : 0;
    this.part(".position").textContent = at
      ? say("position", { i: at, n: shown.length })
      : say("n_places", { n: shown.length });
  }
}

/** In the middle of the window; twice, as rows out of sight have only an estimated height until they are near. */
function bringIntoSight(element) {
  element.scrollIntoView({ block: "center" });
  element.scrollIntoView({ block: "center" });
}

/** Highlight parts of the text without touching its elements, where the browser can. */
function highlight(ranges) {
  if ("highlights" in CSS) CSS.highlights.set("target", new Highlight(...ranges));
}

/** A range of characters (UTF-16 units) of an element's text. */
function rangeIn(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let position = 0;
  range.selectNodeContents(element);
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (start >= position && start < position + length) range.setStart(walker.currentNode, start - position);
    if (end > position && end <= position + length) range.setEnd(walker.currentNode, end - position);
    position += length;
  }
  return range;
}
