/** Builds elements. Strings become text nodes, never markup: whatever an event is named, it is shown as it is written. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = Node | string | number | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(name), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** A link within these pages. @param segments of the route, encoded here */
export function link(segments: readonly string[], ...children: readonly Child[]): HTMLAnchorElement {
  return el('a', { href: routeTo(...segments) }, ...children);
}

/** Ids hold `:`, which needs no encoding in a fragment (RFC 3986 section 3.5) and reads better without. */
export function routeTo(...segments: readonly string[]): string {
  return `#/${segments.map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':')).join('/')}`;
}

export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** Terms and what they are. */
export function facts(rows: readonly (readonly [term: string, ...values: Child[]])[], name = 'facts') {
  const pairs = rows.map(([term, ...values]) => el('div', {}, el('dt', {}, term), el('dd', {}, ...values)));
  return el('dl', { class: name }, ...pairs);
}

/** A table that scrolls by itself where the window is narrow. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const head = el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)));
  const body = rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))));
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, ...body)),
  );
}

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children)
    if (child !== undefined) element.append(typeof child === 'number' ? String(child) : child);
  return element;
}
