"use strict";
// Text as it is: nothing in it is markup, and what nobody could see is shown by a sign.

// Controls, format and direction controls, lone surrogates, private use; not those emoji are joined with.
const UNSEEN = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
// In a change every character counts, spaces and line ends too.
const UNSEEN_IN_CHANGES = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\ufe00-\ufe0f]/u;
const SIGNS = { "\n": "↵", "\r": "␍", "\t": "⇥", " ": "␣", "\u3000": "□" };

/**
 * Append text; `inChange` shows spaces and line ends by signs too.
 * What is then in the page is the text, character for character: signs are drawn by the style.
 */
function appendText(parent, text, inChange = false) {
  const unseen = inChange ? UNSEEN_IN_CHANGES : UNSEEN;
  if (!unseen.test(text)) {
    parent.append(text);
    return;
  }
  let plain = "";
  for (const character of text) {
    if (!unseen.test(character)) {
      plain += character;
      continue;
    }
    if (plain) parent.append(plain);
    plain = "";
    parent.append(signed(character));
  }
  if (plain) parent.append(plain);
}

function signed(character) {
  const element = document.createElement("span");
  const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  element.className = character === "\n" ? "sign break" : "sign";
  element.dataset.sign = SIGNS[character] ?? `U+${code}`;
  element.textContent = character;
  return element;
}

/** Line ends at the edge of a cell keep their sign and break no line: there is nothing beyond them. */
function closeEdges(cell) {
  const breaks = cell.querySelectorAll(".break");
  if (!breaks.length) return;
  const text = cell.textContent;
  const leading = lineEnds(text.slice(0, text.length - text.trimStart().length));
  const trailing = lineEnds(text.slice(text.trimEnd().length));
  breaks.forEach((sign, i) => {
    if (i < leading || i >= breaks.length - trailing) sign.classList.add("edge");
  });
}

function lineEnds(text) {
  return (text.match(/\r\n?|\n/g) ?? []).length;
}
