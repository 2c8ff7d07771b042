// The form of a brief: the search for an entry sends what is typed; the first field with an error gets the focus.
"use strict";

document.addEventListener("htmx:configRequest", (event) => {
  const field = event.detail.elt;
  if (field.hasAttribute("data-words")) event.detail.parameters.words = field.value;
});

{
  const wrong = document.querySelector("[aria-invalid=true], fieldset .field-error");
  if (wrong) (wrong.matches(".field-error") ? wrong.closest("fieldset").querySelector("input") : wrong).focus();
}
