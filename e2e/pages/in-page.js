/**
 * What the page checks ask a page, from inside it; a plain script, put into every page before its own.
 * `window.look` holds the questions.
 */
(() => {
  const paint = { lcp: 0, cls: 0 };
  const longTasks = [];
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

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      longTasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
  const COLORS = ["color-contrast", "link-in-text-block"];
  const OVER = "[role=dialog], [role=alertdialog], [role=menu]";
  const PATIENCE_MS = 20_000;

  /** Whether React has taken over the page's heading: from then on keys and clicks are answered. */
  function isAlive() {
    const heading = document.querySelector("h1");
    return heading !== null && Object.keys(heading).some((key) => key.startsWith("__react"));
  }

  /** Looks at every frame. */
  async function until(isSo, what) {
    const end = performance.now() + PATIENCE_MS;
    while (!isSo()) {
      if (performance.now() > end) throw new Error(`${location.href} lacks ${what}`);
      await new Promise(requestAnimationFrame);
    }
  }

  window.look = {
    /** Milliseconds until the largest contentful paint, and the sum of layout shifts that nobody caused. */
    async paint() {
      await until(() => paint.lcp > 0, "a largest paint");
      return paint;
    },

    /** How long the slowest interaction took until the next paint, in milliseconds. */
    slowest: () => slowestMs,

    /** Until React has taken over the page's heading: from then on keys and clicks are answered. */
    alive: () => until(isAlive, "a heading that is alive"),

    /** Goes where the path leads without leaving the document, as the page's own links do. */
    async walk(path) {
      next.router.push(path);
      await until(() => location.pathname + location.search === path, `the way to ${path}`);
    },

    /** Until keys and clicks are answered, and nothing is on its way that the page shows first. */
    async settled() {
      await until(isAlive, "a heading that is alive");
      await until(() => document.querySelector("main .animate-pulse") === null, "what comes first");
      await until(() => document.title !== "", "a title");
      // What listens to keys begins a moment after what is drawn.
      await new Promise((done) => requestIdleCallback(done, { timeout: 1_000 }));
    },

    background: () => getComputedStyle(document.documentElement).backgroundColor,

    animations: () => document.getAnimations().length,

    /**
     * What axe finds against WCAG 2.2 AA, one line for each element. `isOver`: only in what stands over the page. `isRecolored`:
     * by the rules that depend on colours, of what is uppermost, which has been looked at and differs in nothing else.
     */
    async violations({ isOver, isRecolored }) {
      if (typeof axe === "undefined") loadAxe();
      const over = [...document.querySelectorAll(OVER)];
      const { violations } = await axe.run(
        (isOver || isRecolored) && over.length > 0 ? over : document,
        {
          runOnly: isRecolored ? COLORS : { type: "tag", values: WCAG },
          resultTypes: ["violations"],
          // Style sheets and films, which only rules that are not asked look at.
          preload: false,
        },
      );
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} (${failureSummary})`),
      );
    },

    /** What reaches beyond the page's edges: where the page can be scrolled there, and of what stands over it. */
    async overflow() {
      // A page may only hear of its new width with the next frame, and draw what it does about it with the one after.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      const { clientWidth, scrollWidth } = document.documentElement;
      const reachesOut = (element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > clientWidth + 1 || left < -1;
      };
      const over = [...document.querySelectorAll(`${OVER}, [role=status] *`)];
      const all = scrollWidth > clientWidth ? [...document.querySelectorAll("body *")] : over;
      return all
        .filter(reachesOut)
        .slice(0, 10)
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

    /** Tasks that kept the page from answering for more than 50 ms, in milliseconds since it began. */
    longTasks: () => longTasks,

    /** How much is drawn. */
    elements: () => document.querySelectorAll("*").length,

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
