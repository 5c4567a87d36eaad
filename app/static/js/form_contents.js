// What a person has put into a form: compared, put back, shown.

// Fields that are made anew for each request, see app/forms/submitted_fields.py.
const NOT_TYPED = new Set([
  "csrf_token", "author_token", "switch_language", "save_and_leave", "copy_previous", "resolve_conflict",
  "client_id", "sequence_no", "base_version", "stashed_form",
]);

// Returns what a person has put in as one comparable text: JSON pairs of name and value, in the order of the page.
export function serializeForm(form) {
  const typed = [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));
  return JSON.stringify(typed.map(([name, value]) => [name, cleaned(value)]));
}

// Returns the same for the form as the server sent it, whatever was typed since or put back by the browser.
export function serverContents(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return serializeForm(copy);
}

// Puts a serialized text back into the fields. Choices are clicked, because fields open with them.
export function fillForm(form, text) {
  const pairs = JSON.parse(text);
  for (const field of typedFields(form)) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!isChoice(field)) field.value = values[0] ?? field.value;
    else if (field.checked !== values.includes(field.value)) {
      field.click();
      if (field.type === "radio") field.checked = values.includes(field.value);
    }
  }
}

// Returns a serialized text for a person to read: choices by their labels, without hidden fields.
export function readableText(form, text) {
  const lines = JSON.parse(text).map(([name, value]) => {
    const fields = typedFields(form).filter((field) => field.name === name);
    const choice = fields.find((field) => isChoice(field) && field.value === value);
    const option = [...fields[0]?.options ?? []].find((each) => each.value === value);
    if (fields[0]?.type === "hidden" || !value) return "";
    return (choice?.labels[0] ?? option)?.textContent ?? value;
  });
  return lines.filter(Boolean).join("\n\n");
}

const typedFields = (form) => [...form.elements].filter(({ name, type }) => name && type !== "submit" && !NOT_TYPED.has(name));
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

// As the server normalises what it stores (app/domain/text.py), so that equal texts compare equal.
const cleaned = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "").trim();
