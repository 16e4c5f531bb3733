/** What kind of value a condition key has, in the words of the Service Authorization Reference. */
export type ConditionKeyType = "String" | "ARN" | "Bool" | "Numeric" | "Date" | "IPAddress" | "Binary";

/**
 * In which requests a key is: in every one, in every one that is signed (an anonymous one is not), or in some. Where AWS
 * does not say that it always is, it is in some.
 */
export type Presence = "always" | "signed" | "sometimes";

export interface ConditionKey {
  /** as AWS writes it: `s3:prefix`; with a placeholder where the key has a part of the caller's: `aws:PrincipalTag/${TagKey}` */
  readonly name: string;
  /** the name in lower case, since keys are case-insensitive, and `*` for each placeholder: `aws:principaltag/*` */
  readonly key: string;
  readonly type: ConditionKeyType;
  /** a second type whose operators AWS says work as well */
  readonly alternativeType?: ConditionKeyType;
  /** whether a request can hold several values, so that `ForAnyValue` and `ForAllValues` mean something */
  readonly multivalued: boolean;
  readonly presence: Presence;
}

/** `ArrayOfString`, the reference's word for a multivalued key, or the type alone. */
export type ReferenceType = ConditionKeyType | `ArrayOf${ConditionKeyType}`;

// The reference writes `${TagKey}`; S3 alone writes `<key>`.
const PLACEHOLDER = /\$\{[^}]*\}|<[^>]*>/g;

/** A condition key's name as names are compared: `s3:ExistingObjectTag/<key>` → `s3:existingobjecttag/*` */
export const conditionKeyForm = (name: string): string => name.replace(PLACEHOLDER, "*").toLowerCase();

const ARRAY = "ArrayOf";

export function conditionKey(
  name: string,
  type: ReferenceType,
  presence: Presence = "sometimes",
): ConditionKey {
  const multivalued = type.startsWith(ARRAY);
  return {
    name,
    key: conditionKeyForm(name),
    type: (multivalued ? type.slice(ARRAY.length) : type) as ConditionKeyType,
    multivalued,
    presence,
  };
}
