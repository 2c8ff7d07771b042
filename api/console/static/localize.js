// The segments of a file: Ctrl+Enter saves the one that is typed in, and the next one that waits is a key away.
"use strict";

document.addEventListener("keydown", (event) => {
  const form = event.target.closest && event.target.closest("form[data-segment]");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const fields = [...document.querySelectorAll(".segment-field")];
    const next = fields[fields.indexOf(form.querySelector(".segment-field")) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
  }
});
