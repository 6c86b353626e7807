import { upgradePod } from '../../../lib/migration/upgrade/upgrade-pod';
import { emptyChart, postgresIn, synapseIn, systemIn } from '../../support/parts';

function pod(oldUid?: number, oldUser?: string) {
  const chart = emptyChart();
  const database = postgresIn(chart);
  const parts = { system: systemIn(chart), database, homeserver: synapseIn(chart, { database }) };
  const oldImage = 'docker.io/library/postgres:15';
  const { backup } = database;
  return upgradePod({
    ...parts,
    backup,
    oldImage,
    oldUid,
    oldUser,
    action: 'upgrade',
    name: 'matrix-postgres-upgrade',
  });
}

it("runs each server as the owner of its files, and gives only the check the account's token", () => {
  const { initContainers = [], containers, securityContext } = pod(999);
  expect(securityContext?.runAsUser).toBe(70);
  expect(initContainers.map(({ image, securityContext: own }) => [image, own?.runAsUser])).toEqual([
    [expect.stringContaining('synapse'), undefined],
    ['docker.io/library/postgres:15', 999],
  ]);
  const mounts = [...initContainers, ...containers].map(({ volumeMounts = [] }) =>
    volumeMounts.some(({ name }) => name === 'account-token'),
  );
  expect(mounts).toEqual([true, false, false]);
});

it('runs the old server as the user of images on Alpine by default', () => {
  expect(pod().initContainers?.[1].securityContext?.runAsUser).toBe(70);
});

it('logs in to the old server as its superuser, where that has another name', () => {
  const user = (name?: string) => pod(70, name).containers[0].env?.find((one) => one.name === 'OLD_USER')?.value;
  expect([user(), user('admin')]).toEqual([undefined, 'admin']);
});
