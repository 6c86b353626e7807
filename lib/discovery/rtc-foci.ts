/** Where clients before Element Call 0.24 look for the token service. */
const RTC_FOCI = 'org.matrix.msc4143.rtc_foci';

type Content = { [key: string]: unknown };

/**
 * Adds the token service of calls to the content for clients.
 *
 * @throws when the content has one already.
 */
export function withCalls(content: Content = {}, serviceUrl?: string): Content {
  if (serviceUrl === undefined) {
    return content;
  }
  if (RTC_FOCI in content) {
    throw new Error(`extraClientContent has ${RTC_FOCI}, which follows from calls: leave it out, or use Calls.none()`);
  }
  return { ...content, [RTC_FOCI]: [{ type: 'livekit', livekit_service_url: serviceUrl }] };
}
