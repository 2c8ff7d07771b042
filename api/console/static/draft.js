// The page of a draft: the text edited where it stands, questions asked in a dialog (its evidence: evidence.js).
"use strict";

(() => {
  const desk = document.getElementById("draft");
  if (!desk) return;
  const sheet = document.getElementById("sheet");
  const { claimOf, goTo, hide, showWorst, settle } = evidence;
  const say = (name) => desk.getAttribute(`data-word-${name}`) || "";
  const byId = (id) => document.getElementById(id);
  desk.setAttribute("data-scripted", "");

  // ── Clicks ──────────────────────────────────────────────────────────────────────────────────────────────────
  desk.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-edit]");
    if (opener && byId("a-paragraph")) {
      event.preventDefault();
      return edit(opener.closest(".para"));
    }
    if (claimOf(event.target)) return; // its evidence is what is wanted
    const words = event.target.closest("#sheet .para[data-paragraph] > .words");
    if (words && !String(getSelection())) edit(words.closest(".para"), offsetAt(event, words));
  });
  document.addEventListener("keydown", (event) => {
    const mark = claimOf(event.target);
    if (!mark || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    edit(mark.closest(".para"), offsetOf(mark));
  });
  sheet.addEventListener("dblclick", (event) => {
    const words = event.target.closest(".para[data-paragraph] > .words");
    if (words) edit(words.closest(".para"), offsetAt(event, words));
  });

  /** Characters of the paragraph before a mark, and before the place that was clicked. */
  function offsetOf(node, inside = 0) {
    const words = node.parentElement && node.parentElement.closest(".words");
    if (!words) return 0;
    const range = document.createRange();
    range.setStart(words, 0);
    range.setEnd(node, inside);
    return range.toString().length;
  }
  function offsetAt(event, words) {
    const place = document.caretPositionFromPoint
      ? document.caretPositionFromPoint(event.clientX, event.clientY)
      : document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
    const node = place && (place.offsetNode || place.startContainer);
    return node && words.contains(node) ? offsetOf(node, place.offset ?? place.startOffset) : words.textContent.length;
  }

  // ── Editing ─────────────────────────────────────────────────────────────────────────────────────────────────
  const LOOK_AFTER = 400; // ms without a key before what is typed is checked
  const keyOf = (id) => `draft:${desk.dataset.draft}:${id}`;
  const before = new WeakMap(); // what stood where a field stands now
  const waiting = new WeakMap(); // the look that is due
  let saving = Promise.resolve(true);

  /** The paragraph as a field, the caret where it was asked for; `typed` is what was kept from another time. */
  function edit(para, at = null, typed = null) {
    const blank = byId("a-paragraph");
    if (!para || !blank || !para.dataset.paragraph) return;
    const open = para.querySelector("textarea");
    if (open) return open.focus();
    const words = para.querySelector(":scope > .words");
    const id = para.dataset.paragraph;
    const form = blank.content.firstElementChild.cloneNode(true);
    const area = form.elements.text;
    const ghost = document.createElement("div");
    form.action = `/drafts/${encodeURIComponent(desk.dataset.draft)}/paragraphs/${encodeURIComponent(id)}`;
    form.dataset.editor = id;
    form.removeAttribute("data-keep");
    form.elements.after.value = desk.dataset.version;
    form.elements._csrf.value = koujing.csrf();
    area.id = `t-${id}`;
    area.value = words.textContent;
    area.defaultValue = area.value;
    ghost.className = "editor-ghost";
    ghost.inert = true;
    ghost.append(...[...words.childNodes].map((node) => node.cloneNode(true)));
    area.before(ghost);
    if (words.tagName === "H1") area.parentElement.className = "editor-field editor-field--h1";
    before.set(form, { nodes: [...para.childNodes], cards: byId(`cards-${id}`) });
    para.replaceChildren(form);
    if (typed) {
      area.value = typed.text;
      if (typed.after) {
        form.elements.after.value = typed.after;
        form.elements.after.removeAttribute("data-version");
      }
      changed(form);
    } else {
      area.focus({ preventScroll: true });
      const place = at ?? area.value.length;
      area.setSelectionRange(place, place);
    }
    grow(area);
  }

  /** Back to what stood there. */
  function close(form) {
    const old = before.get(form);
    if (!old) return;
    const para = form.closest(".para");
    clearTimeout(waiting.get(form));
    byId(`cards-${form.dataset.editor}`)?.replaceWith(old.cards);
    hide();
    para.replaceChildren(...old.nodes);
  }

  const dirty = (form) => form.elements.text.value.trim() !== form.elements.text.defaultValue.trim();
  const grow = (area) => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };

  function changed(form) {
    const { text, after } = form.elements;
    grow(text);
    if (before.has(form)) koujing.store(keyOf(form.dataset.editor), { text: text.value, after: after.value });
    form.classList.add("is-typing");
    clearTimeout(waiting.get(form));
    if (text.value.trim()) waiting.set(form, setTimeout(() => look(form), LOOK_AFTER));
  }

  /** What the checks say of the text as it is typed; it is not saved by that. */
  async function look(form) {
    const { text, after } = form.elements;
    const asked = text.value;
    const body = new URLSearchParams({ text: asked, after: after.value });
    const answer = await koujing.request(`${form.action}/look`, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || text.value !== asked || !form.isConnected || form.classList.contains("is-saving")) return;
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    const ghost = parts.querySelector(".editor-ghost");
    const cards = parts.querySelector(".cards");
    const old = form.querySelector(".editor-ghost");
    if (!ghost || text.value !== asked) return;
    ghost.inert = true;
    if (old) old.replaceWith(ghost);
    else text.before(ghost);
    byId(cards.id)?.replaceWith(cards);
    form.classList.remove("is-typing");
    form.dataset.looked = asked;
    showWorst(ghost);
  }

  function save(form, thenFocus = false) {
    if (form.classList.contains("is-saving")) return saving;
    if (!dirty(form)) {
      if (before.has(form)) koujing.forget(keyOf(form.dataset.editor));
      const para = form.closest(".para");
      close(form);
      if (thenFocus) para.querySelector(".para-edit")?.focus({ preventScroll: true });
      return saving;
    }
    clearTimeout(waiting.get(form));
    form.classList.add("is-saving");
    form.elements.text.readOnly = true;
    tell(say("saving"));
    saving = htmx
      .ajax("POST", form.action, { source: form, swap: "none" })
      .catch(() => {})
      .then(() => {
        if (form.isConnected) {
          form.classList.remove("is-saving");
          form.elements.text.readOnly = false;
          if (thenFocus) form.elements.text.focus();
          tell("");
          return false;
        }
        const para = byId(`p-${form.dataset.editor}`);
        const conflict = para && para.querySelector(".conflict");
        if (conflict) conflict.querySelector("h3").focus();
        else {
          koujing.forget(keyOf(form.dataset.editor));
          tell(say("saved"));
          if (para && thenFocus) para.querySelector(".para-edit")?.focus({ preventScroll: true });
          if (para) showWorst(para);
        }
        return !conflict;
      });
    return saving;
  }

  /** Everything that is open and was changed is saved first. */
  async function settled() {
    for (const form of sheet.querySelectorAll("form.editor")) if (form.elements.text.value.trim() && dirty(form)) save(form);
    return saving;
  }

  const tell = (text) => (byId("draft-said").textContent = text);

  sheet.addEventListener("input", (event) => {
    const form = event.target.closest("form.editor");
    if (form) changed(form);
  });
  sheet.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.editor");
    if (!form || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(form, true);
    }
    if (event.key === "Escape" && before.has(form)) {
      event.preventDefault();
      const para = form.closest(".para");
      koujing.forget(keyOf(form.dataset.editor));
      close(form);
      para.querySelector(".para-edit")?.focus({ preventScroll: true });
    }
  });
  sheet.addEventListener("submit", (event) => {
    const form = event.target.closest("form.editor");
    if (!form) return;
    event.preventDefault();
    save(form, true);
  });
  sheet.addEventListener("click", (event) => {
    const form = event.target.closest("form.editor");
    if (form && event.target.closest("[data-cancel]") && before.has(form)) {
      event.preventDefault();
      koujing.forget(keyOf(form.dataset.editor));
      close(form);
    }
    const theirs = event.target.closest("[data-take-theirs]");
    if (theirs) {
      event.preventDefault();
      const id = theirs.dataset.takeTheirs;
      koujing.forget(keyOf(id));
      htmx.ajax("GET", `/drafts/${encodeURIComponent(desk.dataset.draft)}/changes?since=${desk.dataset.version}&paragraph=${encodeURIComponent(id)}`, { source: sheet, swap: "none" });
    }
  });
  // Leaving the field saves it: whoever points elsewhere has finished here.
  sheet.addEventListener("focusout", (event) => {
    const form = event.target.closest("form.editor");
    if (!form || !form.isConnected) return;
    setTimeout(() => {
      if (!form.isConnected || form.contains(document.activeElement) || !document.hasFocus()) return;
      if (document.querySelector("dialog[open]") || (!before.has(form) && !form.elements.text.value.trim())) return;
      save(form);
    }, 0);
  });
  // A button that was meant while a text was still being saved is pressed when it is.
  document.addEventListener(
    "click",
    async (event) => {
      const button = event.target.closest("#draft button[id], #draft a[data-ask]");
      const open = button && [...sheet.querySelectorAll("form.editor")].some((form) => form.elements.text.value.trim() && dirty(form));
      if (!open || button.closest("form.editor")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (await settled()) byId(button.id)?.click();
    },
    true,
  );

  // ── What comes back ─────────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("koujing:version", (event) => {
    desk.dataset.version = event.detail.version;
    for (const field of document.querySelectorAll("input[data-version]")) field.value = event.detail.version;
  });
  // Another text for the same place, and a question before something is lost, are answers to be shown.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer.status === 409 && (answer.getResponseHeader("content-type") || "").startsWith("text/html")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // What somebody is writing is never swapped away; his own answer is the exception.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const form = event.detail.target.querySelector?.("form.editor");
    if (form && dirty(form) && form.elements.text.value.trim() && !form.classList.contains("is-saving")) event.preventDefault();
  });
  let focused = "";
  document.addEventListener("htmx:beforeRequest", (event) => (focused = event.detail.elt.querySelector?.("button[id]")?.id || ""));
  document.addEventListener("htmx:afterSettle", () => {
    settle();
    if (document.activeElement === document.body && focused) (byId(focused) || byId("findings")).focus({ preventScroll: true });
    const ask = byId("ask");
    if (ask.childElementCount && !ask.open && ask.dataset.asked !== ask.innerHTML) openAsk();
  });

  // ── Questions ───────────────────────────────────────────────────────────────────────────────────────────────
  function openAsk() {
    const ask = byId("ask");
    ask.dataset.asked = ask.innerHTML;
    htmx.process(ask);
    if (!ask.open) ask.showModal();
    ask.querySelector("[autofocus], input:not([type=hidden]), textarea, button")?.focus();
  }

  desk.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await koujing.request(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer || (!answer.ok && answer.status !== 409)) return void (location.href = link.href);
    byId("ask").innerHTML = await answer.text();
    openAsk();
  });
  byId("ask").addEventListener("click", (event) => {
    const there = event.target.closest("[data-leave-to]");
    if (!there && !event.target.closest("[data-leave]")) return;
    event.preventDefault();
    byId("ask").close();
    if (there) goTo(new URL(there.href).hash.slice(1));
  });
  byId("ask").addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post") || event.target.hasAttribute("data-stays")) byId("ask").close();
  });

  // ── What was typed and not saved, after a reload ────────────────────────────────────────────────────────────
  let restored = 0;
  for (const para of sheet.querySelectorAll(".para[data-paragraph]")) {
    const typed = koujing.kept(keyOf(para.dataset.paragraph));
    if (!typed || typeof typed.text !== "string" || para.querySelector("textarea")) continue;
    if (typed.text === para.querySelector(".words").textContent) koujing.forget(keyOf(para.dataset.paragraph));
    else {
      edit(para, null, typed);
      restored += 1;
    }
  }
  if (restored) koujing.notice("", koujing.word("restored"));
})();
