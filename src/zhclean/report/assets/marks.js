"use strict";
// A document's edits and gaps, together called marks: what they are, and which are switched off.

const GAPS = "gaps"; // what switches gaps off; no stage is called so

class Marks {
  /** `data` is what zhclean.report.view describes. */
  constructor(data) {
    this.stages = data.stages;
    this.all = data.marks.map((mark, number) => newMark(mark, number, data));
    this.inOrder = [];
    this.off = new Set(); // names of stages, and GAPS
    this.rows = this.#rows(data.rows, data.edits);
    this.groups = grouped(this.all);
    for (const mark of this.all) mark.kind = this.#kind(mark);
    this.#update();
  }

  /** Switch a stage, or GAPS, and tell which marks changed by it. */
  toggle(name) {
    if (!this.off.delete(name)) this.off.add(name);
    const before = this.all.map((mark) => mark.shown);
    this.#update();
    return this.all.filter((mark, i) => mark.shown !== before[i]);
  }

  /** The edits each stage made; one of several stages counts for each. */
  counts() {
    const counts = new Map(this.stages.map((stage) => [stage, 0]));
    for (const mark of this.all) {
      for (const stage of mark.gap ? [] : mark.stages) counts.set(stage, counts.get(stage) + 1);
    }
    return new Map([...counts].filter(([, n]) => n)); // a stage may have found nothing but gaps
  }

  partners(mark) {
    return (this.groups.get(mark.group) ?? []).filter((other) => other !== mark);
  }

  /** Rows with their pieces as objects; one without a mark is text that stays. */
  #rows(rows, edits) {
    let edit = -1;
    let gap = edits - 1;
    return rows.map(([line, ...pieces], at) => ({
      line,
      pieces: pieces.map((piece) => {
        if (typeof piece === "string") return { source: piece, clean: piece };
        if ("gap" in piece) return this.#place(at, this.all[++gap], piece.gap, piece.gap);
        const [source, clean = ""] = piece[0] === 1 ? piece.slice(1) : piece;
        if (piece[0] !== 1) edit++;
        return this.#place(at, this.all[edit], source, clean);
      }),
    }));
  }

  #place(at, mark, source, clean) {
    if (!mark.rows.length) this.inOrder.push(mark);
    if (mark.rows.at(-1) !== at) mark.rows.push(at);
    mark.source += source;
    mark.clean += clean;
    return { mark, source, clean };
  }

  #kind(mark) {
    if (mark.gap) return "gap";
    if (mark.origin || this.partners(mark).some((other) => other.origin)) return "moved";
    return !mark.clean ? "removed" : !mark.source ? "inserted" : "replaced";
  }

  /** Nothing a stage did is shown when it is off; with it goes what cannot be taken apart from it. */
  #update() {
    for (const mark of this.all) {
      mark.shown = mark.gap ? !this.off.has(GAPS) : !mark.stages.some((stage) => this.off.has(stage));
    }
    for (const members of this.groups.values()) {
      if (members.some((mark) => !mark.shown)) for (const mark of members) mark.shown = false;
    }
    this.shown = this.inOrder.filter((mark) => mark.shown);
    this.shown.forEach((mark, i) => { mark.position = i; });
  }
}

function newMark(mark, number, data) {
  const [cause, repeats, origin, group] = typeof mark === "number" ? [mark] : mark;
  const [stages, reasons, permille] = data.causes[cause];
  return {
    number,
    gap: number >= data.edits,
    stages: stages.map((i) => data.stages[i]),
    reasons: reasons.map((i) => data.reasons[i]),
    confidence: permille / 1000,
    repeats: repeats || null,
    origin: origin || null,
    group: group || 0,
    rows: [],
    source: "",
    clean: "",
  };
}

function grouped(marks) {
  const groups = new Map();
  for (const mark of marks) {
    if (!mark.group) continue;
    if (!groups.has(mark.group)) groups.set(mark.group, []);
    groups.get(mark.group).push(mark);
  }
  return groups;
}

/** The element that shows a mark, or a part of it, in one of the columns; `text` is what that column has there. */
function markElement(mark, column, text) {
  const element = document.createElement(mark.gap || !text ? "span" : column === "source" ? "del" : "ins");
  element.className = `mark ${mark.kind}${text ? "" : " point"}`;
  element.dataset.mark = mark.number;
  appendText(element, text, true);
  if (!text) {
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", say(pointLabel(mark, column)));
  }
  return element;
}

function pointLabel(mark, column) {
  if (mark.gap) return "gap_here";
  if (column === "source") return "inserted_here";
  return mark.kind === "moved" ? "moved_away_here" : "removed_here";
}
