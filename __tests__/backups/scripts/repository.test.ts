import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../../support/python';
import { Restic } from '../../support/restic';

const REPOSITORY = 's3:https://s3.example.org/backups';
const NONE = { cat: { code: 10 } };

let folder: string;
let restic: Restic;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repository-'));
  restic = new Restic(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const repository = (body: string) =>
  python('repository', body, {}, { ...restic.env(), RESTIC_REPOSITORY: REPOSITORY, SERVER_NAME: 'example.org' });

describe('the making of the repository', () => {
  const ensure = () => repository('repository.ensure()').problem;
  const made = () => restic.calls().includes('init');

  it('is done once, before the first set', () => {
    restic.answer(NONE);
    expect([ensure(), made()]).toEqual([undefined, true]);
  });

  it('is not done where there is one', () => {
    restic.answer({});
    expect([ensure(), made()]).toEqual([undefined, false]);
  });

  it('fails when sets were made and it is gone: an empty one would look like loss', () => {
    restic.answer(NONE);
    writeFileSync(join(folder, 'last-set'), '20260101T020000Z');
    expect(ensure()).toContain(`there is no repository at ${REPOSITORY} any more, though sets were made`);
    expect(made()).toBe(false);
  });

  it.each([
    ['the store does not answer', 1, `the repository at ${REPOSITORY}: dial tcp: no route to host`],
    ['the password is another one', 12, "the repository's password is another one than that in the Secret"],
  ])('fails when %s, which says nothing of whether there is one', (_, code, problem) => {
    const lines = [{ message_type: 'exit_error', message: 'Fatal: dial tcp: no route to host' }];
    restic.answer({ cat: { code, lines } });
    expect([ensure(), made()]).toEqual([problem, false]);
  });
});

describe('what is in the repository', () => {
  const snapshot = (id: string, time: string, hostname = 'example.org') => ({
    id,
    time,
    hostname,
    tags: ['set', 'a=b=c'],
  });
  const holds = (...snapshots: ReturnType<typeof snapshot>[]) =>
    restic.answer({
      'list snapshots': { lines: [...snapshots.map(({ id }) => id)] },
      snapshots: { lines: [snapshots] },
    });

  it('is listed oldest first, with its tags as words and facts', () => {
    holds(snapshot('second', '2026-01-02T02:05:00.1Z'), snapshot('first', '2026-01-02T02:05:00Z'));
    const { answer } = repository('return repository.snapshots()');
    expect(answer.map(({ id }: { id: string }) => id)).toEqual(['first', 'second']);
    expect(answer[0]).toMatchObject({ tags: ['set'], facts: { a: 'b=c' } });
  });

  it('fails when another system has sets there too: their sets would be forgotten as ours', () => {
    holds(snapshot('ours', '2026-01-01T02:05:00Z'), snapshot('theirs', '2026-01-02T02:05:00Z', 'other.example'));
    expect(repository('return repository.snapshots()').problem).toContain(
      `the repository at ${REPOSITORY} is also that of other.example: give each system its own`,
    );
  });

  it('fails when a snapshot is damaged and something is to be removed, and then alone', () => {
    const one = snapshot('whole', '2026-01-01T02:05:00Z');
    restic.answer({ 'list snapshots': { lines: ['whole', 'rotten'] }, snapshots: { lines: [[one]] } });
    expect(repository('return repository.snapshots(strict=True)').problem).toContain(
      '1 snapshots are damaged and nothing is removed, the first is snapshots/rotten',
    );
    expect(repository('return len(repository.snapshots())').answer).toBe(1);
  });
});
