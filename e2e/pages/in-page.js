/**
 * What the page checks ask a page, from inside it; a plain script, put into every page before its own.
 * `window.look` holds the questions.
 */
(() => {
  const paint = { lcp: 0, cls: 0 };
  let slowestMs = 0;
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

    /** Whether React has taken over the page's heading: from then on keys and clicks are answered. */
    isAlive() {
      const heading = document.querySelector("h1");
      return heading !== null && Object.keys(heading).some((key) => key.startsWith("__react"));
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
