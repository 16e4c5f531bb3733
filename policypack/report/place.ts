/** Where a finding stands, for formats that point into files. */
import { type Finding, placeOf } from "../engine";
import { type Position, positionOf } from "../iam";
import type { Report } from "./summary";

/** The file that a finding is shown in: for a resource the project, since no line of the program is known. */
export const fileOf = ({ subject }: Finding): string =>
  "file" in subject ? (subject.file === STANDARD_INPUT ? "stdin" : subject.file) : PROJECT;
const STANDARD_INPUT = "standard input";
const PROJECT = "Pulumi.yaml";

/** The place in its file; undefined where the report has no text of it, or the text nothing there. */
export function positionIn({ sources }: Report, { subject, path }: Finding): Position | undefined {
  const text = "file" in subject ? sources?.get(subject.file) : undefined;
  return text === undefined ? undefined : (positionOf(text, path) ?? positionOf(text, ""));
}

/** The subject in words: a file, or a resource. */
export const subjectOf = ({ subject }: Finding): string =>
  "file" in subject ? subject.file : `${subject.type} ${subject.name}`;

/** `policy.json: Statement[1].Resource (Sid Read)` */
export const wherein = (finding: Finding): string => `${subjectOf(finding)}: ${placeOf(finding)}`;
