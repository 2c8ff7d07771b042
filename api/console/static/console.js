// What every page does: requests that carry the CSRF token, notices, dialogs, menus, a typed text that survives.
"use strict";

const koujing = (() => {
  const body = document.body;
  const word = (name) => body.getAttribute(`data-word-${name}`) || "";

  // ── Requests ────────────────────────────────────────────────────────────────────────────────────────────────
  const csrf = () => JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRF-Token"] || "";

  function renew(token) {
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": token }));
    for (const field of document.querySelectorAll("input[name=_csrf]")) field.value = token;
  }

  /** `fetch` with the CSRF token; a JSON `json` becomes the body. Signed out: the dialog opens. */
  async function request(address, { json, headers = {}, ...options } = {}) {
    const all = { "X-CSRF-Token": csrf(), ...headers };
    if (json !== undefined) {
      all["Content-Type"] = "application/json";
      options = { method: "POST", ...options, body: JSON.stringify(json) };
    }
    const answer = await fetch(address, { credentials: "same-origin", ...options, headers: all });
    if (answer.status === 401) signedOut();
    return answer;
  }

  // ── Notices ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** A line at the top: kind is ok, warn, bad or "" for plain news; `action` is {text, run}. */
  function notice(kind, text, action) {
    const box = document.createElement("div");
    box.className = kind ? `notice notice--${kind}` : "notice";
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    if (action) {
      const button = document.createElement("button");
      button.className = "button button--small";
      button.type = "button";
      button.textContent = action.text;
      button.addEventListener("click", () => (action.run(), box.remove()));
      box.append(button);
    }
    box.append(closer(box));
    document.getElementById("notices").append(box);
    return box;
  }

  function closer(box) {
    const button = document.createElement("button");
    button.className = "notice-close";
    button.type = "button";
    button.setAttribute("aria-label", word("close"));
    button.textContent = "×";
    button.addEventListener("click", () => box.remove());
    return button;
  }

  for (const box of document.querySelectorAll("#notices > .notice")) box.append(closer(box));

  // ── Signed out in the middle of something ───────────────────────────────────────────────────────────────────
  function signedOut() {
    const dialog = document.getElementById("signed-out");
    if (dialog && !dialog.open) dialog.showModal();
  }

  async function signedInAgain() {
    const dialog = document.getElementById("signed-out");
    if (!dialog || !dialog.open) return;
    const answer = await fetch("/session", { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) return;
    renew((await answer.json()).csrf);
    dialog.close();
    notice("ok", word("back"));
  }

  window.addEventListener("focus", signedInAgain);
  document.addEventListener("visibilitychange", () => document.hidden || signedInAgain());
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    if (answer.status === 401) return signedOut();
    let text = "";
    try {
      text = JSON.parse(answer.responseText).detail;
    } catch {
      text = answer.statusText;
    }
    notice("bad", text || word("offline"));
  });
  document.addEventListener("htmx:sendError", () => notice("bad", word("offline")));

  // ── Dialogs and menus ───────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.getAttribute("data-dialog")).showModal();
    }
    const close = event.target.closest("[data-close]");
    if (close) close.closest("dialog").close();
    if (event.target.matches("dialog.dialog")) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside && event.detail > 0) event.target.close();
    }
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A form that goes off by itself when a choice is made: filters.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-auto")) form.requestSubmit();
  });

  // A second click sends nothing twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.hasAttribute("data-sent")) return event.preventDefault();
    form.setAttribute("data-sent", "");
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.setAttribute("aria-disabled", "true");
      if (form.hasAttribute("data-busy")) button.textContent = form.getAttribute("data-busy");
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      form.removeAttribute("data-sent");
      for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  // ── What is typed survives: data-keep="KEY" on a form or on one field ───────────────────────────────────────
  const PREFIX = "koujing:keep:";
  const SENT = "koujing:sent";
  const DETOUR = "koujing:detour";
  const KEPT_FOR = 14 * 24 * 3600 * 1000;

  const fieldsOf = (keeper) =>
    (keeper.elements ? [...keeper.elements] : [keeper]).filter(
      (field) => (field.name || field === keeper) && !["hidden", "password", "file", "submit", "button"].includes(field.type) &&
        field.tagName !== "BUTTON" && field.tagName !== "FIELDSET",
    );
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const nameOf = (field) => (ticks(field) ? `${field.name}=${field.value}` : field.name || "text");
  const valueOf = (field) => (ticks(field) ? field.checked : "value" in field ? field.value : field.textContent);

  function put(field, value) {
    if (ticks(field)) field.checked = value;
    else if ("value" in field) field.value = value;
    else field.textContent = value;
  }

  const snapshot = (keeper) => Object.fromEntries(fieldsOf(keeper).map((field) => [nameOf(field), valueOf(field)]));

  function store(key, values) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // A full or forbidden store: the page works without it.
    }
  }

  /** Forget what was kept under a key: after it has been saved. */
  function forget(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // As above.
    }
  }

  function kept(key) {
    try {
      const record = JSON.parse(localStorage.getItem(PREFIX + key) || "null");
      return record && Date.now() - record.at < KEPT_FOR ? record.values : null;
    } catch {
      return null;
    }
  }

  /** Keep what is typed in `keeper`, and put back what was typed there before. */
  function keep(keeper) {
    const key = keeper.getAttribute("data-keep");
    const first = snapshot(keeper);
    const before = kept(key);
    const fields = fieldsOf(keeper);
    const changed = before && fields.filter((field) => nameOf(field) in before && before[nameOf(field)] !== valueOf(field));
    if (changed && changed.length) {
      for (const field of changed) put(field, before[nameOf(field)]);
      const back = () => {
        for (const field of changed) put(field, first[nameOf(field)]);
        forget(key);
        keeper.dispatchEvent(new CustomEvent("koujing:restored", { bubbles: true }));
      };
      notice("", word("restored"), { text: word("discard"), run: back });
      keeper.dispatchEvent(new CustomEvent("koujing:restored", { bubbles: true }));
    }
    keeper.addEventListener("input", () => store(key, snapshot(keeper)));
    keeper.addEventListener("submit", () => {
      store(key, snapshot(keeper));
      sessionStorage.setItem(SENT, key);
    });
  }

  function keepAll(root) {
    for (const keeper of root.querySelectorAll("[data-keep]:not([data-kept])")) {
      keeper.setAttribute("data-kept", "");
      keep(keeper);
    }
  }

  // A form that was sent and is not shown again has arrived. When it led to the sign-in, it has not.
  const sent = sessionStorage.getItem(SENT);
  if (sent && !body.hasAttribute("data-signed-in")) {
    sessionStorage.setItem(DETOUR, "yes");
  } else if (sent) {
    const again = [...document.querySelectorAll("[data-keep]")].some((one) => one.getAttribute("data-keep") === sent);
    if (!again && !sessionStorage.getItem(DETOUR) && !document.querySelector("[data-failed]")) forget(sent);
    sessionStorage.removeItem(SENT);
    sessionStorage.removeItem(DETOUR);
  }
  keepAll(document);
  document.addEventListener("htmx:load", (event) => keepAll(event.target.parentElement || document));
  document.addEventListener("htmx:afterRequest", (event) => {
    const keeper = event.detail.elt.closest("[data-keep]");
    if (keeper && event.detail.successful && event.detail.requestConfig.verb !== "get") forget(keeper.getAttribute("data-keep"));
  });

  return { request, notice, signedOut, forget, kept, store, csrf, word };
})();
