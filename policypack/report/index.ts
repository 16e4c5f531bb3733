/** Ring 3: findings and access in the form that a person or a program reads. Pure functions. */
export { type Changes, changesJson, changesText } from "./changes";
export type { NamedDocument, NamedReading } from "./documents";
export { type Explained, explainJson, explainText } from "./explain";
export { githubReport } from "./github";
export { jsonReport } from "./json";
export { junitReport } from "./junit";
export { markdownReport } from "./markdown";
export { sarifReport, type Tool } from "./sarif";
export { isProved, type Proof, proofJson, proofText } from "./prove";
export { accessJson, accessText, type ChangedAccess, isWithin, type StackAccess } from "./stack-access";
export { rulePage } from "./rule-page";
export { paint, type Style, wrap } from "./style";
export { type Place, type Report, type Summary, summaryOf } from "./summary";
export { textReport } from "./text";
