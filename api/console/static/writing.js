// A draft while it is written: sections arrive in place, the skeleton gives way line by line, nothing above moves.
"use strict";

{
  const root = document.getElementById("writing");
  const id = root.getAttribute("data-draft");
  const word = (name) => root.getAttribute(`data-word-${name}`);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const byId = (name) => document.getElementById(name);
  const sections = [...document.querySelectorAll("[data-section]")];
  const weightOf = (section) => Number(section.getAttribute("data-lines"));
  const weight = sections.reduce((sum, section) => sum + weightOf(section), 0);
  const stop = byId("stop");
  let begun = null;
  let now = null;
  let findings = 0;
  let lost = null;

  const place = (name) => sections.find((section) => section.getAttribute("data-section") === name);

  function heightOfLine(lines) {
    const line = lines.querySelector(".skeleton-line");
    return line ? line.getBoundingClientRect().height + parseFloat(getComputedStyle(line).marginTop) * 2 : Infinity;
  }

  /** Take away as much of the skeleton as has been written, so that what stands below stays where it is. */
  function giveWay(section) {
    const skeleton = section.querySelector(".skeleton");
    if (!skeleton) return;
    const written = section.querySelector(".coming-text").getBoundingClientRect().height;
    const before = Number(section.getAttribute("data-height") || 0);
    let lines = Math.round((written - before) / heightOfLine(skeleton));
    while (lines-- > 0 && skeleton.children.length) skeleton.firstElementChild.remove();
    section.setAttribute("data-height", String(written));
  }

  function finish(section) {
    if (!section || section.classList.contains("is-done")) return;
    section.classList.remove("is-now");
    section.classList.add("is-done");
    const skeleton = section.querySelector(".skeleton");
    if (skeleton) skeleton.remove();
    const empty = !section.querySelector(".coming-text").childElementCount;
    section.classList.toggle("is-empty", empty);
    if (!empty) {
      const heading = section.querySelector("h2");
      byId("said").textContent = filled(word("arrived"), { name: heading ? heading.textContent : word("headline") });
    }
  }

  function tell() {
    const done = sections.filter((section) => section.classList.contains("is-done"));
    const written = done.reduce((sum, section) => sum + weightOf(section), 0);
    byId("progress").value = Math.round((100 * written) / weight);
    const all = done.length === sections.length;
    byId("sections-done").textContent = all ? word("checking") : filled(word("sections"), { done: done.length, all: sections.length });
    const left = byId("time-left");
    const spent = begun === null ? 0 : (Date.now() - begun) / 1000;
    left.hidden = all || written < 0.15 * weight || spent < 3; // a headline says nothing of how long the rest takes
    if (left.hidden) return;
    const seconds = Math.max(1, Math.round((spent / written) * (weight - written)));
    left.textContent = seconds < 90
      ? filled(word("seconds"), { n: seconds < 10 ? seconds : Math.round(seconds / 5) * 5 })
      : filled(word("minutes"), { n: Math.round(seconds / 60) });
  }

  function onSection(data) {
    begun ??= Math.max(Date.parse(root.getAttribute("data-started")) || 0, Date.now() - 3600e3);
    const section = place(data.id);
    if (!section) return;
    for (const before of sections.slice(0, sections.indexOf(section))) if (before === now) finish(before);
    if (now && now !== section) finish(now);
    now = section;
    section.classList.add("is-now");
    const heading = section.querySelector("h2");
    if (heading && data.heading) heading.textContent = data.heading;
    tell();
  }

  function onParagraph(data) {
    const section = place(data.section);
    if (!section) return;
    const paragraph = document.createElement("p");
    if (data.cell) {
      const cell = document.createElement("span");
      cell.className = "cell";
      cell.textContent = `${data.cell.row} · ${data.cell.column}`;
      paragraph.append(cell);
    }
    if (data.gap) paragraph.className = "is-gap";
    paragraph.append(data.text);
    section.querySelector(".coming-text").append(paragraph);
    giveWay(section);
    tell();
  }

  function onFinding(data) {
    findings += 1;
    byId("findings-count").textContent = String(findings);
    byId("no-findings").hidden = true;
    const line = document.createElement("li");
    const badge = document.createElement("span");
    const tones = { error: "badge--bad", warning: "badge--warn", info: "badge--quiet" };
    badge.className = `badge ${tones[data.severity] || ""}`;
    badge.textContent = word(data.severity) || data.severity;
    line.append(badge, data.message);
    byId("findings-list").append(line);
  }

  function onDone(draft) {
    source.close();
    finish(now);
    byId("sheet").setAttribute("aria-busy", "false");
    const open = draft.draft && draft.draft.state === "open";
    location.replace(open ? `/drafts/${id}/questions` : `/drafts/${id}`);
  }

  const source = new EventSource(`/v1/drafts/${encodeURIComponent(id)}/events`);
  const hear = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  hear("section", onSection);
  hear("paragraph", onParagraph);
  hear("finding", onFinding);
  hear("done", onDone);
  source.addEventListener("open", () => {
    if (lost) lost.remove();
    lost = null;
  });
  // The server's own "error" has data; a broken connection has none.
  source.addEventListener("error", async (event) => {
    if (event.data !== undefined) {
      source.close();
      return location.reload();
    }
    if (source.readyState === EventSource.CLOSED) {
      const answer = await koujing.request("/session").catch(() => null);
      if (answer && answer.ok) setTimeout(() => location.reload(), 3000);
    } else if (!lost) {
      lost = koujing.notice("warn", word("lost"));
    }
  });

  if (stop) {
    stop.addEventListener("click", async () => {
      stop.setAttribute("aria-disabled", "true");
      stop.textContent = word("stopping");
      await koujing.request(`/v1/drafts/${encodeURIComponent(id)}/stop`, { method: "POST" }).catch(() => null);
    });
  }
  setInterval(tell, 2000);
}
