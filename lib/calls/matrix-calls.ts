import { Construct } from 'constructs';
import type { EdgeSite } from '../edge';
import { checked } from '../kubernetes/checks/checked';
import type { IMonitored } from '../monitoring';
import type { IMatrixHomeserver } from '../synapse';
import type { System } from '../system';
import type { MatrixCallClient } from '../web-client';
import { callSite } from './call-site';
import type { CallsOptions } from './calls-options';
import { MatrixLivekit } from './livekit/matrix-livekit';
import { MatrixTokenService } from './token-service';
import { tokenServiceUrl } from './token-service-url';

/** Props of `MatrixCalls`. */
export interface MatrixCallsProps extends CallsOptions {
  /** The system that the calls belong to. */
  readonly system: System;
  /** The homeserver, with `callServiceUrl: 'https://<host>/livekit/jwt'` and `membershipLookup: true`. */
  readonly homeserver: IMatrixHomeserver;
}

/** Calls in rooms: the SFU, the service that lets members of a room in, and what the edge serves for them. */
@checked
export class MatrixCalls extends Construct {
  /** The SFU. */
  public readonly livekit: MatrixLivekit;
  /** The service that gives tokens to members of rooms. */
  public readonly tokenService: MatrixTokenService;
  /** The page that clients show for calls; undefined with `CallClient.none()`. */
  public readonly callClient?: MatrixCallClient;
  /** The host of the calls, and that of their page, for `sites` of MatrixEdge. */
  public readonly sites: EdgeSite[];
  /** What a collector watches. */
  public readonly watched: IMonitored[];

  constructor(scope: Construct, id: string, props: MatrixCallsProps) {
    super(scope, id);
    this.livekit = this.renderLivekit(props);
    this.tokenService = this.renderTokenService(props);
    this.tokenService.allowFrom(this.livekit);
    this.callClient = props.callClient?._render(this, 'CallClient', props.system, tokenServiceUrl(props.host));
    this.watched = [this.livekit, this.tokenService];
    this.sites = [
      callSite(props.host, this.livekit, this.tokenService),
      ...(this.callClient ? [this.callClient.site] : []),
    ];
  }

  private renderLivekit(props: MatrixCallsProps): MatrixLivekit {
    return new MatrixLivekit(this, 'Livekit', {
      system: props.system,
      publicHost: props.host,
      entry: props.entry,
      relayPort: props.relayPort,
      maxParticipants: props.maxParticipants,
      drain: props.drain,
      resources: props.resources,
    });
  }

  private renderTokenService({ system, homeserver, tokens = {} }: MatrixCallsProps): MatrixTokenService {
    return new MatrixTokenService(this, 'TokenService', {
      system,
      homeserver,
      livekit: this.livekit,
      federatedUsers: tokens.federatedUsers,
      identity: tokens.identity,
      tokenLifetime: tokens.tokenLifetime,
      openIdReuse: tokens.openIdReuse,
      replicas: tokens.replicas,
      resources: tokens.resources,
    });
  }
}
