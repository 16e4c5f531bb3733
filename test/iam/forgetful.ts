/** For mutation testing: a mutant must not be held against answers that the code gave before it was changed. */
import { forgetAll } from "../../policypack/iam";

interface Stryker {
  readonly activeMutant?: string;
}
let last: string | undefined;

export const mochaHooks = {
  beforeEach(): void {
    const { activeMutant } = (globalThis as { readonly __stryker__?: Stryker }).__stryker__ ?? {};
    if (activeMutant !== last) forgetAll();
    last = activeMutant;
  },
};
