/** The system's Chromium, once for a whole mocha run, and what it complained about and whom it asked. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findProjectRoot } from '../../network/data-directory.js';
import { dataDir } from './box-office.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 60_000;

export interface Witness {
  readonly page: Page;
  /** Errors in the console and in scripts, and dialogs; not the answers of 4xx, which the console tells too. */
  readonly complaints: readonly string[];
  /** Hosts that were asked. */
  readonly hosts: ReadonlySet<string>;
}

let opening: Promise<BrowserContext> | undefined;

/** A new page, 1280 pixels wide, in Paris. */
export async function aPage(): Promise<Witness> {
  const page = await (await (opening ??= open())).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    const refused = message.location().url.includes('/v1/') && message.text().includes('status of 4');
    if (message.type() === 'error' && !refused) complaints.push(message.text());
  });
  return { page, complaints, hosts };
}

/** Lets the page measure itself, by `inPage` of in-page.js. */
export async function measurable(page: Page): Promise<void> {
  await page.evaluate(readFileSync(join(findProjectRoot(), 'test', 'e2e', 'in-page.js'), 'utf8'));
}

after('close the browser', async () => {
  if (opening) await (await opening).close();
});

async function open(): Promise<BrowserContext> {
  const profile = join(dataDir, 'chromium');
  rmSync(profile, { recursive: true, force: true });
  return chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: ARGUMENTS,
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
  });
}

function findChromium(): string {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`the browser tests need Chromium: none of ${NAMES.join(', ')} is in the PATH`);
  return found;
}
