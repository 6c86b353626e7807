/** CPU seconds that a container had used at a moment. */
export interface CpuSample {
  /** Its pod and its container. */
  readonly name: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly used: number;
}

/** CPU of a role, and its share of the work that was counted. */
export interface RoleCost {
  readonly role: string;
  /** Share of one core. */
  readonly cores: number;
  /** CPU milliseconds for each thing that was counted. */
  readonly each: number;
}

const SAMPLE = /^container_cpu_usage_seconds_total\{(.*)\} (\S+) (\d+)$/gm;

/** The samples of a namespace in what a kubelet says at `/metrics/resource`. */
export function cpuSamples(text: string, namespace: string): CpuSample[] {
  return [...text.matchAll(SAMPLE)].flatMap(([, labels, used, at]) => {
    const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1];
    return label('namespace') === namespace
      ? [{ name: `${label('pod')}/${label('container')}`, at: Number(at) / 1000, used: Number(used) }]
      : [];
  });
}

/**
 * What each role used for each thing that ended, such as a message that was acknowledged; the costliest first.
 *
 * A kubelet measures every ten seconds or so, each container at a moment of its own: what ended between its first and its
 * last sample is counted.
 *
 * @param ends when each thing ended, in seconds since 1970.
 */
export function costs(samples: CpuSample[], ends: number[]): RoleCost[] {
  const roles = new Map<string, RoleCost>();
  for (const name of new Set(samples.map((sample) => sample.name))) {
    const own = samples.filter((sample) => sample.name === name).sort((a, b) => a.at - b.at);
    const [first, last] = [own[0], own[own.length - 1]];
    if (first.at === last.at) {
      continue;
    }
    const used = last.used - first.used;
    const count = ends.filter((end) => end > first.at && end <= last.at).length;
    const role = roleOf(name);
    const { cores = 0, each = 0 } = roles.get(role) ?? {};
    roles.set(role, {
      role,
      cores: cores + used / (last.at - first.at),
      each: each + (used * 1000) / Math.max(1, count),
    });
  }
  return [...roles.values()].sort((a, b) => b.cores - a.cores);
}

/** The workload of a container, without the prefix of this chart. */
function roleOf(name: string): string {
  return name.replace(/(-[0-9a-f]{5,10}-[a-z0-9]{5}|-\d+)?\/.*$/, '').replace(/^matrix-/, '');
}
