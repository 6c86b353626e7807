import { costs, cpuSamples } from '../../../tools/load/usage';

const SAID = `# TYPE container_cpu_usage_seconds_total counter
container_cpu_usage_seconds_total{container="synapse",namespace="one",pod="matrix-synapse-5d4f8b9c7-x2x4z"} 12.5 1700000010000
container_cpu_usage_seconds_total{container="postgres",namespace="one",pod="matrix-postgres-0"} 3 1700000012000
container_cpu_usage_seconds_total{container="synapse",namespace="one-more",pod="matrix-synapse-5d4f8b9c7-x2x4z"} 99 1700000010000
container_memory_working_set_bytes{container="synapse",namespace="one",pod="matrix-synapse-5d4f8b9c7-x2x4z"} 7 1700000010000
`;
const sample = (name: string, at: number, used: number) => ({ name, at, used });

describe('the samples of a kubelet', () => {
  it('are those of the CPU of one namespace', () => {
    expect(cpuSamples(SAID, 'one')).toEqual([
      sample('matrix-synapse-5d4f8b9c7-x2x4z/synapse', 1700000010, 12.5),
      sample('matrix-postgres-0/postgres', 1700000012, 3),
    ]);
  });
});

describe('costs', () => {
  it('count what ended between the samples of each container, whose moments differ', () => {
    const samples = [
      sample('matrix-synapse-5d4f8b9c7-x2x4z/synapse', 0, 10),
      sample('matrix-synapse-5d4f8b9c7-x2x4z/synapse', 5, 14),
      sample('matrix-synapse-5d4f8b9c7-x2x4z/synapse', 10, 15),
      sample('matrix-postgres-0/postgres', 4, 1),
      sample('matrix-postgres-0/postgres', 8, 2),
    ];
    expect(costs(samples, [0, 1, 5, 8, 10, 11])).toEqual([
      { role: 'synapse', cores: 0.5, each: 1250 },
      { role: 'postgres', cores: 0.25, each: 500 },
    ]);
  });

  it('add the pods and containers of a role', () => {
    const samples = [
      ...[0, 10].map((at) => sample('matrix-synapse-sync-6bd5f9-abcde/synapse', at, at / 10)),
      ...[0, 10].map((at) => sample('matrix-synapse-sync-6bd5f9-fghij/synapse', at, at / 5)),
      ...[0, 10].map((at) => sample('matrix-postgres-0/postgres', at, at / 10)),
      ...[0, 10].map((at) => sample('matrix-postgres-0/roles', at, at / 100)),
    ];
    const [sync, postgres] = costs(samples, [1, 2]);
    expect(sync).toEqual({ role: 'synapse-sync', cores: expect.closeTo(0.3), each: expect.closeTo(1500) });
    expect(postgres).toEqual({ role: 'postgres', cores: expect.closeTo(0.11), each: expect.closeTo(550) });
  });

  it('leave out a container with one sample only', () => {
    expect(costs([sample('matrix-edge-6bd5f9-abcde/haproxy', 1, 1)], [1])).toEqual([]);
  });
});
