// The library: rows of records that grow, options that go with what is in the files.
"use strict";

(() => {
  // ── Records: one more row ─────────────────────────────────────────────────────────────────────────────────
  function addRow(set) {
    const rows = [...set.querySelectorAll(":scope > [data-record]")];
    const last = rows[rows.length - 1];
    const count = set.querySelector(":scope > [data-count]");
    const number = Number(count.value);
    const name = set.dataset.records;
    const fresh = last.cloneNode(true);
    for (const part of fresh.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const said = part.getAttribute(attribute);
        if (said) part.setAttribute(attribute, said.replaceAll(`${name}.${number - 1}.`, `${name}.${number}.`));
      }
      part.removeAttribute("aria-invalid");
      if (part.matches("input, textarea")) part.value = "";
      if (part.matches("textarea")) part.textContent = "";
      if (part.matches("select")) part.selectedIndex = 0;
    }
    for (const error of fresh.querySelectorAll(".field-error")) error.remove();
    fresh.setAttribute("aria-label", last.dataset.rowName.replace("{n}", number + 1));
    last.after(fresh);
    count.value = String(number + 1);
    return fresh;
  }

  for (const set of document.querySelectorAll("[data-records]")) {
    const button = set.querySelector(":scope > [data-add-row]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = addRow(set).querySelector("input, textarea, select");
      if (field) field.focus();
    });
  }

  // ── Import: which options count (the files themselves: drop.js) ───────────────────────────────────────────
  const form = document.querySelector("[data-import]");
  if (!form) return;
  function options() {
    const what = form.querySelector("input[name=what]:checked").value;
    for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(what);
  }
  for (const one of form.querySelectorAll("input[name=what]")) one.addEventListener("change", options);
  options();
})();
