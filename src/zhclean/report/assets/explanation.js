"use strict";
// What is said of a mark while the pointer is on it, or the focus.

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

  /** Explain the mark that `anchor` shows; `rows` knows the lines. */
  show(mark, anchor, rows, marks) {
    this.close();
    this.mark = mark;
    this.anchor = anchor;
    this.#what(mark, rows);
    this.#change(mark);
    this.#reasons(mark);
    this.#confidence(mark);
    this.#other(destination(mark, marks), rows);
    this.part(".merged").hidden = mark.gap || mark.stages.length < 2;
    this.element.hidden = false;
    this.place();
    anchor.setAttribute("aria-describedby", this.element.id);
  }

  /** Close unless the pointer goes on into the explanation, which has something to press, or the mark has the focus. */
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

  /** Below its mark, or above where there is no room; a narrow screen has it at its foot (see page.css). */
  place() {
    if (!this.open) return;
    const [at] = this.anchor.getClientRects();
    if (!at) return this.close();
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const below = at.bottom + 8;
    const top = below + height < innerHeight ? below : at.top - height - 8;
    style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
    style.left = `${Math.max(8, Math.min(at.left - 16, document.documentElement.clientWidth - width - 8))}px`;
  }

  #what(mark, rows) {
    const kind = this.part(".kind");
    kind.className = `kind ${mark.kind}`;
    put(kind, mark.kind);
    this.part(".stage").textContent = mark.stages.map(stageTitle).join(" + ");
    put(this.part(".place"), "line", { n: rows.lineOf(mark) });
  }

  #change(mark) {
    const change = this.part(".change");
    change.hidden = mark.gap && !mark.source;
    change.replaceChildren(quoted("del", mark.source));
    if (!mark.gap) change.append(" → ", quoted("ins", mark.clean));
  }

  #reasons(mark) {
    const separator = language === "zh" ? "；" : "; ";
    const reason = this.part(".reason");
    reason.replaceChildren();
    mark.reasons.forEach(([english, chinese], i) => {
      const part = document.createElement("span");
      part.textContent = (language === "zh" && chinese) || english;
      if (language === "zh" && !chinese) part.lang = "en";
      reason.append(i ? separator : "", part);
    });
  }

  #confidence(mark) {
    this.part(".confidence .fill").setAttribute("width", 100 * mark.confidence);
    this.part(".confidence b").textContent = percents.format(mark.confidence);
  }

  #other(to, rows) {
    const other = this.part(".other");
    other.hidden = !to;
    if (!to) return;
    put(this.part(".where"), to.message, { n: to.mark ? rows.lineOf(to.mark) : rows.line(to.span[0], to.span[1]) });
    put(this.part(".go span"), to.action);
    const excerpt = this.part("blockquote");
    excerpt.hidden = to.message !== "repeats";
    if (!excerpt.hidden) excerpt.replaceChildren(...quoted("span", rows.text(to.span)).childNodes);
  }
}

/** Where the other place is that has to do with a mark: the copy that stays, or where moved text was or is. */
function destination(mark, marks) {
  if (mark.repeats) return { message: "repeats", action: "go_repeats", span: mark.repeats };
  if (mark.origin) return { message: "moved_from", action: "go_origin", span: mark.origin };
  const partner = marks.partners(mark).find((other) => other.origin);
  return partner ? { message: "moved_to", action: "go_partner", mark: partner } : null;
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
