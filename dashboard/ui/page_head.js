// Numbers, dates and the built-in words follow the browser's language; this dashboard is Dutch for everyone.
for (const [name, value] of [["language", "nl-NL"], ["languages", ["nl-NL", "nl"]]]) {
  Object.defineProperty(navigator, name, { get: () => value });
}
(() => {
  const words = __WORDS__;
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  // "Remove *": what begins like this, whatever comes after it; a star on the other side is what came.
  const beginnings = Object.keys(words).filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1));
  const begun = (text) => {
    const start = beginnings.find((beginning) => text.startsWith(beginning));
    return start && words[`${start}*`].replace("*", () => text.slice(start.length));
  };
  const dutch = (text) => {
    const found = words[text.trim()] ?? begun(text.trim());
    return found && found !== text ? found : null;
  };
  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      // Only what the interface says by itself: never a text that the pages wrote.
      if (node.parentElement?.closest("[data-testid='stMain'] :is(p, td, th, li, h1, h2, h3)")) return;
      const found = dutch(node.data);
      if (found) node.data = found;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of attributes) {
      const value = node.getAttribute(name);
      const found = value && dutch(value);
      if (found) node.setAttribute(name, found);
    }
    node.childNodes.forEach(translate);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translate(change.target);
      else if (change.type === "characterData") translate(change.target);
      else change.addedNodes.forEach(translate);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
})();
// A link that asks for a login first leads where it led, once that is done.
(() => {
  const key = "terug";
  document.addEventListener("click", (event) => {
    if (event.target.closest(".st-key-inloggen")) sessionStorage.setItem(key, location.pathname + location.search);
  }, true);
  const back = sessionStorage.getItem(key);
  if (!back || location.pathname !== "/" || location.search) return;
  sessionStorage.removeItem(key);
  if (back !== "/") location.replace(location.origin + back);
})();
