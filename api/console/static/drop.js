// Files that are chosen or dropped: their list, a way to take them back, and a field that they stand in the place of.
// <div data-drop data-drop-instead="ID"> … <input type="file"> <ul data-drop-list> <button data-drop-none> … </div>
"use strict";

for (const zone of document.querySelectorAll("[data-drop]")) {
  const field = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-drop-list]");
  const none = zone.querySelector("[data-drop-none]");
  const instead = zone.dataset.dropInstead && document.getElementById(zone.dataset.dropInstead);
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const much = document.createElement("span");
    name.textContent = file.name;
    name.dir = "auto";
    much.textContent = file.size > 1024 * 1024 ? `${size.format(file.size / 1024 / 1024)} MB` : `${size.format(file.size / 1024)} KB`;
    item.append(name, much);
    return item;
  }

  function show() {
    list.replaceChildren(...[...field.files].map(line));
    list.hidden = !(field.files.length > 1 || (none && field.files.length));
    if (none) none.hidden = !field.files.length;
    if (instead) instead.disabled = Boolean(field.files.length);
    zone.classList.toggle("drop--full", Boolean(field.files.length));
  }

  zone.classList.add("drop--ready");
  field.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return; // words that are dragged go where they are dropped
      event.preventDefault();
      zone.classList.add("drop--over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("drop--over"));
  zone.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    const kept = new DataTransfer();
    const dropped = [...event.dataTransfer.files];
    for (const file of field.multiple ? [...field.files, ...dropped] : dropped.slice(0, 1)) kept.items.add(file);
    field.files = kept.files;
    show();
  });
  if (none) {
    none.addEventListener("click", () => {
      field.value = "";
      show();
      (instead || field).focus();
    });
  }
  window.addEventListener("pageshow", show); // a browser may bring files back
}
