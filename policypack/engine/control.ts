/** The controls of compliance frameworks by which rules are reported. */

export interface Control {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
  readonly specification: string;
}

const nist = (reference: string, specification: string): Control => ({
  name: "NIST SP 800-53",
  version: "Rev. 5",
  reference,
  specification,
});

/**
 * https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final and https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html.
 * AC-3 is also what a policy falls short of that does not do what it says.
 */
export const CONTROLS = {
  "AC-3": nist("AC-3", "Access enforcement"),
  "AC-4": nist("AC-4", "Information flow enforcement"),
  "AC-5": nist("AC-5", "Separation of duties"),
  "AC-6": nist("AC-6", "Least privilege"),
  "AC-20": nist("AC-20", "Use of external systems"),
  "IA-2": nist("IA-2", "Identification and authentication (organizational users)"),
  "IA-5": nist("IA-5", "Authenticator management"),
  "IA-9": nist("IA-9", "Service identification and authentication"),
  "SC-28": nist("SC-28", "Protection of information at rest"),
  "IAM.21": {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "IAM.21",
    specification:
      "IAM customer managed policies that you create should not allow wildcard actions for services",
  },
} as const satisfies Readonly<Record<string, Control>>;
