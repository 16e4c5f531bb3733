/** A small valid configuration; tests change one thing of it. */
export const PLACE = { "aws:region": "eu-central-1", "ai-workflow:account": "012345678901" } as const;

export const VALID = { ...PLACE, "ai-workflow:endpoints": ["image-classifier"] } as const;
