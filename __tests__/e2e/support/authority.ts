import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Days that a certificate is valid, longer than it takes until one is due. */
const DAYS = 60;

/** A certificate with its key, both in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** A private CA for the tests, which only those trust that are configured to. */
export class Authority {
  public static make(): Authority {
    return new Authority(make('/CN=Authority of the tests', ['basicConstraints=critical,CA:TRUE'], undefined, 365));
  }

  private constructor(private readonly own: Certificate) {}

  /** Certificate of the CA, for clients that must trust it. */
  public get certificate(): string {
    return this.own.certificate;
  }

  /** Hash of its public key, by which Chromium identifies it. */
  public get fingerprint(): string {
    const key = new X509Certificate(this.own.certificate).publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(key).digest('base64');
  }

  /** A certificate for hosts, followed by that of the CA: Chromium expects servers to send both. */
  public certify(...hosts: string[]): Certificate {
    return this.certifyFor(DAYS, ...hosts);
  }

  /** As `certify`, valid for some days. */
  public certifyFor(days: number, ...hosts: string[]): Certificate {
    const names = hosts.map((host) => `DNS:${host}`).join(',');
    const { certificate, key } = make(
      `/CN=${hosts[0]}`,
      ['basicConstraints=CA:FALSE', `subjectAltName=${names}`],
      this.own,
      days,
    );
    return { certificate: certificate + this.own.certificate, key };
  }
}

/** Runs openssl, because Node cannot sign certificates. */
function make(subject: string, extensions: string[], authority?: Certificate, days = DAYS): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-authority-'));
  const [crt, key, signerCrt, signerKey] = ['crt', 'key', 'signer.crt', 'signer.key'].map((name) => join(folder, name));
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', `${days}`];
  const signer = authority ? ['-CA', signerCrt, '-CAkey', signerKey] : [];
  try {
    writeFileSync(signerCrt, authority?.certificate ?? '');
    writeFileSync(signerKey, authority?.key ?? '');
    const named = ['-subj', subject, ...extensions.flatMap((extension) => ['-addext', extension])];
    execFileSync('openssl', ['req', ...kind, ...named, ...signer, '-out', crt, '-keyout', key], { stdio: 'pipe' });
    return { certificate: readFileSync(crt, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
