/** CI proves each capability once, by the tests that take least time: `npm run e2e:core` sets this. */
export const CORE = Boolean(process.env.CORE);

/** The cases of a test; in CI only the first of them. */
export const firstInCi = <T>(cases: readonly T[]): readonly T[] => (CORE ? cases.slice(0, 1) : cases);

/** Tests and groups of tests that only `npm run e2e` has time for. */
export const atNight = CORE ? { it: it.skip, describe: describe.skip } : { it, describe };
