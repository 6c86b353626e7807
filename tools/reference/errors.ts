import { type Literal, literalsOf } from './literals';
import { byText, code, grouped, page, partOf } from './markdown';

/** Where the remedy of a part's errors is explained. */
const PAGES: { [part: string]: string } = {
  accounts: '[Accounts](../how-to/accounts-and-administrators.md)',
  backups: '[Backups](../concepts/backups.md)',
  edge: '[Ingress](../how-to/expose-by-ingress.md), [Gateway](../how-to/expose-by-gateway.md), [NodePort](../how-to/node-port.md)',
  kubernetes: '[Network](../concepts/network.md), [Images](../how-to/mirror-images.md)',
  postgres: '[Managed database](../how-to/managed-database.md)',
  secrets: '[Secrets](../concepts/secrets.md)',
  synapse: '[Homeserver settings](../how-to/homeserver-settings.md), [Keycloak](../how-to/keycloak.md)',
};

/** The errors of synthesis, by part. */
export function errorsPage(files: { [file: string]: string }): string {
  const errors = Object.entries(files).flatMap(([file, source]) =>
    errorsOf(source).map((text) => ({ part: partOf(file), text })),
  );
  const parts = grouped(errors, ({ part }) => part).flatMap(([part, all]) => {
    const lines = [...new Set(all.map(({ text }) => text))].sort(byText).map((text) => `- ${code(text)}`);
    return [`## ${part}`, ...(PAGES[part] ? [`See ${PAGES[part]}.`] : []), lines.join('\n')];
  });
  return page(
    'Errors',
    'The errors of synthesis, by part. Before each of them stands where it was found: the path of a construct, such as ' +
      '`[matrix/Backups]`, or the name of what was called, such as `Postgres.external:`. `‹name›` stands for a value; in `‹one / other›` one of the texts stands there. ' +
      'After the colon is what to do. Search for the words of your message that are not a value.',
    ...parts,
  );
}

/** The errors of a source: what it throws, and the sentences that it reports. */
export function errorsOf(source: string): string[] {
  return literalsOf(source).flatMap((one, index, all) => {
    if (/\bfail\($/.test(one.before)) {
      // `fail(why, remedy)` puts the same words before each of them.
      return [`… ${one.text}: ${all[index + 1].text}`];
    }
    return isThrown(one) || isReported(one) ? [one.text.trim()] : [];
  });
}

const isThrown = ({ before }: Literal) => /new Error\(\s*$/.test(before);

/** Such as `… is true, but …: remove it`. */
function isReported({ text }: Literal): boolean {
  return text.split(' ').length > 5 && /: [a-z‹]/.test(text) && !text.endsWith('.');
}
