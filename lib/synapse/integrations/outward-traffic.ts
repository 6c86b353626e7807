import type { HomeserverSettings } from '../../../imports/homeserver';
import type { Traffic } from '../../kubernetes/network/traffic';
import type { MatrixSynapseProps } from '../synapse-options';
import { declareEgress } from './egress';
import { Federation } from './federation';
import { declareOidcTraffic } from './oidc';

/** Allows a process of Synapse to connect to what its options and settings lead to. */
export function declareOutwardTraffic(traffic: Traffic, props: MatrixSynapseProps, settings: HomeserverSettings): void {
  const { system, federation = Federation.CLOSED, oidcProviders = [] } = props;
  traffic.allowDns();
  federation._declareTraffic(traffic, system);
  declareOidcTraffic(traffic, oidcProviders);
  declareEgress(traffic, settings);
}
