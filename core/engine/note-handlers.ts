// The engine's answers about notes and tags: glue between the contract and the review file.

import type { CallName } from '#core/contract.ts';
import type { Handlers } from '#core/engine.ts';
import { addAnnotation, listAnnotations, listVersions } from '#core/store/annotations.ts';
import { findEvent } from '#core/store/events.ts';
import { besideLog, closing } from '#core/store/open.ts';

type Names = Extract<CallName, `notes.${string}`>;

export const noteHandlers: Pick<Handlers, Names> = {
  'notes.list': (_input, { reader }) => besideLog(reader(), listAnnotations) ?? [],
  'notes.of': ({ uid }, { reader }) => besideLog(reader(), (review) => listVersions(review, uid)) ?? [],
  'notes.save': (annotation, { reader, review }) => {
    findEvent(reader(), annotation.event);
    return closing(review(), (store) => {
      addAnnotation(store, annotation);
      return listVersions(store, annotation.event);
    });
  },
};
