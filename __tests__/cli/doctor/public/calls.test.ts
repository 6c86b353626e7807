import { Metrics } from '../../../../cli/doctor/facts/metrics';
import { judgeEvents, judgeFoci, judgeSignalling, judgeTokenService } from '../../../../cli/doctor/public/calls';

const SERVICE = 'https://calls.example.org/livekit/jwt';
const says = (found: { verdict: string; says: string }[]) => found.map(({ verdict, says }) => `${verdict} ${says}`);
const answer = (status: number, body = '', headers = {}) => ({ status, headers, body });

it('compares what discovery and the homeserver tell clients', () => {
  const told = (url: string) => JSON.stringify({ 'org.matrix.msc4143.rtc_foci': [{ livekit_service_url: url }] });
  expect(judgeFoci(answer(200, told(SERVICE)), SERVICE)).toEqual([]);
  expect(says(judgeFoci(answer(200, told('https://old')), SERVICE))).toEqual([
    `fail discovery leads calls to https://old, but the homeserver to ${SERVICE}`,
  ]);
  expect(says(judgeFoci(answer(404), SERVICE))).toEqual([
    `fail discovery leads calls to no service, but the homeserver to ${SERVICE}`,
  ]);
});

it('wants the token service to refuse a GET, for web clients too', () => {
  expect(judgeTokenService('URL', answer(405, '', { 'access-control-allow-origin': '*' }))).toEqual([]);
  expect(says(judgeTokenService('URL', answer(405)))).toEqual([
    'fail web clients get no token for a call: URL lacks Access-Control-Allow-Origin',
  ]);
  expect(says(judgeTokenService('URL', answer(503)))).toEqual([
    'fail no client gets a token for a call: URL answers 503 instead of 405',
  ]);
});

it('wants the token service to refuse a client without a token, and LiveKit to answer', () => {
  const allowed = answer(204, '', { 'access-control-allow-origin': 'https://page.invalid' });
  expect(judgeSignalling('URL', answer(401), allowed)).toEqual([]);
  expect(says(judgeSignalling('URL', answer(503), allowed))).toEqual([
    'fail no client gets into a call: URL answers 503 instead of 401',
  ]);
  const missing = answer(503, '', { 'access-control-allow-origin': '*' });
  expect(says(judgeSignalling('URL', answer(401), missing))).toEqual([
    'fail no client gets into a call: LiveKit answers 503',
  ]);
  expect(says(judgeSignalling('URL', answer(401), answer(204)))).toEqual([
    'fail web clients get into no call: URL lacks Access-Control-Allow-Origin',
  ]);
});

it('fails when no one looks at the calls, and warns of lost messages', () => {
  const swept = new Metrics('matrix_call_token_last_sweep_timestamp_seconds 1000');
  const sent = 'livekit_webhook_dispatch_total{reason="",status="success"} 7';
  expect(judgeEvents(new Metrics(sent), swept, 1010)).toEqual([]);
  const lost = `${sent}\nlivekit_webhook_dispatch_total{reason="",status="failure"} 1\nlivekit_webhook_dispatch_total{reason="age",status="drop"} 2`;
  expect(says(judgeEvents(new Metrics(lost), swept, 1070))).toEqual([
    'fail the token service does not look at who is in the calls',
    'warn 3 messages of LiveKit to the token service were lost since LiveKit started',
  ]);
});
