import { Size, Testing } from 'cdk8s';
import { renderClaim } from '../../../lib/kubernetes/workloads/volume-claim';

function claim(storageClass?: string) {
  const chart = Testing.chart();
  const identity = { app: 'matrix-postgres', component: 'database' };
  renderClaim(chart, 'Data', { identity, name: 'postgres-data', size: Size.gibibytes(10), storageClass });
  return Testing.synth(chart)[0];
}

it('claims storage for one node at a time', () => {
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

it('leaves the storage class to the cluster unless it is named', () => {
  expect(claim().spec).not.toHaveProperty('storageClassName');
  expect(claim('fast').spec.storageClassName).toBe('fast');
});

it('fails when there is no room in it', () => {
  const identity = { app: 'matrix-postgres', component: 'database' };
  const none = { identity, name: 'postgres-data', size: Size.gibibytes(0) };
  expect(() => renderClaim(Testing.chart(), 'Data', none)).toThrow("the claim 'postgres-data' has 0Gi of storage");
});
