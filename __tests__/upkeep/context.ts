import type { Chart } from 'cdk8s';
import { Federation, type IPeer, SecretKey, type UpkeepContext } from '../../lib';
import { emptyChart, external, synapseIn, systemIn } from '../support/parts';

/** The parts that upkeep needs, rendered elsewhere; `admins` gets the pods that the edge allows. */
export function contextIn(chart: Chart, federation = Federation.CLOSED, admins: IPeer[] = []): UpkeepContext {
  return {
    system: systemIn(chart),
    homeserver: synapseIn(emptyChart(), { database: external(), federation }),
    edge: { adminHost: 'admin', adminPort: 8008, allowAdminFrom: (admin) => void admins.push(admin) },
    administrator: { username: 'root', password: SecretKey.fromSecretName('vault-admin', 'password') },
  };
}
