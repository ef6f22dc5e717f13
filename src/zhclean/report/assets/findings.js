"use strict";
// A document's edits and gaps, together called findings: what they are, and which are switched off.

const GAPS = "gaps"; // what switches gaps off; no stage is called so

class Findings {
  /** `data` is what zhclean.report.view describes. */
  constructor(data) {
    this.stages = data.stages;
    this.all = data.findings.map((finding, number) => newFinding(finding, number, data));
    this.inOrder = [];
    this.off = new Set(); // names of stages, and GAPS
    this.rows = this.#rows(data.rows, data.edits);
    this.groups = grouped(this.all);
    for (const finding of this.all) finding.kind = this.#kind(finding);
    this.#update();
  }

  /** Switch a stage, or GAPS, and tell which findings changed by it. */
  toggle(name) {
    if (!this.off.delete(name)) this.off.add(name);
    const before = this.all.map((finding) => finding.shown);
    this.#update();
    return this.all.filter((finding, i) => finding.shown !== before[i]);
  }

  /** The edits each stage made; one of several stages counts for each. */
  counts() {
    const counts = new Map(this.stages.map((stage) => [stage, 0]));
    for (const finding of this.all) {
      for (const stage of finding.gap ? [] : finding.stages) counts.set(stage, counts.get(stage) + 1);
    }
    return new Map([...counts].filter(([, n]) => n)); // a stage may have found nothing but gaps
  }

  partners(finding) {
    return (this.groups.get(finding.group) ?? []).filter((other) => other !== finding);
  }

  /** Rows with their pieces as objects; one without a finding is text that stays. */
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

  #place(at, finding, source, clean) {
    if (!finding.rows.length) this.inOrder.push(finding);
    if (finding.rows.at(-1) !== at) finding.rows.push(at);
    finding.source += source;
    finding.clean += clean;
    return { finding, source, clean };
  }

  #kind(finding) {
    if (finding.gap) return "gap";
    if (finding.origin || this.partners(finding).some((other) => other.origin)) return "moved";
    return !finding.clean ? "removed" : !finding.source ? "inserted" : "replaced";
  }

  /** Nothing a stage did is shown when it is off; with it goes what cannot be taken apart from it. */
  #update() {
    for (const finding of this.all) {
      finding.shown = finding.gap ? !this.off.has(GAPS) : !finding.stages.some((stage) => this.off.has(stage));
    }
    for (const members of this.groups.values()) {
      if (members.some((finding) => !finding.shown)) for (const finding of members) finding.shown = false;
    }
    this.shown = this.inOrder.filter((finding) => finding.shown);
    this.shown.forEach((finding, i) => { finding.position = i; });
  }
}

function newFinding(finding, number, data) {
  const [cause, repeats, origin, group] = typeof finding === "number" ? [finding] : finding;
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

function grouped(findings) {
  const groups = new Map();
  for (const finding of findings) {
    if (!finding.group) continue;
    if (!groups.has(finding.group)) groups.set(finding.group, []);
    groups.get(finding.group).push(finding);
  }
  return groups;
}

/** The element that shows a finding, or a part of it, in one of the columns; `text` is what that column has there. */
function findingElement(finding, column, text) {
  const element = document.createElement(finding.gap || !text ? "span" : column === "source" ? "del" : "ins");
  element.className = `finding ${finding.kind}${text ? "" : " point"}`;
  element.dataset.finding = finding.number;
  appendText(element, text, true);
  if (!text) {
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", say(pointLabel(finding, column)));
  }
  return element;
}

function pointLabel(finding, column) {
  if (finding.gap) return "gap_here";
  if (column === "source") return "inserted_here";
  return finding.kind === "moved" ? "moved_away_here" : "removed_here";
}
