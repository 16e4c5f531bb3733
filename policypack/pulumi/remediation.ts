/** The level `remediate`: what rules put right is written into the properties of a resource before anything is judged. */
import type { ResourceValidationArgs } from "@pulumi/policy";
import {
  boundaryFor,
  type ConfiguredRule,
  type Finding,
  type Left,
  remedied,
  type ResourceSubject,
} from "../engine";
import { IDENTITY_TYPES } from "./identity-types";
import { stackOf } from "./stack";
import { documentsOf } from "./subjects";
import { writeStatements } from "./write-back";

/** The resource that every program has exactly one of. */
export const STACK = "pulumi:pulumi:Stack";

/** What a rule has left to people since a resource was remediated: by the document, or by the URN for the resource itself. */
export type LeftByPlace = Map<string, readonly Left[]>;

export const placeOf = ({ urn, property }: ResourceSubject): string =>
  property === "" ? urn : `${urn} ${property}`;

/** What was left of a finding's document, or of its resource. */
export const leftAt = (left: LeftByPlace, { subject }: Finding): readonly Left[] =>
  "file" in subject ? [] : (left.get(placeOf(subject)) ?? left.get(subject.urn) ?? []);

const NOWHERE = "the document stands where nothing can be written in its place";

/**
 * Puts right what a rule about documents can, and keeps why it cannot the rest. The SDK asks for this at the level `remediate`, and
 * for the violations that are left afterwards. It takes that level for any rule: one that cannot remediate keeps that it was asked.
 *
 * @returns the properties, or undefined where nothing has changed
 */
export function remediate(
  configured: ConfiguredRule,
  args: ResourceValidationArgs,
  left: LeftByPlace,
): ResourceValidationArgs["props"] | undefined {
  if (configured.rule.remediation === undefined && args.type === STACK) left.set(args.urn, []);
  let isWritten = false;
  for (const document of documentsOf(args) ?? []) {
    const { statements, left: reasons } = remedied(configured, document);
    const isLost = statements.size > 0 && !document.isWritable;
    left.set(placeOf(document.subject), isLost ? [{ path: "", because: NOWHERE }] : reasons);
    if (statements.size === 0 || isLost) continue;
    writeStatements(args.props, document.subject.property, statements);
    isWritten = true;
  }
  return isWritten ? args.props : undefined;
}

/** Gives an identity the permissions boundary that a rule has for it, or keeps why it cannot. */
export function setBoundary(
  configured: ConfiguredRule,
  args: ResourceValidationArgs,
  left: LeftByPlace,
): ResourceValidationArgs["props"] | undefined {
  const property = IDENTITY_TYPES.get(args.type)?.boundary;
  if (property === undefined) return undefined;
  const found = boundaryFor(configured, stackOf([{ ...args, propertyDependencies: {} }]));
  if (found === undefined) return undefined;
  if ("because" in found) {
    left.set(args.urn, [{ path: "", because: found.because }]);
    return undefined;
  }
  args.props[property] = found.boundary;
  return args.props;
}
