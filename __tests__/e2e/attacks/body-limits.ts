import type { Attack, AttackStage } from './stage';

const KIB = 1024;

/** Size limits by kind of path, with an invented token. Before, every path took 13 MB. */
export function bodyLimits(stage: AttackStage): void {
  const sized = (path: string, kib: number): Attack => {
    return { method: 'PUT', path, token: 'invented', body: 'x'.repeat(KIB), times: kib };
  };

  it.each([
    'user/@a:attacks.test/account_data/x',
    'user/@a:attacks.test/filter',
    'profile/@a:attacks.test/displayname',
    'presence/@a:attacks.test/status',
    'rooms/!a:attacks.test/send/m.room.message/1',
    'rooms/!a:attacks.test/receipt/m.read/$a',
    'room_keys/version',
    'sync',
    'pushers/set',
  ])('refuses more than 64 KiB for %s', async (path) => {
    const found = await stage.statuses([
      sized(`/_matrix/client/v3/${path}`, 65),
      sized(`/_matrix/client/v3/${path}`, 63),
    ]);
    expect(found[0]).toBe(413);
    expect(found[1]).not.toBe(413);
  });

  it.each(['createRoom', 'sendToDevice/m.x/1', 'keys/upload', 'keys/query', 'room_keys/keys'])(
    'accepts a batch of up to 1 MiB for %s',
    async (path) => {
      const found = await stage.statuses([
        sized(`/_matrix/client/v3/${path}`, 1020),
        sized(`/_matrix/client/v3/${path}`, 1030),
      ]);
      expect(found[0]).not.toBe(413);
      expect(found[1]).toBe(413);
    },
  );

  it.each(['edge', 'federation'] as const)('accepts 12 MB of a transaction at listener `%s`', async (to) => {
    const authorization = { Authorization: 'X-Matrix origin="other.test",key="ed25519:a",sig="x"' };
    const asked = (path: string, kib: number) => ({
      ...sized(path, kib),
      to,
      token: undefined,
      headers: authorization,
    });
    const found = await stage.statuses([
      asked('/_matrix/federation/v1/send/1', 12_000),
      asked('/_matrix/federation/v1/send/1', 13_000),
      asked('/_matrix/federation/v2/invite/!a:b/$a', 1030),
      asked('/_matrix/federation/v1/get_missing_events/!a:b', 65),
    ]);
    expect(found).toEqual([400, 413, 413, 413]);
  });

  it('refuses addresses that would fill the log, and cuts the name of a program', async () => {
    const { token } = await stage.person();
    const asked: Attack[] = [
      { method: 'GET', path: `/_matrix/client/v3/profile/${'a'.repeat(9000)}` },
      { method: 'GET', path: '/_matrix/client/v3/account/whoami', token, headers: { 'User-Agent': 'A'.repeat(6000) } },
    ];
    expect(await stage.statuses(asked)).toEqual([414, 200]);
    expect(await stage.logs()).not.toMatch(/A{257}/);
  });

  it.each(['client/v1/media', 'media/v3'])('marks files of %s as private', async (place) => {
    const { token } = stage.alice;
    const file = Buffer.from('<script>');
    const { content_uri } = await stage.matrix.ok('POST', '/_matrix/media/v3/upload', file, token);
    const path = `/_matrix/${place}/download/${content_uri.slice('mxc://'.length)}`;
    const { answers } = await stage.attack([{ method: 'GET', path, token }]);
    expect(answers[0].headers).toMatchObject({
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
  });
}
