/** Something that keeps the host from judging at all: one line for the person who runs it, no stack trace. */
export class HostFailure extends Error {}
