// Draws APL documents in the page of a test, and measures what is wrong with what is seen of them.

(() => {
  const ARC_MINUTE = Math.PI / 180 / 60;
  const CAPITAL = 0.7; // of the size of its font
  const DISTANCE_MM = 3000;
  const CLOSE = 1.5;

  // Five minutes of arc are the letters that normal sight (20/20, Snellen) can tell apart; a tenth less
  // is let pass. A long sentence is set smaller on the smallest screens, for it is said as it is shown:
  // on five inches it is read from two metres, on the two inches of the first Echo Spot from under two.
  const LEAST_MINUTES = 4.7;
  const LEAST_MINUTES_OF_A_SENTENCE = 3.4;
  const LEAST_MINUTES_IN_THE_ROUND = 3;
  const SENTENCE = 50;

  const visible = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const crossing = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const wide = (area) => area.right - area.left;
  const high = (area) => area.bottom - area.top;
  const isSomething = (area) => wide(area) > CLOSE && high(area) > CLOSE;
  const within = (inner, outer) =>
    inner.left >= outer.left - CLOSE && inner.right <= outer.right + CLOSE && inner.top >= outer.top - CLOSE && inner.bottom <= outer.bottom + CLOSE;

  /** The lines of a text as they are inked: without what is blank above and below the letters. */
  function inked(span) {
    const range = document.createRange();
    range.selectNodeContents(span);
    const size = parseFloat(getComputedStyle(span).fontSize);
    return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
      const blank = Math.max(0, (bottom - top - size) / 2);
      return { left, right, top: top + blank, bottom: bottom - blank };
    });
  }

  /** What is left of an area in a list that rolls. */
  function rolled(area, one) {
    const list = one.parentElement.closest("[data-apl=Sequence]");
    return list ? crossing(area, list.getBoundingClientRect()) : area;
  }

  const isRound = (viewport) => viewport.shape === "round";

  function inSight(area, viewport) {
    if (!within(area, { left: 0, top: 0, right: viewport.width, bottom: viewport.height })) return false;
    if (!isRound(viewport)) return true;
    const radius = viewport.width / 2;
    const far = (x, y) => Math.hypot(x - radius, y - radius) > radius + CLOSE;
    return ![area.left, area.right].some((x) => [area.top, area.bottom].some((y) => far(x, y)));
  }

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  function luminance(colour) {
    const linear = channels(colour).slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
  function contrast(one) {
    let behind = one;
    while (behind && channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const [low, high] = [getComputedStyle(one).color, getComputedStyle(behind).backgroundColor].map(luminance).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /** A text, its ink as far as it is seen, and what is wrong with it by itself. */
  function textOf(one, viewport, widthMm) {
    const span = one.firstElementChild;
    const name = JSON.stringify(span.textContent.slice(0, 40));
    const faults = [];
    const lines = inked(span);
    const shown = span.getBoundingClientRect(); // lines beyond the last are laid out below it, unseen
    if (lines.some((line) => (line.top + line.bottom) / 2 > shown.bottom || line.right > shown.right + CLOSE)) faults.push(`${name} is cut short`);
    const box = one.getBoundingClientRect();
    if (lines.some((line) => !within(line, box))) faults.push(`${name} is larger than its place`);
    const areas = lines.map((line) => rolled(line, one)).filter(isSomething);
    if (areas.some((area) => !inSight(area, viewport))) faults.push(`${name} is beyond the edge`);
    const size = parseFloat(getComputedStyle(span).fontSize);
    const minutes = (size * CAPITAL * (widthMm / viewport.width)) / DISTANCE_MM / ARC_MINUTE;
    const leastOfASentence = isRound(viewport) ? LEAST_MINUTES_IN_THE_ROUND : LEAST_MINUTES_OF_A_SENTENCE;
    const least = span.textContent.length > SENTENCE ? leastOfASentence : LEAST_MINUTES;
    if (widthMm && minutes < least) faults.push(`${name} is ${minutes.toFixed(1)} minutes of arc high`);
    const clear = contrast(span);
    if (clear < 4.5) faults.push(`${name} has a contrast of ${clear.toFixed(1)}`);
    return { name, areas, faults, size };
  }

  function targetOf(one, viewport) {
    const name = `target ${JSON.stringify(one.getAttribute("aria-label"))}`;
    const box = one.firstElementChild.getBoundingClientRect();
    const area = rolled(box, one);
    const faults = [];
    if (wide(box) < 47.5 || high(box) < 47.5) faults.push(`${name} is ${wide(box).toFixed(0)} by ${high(box).toFixed(0)} dp`);
    if (isSomething(area) && !isRound(viewport) && !inSight(area, viewport)) faults.push(`${name} is beyond the edge`);
    return { name, areas: [area].filter(isSomething), faults };
  }

  function pictureOf(one, viewport) {
    const area = rolled(one.getBoundingClientRect(), one);
    const label = one.getAttribute("aria-label");
    const there = isSomething(area) && !within(area, { left: 0, top: 0, right: viewport.width, bottom: viewport.height });
    return { name: "a picture", areas: label ? [area].filter(isSomething) : [], faults: there ? [`picture ${label} is beyond the edge`] : [] };
  }

  function* pairs(list) {
    for (const [i, a] of list.entries()) for (const b of list.slice(i + 1)) yield [a, b];
  }

  function overlaps(things) {
    const found = [];
    for (const [a, b] of pairs(things))
      if (a.areas.some((one) => b.areas.some((other) => isSomething(crossing(one, other))))) found.push(`${a.name} and ${b.name} overlap`);
    return found;
  }

  const all = (root, kind) => [...root.querySelectorAll(`[data-apl=${kind}]`)].filter(visible);

  /** What is wrong with a document as it is now. */
  function faultsOf(root, viewport, widthMm) {
    const texts = all(root, "Text").filter((one) => one.textContent.trim()).map((one) => textOf(one, viewport, widthMm));
    const targets = all(root, "TouchWrapper").filter((one) => one.tabIndex === 0).map((one) => targetOf(one, viewport));
    const pictures = all(root, "VectorGraphic").map((one) => pictureOf(one, viewport));
    const apart = [...overlaps([...texts, ...pictures]), ...overlaps(targets)];
    const empty = texts.length ? [] : ["there is nothing to read"];
    return [...[...texts, ...targets, ...pictures].flatMap(({ faults }) => faults), ...apart, ...empty];
  }

  window.aplMeasure = { faultsOf };
})();
