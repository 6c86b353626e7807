import { Size } from 'cdk8s';
import { checkParameters, commonParameters } from '../../lib/postgres/server-parameters';

it('accepts parameters in lower case, also of extensions', () => {
  expect(() => checkParameters({ work_mem: '8MB', 'pg_stat_statements.max': '100' }, ['port'])).not.toThrow();
});

it.each([
  ['a name in capitals', { Work_Mem: '8MB' }, "'Work_Mem'"],
  ['an include', { include_dir: '/tmp' }, "'include_dir'"],
  ['one that the deployment sets', { port: '5433' }, "'port' is set by the deployment"],
  ['one that logs statements', { log_statement: 'all' }, "'log_statement' can write statements"],
  ['a second line', { work_mem: "8MB'\nport = 5433" }, 'must be text in one line'],
])('fails for %s', (_, parameters, message) => {
  expect(() => checkParameters(parameters, ['port'])).toThrow(message);
});

it('keeps statements out of the log, and ten connections for operators', () => {
  expect(commonParameters(Size.gibibytes(4), 20)).toMatchObject({
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    max_connections: '30',
    shared_buffers: '1024MB',
    password_encryption: 'scram-sha-256',
  });
});
