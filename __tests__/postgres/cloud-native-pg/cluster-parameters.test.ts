import { resources } from '../../../lib/kubernetes/workloads/resources';
import {
  CLUSTER_RESOURCES,
  checkClusterParameters,
  clusterParameters,
} from '../../../lib/postgres/cloud-native-pg/cluster-parameters';

it('leaves the shared buffers within the requested memory, as the operator demands', () => {
  expect(clusterParameters(resources(100, 256, 4096), 20)).toMatchObject({
    shared_buffers: '256MB',
    effective_cache_size: '2867MB',
    max_connections: '30',
  });
  for (const one of Object.values(CLUSTER_RESOURCES)) {
    const { shared_buffers } = clusterParameters(one, 20);
    expect(shared_buffers).toBe(`${one.memoryLimit.toMebibytes() / 4}MB`);
  }
});

it('accepts what users tune', () => {
  expect(() => checkClusterParameters({ work_mem: '8MB', checkpoint_timeout: '10min' })).not.toThrow();
});

it.each([
  'synchronous_standby_names',
  'synchronous_commit',
  'fsync',
  'ssl_min_protocol_version',
  'ssl',
  'recovery_target_time',
  'unix_socket_directories',
  'archive_command',
  'log_destination',
  'wal_level',
  'shared_buffers',
  'max_wal_size',
])('fails for %s, which the operator or the safety of the data needs', (name) => {
  expect(() => checkClusterParameters({ [name]: 'x' })).toThrow(`'${name}' is set by the deployment`);
});

it('fails for one that writes messages into the log', () => {
  expect(() => checkClusterParameters({ log_statement: 'all' })).toThrow('can write statements');
});
