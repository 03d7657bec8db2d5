/** An event's rules in words, in the reader's language as far as the gateway has it: every parameter, what classes say otherwise, and the law. */
import { get, pathTo } from '../api.js';
import { el } from '../dom.js';
import { count } from '../format.js';
import type { ExplainedPolicy, Profile, Sentence } from '../resources.js';
import { orProblem } from './problem.js';

/** The sentences' languages; the rest of the window speaks English. */
const languageOf = (preferred: string): 'en' | 'fr' => (preferred.toLowerCase().startsWith('fr') ? 'fr' : 'en');

export function rulesOf(event: string, signal: AbortSignal): HTMLElement {
  const language = languageOf(navigator.language);
  const section = el('section', { class: 'rules' }, el('h2', {}, 'All rules'));
  const load = async () => {
    const path = `${pathTo('events', event, 'policy')}?language=${language}`;
    const rules = await get<ExplainedPolicy>(path, signal);
    const version = `Version ${count(rules.policyVersion)}. What the ledger decides by; once sales have opened it changes in the buyers’ favour only.`;
    section.append(el('p', { class: 'quiet' }, version), sentences(rules.text, language));
    for (const { priceClass, text } of rules.classText)
      if (text.length > 0) section.append(el('h3', {}, `Otherwise in class ${priceClass}`), sentences(text, language));
    if (rules.profile) section.append(law(rules.profile, language));
  };
  void orProblem(load(), section);
  return section;
}

const sentences = (text: readonly Sentence[], language: string): HTMLElement =>
  el(
    'ul',
    { class: 'columns', lang: language },
    ...text.map(({ parameter, sentence }) => el('li', { title: parameter }, sentence)),
  );

function law({ name, statutes, notExpressed }: Profile, language: string): HTMLElement {
  const sources = statutes.map(({ title, url }) => el('li', {}, el('a', { href: url, rel: 'noreferrer' }, title)));
  const open = el(
    'details',
    { class: 'law' },
    el('summary', {}, `The law that they follow: ${name}`),
    el('ul', {}, ...sources),
  );
  if (notExpressed.length > 0) {
    const rest = notExpressed.map((text) => el('li', {}, text));
    open.append(el('p', {}, 'What it says and no rule here enforces:'), el('ul', { lang: language }, ...rest));
  }
  return open;
}
