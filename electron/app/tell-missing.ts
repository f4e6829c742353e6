import { ApiError } from '../api/errors.ts';
import type { Collection } from '../store/collection.ts';
import { StoreError } from '../store/errors.ts';

/** The same collection, in which an id that is not there is answered with this sentence, which says the way on. */
export function tellMissing<T extends { id: string }>(collection: Collection<T>, message: string): Collection<T> {
  const explain = (error: unknown): never => {
    if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
    throw new ApiError({ code: 'not-found', message }, { cause: error });
  };
  return {
    ...collection,
    get: (id) => collection.get(id).catch(explain),
    remove: (id) => collection.remove(id).catch(explain),
  };
}
