// A failure as a code and a sentence, whatever was thrown: the page never shows "[object Object]".

import type { ErrorCode, ErrorShape, TextPlace } from '#core/errors.ts';

const codes: ErrorCode[] = ['usage', 'input', 'environment', 'newer', 'cancelled', 'not-found', 'internal'];

export function errorOf(thrown: unknown): ErrorShape {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const code = 'code' in thrown ? codes.find((known) => known === thrown.code) : undefined;
    const shape = { code: code ?? 'internal', message: String(thrown.message) };
    return 'place' in thrown && thrown.place ? { ...shape, place: thrown.place as TextPlace } : shape;
  }
  return { code: 'internal', message: String(thrown) };
}
