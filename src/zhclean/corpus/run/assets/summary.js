"use strict";
// The only thing that ever changes is the language.

/** Reasons are translated where a translation is known; the others stay in English. */
function translateReasons() {
  for (const element of document.querySelectorAll(".reason")) {
    element.dataset.en ??= element.textContent;
    const chinese = language === "zh" && element.dataset.zh;
    element.textContent = chinese || element.dataset.en;
    element.lang = chinese ? "zh" : "en";
  }
}

function speakOf(chosen) {
  speak(chosen);
  translateReasons();
}

document.querySelector(".languages").addEventListener("click", ({ target }) => {
  if (target.value) speakOf(target.value);
});
speakOf(language);
