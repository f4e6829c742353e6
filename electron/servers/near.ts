import { z } from 'zod';
import places from '../../resources/servers/places.json';
import type { Server } from './types.ts';

type Place = readonly [latitude: number, longitude: number];
const table = z.record(z.string(), z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]));
const { cities, countries } = z.object({ cities: table, countries: table }).parse(places);

/**
 * Nearest first, because for a call the way counts: 15 ms for each 1,500 km of fibre and back. `country` is where the
 * person is (ISO 3166-1 alpha-2); for one we do not know, and for servers at unknown places, the order stays.
 */
export function sortNear(servers: readonly Server[], country: string): Server[] {
  const here = lookUp(countries, country.toUpperCase());
  if (!here) return [...servers];
  return servers
    .map((server) => ({ server, km: distanceTo(here, server) }))
    .sort((a, b) => a.km - b.km)
    .map(({ server }) => server);
}

const farAway = 50_000;

function distanceTo(here: Place, { country, city }: Server): number {
  const there = lookUp(cities, `${country}/${city}`) ?? lookUp(countries, country);
  return there ? distanceKm(here, there) : farAway;
}

/** Along a great circle (haversine), on a round Earth. */
export function distanceKm([latA, lonA]: Place, [latB, lonB]: Place): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (degrees: number): number => Math.sin(rad(degrees) / 2) ** 2;
  const a = half(latB - latA) + Math.cos(rad(latA)) * Math.cos(rad(latB)) * half(lonB - lonA);
  return 2 * 6371 * Math.asin(Math.sqrt(Math.min(1, a)));
}

function lookUp(places: z.infer<typeof table>, name: string): Place | undefined {
  return Object.hasOwn(places, name) ? places[name] : undefined;
}
