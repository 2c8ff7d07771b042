// A template is edited: line numbers beside its files, a finding leads to its line, what was unfolded stays so.
"use strict";

(() => {
  const form = document.getElementById("template-form");
  if (!form) return;
  if (form.dataset.forget) koujing.forget(form.dataset.forget);

  // ── Line numbers ────────────────────────────────────────────────────────────────────────────────────────────
  function numbered(area) {
    const gutter = document.createElement("div");
    gutter.className = "code-lines";
    gutter.setAttribute("aria-hidden", "true");
    area.before(gutter);
    let count = 0;
    const draw = () => {
      const lines = area.value.split("\n").length;
      if (lines !== count) {
        count = lines;
        gutter.textContent = Array.from({ length: lines }, (_, n) => n + 1).join("\n");
      }
      gutter.scrollTop = area.scrollTop;
    };
    area.addEventListener("input", draw);
    area.addEventListener("scroll", () => (gutter.scrollTop = area.scrollTop));
    form.addEventListener("koujing:restored", draw);
    draw();
  }
  for (const area of form.querySelectorAll("[data-code] > textarea")) numbered(area);

  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.querySelector("[data-save]").click();
    }
  });

  // ── From a finding to its line ──────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-file]");
    const area = link && form.elements[`file.${link.dataset.file}`];
    if (!area) return;
    event.preventDefault();
    const line = Math.max(Number(link.dataset.line) || 1, 1);
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(area).lineHeight));
    area.scrollIntoView({ block: "nearest" });
  });

  // ── The preview ─────────────────────────────────────────────────────────────────────────────────────────────
  let open = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "preview") return;
    open = new Map([...document.querySelectorAll("#preview details[data-open]")].map((one) => [one.dataset.open, one.open]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const one of document.querySelectorAll("#preview details[data-open]")) {
      if (open.has(one.dataset.open)) one.open = open.get(one.dataset.open);
    }
  });
})();
