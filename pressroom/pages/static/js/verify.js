// A file that is dropped on the form is sent at once, as if it had been chosen and the button pressed.
const form = document.querySelector(".drop");
const field = form.querySelector("input[type=file]");

function over(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.add("over");
}

form.addEventListener("dragenter", over);
form.addEventListener("dragover", over);
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length === 0) return;
  const one = new DataTransfer();
  one.items.add(event.dataTransfer.files[0]);
  field.files = one.files;
  form.requestSubmit();
});

// A file that misses the form must not take the place of this page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
