/** Measured in the page by every-page.test.ts. Plain JavaScript: the tests are compiled without the browser's types. */

/** @returns what a screen reader or a keyboard would trip over */
function obstacles() {
  const found = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (document.documentElement.lang !== 'en') found.push('no language');
  if (all('h1').length !== 1) found.push(`${String(all('h1').length)} h1`);
  let level = 0;
  for (const heading of all('main :is(h1, h2, h3, h4)')) {
    const next = Number(heading.tagName.slice(1));
    if (next > level + 1) found.push(`${heading.tagName} after H${String(level)}: ${heading.innerText}`);
    level = next;
  }
  for (const input of all('input'))
    if (!document.querySelector(`label[for="${input.id}"]`)) found.push(`no label: ${input.id}`);
  for (const image of all('img')) if (!image.hasAttribute('alt')) found.push('an image without alt');
  for (const image of all('svg')) if (!image.getAttribute('aria-label')) found.push('a drawing without a name');
  for (const control of all('a, button'))
    if (control.textContent.trim() === '') found.push(`no name: ${control.outerHTML}`);
  for (const table of all('table'))
    if (!table.querySelector('caption') || !table.querySelector('th[scope]')) found.push('a bare table');
  const ids = all('[id]').map(({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push('an id twice');
  if (all('[style], script:not([src])').length > 0) found.push('inline style or script');
  return found;
}

/** @returns contrast of text against the page for the quietest text (WCAG 2.2, 1.4.3) */
function lowestContrast() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
    }
    return 'white';
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  );
  const contrasts = texts
    .filter((element) => !element.closest('svg, noscript'))
    .map((element) => {
      const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    });
  return Math.min(...contrasts);
}

globalThis.inPage = { obstacles, lowestContrast };
