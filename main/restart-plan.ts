// How soon to start a process again that died: at once after the first death, later after each further one, and not
// any more when it dies too often, because the next start would end the same way.

const window = 60_000; // ms
const mostDeaths = 5; // within the window
const firstDelay = 200; // ms, doubled each time

/** Keeps count of deaths. `now` is any clock in ms that only goes forward. */
export function createRestartPlan(): { delayAfterDeath(now: number): number | undefined } {
  let deaths: number[] = [];
  return {
    /** Notes a death. Gives the ms to wait before the next start, or undefined when to give up. */
    delayAfterDeath(now) {
      deaths = [...deaths.filter((time) => now - time < window), now];
      if (deaths.length > mostDeaths) return undefined;
      return firstDelay * 2 ** (deaths.length - 1);
    },
  };
}
