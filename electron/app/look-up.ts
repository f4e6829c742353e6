import { lookup } from 'node:dns/promises';

/** A look-up that takes longer is given up: other servers are waiting to be probed. */
const limitMs = 3000;

/** The first address that the system's resolver has for a name, of the family asked for. Rejects when there is none in time. */
export async function lookUp(name: string, family: 'any' | 4 = 'any'): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the look-up took too long')), limitMs);
  });
  try {
    return (await Promise.race([lookup(name, { family: family === 'any' ? 0 : family }), limit])).address;
  } finally {
    clearTimeout(timer);
  }
}
