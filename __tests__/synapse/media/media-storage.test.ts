import { Testing } from 'cdk8s';
import { MediaStorage, SecretKey, Workers } from '../../../lib';
import { find } from '../../support/manifests';
import { emptyChart, synapseIn } from '../../support/parts';

/** Where the media are, and where the workers for them must run. */
function claimOf(media: MediaStorage, workers?: Workers) {
  const chart = emptyChart();
  synapseIn(chart, { media, workers });
  const manifests = Testing.synth(chart);
  const { accessModes, storageClassName } = find(manifests, 'PersistentVolumeClaim', 'matrix-synapse-data').spec;
  const affinity = workers && find(manifests, 'StatefulSet', 'matrix-synapse-media').spec.template.spec.affinity;
  return { accessModes, storageClassName, besides: Object.keys(affinity ?? {}) };
}

it('is mounted by workers on the node of the main process, or on any when the claim is shared', () => {
  const workers = Workers.of({ media: 2 });
  expect(claimOf(MediaStorage.claim(), workers)).toEqual({
    accessModes: ['ReadWriteOnce'],
    storageClassName: undefined,
    besides: ['podAffinity'],
  });
  expect(claimOf(MediaStorage.sharedClaim({ storageClass: 'nfs' }), workers)).toEqual({
    accessModes: ['ReadWriteMany'],
    storageClassName: 'nfs',
    besides: ['podAntiAffinity'],
  });
  expect(claimOf(MediaStorage.sharedClaim(), workers).accessModes).toEqual(['ReadWriteMany']);
});

it('fails when a claim is shared and no worker would use it from another node', () => {
  expect(() => claimOf(MediaStorage.sharedClaim())).toThrow('set workers.media, or use MediaStorage.claim()');
  expect(() => claimOf(MediaStorage.sharedClaim(), Workers.of({ background: true }))).toThrow(
    'media is a shared claim',
  );
});

it('is the claim, or a bucket', () => {
  expect(MediaStorage.claim()._bucket).toBeUndefined();
  const [accessKeyId, secretAccessKey] = ['id', 'key'].map((key) => SecretKey.fromSecretName('media', key));
  const credentials = { accessKeyId, secretAccessKey };
  const { _bucket } = MediaStorage.s3({ endpoint: 'https://s3.example.org', bucket: 'media', credentials });
  expect(_bucket?.address).toBe('s3:https://s3.example.org/media');
});

it('fails with the place of the call', () => {
  expect(() => MediaStorage.s3({ endpoint: 'https://s3.example.org' } as never)).toThrow('MediaStorage.s3');
});
