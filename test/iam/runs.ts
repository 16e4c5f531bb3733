/** How many cases a property tries: `asked`, or less or more of all of them with FC_RUNS (a number) in the environment. */
const wanted = process.env["FC_RUNS"];

/**
 * @param asked - how many in `npm test`; FC_RUNS is what 2,000 of them become
 * @returns a whole number, at least one
 */
export const runs = (asked: number): number =>
  wanted === undefined ? asked : Math.max(1, Math.round((asked * Number(wanted)) / 2_000));
