import { fileBeside } from '../../kubernetes/files';

const FILES = [
  'call_request.py',
  'call_service.py',
  'delegation.py',
  'homeserver.py',
  'limits.py',
  'livekit_api.py',
  'server.py',
  'service_metrics.py',
  'sweep.py',
  'token_service.py',
  'tokens.py',
  'web_client.py',
];

/** The settings of the program; token_service.py says what each means. */
export interface ProgramSettings {
  readonly port: number;
  readonly metricsPort: number;
  readonly addressHops: number;
  readonly homeserverUrl: string;
  readonly servers: { [name: string]: { readonly openIdUrl: string; readonly publishes: boolean } };
  readonly livekitUrl: string;
  readonly livekitApiUrl: string;
  readonly livekitKeyName: string;
  readonly secretsFolder: string;
  readonly identity: string;
  readonly tokenLifetime: number;
  readonly openIdReuse: number;
}

/** Files of the program, with its settings. */
export function programFiles(settings: ProgramSettings): { [name: string]: string } {
  return {
    ...Object.fromEntries(FILES.map((name) => [name, fileBeside(`${__dirname}/program`, name)])),
    'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
  };
}
