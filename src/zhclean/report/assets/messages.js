"use strict";
// The language of the interface. The text itself is never translated.

const settings = JSON.parse(document.getElementById("settings").textContent);

let language = settings.language !== "auto" ? settings.language : preferredLanguage();
let plurals, numbers, percents;

function preferredLanguage() {
  const wanted = (navigator.languages || [navigator.language]).map((name) => name.toLowerCase().split("-")[0]);
  return wanted.find((name) => name in settings.messages) || "en";
}

/** A message, with {placeholders} filled in; numbers are written as the language writes them. */
function say(key, values = {}) {
  let message = settings.messages[language][key];
  if (typeof message === "object") message = message[plurals.select(values.n)] ?? message.other;
  return message.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? numbers.format(values[name]) : values[name]);
}

function put(element, key, values) {
  element.textContent = say(key, values);
}

/** A stage in words; its name is what the command line and the data call it. */
function stageInWords(name) {
  const key = `stage_${name}`;
  return key in settings.messages[language] ? say(key) : "";
}

function speak(chosen) {
  language = chosen;
  const tag = language === "zh" ? "zh-Hans" : "en";
  plurals = new Intl.PluralRules(tag);
  numbers = new Intl.NumberFormat(tag);
  percents = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  document.documentElement.lang = tag;
  for (const element of document.querySelectorAll("[data-say]")) {
    const { n, ...values } = element.dataset;
    put(element, values.say, n === undefined ? values : { ...values, n: Number(n) });
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.matches("button, a")) element.title = say(element.dataset.label);
  }
  for (const button of document.querySelectorAll(".languages button")) {
    button.setAttribute("aria-pressed", String(button.value === language));
  }
}
