import type { Server } from '../../electron/api/schema.ts';
import { fill, type Formats } from './format.ts';

/** A server as people choose it: by where it stands. */
export function placeName({ country, city, hostname }: Server, formats: Formats): string {
  return fill('{country}, {city} ({hostname})', { country: formats.country(country), city, hostname });
}
