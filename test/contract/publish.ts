/** Publishing: the document is kept as clients were given it. Nothing that breaks them is published, and nothing twice under one version. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { incompatibilities, type ApiDocument } from '../../gateway/contract/compatibility.js';
import { presentDocument } from '../../gateway/contract/document.js';

const FILE = 'gateway/contract/published.json';

type Published = ApiDocument & { readonly info: { readonly version: string } };

export const publishedDocument = (): Published => JSON.parse(readFileSync(FILE, 'utf8')) as Published;
export const documentNow = (): Published => JSON.parse(JSON.stringify(presentDocument())) as Published;

/** @throws {Error} */
export function publish(): string {
  const now = documentNow();
  const text = `${JSON.stringify(now, null, 1)}\n`;
  if (existsSync(FILE)) {
    if (readFileSync(FILE, 'utf8') === text) return `${now.info.version} is published already`;
    const before = publishedDocument();
    const breaks = incompatibilities(before, now);
    if (breaks.length > 0) throw new Error(`clients of ${before.info.version} would break:\n${breaks.join('\n')}`);
    if (before.info.version === now.info.version)
      throw new Error(`${now.info.version} was published with other contents: raise API_VERSION`);
  }
  writeFileSync(FILE, text);
  return `${now.info.version} is published`;
}
