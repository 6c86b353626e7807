/** Bytes that a client received. */
export interface Heard {
  /** A character for each byte. */
  readonly text: string;
  /** `closed` by the other side, or `silent` until patience ended. */
  readonly ending: string;
  readonly seconds: number;
  /** Number of bytes that could be sent before the end. */
  readonly sent: number;
}

/** One or several parsed answers of a connection. */
export class RawAnswer {
  constructor(public readonly heard: Heard) {}

  /** Status of each answer, without 1xx. */
  public get statuses(): number[] {
    return [...this.heard.text.matchAll(/HTTP\/1\.\d (\d{3})/g)]
      .map(([, code]) => Number(code))
      .filter((n) => n >= 200);
  }

  /** Status of the first answer; 0 without an answer. */
  public get status(): number {
    return this.statuses[0] ?? 0;
  }

  /** A header of the first answer; values of several are joined. */
  public header(name: string): string | undefined {
    const lines = this.head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return lines.length === 0 ? undefined : lines.map((line) => line.slice(name.length + 1).trim()).join(', ');
  }

  public get body(): string {
    const raw = this.final.slice(this.head.length + 4);
    return this.header('Transfer-Encoding') === 'chunked' ? unchunked(raw) : raw;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the test checks what the server answers.
  public get json(): any {
    return JSON.parse(Buffer.from(this.body, 'latin1').toString());
  }

  /** For messages of tests. */
  public toString(): string {
    const { text, ending, seconds, sent } = this.heard;
    return `${ending} after ${seconds.toFixed(1)} s and ${sent} bytes: ${text.slice(0, 600)}`;
  }

  /** The text without 1xx answers. */
  private get final(): string {
    return this.heard.text.replace(/^(HTTP\/1\.\d 1\d\d [^\r]*\r\n([^\r]+\r\n)*\r\n)+/, '');
  }

  private get head(): string {
    return this.final.split('\r\n\r\n', 1)[0];
  }
}

function unchunked(raw: string): string {
  const parts: string[] = [];
  for (let at = 0; at < raw.length; ) {
    const line = raw.indexOf('\r\n', at);
    const size = Number.parseInt(raw.slice(at, line), 16);
    if (!size) {
      break;
    }
    parts.push(raw.slice(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return parts.join('');
}
