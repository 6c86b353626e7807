import { createHash } from 'node:crypto';
import { kubectl, tryKubectl } from './kubectl';
import { makeNamespace, removeNamespace } from './system';

/** Image with losetup and mount. */
const IMAGE = 'docker.io/library/busybox:1.37';
/** Folder of the disk files on the node. */
const IMAGES = '/var/tmp';
/** More than any claim asks for: the size of the file system is what counts. */
const DECLARED = '1Ti';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'disk' },
  spec: {
    terminationGracePeriodSeconds: 0,
    volumes: [
      { name: 'images', hostPath: { path: IMAGES } },
      // The node's /dev: the container's own does not show devices that are created later.
      { name: 'devices', hostPath: { path: '/dev' } },
    ],
    containers: [
      {
        name: 'disk',
        image: IMAGE,
        command: ['sleep', 'infinity'],
        securityContext: { privileged: true },
        volumeMounts: [
          { name: 'images', mountPath: IMAGES },
          { name: 'devices', mountPath: '/dev' },
        ],
      },
    ],
  },
};

/** A volume whose size is really limited. */
export interface SmallDisk {
  /** Fills it to the last byte. */
  fill(): Promise<void>;
  /** Removes the files of `fill`. */
  free(): Promise<void>;
  /** Free bytes, as `df` shows them. */
  left(): Promise<number>;
  /** Call it when the claim is gone. */
  remove(): Promise<void>;
}

/**
 * Gives a claim that is created later its own disk, independent of the size that it requests.
 *
 * Volumes of local-path and its like are plain directories, as large as the node's disk. So a file becomes a block
 * device, and a volume of the kind `local` names that: the kubelet makes a file system on it and mounts it. Nothing
 * has to be mounted through to the node, which not every node allows.
 */
export async function smallDisk(namespace: string, claimName: string, mebibytes: number): Promise<SmallDisk> {
  const name = `${namespace}-${claimName}`;
  await release(name);
  await makeNamespace(name);
  await kubectl(['apply', '-n', name, '-f', '-'], JSON.stringify(POD));
  await kubectl(['wait', '--for=condition=Ready', 'pod/disk', '-n', name, '--timeout=60s']);
  const sh = (script: string) => kubectl(['exec', '-n', name, 'disk', '--', 'sh', '-ec', script]);
  // A new name each time: an earlier disk can stay attached as long as a process has it mounted.
  const images = `${IMAGES}/${shortened(name)}.`;
  const image = `${images}${Date.now()}`;
  const attached = `losetup -a | grep -F ' ${images}' | cut -d: -f1`;
  const detach = `${attached} | xargs -r -n1 losetup -d; rm -f ${images}*`;
  await sh(`${detach}; truncate -s ${mebibytes}M ${image}; losetup -f ${image}`);
  const device = (await sh(`losetup -a | grep -F ' ${image}' | cut -d: -f1`)).trim();
  await kubectl(['apply', '-f', '-'], JSON.stringify(await volume(name, device, { namespace, name: claimName })));
  // The same device in two places is one file system; it is there as soon as a pod of the system has used it.
  const mounted = `mkdir -p /volume; grep -q ' /volume ' /proc/mounts || mount -t ext4 ${device} /volume`;
  return {
    fill: async () => {
      const full = `2> /tmp/said || grep -q 'No space left' /tmp/said; sync`;
      // Large blocks leave room that small ones still fit in.
      await sh(
        `${mounted}; cat /dev/zero >> /volume/ballast ${full}; dd if=/dev/zero bs=1k >> /volume/ballast ${full}`,
      );
    },
    free: async () => {
      await sh(`${mounted}; rm -f /volume/ballast; sync`);
    },
    left: async () => Number(await sh(`${mounted}; df -P -B1 /volume | awk 'NR == 2 { print $4 }'`)),
    remove: async () => {
      await kubectl(['delete', 'persistentvolume', name, '--wait=true', '--timeout=60s']);
      await sh(`! grep -q ' /volume ' /proc/mounts || umount /volume; ${detach}`);
      await removeNamespace(name);
    },
  };
}

/** Linux shows at most 63 characters of the file behind a device. */
function shortened(name: string): string {
  return `disk-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** Removes disks that a killed test left behind. */
async function release(name: string): Promise<void> {
  await tryKubectl(['delete', 'persistentvolume', name, '--ignore-not-found', '--timeout=60s']);
  await removeNamespace(name);
}

async function volume(name: string, device: string, claim: { namespace: string; name: string }): Promise<object> {
  const node = await kubectl(['get', 'pod', 'disk', '-n', name, '-o', 'jsonpath={.spec.nodeName}']);
  const label = 'kubernetes.io/hostname';
  const path = `jsonpath={.metadata.labels.${label.replaceAll('.', '\\.')}}`;
  const hostname = await kubectl(['get', 'node', node, '-o', path]);
  const isDefault = '@.metadata.annotations.storageclass\\.kubernetes\\.io/is-default-class=="true"';
  const storageClassName = await kubectl([
    'get',
    'storageclass',
    '-o',
    `jsonpath={.items[?(${isDefault})].metadata.name}`,
  ]);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: DECLARED },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      // The class of claims that name none.
      storageClassName,
      claimRef: claim,
      local: { path: device, fsType: 'ext4' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: label, operator: 'In', values: [hostname] }] }],
        },
      },
    },
  };
}
