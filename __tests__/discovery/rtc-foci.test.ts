import { withCalls } from '../../lib/discovery/rtc-foci';

it('adds the token service beside the content', () => {
  expect(withCalls()).toEqual({});
  expect(withCalls({ own: 1 }, 'https://calls.example.org/livekit/jwt')).toEqual({
    own: 1,
    'org.matrix.msc4143.rtc_foci': [{ type: 'livekit', livekit_service_url: 'https://calls.example.org/livekit/jwt' }],
  });
});

it('fails when the content has one already', () => {
  expect(() => withCalls({ 'org.matrix.msc4143.rtc_foci': [] }, 'https://x')).toThrow('which follows from calls');
});
