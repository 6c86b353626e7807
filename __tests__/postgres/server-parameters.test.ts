import { Size } from 'cdk8s';
import { checkParameters, commonParameters, connectionProblems } from '../../lib/postgres/server-parameters';

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

it.each<[number, number, { [name: string]: string }]>([
  [4096, 20, {}],
  [4096, 500, {}],
  [4096, 20, { max_connections: '30' }],
  [4096, 20, { max_connections: '200' }],
])('a server with %i MiB bears %i connections of clients, with %j', (memory, clients, parameters) => {
  expect(connectionProblems(Size.mebibytes(memory), clients, parameters)).toEqual([]);
});

it('fails when fewer connections are allowed than all processes open', () => {
  const [problem, ...others] = connectionProblems(Size.gibibytes(4), 120, { max_connections: '100' });
  expect(problem).toContain("'max_connections' is 100, but all processes together open up to 120");
  expect(problem).toContain('use at least 130, or leave it out, or use fewer workers');
  expect(others).toEqual([]);
});

it('fails when the memory does not bear the connections', () => {
  const [problem, ...others] = connectionProblems(Size.mebibytes(1024), 200, {});
  expect(problem).toContain('1024Mi, does not bear the 210 connections');
  expect(problem).toContain('set a memoryLimit of at least 1680Mi in resources of postgres, or use fewer workers');
  expect(others).toEqual([]);
});
