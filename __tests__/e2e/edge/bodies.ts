import type { RawAnswer } from './raw-answer';
import type { EdgeStage } from './stage';
import { type Listener, type RawRequest, spoken, type Visitor } from './visitor';

const MIB = 1024 * 1024;
const UPLOAD = '/_matrix/media/v3/upload';
const ROOM = '/_matrix/client/v3/createRoom';
const LOGIN = '/_matrix/client/v3/login';

/** Size limits of bodies, and the answers beyond them. */
export function bodies(stage: EdgeStage, name: string, listener: () => Listener): void {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await stage.visitor(name);
  });

  const post = (path: string, token: string | undefined, bytes: number): RawRequest => {
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(bytes) };
    const head = spoken(stage.host, { method: 'POST', path, token, headers });
    return {
      listener: listener(),
      pieces: [{ bytes: head }, { bytes: 'x'.repeat(1024), times: Math.ceil(bytes / 1024) }],
    };
  };
  const chunked = (path: string, token?: string): RawRequest => {
    const headers = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
    const head = spoken(stage.host, { method: 'POST', path, token, headers });
    return { listener: listener(), pieces: [{ bytes: `${head}2\r\n{}\r\n0\r\n\r\n` }] };
  };
  const said = (answers: RawAnswer[]) =>
    answers.map((answer) => [
      answer.status,
      answer.body && answer.json.errcode,
      answer.header('Access-Control-Allow-Origin'),
    ]);
  const TOO_LARGE = [413, 'M_TOO_LARGE', '*'];

  it('accepts a file of 49 MiB', async () => {
    const [answer] = await visitor.ask([post(UPLOAD, stage.alice.token, 49 * MIB)]);
    expect([answer.status, answer.json]).toEqual([200, { content_uri: expect.stringContaining('mxc://') }]);
  });

  it('refuses files of 51 MiB, and answers while they are being sent', async () => {
    const answers = await visitor.ask(Array(5).fill(post(UPLOAD, stage.alice.token, 51 * MIB)), 1);
    expect(said(answers)).toEqual(Array(5).fill(TOO_LARGE));
  });

  it('refuses other bodies above the limit of their path, bodies without a token over 64 KiB, and large login bodies', async () => {
    const answers = await visitor.ask([
      post(ROOM, stage.alice.token, MIB + 1024),
      post(LOGIN, stage.alice.token, 20 * 1024),
      post(LOGIN, undefined, 66_000),
      post(UPLOAD, undefined, 66_000),
    ]);
    expect(said(answers)).toEqual(Array(4).fill(TOO_LARGE));
  });

  it('forwards bodies just below the limits', async () => {
    const answers = await visitor.ask([post(ROOM, stage.alice.token, MIB), post(LOGIN, undefined, 12_000)]);
    expect(said(answers)).toEqual(Array(2).fill([400, 'M_NOT_JSON', '*']));
  });

  it('refuses bodies without a Content-Length', async () => {
    const { token } = stage.alice;
    const answers = await visitor.ask([chunked(LOGIN), chunked(ROOM, token), chunked(UPLOAD, token), chunked(UPLOAD)]);
    expect(said(answers)).toEqual(Array(4).fill([411, 'M_UNKNOWN', '*']));
  });

  it('refuses large uploads without a valid token, and Synapse survives them', async () => {
    const answers = await visitor.ask([
      ...Array(3).fill(post(UPLOAD, undefined, 50 * MIB)),
      ...Array(3).fill(post(UPLOAD, 'somebody', 50 * MIB)),
      ...Array(3).fill(post(LOGIN, 'somebody', 50 * MIB)),
    ]);
    const expected = [TOO_LARGE, [401, 'M_UNKNOWN_TOKEN', '*'], TOO_LARGE].flatMap((one) => [one, one, one]);
    expect(said(answers)).toEqual(expected);
    const restarts = '-o=jsonpath={.items[*].status.containerStatuses[*].restartCount}';
    expect(await stage.system.kubectl(['get', 'pods', '-l', 'app=matrix-synapse', restarts])).toMatch(/^0( 0)*$/);
  });
}
