// Enter sends and Shift+Enter begins a new line; an Enter that only ends what an input method composes does neither.
export function sendOnEnter(box) {
  box.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });
}
