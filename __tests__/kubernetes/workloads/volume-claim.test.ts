import { Size, Testing } from 'cdk8s';
import { VolumeClaim, type VolumeClaimProps } from '../../../lib/kubernetes/workloads/volume-claim';
import { emptyChart, systemIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

function claim(props: Partial<VolumeClaimProps> & { storageClass?: string } = {}) {
  const chart = Testing.chart();
  const system = systemIn(emptyChart(), { storageClass: props.storageClass });
  const workload = { app: 'matrix-postgres', component: 'database' };
  const { name = 'postgres-data', size = Size.gibibytes(10) } = props;
  new VolumeClaim(chart, 'Data', { workload, name, size, system });
  const [manifest] = Testing.synth(chart);
  expect(refusals(manifest)).toEqual([]);
  return manifest;
}

it('requests storage for one node at a time', () => {
  expect(claim()).toMatchObject({
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'postgres-data', labels: { app: 'matrix-postgres' } },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  });
});

it('is not pruned by GitOps tools', () => {
  expect(claim().metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

it("uses the cluster's default storage class unless one is set", () => {
  expect(claim().spec).not.toHaveProperty('storageClassName');
  expect(claim({ storageClass: 'fast' }).spec.storageClassName).toBe('fast');
});

it('refuses a size of zero', () => {
  expect(() => claim({ size: Size.gibibytes(0) })).toThrow("storage of claim 'postgres-data' is 0");
  expect(() => claim({ size: Size.gibibytes(0) })).toThrow('such as Size.gibibytes(10)');
});
