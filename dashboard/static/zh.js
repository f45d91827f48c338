// Says Streamlit's own words in Chinese, and leads to the entrance once the session is over.
(() => {
  "use strict";
  const words = window.DESK_WORDS || {};
  const patterns = window.DESK_PATTERNS || [];
  const ATTRIBUTES = ["title", "aria-label", "placeholder", "alt", "data-title"];
  const EVERY_MS = 10000;

  const said = (text) => {
    const plain = text.trim();
    if (!plain || !/[A-Za-z]/.test(plain)) return null;
    if (Object.hasOwn(words, plain)) return words[plain];
    for (const [pattern, make] of patterns) {
      const match = plain.match(pattern);
      if (match) return make(match);
    }
    return null;
  };

  const sayText = (node) => {
    const chinese = said(node.data);
    if (chinese !== null && chinese !== node.data) node.data = chinese;
  };

  const sayElement = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const chinese = value ? said(value) : null;
      if (chinese !== null) element.setAttribute(name, chinese);
    }
  };

  // Icons are ligatures: their English name is what draws them, so it must stay.
  const ours = (element) =>
    element.closest('[data-testid="stIconMaterial"],[translate="no"],script,style,code,pre,input,textarea');

  const leave = (element) => {
    const way = element.matches?.(".desk-out") ? element : element.querySelector?.(".desk-out");
    if (way) toEntrance();
  };

  const sayAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !ours(root.parentElement)) sayText(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    leave(root);
    sayElement(root);
    for (const element of root.querySelectorAll("[title],[aria-label],[placeholder],[alt],[data-title]")) sayElement(element);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement && !ours(node.parentElement)) sayText(node);
    }
  };

  // The desk stands at the root: without this Streamlit looks for itself below every page first.
  window.__streamlit = { BACKEND_BASE_URL: location.origin + "/", MAIN_PAGE_BASE_URL: location.origin + "/" };

  let leaving = false;
  const toEntrance = () => {
    if (leaving) return;
    leaving = true;
    const here = location.pathname + location.search;
    location.replace("/auth/login" + (here === "/" ? "" : "?next=" + encodeURIComponent(here)));
  };

  const checkAlive = () =>
    fetch("/auth/alive", { cache: "no-store", credentials: "same-origin" })
      .then((answer) => { if (answer.status === 401) toEntrance(); })
      .catch(() => {}); // the server is away: Streamlit says so itself

  // The gate closes the socket of a session that was revoked: ask at once, not at the next tick.
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", checkAlive);
    }
  };
  setInterval(checkAlive, EVERY_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) checkAlive(); });

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") sayAll(change.target);
      else if (change.type === "attributes") sayElement(change.target);
      else change.addedNodes.forEach(sayAll);
    }
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
