"use strict";
// Small charts, drawn as SVG.

const SVG = "http://www.w3.org/2000/svg";
const PARTS = 100; // bars of the strip, each for as many characters of the source

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** A switch for each stage, with a bar as long as the stage made changes; and one for gaps. */
function drawStages(list, findings, gaps) {
  const counts = findings.counts();
  const most = Math.max(...counts.values(), gaps, 1);
  const items = [...counts].map(([name, n]) => stageItem(name, stageInWords(name), n, most, !findings.off.has(name)));
  if (gaps) items.push(stageItem(GAPS, say("gaps_note"), gaps, most, !findings.off.has(GAPS)));
  list.replaceChildren(...items);
}

function stageItem(name, words, n, most, on) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", value: name, checked: on });
  box.setAttribute("role", "switch");
  const text = document.createElement("span");
  text.className = "stage-name";
  const strong = document.createElement("b");
  strong.textContent = name === GAPS ? say("gaps") : name;
  const small = document.createElement("small");
  small.textContent = words;
  text.append(strong, " ", small);
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = numbers.format(n);
  label.append(box, text, bar(n / most), number);
  item.append(label);
  item.className = name === GAPS ? "of-gaps" : "";
  return item;
}

function bar(share) {
  const svg = shape("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" });
  svg.append(
    shape("rect", { class: "track", width: 100, height: 8 }),
    shape("rect", { class: "fill", width: Math.max(100 * share, 1), height: 8 }));
  return svg;
}

/** How much of each part of the source was changed, as bars; ticks above for gaps. */
function drawStrip(svg, rows, length) {
  const size = length / PARTS || 1;
  const changed = new Array(PARTS).fill(0);
  const gaps = new Set();
  let position = 0;
  for (const { finding, source, clean } of rows.flatMap((row) => row.pieces)) {
    if (finding?.shown && finding.gap) gaps.add(partAt(position / size));
    else if (finding?.shown) spread(changed, position / size, source.length / size, Math.max(source.length, clean.length));
    position += source.length;
  }
  const bars = changed.map((n, i) => [n, i]).filter(([n]) => n).map(([n, i]) => partBar(n, i, size));
  const ticks = [...gaps].map((i) => shape("path", { class: "gap", d: `M${i * 6 - 1} 0h8l-4 8z` }));
  svg.replaceChildren(shape("rect", { class: "track", y: 10, width: 600, height: 54 }), ...bars, ...ticks);
}

function partAt(position) {
  return Math.min(Math.floor(position), PARTS - 1);
}

/** Share out `n` changed characters among the parts of the text they stand in. */
function spread(changed, start, length, n) {
  const [first, last] = [partAt(start), partAt(start + length)];
  for (let i = first; i <= last; i++) {
    const share = length ? (Math.min(i + 1, start + length) - Math.max(i, start)) / length : 1;
    changed[i] += n * (first === last ? 1 : Math.max(share, 0));
  }
}

/** The height goes with the square root: a few characters in a long text can still be seen. */
function partBar(n, i, size) {
  const height = Math.max(3, 54 * Math.sqrt(Math.min(n / size, 1)));
  return shape("rect", { class: "fill", x: i * 6, y: 64 - height, width: 5, height });
}
