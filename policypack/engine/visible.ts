/**
 * What a terminal must not interpret: control characters become visible. A name in a policy is somebody's text, and may
 * hold an escape sequence.
 */
export const visible = (text: string): string =>
  text.replace(
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
