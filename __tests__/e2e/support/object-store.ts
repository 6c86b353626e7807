import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectl } from './kubectl';
import { OffSiteStore, type StoreUser } from './off-site-store';

const IMAGE = 'ghcr.io/versity/versitygw:v1.8.0';
const BUCKET = 'backups';
const HTTP = 7070;
const HTTPS = 7443;

/** Versitygw sets policies only by an S3 request. */
const POLICY = `curl --silent --show-error --fail-with-body --aws-sigv4 aws:amz:us-east-1:s3 --user "$1" \
  --header 'Content-Type: application/json' --request PUT --data "$2" "$3?policy="`;

/** An S3 service with one bucket, which `writer` may only add to and `pruner` has full access to. */
export class ObjectStore extends OffSiteStore {
  /** May read and add, and delete only locks of restic. */
  public writer: StoreUser = { name: 'writer', password: password() };
  /** Has full access. */
  public readonly pruner: StoreUser = { name: 'pruner', password: password() };
  /** Self-signed certificate of the HTTPS port. */
  public caCertificate = '';
  private readonly root: StoreUser = { name: 'root', password: password() };

  /** A store in the namespace `matrix-e2e-<name>-store`, empty. */
  public static async install(name: string): Promise<ObjectStore> {
    const store = new ObjectStore(name);
    const { certificate, key } = selfSigned(store.host);
    store.caCertificate = certificate;
    const tls = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'tls' },
      stringData: { CERT: certificate, KEY: key },
    };
    await store.apply([store.gateway('http', HTTP), store.gateway('https', HTTPS)], [HTTP, HTTPS], [tls]);
    await store.fill();
    return store;
  }

  /** The bucket over plain http, as restic wants it after `s3:`. */
  public get url(): string {
    return `http://${this.host}:${HTTP}/${BUCKET}`;
  }

  /** The bucket over https. */
  public get tlsUrl(): string {
    return `https://${this.host}:${HTTPS}/${BUCKET}`;
  }

  /** Changes the writer's key. The old one is refused at once. */
  public async expire(): Promise<void> {
    this.writer = { ...this.writer, password: password() };
    await this.admin('update-user', '--access', this.writer.name, '--secret', this.writer.password);
  }

  /** Ends the gateways only: the address stays, and refuses connections. */
  public async refuse(): Promise<void> {
    const remove = [2, 1].map((index) => ({ op: 'remove', path: `/spec/template/spec/containers/${index}` }));
    await kubectl(['patch', 'deployment/store', '-n', this.namespace, '--type=json', '-p', JSON.stringify(remove)]);
    await this.answers();
  }

  /** Undoes {@link refuse}. */
  public async answer(): Promise<void> {
    await kubectl(['rollout', 'undo', 'deployment/store', '-n', this.namespace]);
    await this.answers();
  }

  private gateway(name: string, port: number): object {
    const { name: access, password: secret } = this.root;
    const tls = port === HTTPS;
    const certificate = 'printf %s "$CERT" > /tmp/cert; printf %s "$KEY" > /tmp/key; ';
    const options = `--iam-dir /volume/iam --iam-cache-disable --quiet --health /health --port :${port}`;
    return {
      name,
      image: IMAGE,
      env: [
        { name: 'ROOT_ACCESS_KEY', value: access },
        { name: 'ROOT_SECRET_KEY', value: secret },
      ],
      ...(tls ? { envFrom: [{ secretRef: { name: 'tls' } }] } : {}),
      command: ['sh', '-c'],
      args: [
        `${tls ? certificate : ''}mkdir -p /volume/iam /volume/data
        exec versitygw ${tls ? '--cert /tmp/cert --key /tmp/key ' : ''}${options} posix /volume/data`,
      ],
      readinessProbe: { httpGet: { path: '/health', port, scheme: tls ? 'HTTPS' : 'HTTP' }, periodSeconds: 1 },
    };
  }

  private async fill(): Promise<void> {
    for (const user of [this.writer, this.pruner]) {
      await this.admin('create-user', '--access', user.name, '--secret', user.password, '--role', 'user');
    }
    await this.admin('create-bucket', '--owner', this.root.name, '--bucket', BUCKET);
    const { name, password: secret } = this.root;
    const bucket = `http://localhost:${HTTP}/${BUCKET}`;
    await this.exec('hands', 'sh', '-c', POLICY, 'sh', `${name}:${secret}`, JSON.stringify(policy()), bucket);
  }

  private async admin(...command: string[]): Promise<void> {
    const { name, password: secret } = this.root;
    const login = ['--access', name, '--secret', secret, '--endpoint-url', `http://127.0.0.1:${HTTP}`];
    await this.exec('http', 'versitygw', 'admin', ...login, ...command);
  }
}

function policy(): object {
  const bucket = `arn:aws:s3:::${BUCKET}`;
  const allow = (Principal: string, Action: string[], Resource: string) => ({
    Effect: 'Allow',
    Principal,
    Action,
    Resource,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('writer', ['s3:GetBucketLocation', 's3:ListBucket'], bucket),
      allow('writer', ['s3:GetObject', 's3:PutObject'], `${bucket}/*`),
      allow('writer', ['s3:DeleteObject'], `${bucket}/locks/*`),
      allow('pruner', ['s3:*'], bucket),
      allow('pruner', ['s3:*'], `${bucket}/*`),
    ],
  };
}

function selfSigned(host: string): { certificate: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-store-'));
  const files = { certificate: join(folder, 'cert'), key: join(folder, 'key') };
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=store', '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', ['req', ...kind, ...names, '-out', files.certificate, '-keyout', files.key], {
    stdio: 'pipe',
  });
  const made = { certificate: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

function password(): string {
  return randomBytes(16).toString('hex');
}
