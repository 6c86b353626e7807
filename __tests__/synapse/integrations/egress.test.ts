import type { HomeserverSettings } from '../../../imports/homeserver';
import { HomeserverConfig, Peer } from '../../../lib';
import { egressSettings } from '../../../lib/synapse/integrations/egress';
import type { Manifest } from '../../support/manifests';
import { emptyChart, renderedIn, synapseIn } from '../../support/parts';

/** Ports at which the internet is reached. */
function waysOut(settings: HomeserverSettings): number[] {
  const chart = emptyChart();
  synapseIn(chart, { config: HomeserverConfig.recommended().extend(settings) });
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  const out = egress.filter(({ to }: Manifest) => to?.[0].ipBlock?.cidr === '0.0.0.0/0');
  return out.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port));
}

it('allows no connections for features that are off', () => {
  // Port 5432 is the managed database of these tests.
  expect(waysOut({})).toEqual([5432]);
  expect(waysOut({ push: { include_content: false }, url_preview_enabled: false })).toEqual([5432]);
});

it.each([
  ['push notifications', { push: { enabled: true } }, [443]],
  ['previews', { url_preview_enabled: true, url_preview_ip_range_blacklist: ['10.0.0.0/8'] }, [80, 443]],
  ['mail', { email: { smtp_host: 'mail.example.org', smtp_port: 587, notif_from: 'a@example.org' } }, [587]],
  ['mail over TLS', { email: { smtp_host: 'mail.example.org', force_tls: true, notif_from: 'a@example.org' } }, [465]],
])('allows the connections of %s', (_, settings, ports) => {
  expect(waysOut(settings).sort()).toEqual([...ports, 5432].sort());
});

it('allows only the declared connection to a mail server in the cluster', () => {
  const chart = emptyChart();
  const config = HomeserverConfig.recommended().extend({
    email: { smtp_host: 'mail.office', notif_from: 'a@example.org' },
  });
  synapseIn(chart, { config }).allowTo(Peer.pods({ app: 'mail' }, 'office'), 'mail', 25);
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(egress).toContainEqual({
    to: Peer.pods({ app: 'mail' }, 'office')._selectors,
    ports: [{ port: 25, protocol: 'TCP' }],
  });
});

it('starts pushers only for features that are on, and asks identity servers only if it is told to', () => {
  const pushes = (settings: HomeserverSettings) => egressSettings(settings).start_pushers;
  expect(egressSettings({})).toEqual({ start_pushers: false, enable_3pid_lookup: false });
  expect(
    [{ push: { enabled: true } }, { email: { enable_notifs: true } }, { start_pushers: true }].map(pushes),
  ).toEqual([true, true, true]);
  expect(pushes({ push: { include_content: false } })).toBe(false);
  expect(egressSettings({ enable_3pid_lookup: true }).enable_3pid_lookup).toBe(true);
});
