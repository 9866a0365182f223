/**
 * The two questions that we ask inside of the page. They are texts because they run there and not here; they
 * only look, and change nothing.
 */

/** Ends when the page has drawn and stands still, at the latest after a second and a half. */
export const drawn = `new Promise((done) => {
  setTimeout(done, 1500);
  let before = NaN;
  const look = () => {
    const now = (document.scrollingElement ?? document.documentElement).scrollTop;
    if (now === before) return done();
    before = now;
    setTimeout(look, 120);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})`;

/** How large the window is, how far everything below the pointer is scrolled, and how much is left below. */
export const whereItStands = `(() => {
  const root = document.scrollingElement ?? document.documentElement;
  let top = root.scrollTop;
  let left = root.scrollHeight - root.clientHeight - root.scrollTop;
  // Where a box inside of the page is what scrolls, the page itself never moves.
  let box = document.elementFromPoint(innerWidth * 0.6, innerHeight * 0.3);
  for (; box !== null && box !== root; box = box.parentElement) {
    if (box.scrollHeight - box.clientHeight < 8) continue;
    if (!/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    top += box.scrollTop;
    left = Math.max(left, box.scrollHeight - box.clientHeight - box.scrollTop);
  }
  return { width: innerWidth, height: innerHeight, top, left };
})()`;
