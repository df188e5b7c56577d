"use strict";
// Shows only the sections that hold every word asked for. Without this script, and in
// print, all sections are there.
(function () {
  const box = document.getElementById("find");
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const sections = Array.from(document.querySelectorAll("main section"));
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const texts = sections.map((section) => fold(section.textContent));
  function search() {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    sections.forEach((section, i) => {
      const matches = words.every((word) => texts[i].includes(word));
      section.classList.toggle("out", !matches);
      if (matches) shown++;
    });
    found.textContent = words.length ? shown + " / " + sections.length + " " + found.dataset.words : "";
    history.replaceState(null, "", words.length ? "#q=" + encodeURIComponent(field.value) : "#");
  }
  const asked = location.hash.match(/^#q=(.*)$/);
  if (asked) {
    field.value = decodeURIComponent(asked[1]);
    search();
  }
  field.addEventListener("input", search);
  box.hidden = false;
})();
