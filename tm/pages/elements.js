// Elements made by scripts: a text is text, never markup.

const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu;

// Text with its invisible characters named, as tm.pages.page.visible does it.
function visible(text) {
  return text.replace(CONTROL, (character) =>
    /\s|[\u001c-\u001f\u0085]/.test(character)
      ? " "
      : `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

// An element with attributes and children; a text is text, never markup.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

const DIRECTIONS = new Map();

// The attributes of a text in a language.
function inLanguage(tag) {
  if (!DIRECTIONS.has(tag)) DIRECTIONS.set(tag, directionOf(tag));
  return { lang: tag, dir: DIRECTIONS.get(tag) };
}

function directionOf(tag) {
  try {
    const order = new Intl.Locale(tag);
    return (order.getTextInfo?.() ?? order.textInfo)?.direction ?? "auto";
  } catch {
    return "auto";
  }
}
