import { moduleSettings } from '../../../lib/synapse/integrations/modules';

const VOLUME = { module: 'media_volume.MediaVolume', config: {} };
const END = { module: 'orderly_end.OrderlyEnd', config: {} };
const OURS = { module: 'even_logins.EvenLogins', config: { bcrypt_rounds: 12 } };

it('adds the module for logins after those of the user', () => {
  expect(moduleSettings({}, false)).toEqual([VOLUME, END, OURS]);
  const other = { module: 'other.Other', config: {} };
  const all = moduleSettings({ modules: [other], bcrypt_rounds: 10 }, false);
  expect(all).toEqual([other, VOLUME, END, { ...OURS, config: { bcrypt_rounds: 10 } }]);
});

it('leaves it out without logins by password', () => {
  expect(moduleSettings({ password_config: { enabled: false } }, false)).toEqual([VOLUME, END]);
});

it('bounds what other servers queue where there are any', () => {
  const inbox = { module: 'bounded_inbox.BoundedInbox', config: {} };
  expect(moduleSettings({}, true)).toEqual([VOLUME, END, inbox, OURS]);
});
