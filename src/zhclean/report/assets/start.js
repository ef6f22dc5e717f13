"use strict";
// What the page shows first, where links lead, and what keys do.

const index = document.getElementById("index");
const explanation = new Explanation(document.getElementById("explanation"));
const view = new DocumentView(document.getElementById("document"), explanation);
const links = document.querySelector("nav.documents");
const keysOn = document.querySelector(".keys-on input");

/** `#3` is the third document; without a number there is the index, or the only document. */
function route() {
  const number = Number(/^#(\d+)$/.exec(location.hash)?.[1] ?? 0);
  const wanted = number >= 1 && number <= settings.documents ? number : settings.index ? 0 : 1;
  index.hidden = wanted > 0;
  links.hidden = !settings.index || wanted === 0;
  if (wanted) showDocument(wanted);
  else view.close();
  scrollTo(0, 0);
}

function showDocument(number) {
  const rows = [...index.querySelectorAll("tbody a")].map((link) => link.hash);
  const at = rows.indexOf(`#${number}`); // neighbours are those of the index as it is sorted now
  for (const [name, hash] of [["previous", rows[at - 1]], ["next", rows[at + 1]]]) {
    const link = document.querySelector(`.${name}-document`);
    if (hash) link.href = hash;
    else link.removeAttribute("href");
  }
  view.open(number);
  document.title = `${view.data.name} · zhclean`;
}

const KEYS = {
  n: () => view.step(1),
  j: () => view.step(1),
  p: () => view.step(-1),
  k: () => view.step(-1),
  b: () => view.back(),
  v: () => view.nextView(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    explanation.close();
  } else if (event.key === "Enter" && event.target.closest(".finding")) {
    view.follow();
  } else if (event.key in KEYS && keysOn.checked && !index.contains(event.target) && !view.article.hidden) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function listen() {
  addEventListener("hashchange", route);
  addEventListener("keydown", onKey);
  addEventListener("scroll", () => explanation.place(), { passive: true });
  addEventListener("resize", () => explanation.place());
  explanation.element.querySelector(".go").addEventListener("click", () => view.follow());
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is the document's
    (view.article.hidden ? index.querySelector("a") : view.table).focus();
  });
  document.querySelector(".all").addEventListener("click", (event) => {
    event.preventDefault();
    location.hash = "";
  });
  document.querySelector(".languages").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    speak(button.value);
    explanation.close();
    if (!view.article.hidden) view.describe();
  });
}

speak(language);
sortable(index.querySelector("table"));
listen();
route();
