import type { Authority } from '../support/authority';
import { kubectl } from '../support/kubectl';
import { makeNamespace, removeNamespace } from '../support/system';

const IMAGE = 'quay.io/prometheus/blackbox-exporter:v0.26.0';
const LABELS = { app: 'prober' };

/** A blackbox exporter that trusts the private CA of the tests, in a namespace of its own, as one outside would be. */
export class Prober {
  constructor(private readonly namespace: string) {}

  /** Its address for `Probes.blackbox`. */
  public get address(): string {
    return `prober.${this.namespace}:9115`;
  }

  public async install(authority: Authority): Promise<void> {
    await this.remove();
    await makeNamespace(this.namespace);
    const objects = { apiVersion: 'v1', kind: 'List', items: [files(authority), POD, SERVICE] };
    await kubectl(['apply', '-n', this.namespace, '-f', '-'], JSON.stringify(objects));
  }

  public async remove(): Promise<void> {
    await removeNamespace(this.namespace);
  }
}

function files({ certificate }: Authority): object {
  const http = { tls_config: { ca_file: '/config/ca.crt' }, preferred_ip_protocol: 'ip4' };
  const config = JSON.stringify({ modules: { http_2xx: { prober: 'http', timeout: '3s', http } } });
  const metadata = { name: 'prober' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.yaml': config, 'ca.crt': certificate } };
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'prober', labels: LABELS },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'prober',
        image: IMAGE,
        args: ['--config.file=/config/config.yaml'],
        volumeMounts: [{ name: 'config', mountPath: '/config' }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: 'prober' } }],
  },
};

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'prober' },
  spec: { selector: LABELS, ports: [{ port: 9115 }] },
};
