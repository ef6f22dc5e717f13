"use strict";
// What is said of a finding while the pointer is on it, or the focus.

const LONGEST = 160; // characters of one side of a change, or of a copy, that are said in full

class Explanation {
  constructor(element) {
    this.element = element;
    this.part = (selector) => element.querySelector(selector);
    this.anchor = null;
    element.addEventListener("pointerleave", () => this.closeSoon());
  }

  get open() {
    return !this.element.hidden;
  }

  /** Explain the finding that `anchor` shows; `rows` knows the lines. */
  show(finding, anchor, rows, findings) {
    this.close();
    this.finding = finding;
    this.anchor = anchor;
    this.#what(finding, rows);
    this.#change(finding);
    this.#reasons(finding);
    this.#confidence(finding);
    this.#other(destination(finding, findings), rows);
    this.part(".merged").hidden = finding.gap || finding.stages.length < 2;
    this.element.hidden = false;
    this.place();
    anchor.setAttribute("aria-describedby", this.element.id);
  }

  /** Close unless the pointer goes on into the explanation, which has something to press, or the finding has the focus. */
  closeSoon() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      if (!this.element.matches(":hover") && document.activeElement !== this.anchor) this.close();
    }, 250);
  }

  close() {
    clearTimeout(this.leaving);
    this.element.hidden = true;
    this.anchor?.removeAttribute("aria-describedby");
    this.anchor = null;
  }

  /** Below its finding, or above where there is no room; a narrow screen has it at its foot (see page.css). */
  place() {
    if (!this.open) return;
    const lines = this.anchor.getClientRects();
    if (!lines.length) return this.close();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    style.visibility = last.bottom > 0 && first.top < innerHeight ? "" : "hidden"; // with what it explains
    const tops = [last.bottom + 8, first.top - height - 8, first.bottom + 8];
    const top = tops.find((y) => y >= 8 && y + height < innerHeight) ?? innerHeight - height - 8;
    style.top = `${Math.max(8, top)}px`;
    style.left = `${Math.max(8, Math.min(first.left - 16, document.documentElement.clientWidth - width - 8))}px`;
  }

  #what(finding, rows) {
    const kind = this.part(".kind");
    kind.className = `kind ${finding.kind}`;
    put(kind, finding.kind);
    this.part(".stage").textContent = finding.stages.map(stageTitle).join(" + ");
    put(this.part(".place"), "line", { n: rows.lineOf(finding) });
  }

  #change(finding) {
    const change = this.part(".change");
    change.hidden = finding.gap && !finding.source;
    change.replaceChildren(quoted("del", finding.source));
    if (!finding.gap) change.append(" → ", quoted("ins", finding.clean));
  }

  #reasons(finding) {
    const separator = language === "zh" ? "；" : "; ";
    const reason = this.part(".reason");
    reason.replaceChildren();
    finding.reasons.forEach(([english, chinese], i) => {
      const part = document.createElement("span");
      part.textContent = (language === "zh" && chinese) || english;
      if (language === "zh" && !chinese) part.lang = "en";
      reason.append(i ? separator : "", part);
    });
  }

  #confidence(finding) {
    this.part(".confidence .fill").setAttribute("width", 100 * finding.confidence);
    this.part(".confidence b").textContent = percents.format(finding.confidence);
  }

  #other(to, rows) {
    const other = this.part(".other");
    other.hidden = !to;
    if (!to) return;
    put(this.part(".where"), to.message, { n: to.finding ? rows.lineOf(to.finding) : rows.lineOfSpan(to.span) });
    put(this.part(".go span"), to.action);
    const excerpt = this.part("blockquote");
    excerpt.hidden = to.message !== "repeats";
    if (!excerpt.hidden) excerpt.replaceChildren(...quoted("span", rows.text(to.span)).childNodes);
  }
}

/** Where the other place is that has to do with a finding: the copy that stays, or where moved text was or is. */
function destination(finding, findings) {
  if (finding.repeats) return { message: "repeats", action: "go_repeats", span: finding.repeats };
  if (finding.origin) return { message: "moved_from", action: "go_origin", span: finding.origin };
  const partner = findings.partners(finding).find((other) => other.origin);
  return partner ? { message: "moved_to", action: "go_partner", finding: partner } : null;
}

function stageTitle(name) {
  const words = stageInWords(name);
  return words ? `${name} · ${words}` : name;
}

/** Text of a change, cut in the middle if it is long. */
function quoted(tag, text) {
  const element = document.createElement(text ? tag : "span");
  const characters = text.length > LONGEST ? [...text] : [];
  if (!text) {
    element.className = "none";
    element.lang = document.documentElement.lang;
    put(element, "nothing_left");
  } else if (characters.length > LONGEST) {
    appendText(element, characters.slice(0, LONGEST / 2).join(""), true);
    const left_out = document.createElement("span");
    left_out.className = "left-out";
    left_out.lang = document.documentElement.lang;
    left_out.textContent = ` … (${say("n_characters", { n: characters.length })}) … `;
    element.append(left_out);
    appendText(element, characters.slice(-LONGEST / 2).join(""), true);
  } else {
    appendText(element, text, true);
  }
  closeEdges(element);
  return element;
}
