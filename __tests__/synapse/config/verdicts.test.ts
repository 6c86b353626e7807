import { SYNAPSE_IMAGE } from '../../../lib/python/synapse-image';
import { candidates, REMOVED } from '../../../tools/synapse-verdicts/candidates';
import { accepts, ourErrors } from '../../../tools/synapse-verdicts/our-verdict';
import { Verdicts } from '../../../tools/synapse-verdicts/table';

const VERDICTS = Verdicts.read();
const CASES = candidates().map((candidate) => ({ ...candidate, verdict: VERDICTS.of(candidate) }));
const refused = CASES.filter(({ verdict }) => verdict?.reason !== undefined);
const taken = CASES.filter(({ verdict }) => verdict && verdict.reason === undefined);
const told = ({ option, value }: { option: string; value: unknown }) => `${option}: ${JSON.stringify(value)}`;

/** What Synapse refuses and we cannot know, by its reason or by the option. */
const UNKNOWABLE: readonly [RegExp, string][] = [
  [/No such file|Permission denied|does not exist|Could not find|does not point to a file/, 'what files the pod has'],
  [
    /No module named|Unable to load module|missing required methods|is not callable|: Class </,
    'what modules the image has',
  ],
  [/Failed to parse config for module/, "a module's own settings"],
  [/Found users in database not native/, 'which server the database belongs to'],
  [/Too many open files/, 'how many files it needs'],
  [/Room alias \S+ not found/, 'what rooms there are'],
  [/DNS lookup failed/, 'what the network knows'],
  [/Failed to listen/, 'which addresses and ports the pod has'],
  [/does not end/, 'how fast the machine is'],
  [
    /^(jwt_config\.secret|sentry\.dsn|matrix_authentication_service\.secret_path): /,
    'the secret may come from secretConfig',
  ],
];

/** What Synapse takes and we refuse on purpose, by our message. */
const STRICTER: readonly [RegExp, string][] = [
  [
    /it must be (true or false|a whole number|a number|text|a list|a mapping|plain)/,
    'Synapse misreads wrong types in silence',
  ],
  [/Synapse knows only/, 'Synapse ignores words that it does not know'],
  [
    /a duration is a whole number|a size is a whole number|it must be a duration|it must be a size/,
    'one way to write amounts',
  ],
  [
    /it must be (at least|more than)/,
    'a number without a meaning: Synapse takes it, and works otherwise than meant or fails later',
  ],
  [
    /it must be (a URL|a proxy|the name of a user|an IP address|an address|the full name of a Python class|the path)/,
    'only the use would fail',
  ],
  [/only Synapse's placeholders|as its only placeholder/, 'no email would leave'],
  [/every login would fail/, 'Synapse only logs it'],
  [/would not be done|needs a writer|only one writer/, 'work that no process does'],
  [/no message would ever be deleted|their messages would stay/, 'Synapse takes it, and nothing is deleted'],
  [/ends when its process leaves the foreground/, 'the container would end'],
  [
    /every client of the port could read the metrics|anyone can create|anyone could register|cannot verify|does not verify/,
    'unsafe',
  ],
  [/SQLite|--locale=C/, 'unsafe'],
  [/previews would reach into the cluster/, 'unsafe'],
  [/has the same port/, 'only one of them would listen'],
  [
    /its key \w+ is missing|it has no key|Synapse refuses to start without|is set as well/,
    'an incomplete block, which Synapse takes while it is off or empty',
  ],
];

const isListed = (list: readonly [RegExp, string][], text: string) => list.some(([pattern]) => pattern.test(text));

test('the table is that of the pinned version, and has every case', () => {
  expect(VERDICTS.version).toBe(SYNAPSE_IMAGE.reference);
  // `npm run verdicts` records what is missing.
  expect(CASES.filter(({ verdict }) => verdict === undefined).map(told)).toEqual([]);
  expect(CASES.length).toBeGreaterThan(4000);
  expect(refused.length).toBeGreaterThan(600);
});

test('we refuse what Synapse refuses', () => {
  const looser = refused.filter(
    (one) =>
      accepts(one.settings) && !isListed(UNKNOWABLE, `${one.verdict?.reason}`) && !isListed(UNKNOWABLE, told(one)),
  );
  expect(looser.map((one) => `${told(one)}: ${one.verdict?.reason}`)).toEqual([]);
});

test('a refusal names the setting and the remedy', () => {
  const vague = [...refused, ...taken].flatMap((one) => {
    const errors = ourErrors(one.settings);
    const [block] = one.option.split(/[.[]/);
    const names = one.option === '(together)' || errors.length === 0 || errors.some((error) => error.includes(block));
    const silent = errors.filter(
      (error) =>
        !/(: |or |and |, so )(\w+ )?(use|set|remove|correct|put|leave|lower|add)\b|it must be (at|more)|but it must be /.test(
          error,
        ),
    );
    return names && silent.length === 0 ? [] : [`${told(one)}: ${errors.join('; ')}`];
  });
  expect(vague).toEqual([]);
});

test('we take what Synapse takes, but for reasons', () => {
  const stricter = taken.filter(({ settings }) => ourErrors(settings).some((error) => !isListed(STRICTER, error)));
  expect(stricter.map((one) => `${told(one)}: ${ourErrors(one.settings).join('; ')}`)).toEqual([]);
});

test.each<[string, unknown]>([
  ['bcrypt_rounds', 32],
  ['gc_thresholds', []],
  ['auto_join_rooms[]', '#general'],
  ['ip_range_blacklist[]', 'example.org'],
  ['default_room_version', '99'],
  ['server_notices.system_mxid_localpart', REMOVED],
  ['retention.purge_jobs[].interval', REMOVED],
  ['email.notif_from', REMOVED],
  ['rc_message.per_second', -1],
])('among the cases that we refuse is %s as %j', (option, value) => {
  const found = CASES.filter((one) => one.option === option && JSON.stringify(one.value) === JSON.stringify(value));
  expect(found).toHaveLength(1);
  expect(accepts(found[0].settings)).toBe(false);
});
