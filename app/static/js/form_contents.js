// The words in a form: read, compared, put back, shown.

const OF_ONE_SENDING = new Set(["csrf_token", "pen", "switch", "leave", "carry", "clash", "window", "step", "over", "kept"]);

// What a person has put in, as one comparable text: pairs of name and value, in the order of the page.
export function words(form) {
  const typed = [...new FormData(form)].filter(([name]) => !OF_ONE_SENDING.has(name));
  return JSON.stringify(typed.map(([name, value]) => [name, cleaned(value)]));
}

// The same as the page came from the server, whatever was typed since or put back by the browser.
export function served(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return words(copy);
}

// Put kept words back into their fields; choices are pressed, because other things open with them.
export function fill(form, kept) {
  const pairs = JSON.parse(kept);
  for (const field of fieldsOf(form)) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!isChoice(field)) field.value = values[0] ?? field.value;
    else if (field.checked !== values.includes(field.value)) {
      field.click();
      if (field.type === "radio") field.checked = values.includes(field.value);
    }
  }
}

// Kept words as a person would read them: answers by their labels, nothing that is carried along unseen.
export function readable(form, kept) {
  const said = JSON.parse(kept).map(([name, value]) => {
    const fields = fieldsOf(form).filter((field) => field.name === name);
    const choice = fields.find((field) => isChoice(field) && field.value === value);
    const option = [...fields[0]?.options ?? []].find((each) => each.value === value);
    if (fields[0]?.type === "hidden" || !value) return "";
    return (choice?.labels[0] ?? option)?.textContent ?? value;
  });
  return said.filter(Boolean).join("\n\n");
}

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "submit" && !OF_ONE_SENDING.has(field.name));
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

// As the server cleans what it stores (app/domain/text.py), so that the same words are known again.
const cleaned = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "").trim();
