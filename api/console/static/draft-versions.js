// The slider says its number while it is moved; the versions are fetched when it is let go.
"use strict";

document.addEventListener("input", (event) => {
  const said = event.target.matches(".version-slider input") && event.target.parentElement.querySelector("output");
  if (said) said.textContent = said.textContent.replace(/\d+/, event.target.value);
});
