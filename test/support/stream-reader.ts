/** Reads an event stream as a page does, with the parser of another project. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';

const STREAM = { Accept: 'text/event-stream' };

/** A reader of a stream, as a page is. */
export class StreamReader {
  readonly messages: EventSourceMessage[] = [];
  /** Ids that came without an event too. */
  text = '';
  ended = false;
  readonly #over = new AbortController();

  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<StreamReader> {
    const reader = new StreamReader();
    const response = await fetch(url, { headers: { ...STREAM, ...headers }, signal: reader.#over.signal });
    const type = response.headers.get('content-type');
    if (response.status !== 200 || !type?.startsWith('text/event-stream'))
      throw new Error(`no stream: ${response.status} ${String(type)}`);
    void reader.#read(response.body!);
    return reader;
  }

  get ids(): readonly string[] {
    return this.messages.map(({ id }) => id!);
  }

  /** What the next connection would send: the last id, with an event or without. One whose event is not whole yet does not count. */
  get lastId(): string | undefined {
    const whole = this.text.slice(0, this.text.lastIndexOf('\n\n') + 2);
    return [...whole.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
  }

  close(): void {
    this.#over.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({ onEvent: (message) => this.messages.push(message) });
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body) {
        const text = decoder.decode(bytes, { stream: true });
        this.text += text;
        parser.feed(text);
      }
    } catch (error) {
      if (!this.#over.signal.aborted) this.text += String(error);
    }
    this.ended = true;
  }
}
