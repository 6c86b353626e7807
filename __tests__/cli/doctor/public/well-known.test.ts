import { judgeDocument } from '../../../../cli/doctor/public/well-known';

const BASE = 'https://matrix.example.org';
const CLIENT = { 'm.homeserver': { base_url: `${BASE}/` } };
const SITE = {
  serverName: 'example.org',
  deployed: { client: CLIENT, server: { 'm.server': 'matrix.example.org:443' } },
};
const OPEN = { 'access-control-allow-origin': '*' };

function judged(
  content: unknown,
  { status = 200, headers = OPEN as { [name: string]: string }, site = SITE as { serverName: string } } = {},
) {
  const answer = { status, headers, body: typeof content === 'string' ? content : JSON.stringify(content) };
  const found = judgeDocument(site, { url: 'URL', document: 'client', answer }, BASE, 'look');
  return found.map(({ verdict, says }) => `${verdict} ${says}`);
}

it('accepts what is deployed', () => expect(judged(CLIENT)).toEqual([]));

it('fails when clients are sent elsewhere', () => {
  expect(judged({ 'm.homeserver': { base_url: 'https://old.example.org' } })).toEqual([
    'fail URL sends clients to https://old.example.org, but Synapse is at https://matrix.example.org',
    'fail URL is not what is deployed',
  ]);
});

it('fails when something is missing', () => {
  const site = { ...SITE, deployed: { ...SITE.deployed, client: { ...CLIENT, extra: 1 } } };
  expect(judged(CLIENT, { site })).toEqual(['fail URL is not what is deployed']);
});

it('fails for what is not JSON, or not there', () => {
  expect(judged('<html>')).toEqual(['fail URL answers something that is not JSON']);
  expect(judged({}, { status: 404 })).toEqual(['fail URL answers 404']);
});

it('warns where this system does not serve it', () => {
  expect(judged({}, { status: 404, site: { serverName: 'example.org' } })).toEqual(['warn URL answers 404']);
});

it('warns when browsers may not read it', () => {
  expect(judged(CLIENT, { headers: {} })).toEqual([
    'warn URL cannot be read by web clients: it lacks Access-Control-Allow-Origin',
  ]);
});
