// A text and what carries it: pointing at a claim shows its evidence beside it, pointing at evidence lights its claims.
"use strict";

const evidence = (() => {
  const sheet = document.getElementById("sheet");
  const pane = document.getElementById("evidence");
  if (!sheet || !pane) return null;
  const byId = (id) => document.getElementById(id);
  let shown = null;
  let pinned = null;

  const claimOf = (target) => (target instanceof Element ? target.closest("#sheet .claim") : null);
  const cardOf = (mark) => byId(mark.getAttribute("aria-describedby"));

  /** The marks that hold this one, itself first: a figure stands in a sentence that has a verdict, too. */
  function* around(mark) {
    for (let at = mark; at; at = claimOf(at.parentElement)) yield at;
  }

  function show(mark) {
    if (shown === mark) return;
    hide();
    shown = mark;
    let found = false;
    for (const one of around(mark)) {
      const card = cardOf(one);
      if (!card) continue;
      card.hidden = false;
      found = true;
    }
    mark.classList.add("is-shown");
    byId("evidence-summary").hidden = found;
    byId("evidence-body").scrollTop = 0;
  }

  function hide() {
    for (const card of pane.querySelectorAll(".evidence:not([hidden])")) card.hidden = true;
    for (const mark of sheet.querySelectorAll(".claim.is-shown")) mark.classList.remove("is-shown");
    byId("evidence-summary").hidden = false;
    shown = null;
  }

  function pin(mark) {
    unpin();
    if (!mark) return;
    pinned = mark;
    mark.classList.add("is-pinned");
    pane.querySelector("[data-unpin]").hidden = false;
    pane.classList.add("is-open");
    show(mark);
    // On a narrow page the evidence comes up from below: the words must not lie under it.
    const covered = mark.getBoundingClientRect().bottom + 24 - (innerHeight - pane.offsetHeight);
    if (getComputedStyle(pane).position === "fixed" && covered > 0) scrollBy({ top: covered });
  }

  function unpin() {
    if (pinned) pinned.classList.remove("is-pinned");
    pinned = null;
    pane.querySelector("[data-unpin]").hidden = true;
    pane.classList.remove("is-open");
  }

  // A pinned one stays where it is, whatever is pointed at; the last one stays until the next.
  sheet.addEventListener("pointerover", (event) => {
    const mark = claimOf(event.target);
    if (mark && !pinned && event.pointerType !== "touch") show(mark);
  });
  sheet.addEventListener("focusin", (event) => {
    const mark = claimOf(event.target);
    if (!mark) return;
    if (pinned && pinned !== mark) unpin();
    show(mark);
  });
  pane.addEventListener("click", (event) => {
    if (event.target.closest("[data-unpin]")) unpin();
    if (event.target.closest("[data-close-evidence]")) {
      const mark = pinned;
      unpin();
      if (mark) mark.focus({ preventScroll: true });
    }
  });

  // Pointing at evidence lights every claim that rests on it.
  function light(source) {
    for (const mark of sheet.querySelectorAll(".claim.is-lit")) mark.classList.remove("is-lit");
    if (!source) return;
    const number = source.getAttribute("data-evidence");
    for (const mark of sheet.querySelectorAll(".claim[data-rests]")) {
      mark.classList.toggle("is-lit", mark.getAttribute("data-rests").split(" ").includes(number));
    }
  }
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => light(event.target.closest(".quote[data-evidence]")));
  }

  // ── From the list of findings into the text ─────────────────────────────────────────────────────────────────
  function goTo(id) {
    const target = byId(id);
    if (!target) return;
    const mark = target.matches(".claim") ? target : target.querySelector(".claim");
    target.scrollIntoView({ block: "center" });
    if (mark && target === mark) {
      mark.focus({ preventScroll: true });
      pin(mark);
    } else {
      const field = target.querySelector("textarea, .para-edit, .claim");
      if (field) field.focus({ preventScroll: true });
    }
  }

  // ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");

  /** The claim `step` further on; with `wanted`, the next one that matches it. */
  function walk(step, wanted = ".claim") {
    const marks = [...sheet.querySelectorAll(wanted)].filter((mark) => mark.tabIndex === 0 && !mark.closest(".editor-ghost"));
    if (!marks.length) return;
    const from = claimOf(document.activeElement) || shown;
    let at = from ? marks.indexOf(from) : -1;
    if (from && at < 0) {
      at = marks.findIndex((mark) => from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
      at = at < 0 ? -1 : at - (step > 0 ? 1 : 0);
    }
    const next = marks[(at + step + marks.length) % marks.length];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const mark = claimOf(event.target);
    const arrows = mark !== null;
    const act = {
      j: () => walk(1),
      k: () => walk(-1),
      ArrowRight: arrows && (() => walk(1)),
      ArrowLeft: arrows && (() => walk(-1)),
      n: () => walk(1, ".claim.loud, .claim.doubt"),
      f: () => byId("findings").focus(),
      "?": () => byId("keys").showModal(),
      " ": mark && (() => (pinned === mark ? unpin() : pin(mark))),
      Escape: () => (pinned ? unpin() : hide()),
    }[event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });

  // ── Clicks ──────────────────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const goto = event.target.closest("[data-goto]");
    if (goto) {
      event.preventDefault();
      return goTo(goto.getAttribute("href").slice(1));
    }
    const mark = claimOf(event.target);
    if (mark) pinned === mark ? unpin() : pin(mark);
  });

  /** The evidence of the loudest mark in `root`. */
  function showWorst(root) {
    const worst = root.querySelector(".claim.loud, .claim.doubt");
    hide();
    if (!worst || pinned) return;
    shown = worst;
    const card = cardOf(worst);
    if (card) card.hidden = false;
    byId("evidence-summary").hidden = Boolean(card);
  }

  /** After a swap: what is gone is shown no more. */
  function settle() {
    if (shown && !shown.isConnected) hide();
    if (pinned && !pinned.isConnected) unpin();
    byId("evidence-summary").hidden = Boolean(pane.querySelector(".evidence:not([hidden])"));
  }

  return { claimOf, goTo, hide, showWorst, settle };
})();
