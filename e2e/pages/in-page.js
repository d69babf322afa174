/**
 * What the page checks ask a page, from inside it; a plain script, put into every page before its own.
 * `window.look` holds the questions.
 */
(() => {
  const paint = { lcp: 0, cls: 0 };
  let slowestMs = 0;
  let askedAt = "";
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) paint.lcp = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) paint.cls += value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId !== 0) slowestMs = Math.max(slowestMs, duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 });

  window.look = {
    /** Milliseconds until the largest contentful paint, and the sum of layout shifts that nobody caused. */
    paint: () => paint,

    /** How long the slowest interaction took until the next paint, in milliseconds. */
    slowest: () => slowestMs,

    /** Until React has taken over the page's heading: from then on keys and clicks are answered. */
    async alive() {
      const isAlive = () =>
        Object.keys(document.querySelector("h1") ?? {}).some((key) => key.startsWith("__react"));
      while (!isAlive()) await new Promise(requestAnimationFrame);
    },

    background: () => getComputedStyle(document.documentElement).backgroundColor,

    animations: () => document.getAnimations().length,

    /** What reaches beyond the page's right edge, when the page can be scrolled there. */
    overflow() {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      return [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
        .map((element) => element.outerHTML.slice(0, 200));
    },

    /** Where the keyboard is: as what, and what it is called. */
    stop() {
      const element = document.activeElement;
      const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
      const name = (label ?? element.textContent).trim().slice(0, 40);
      const isEditor = element.classList.contains("cm-content");
      const isRow = element.matches("[data-index] a");
      const kind = isEditor ? "editor" : isRow ? "row" : null;
      const role = kind ?? element.getAttribute("role") ?? element.type ?? null;
      return { role, name: name === "" ? element.tagName.toLowerCase() : name };
    },

    /** Whether what had the focus is gone and nothing has it instead, at the same address as when this was asked last. */
    isFocusLost() {
      const isSamePlace = askedAt === location.href;
      const isLost = isSamePlace && document.activeElement === document.body;
      if (!isLost) askedAt = location.href;
      return isLost;
    },

    /** Whether one sees that it has the focus: a ring around it or its box, or a caret in a field. */
    isFocusSeen() {
      const element = document.activeElement;
      if (element.matches("input:not([type=radio], [type=checkbox]), textarea")) return true;
      const boxes = [element, element.parentElement, element.parentElement?.parentElement];
      if (element.isContentEditable) boxes.push(element.closest(".cm-editor")?.parentElement);
      return boxes.some((box) => {
        if (!box?.matches(":focus-visible, :focus-within")) return false;
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(box);
        return outlineStyle !== "none" && outlineWidth !== "0px" && outlineColor !== "transparent";
      });
    },

    /** Whether something of what has the focus is on the screen and not behind something else. */
    isFocusUncovered() {
      const element = document.activeElement;
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const x = Math.max(left, 0) + 2;
      const xs = [x, (Math.max(left, 0) + Math.min(right, innerWidth)) / 2];
      const from = Math.max(top, 0);
      const to = Math.min(bottom, innerHeight);
      const ys = [from + 2, (from + to) / 2, to - 2];
      const at = xs.flatMap((one) => ys.map((y) => document.elementFromPoint(one, y)));
      const own = [element, ...(element.labels ?? [])];
      return at.some((found) => own.some((one) => one.contains(found)));
    },

    /**
     * The compressed bytes, as they were fetched, of the scripts that the page's own HTML names. What is fetched
     * later, when something is opened or the page has nothing else to do, is not among them.
     */
    scriptBytes(html) {
      return performance
        .getEntriesByType("resource")
        .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
        .filter(({ name }) => html.includes(new URL(name).pathname))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    },
  };
})();
