/** Ring 3: findings in the form that a person or a program reads. Pure functions. */
export { jsonReport } from "./json";
export { rulePage } from "./rule-page";
export { paint, type Style, wrap } from "./style";
export { type Report, type Summary, summaryOf } from "./summary";
export { textReport } from "./text";
